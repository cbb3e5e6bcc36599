"""What is agreed on a loan now: the terms it was lent on, a schedule made by hand, or the newest restructuring.

The schedule in force of a loan is always a version kept in the book; this says by which rule it goes on where a
payment lowers the principal.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.ledger.loans.agreement import terms_of
from app.ledger.loans.movements import Movement
from app.ledger.loans.penalties import PenaltyTerms, Segment, accrued, marks_of
from app.ledger.loans.schedule import Keep, LoanTerms, reschedule
from app.ledger.loans.standing import Row
from app.ledger.reader import Reader, day


class Restructured(NamedTuple):
    """A restructuring that stands: from `on` a schedule of these terms after instalment `base`, rupiah.

    `charged` is the penalty that had come up till then, `class_` the class the loan was in. `kind` is a Restructuring.
    """

    entry: int
    on: date
    version: int
    kind: str
    base: int
    terms: LoanTerms
    capitalised: int
    charged: int
    class_: str
    reason: str
    approved_by: str


class Agreed(NamedTuple):
    """The terms in force; the first instalment of them is number `base` + 1. `by_hand`: the amounts were made by a
    person and follow no formula."""

    terms: LoanTerms
    base: int = 0
    by_hand: bool = False

    def lowered(self, rows: Sequence[Row], done: int, outstanding: int, keep: Keep) -> tuple[Row, ...]:
        """The instalments after number `done` once a payment has left `outstanding` rupiah of principal.

        Those of a formula by `schedule.reschedule`. Amounts made by hand stay as agreed and fall away from the end
        (Keep.INSTALMENT), or each principal falls by the same share, the last taking the difference (Keep.TERM);
        their interest stays what was agreed for each.
        """
        if not self.by_hand:
            return tuple(
                Row(item.number + self.base, item.due, item.principal, item.interest)
                for item in reschedule(self.terms, done - self.base, outstanding, keep)
            )
        later = [row for row in rows if row.number > done]
        whole = sum(row.principal for row in later)
        found = []
        left = outstanding
        for row in later:
            if not left:
                break
            part = row.principal if keep is Keep.INSTALMENT else row.principal * outstanding // whole
            part = left if row is later[-1] else min(part, left)
            left -= part
            found.append(row._replace(principal=part))
        return tuple(found)


def agreed_of(terms: LoanTerms, standing: Sequence[Restructured], by_hand: bool) -> Agreed:
    """What is in force of a loan with these restructurings, oldest first."""
    if standing:
        return Agreed(standing[-1].terms, standing[-1].base)
    return Agreed(terms, 0, by_hand)


def read_restructured(
    reader: Reader, where: str = "", parameters: tuple[int, ...] = ()
) -> dict[int, dict[int, Restructured]]:
    """All restructurings by loan and by the version of its schedule they made, also those taken back since.

    `where` is a condition on r.loan_id that begins with AND.
    """
    found: dict[int, dict[int, Restructured]] = {}
    for loan, entry, on, version, kind, base, *rest in reader.sql(
        "SELECT r.loan_id, r.entry_id, r.date, r.version, r.kind, r.base, r.capitalised, r.charged, r.class,"  # noqa: S608
        " r.reason, r.approved_by, r.starts_on, r.principal, r.rate, r.per, r.method, r.term, r.every, r.first_due,"
        " r.grace, l.basis, l.round_to, l.rounding, l.mode"
        " FROM loan_restructuring AS r JOIN loan AS l ON l.id = r.loan_id"
        f" WHERE 1 = 1{where} ORDER BY r.entry_id",
        parameters,
    ):
        found.setdefault(loan, {})[version] = Restructured(
            entry, day(on), version, kind, base, terms_of(rest[5:]), *rest[:5]
        )
    return found


def standing_of(chain: Iterable[Segment], known: Mapping[int, Restructured]) -> tuple[Restructured, ...]:
    """The restructurings among the versions that led to the one that holds, oldest first."""
    return tuple(known[segment.version] for segment in chain if segment.version in known)


def on_time(
    last: Restructured,
    rows: Sequence[Row],
    chain: Sequence[Segment],
    movements: Iterable[Movement],
    on: date,
) -> int:
    """The most instalments in a row of a restructured loan that were paid on their due dates or before, as at `on`.

    Money kept aside counts as paid. `movements` are those that stand.
    """
    place = max(number for number, segment in enumerate(chain) if segment.version == last.version)
    counted = [row for row in rows if row.number >= chain[place].first and row.due <= on]
    moved = list(movements)
    best = streak = 0
    for row, (principal, interest) in zip(counted, marks_of(counted, chain[place:]), strict=True):
        if row.number <= last.base:
            continue
        paid = [item for item in moved if item.on <= row.due]
        missing = max(principal - sum(item.principal for item in paid), 0) + max(
            interest - sum(item.interest for item in paid), 0
        )
        streak = streak + 1 if missing <= sum(item.held for item in paid) else 0
        best = max(best, streak)
    return best


def charged(
    terms: PenaltyTerms,
    rows: Sequence[Row],
    chain: Sequence[Segment],
    movements: Sequence[Movement],
    on: date,
    since: date | None,
    standing: Sequence[Restructured],
    *,
    principal_lent: int,
    before: int,
) -> int:
    """All penalty that came up till the close of `on`, rupiah (see `penalties.accrued`).

    What had come up till the newest restructuring stays as it was; after it the new schedule counts.
    """
    if not standing:
        return accrued(terms, rows, chain, movements, on, since, principal_lent=principal_lent, before=before)
    last = standing[-1]
    place = max(number for number, segment in enumerate(chain) if segment.version == last.version)
    return last.charged + accrued(
        terms,
        [row for row in rows if row.number >= chain[place].first],
        chain[place:],
        movements,
        on,
        last.on,
        principal_lent=principal_lent,
        before=before + last.charged,
    )
