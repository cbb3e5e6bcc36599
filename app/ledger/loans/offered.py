"""The loan products of a book, for whoever shows or chooses them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from app.base.money import RoundMode, percent_of
from app.ledger.loans.commands import (
    Allocation,
    CapPer,
    DisburseLoan,
    Excess,
    PenaltyPer,
    RequiredFrom,
    TakeOverLoan,
)
from app.ledger.loans.penalties import PenaltyTerms
from app.ledger.loans.schedule import Basis, Every, Method, RatePer, RoundingTarget
from app.ledger.reader import Reader

_TERMS = ("rate", "per", "method", "every", "grace", "basis", "round_to", "rounding", "mode", "excess")

Lending = TypeVar("Lending", DisburseLoan, TakeOverLoan)


class LoanProduct(NamedTuple):
    """A loan product; `provision` and the fields that end in percent in percent.

    `account` and `interest_account` are the codes of its own accounts, empty where it has the standard ones, and
    `ledger` and `income` their keys.
    """

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
    account: str = ""
    interest_account: str = ""
    penalty_cap: int = 0
    penalty_cap_percent: Decimal = Decimal(0)
    penalty_cap_per: CapPer = CapPer.INSTALMENT
    required_percent: Decimal = Decimal(0)
    required_amount: int = 0
    required_from: RequiredFrom = RequiredFrom.OWNED
    ledger: int | None = None
    income: int | None = None

    @property
    def penalty_terms(self) -> PenaltyTerms:
        """What being late costs."""
        return PenaltyTerms(
            self.penalty,
            self.penalty_percent,
            self.penalty_per,
            self.penalty_cap,
            self.penalty_cap_percent,
            self.penalty_cap_per,
        )

    def required_savings(self, principal: int) -> int:
        """The savings that a loan of so much principal asks for, rupiah."""
        return self.required_amount + percent_of(principal, self.required_percent)


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
            row[20],
            row[21],
            row[22],
            Decimal(row[23]),
            CapPer(row[24]),
            Decimal(row[25]),
            row[26],
            RequiredFrom(row[27]),
            row[28],
            row[29],
        )
        for row in reader.sql(
            "SELECT p.id, p.code, p.name, rate, per, method, every, grace, basis, round_to, rounding, mode, excess,"
            " provision, administration, penalty, penalty_percent, penalty_per, allocation, p.active,"
            " coalesce(a.code, ''), coalesce(i.code, ''), penalty_cap, penalty_cap_percent, penalty_cap_per,"
            " required_percent, required_amount, required_from, ledger_id, interest_id FROM loan_product AS p"
            " LEFT JOIN account AS a ON a.id = p.ledger_id LEFT JOIN account AS i ON i.id = p.interest_id"
            " ORDER BY p.code"
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
