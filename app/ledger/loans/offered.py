"""The loan products of a book, for whoever shows or chooses them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from app.base.money import RoundMode
from app.ledger.loans.commands import Allocation, DisburseLoan, Excess, PenaltyPer, TakeOverLoan
from app.ledger.loans.penalties import PenaltyTerms
from app.ledger.loans.schedule import Basis, Every, Method, RatePer, RoundingTarget
from app.ledger.reader import Reader

_TERMS = ("rate", "per", "method", "every", "grace", "basis", "round_to", "rounding", "mode", "excess")

Lending = TypeVar("Lending", DisburseLoan, TakeOverLoan)


class LoanProduct(NamedTuple):
    """A loan product; `provision` and `penalty_percent` in percent."""

    id: int
    code: str
    name: str
    rate: Decimal
    per: RatePer
    method: Method
    every: Every
    grace: int
    basis: Basis
    round_to: int
    rounding: RoundingTarget
    mode: RoundMode
    excess: Excess
    provision: Decimal
    administration: int
    penalty: int
    penalty_percent: Decimal
    penalty_per: PenaltyPer
    allocation: Allocation
    active: bool

    @property
    def penalty_terms(self) -> PenaltyTerms:
        """What being late costs."""
        return PenaltyTerms(self.penalty, self.penalty_percent, self.penalty_per)


def loan_products(reader: Reader) -> list[LoanProduct]:
    """All loan products of the book, by code."""
    return [
        LoanProduct(
            row[0],
            row[1],
            row[2],
            Decimal(row[3]),
            RatePer(row[4]),
            Method(row[5]),
            Every(row[6]),
            row[7],
            Basis(row[8]),
            row[9],
            RoundingTarget(row[10]),
            RoundMode(row[11]),
            Excess(row[12]),
            Decimal(row[13]),
            row[14],
            row[15],
            Decimal(row[16]),
            PenaltyPer(row[17]),
            Allocation(row[18]),
            bool(row[19]),
        )
        for row in reader.sql(
            "SELECT id, code, name, rate, per, method, every, grace, basis, round_to, rounding, mode, excess,"
            " provision, administration, penalty, penalty_percent, penalty_per, allocation, active"
            " FROM loan_product ORDER BY code"
        )
    ]


def filled(command: Lending, product: LoanProduct) -> Lending:
    """The command with what it left open taken from its product."""
    given: dict[str, Any] = {
        name: getattr(product, name) for name in _TERMS if getattr(command, name) is None
    }
    if command.rate is not None and command.per is None:
        # A rate given by itself is one for a month, as everywhere.
        given["per"] = RatePer.MONTH
    if isinstance(command, DisburseLoan):
        if command.provision is None and command.provision_percent is None:
            given["provision_percent"] = product.provision
        if command.administration is None:
            given["administration"] = product.administration
    return replace(command, **given)
