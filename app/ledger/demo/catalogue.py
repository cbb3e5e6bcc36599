"""What a sample cooperative offers: its savings products and loan products."""

from decimal import Decimal

from app.base.dates import Month
from app.ledger.command import Command
from app.ledger.demo.cast import LATER_TARIFF, PENALTY, TARIFF
from app.ledger.loans.commands import PenaltyPer
from app.ledger.loans.product_commands import AddLoanProduct
from app.ledger.loans.schedule import Method
from app.ledger.savings.commands import AddSavingsProduct, SavingsKind, SetSavingsProduct
from app.ledger.savings.interest import InterestMethod

SHARE = 100_000
FEE, FEE_PERCENT = 50_000, 1
FESTIVE, EDUCATION = "hari-raya", "pendidikan"
RATES = {
    Method.FLAT: Decimal("1.25"),
    Method.DECLINING: Decimal("1.5"),
    Method.ANNUITY: Decimal("1.5"),
    Method.BULLET: Decimal("1.75"),
}
CODES = {
    Method.FLAT: ("UMUM", "Pinjaman Umum"),
    Method.DECLINING: ("USAHA", "Pinjaman Modal Usaha"),
    Method.ANNUITY: ("RUMAH", "Pinjaman Perbaikan Rumah"),
    Method.BULLET: ("MUSIM", "Pinjaman Musim Tanam"),
}


def offered(first: Month) -> list[Command]:
    """What is offered from the first month on."""
    savings: list[Command] = [
        SetSavingsProduct(code="share", amount=SHARE),
        SetSavingsProduct(code="mandatory", amount=TARIFF),
        SetSavingsProduct(
            code="voluntary", rate=Decimal(4), method=InterestMethod.LOWEST, minimum=10_000, from_month=first
        ),
        AddSavingsProduct(
            code=FESTIVE,
            name="Simpanan Hari Raya",
            kind=SavingsKind.VOLUNTARY,
            rate=Decimal(3),
            method=InterestMethod.AVERAGE,
        ),
        AddSavingsProduct(
            code=EDUCATION,
            name="Simpanan Pendidikan",
            kind=SavingsKind.VOLUNTARY,
            method=InterestMethod.DAILY,
            tiers="0:3,2000000:4.5",
            pays_into="voluntary",
        ),
    ]
    return savings + [
        AddLoanProduct(
            code=code,
            name=name,
            rate=RATES[method],
            method=method,
            round_to=100,
            provision=Decimal(FEE_PERCENT),
            administration=FEE,
            penalty=PENALTY,
            penalty_per=PenaltyPer.MONTH,
        )
        for method, (code, name) in CODES.items()
    ]


def raised(month: Month) -> Command:
    """What the members' meeting decided: mandatory savings cost more from a month on."""
    return SetSavingsProduct(code="mandatory", amount=LATER_TARIFF, from_month=month)
