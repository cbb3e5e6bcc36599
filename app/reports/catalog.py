"""The one list of reports. Each module of reports brings its specs; adding a report is one line there."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.reports.document import Document
from app.reports.frame import Request

BUSINESS = ("business",)
COOPERATIVE = ("cooperative",)
BOTH = ("business", "cooperative")


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """A report: its key on the command line, its title, what it can be asked with, how it is built.

    `parameters` names those it needs or takes besides the period: member, loan, deposit, account,
    party, product, compare, before_closing. `as_of`: it stands for the last day of the period. `paper` draws
    a fixed-layout paper in place of the general PDF; it is given the request and the paper size.
    """

    key: str
    title: str  # English, marked N_
    build: Callable[[Request], Document]
    kinds: tuple[str, ...] = BOTH
    parameters: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    as_of: bool = False
    paper: Callable[[Request, str], bytes] | None = field(default=None)


def reports() -> dict[str, ReportSpec]:
    """Every report by its key, in the order of the list. Imported on use, to keep the start fast."""
    from app.reports.registry import specs

    return {spec.key: spec for spec in specs()}


def report(key: str) -> ReportSpec | None:
    """The report with this key, or None."""
    from app.reports.registry import specs

    return next((spec for spec in specs() if spec.key == key), None)
