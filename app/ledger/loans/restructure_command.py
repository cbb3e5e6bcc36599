"""The command on restructuring a loan."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Command, Count, Rate
from app.ledger.loans.commands import COOPERATIVE
from app.ledger.loans.schedule import Every, Method, RatePer


class Restructuring(StrEnum):
    """How a loan is restructured: only when it is paid (Penjadwalan kembali), also its rate and method (Persyaratan
    kembali), or also its principal (Penataan kembali)."""

    RESCHEDULING = "rescheduling"
    RECONDITIONING = "reconditioning"
    RESTRUCTURING = "restructuring"


class ArrearsInterest(StrEnum):
    """What becomes of the interest that is behind: it stays due, or it is added to the principal."""

    CLAIM = "claim"
    PRINCIPAL = "principal"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestructureLoan(Command):
    """Change how the rest of a loan is paid (Restrukturisasi): a new schedule over the principal left.

    `term` counts the new instalments, the first `grace` of them bare interest. What is left out of `rate`, `per`,
    `method` and `every` stays as it was; `first_due` is the next due date of the old schedule unless given. Interest
    behind stays a claim that is paid first, or becomes principal (only restructuring).
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    loan: str
    on: date
    kind: Restructuring
    term: Count
    reason: str
    approved_by: str
    rate: Rate | None = None
    per: RatePer | None = None
    method: Method | None = None
    every: Every | None = None
    first_due: date | None = None
    grace: Count = 0
    arrears: ArrearsInterest = ArrearsInterest.CLAIM
    number: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise UserError("Say why the loan is restructured.", field="reason")
        if not self.approved_by.strip():
            raise UserError("Say who approved the restructuring.", field="approved_by")
        if self.arrears is ArrearsInterest.PRINCIPAL and self.kind is not Restructuring.RESTRUCTURING:
            raise UserError(
                "Interest behind becomes principal only with a restructuring.",
                advice="Keep it as a claim, or choose the kind restructuring.",
                field="arrears",
            )
