"""What a cooperative's book refuses: one clear sentence that names the rule, and nothing half done."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from app.base.errors import LumbungError
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.command import Command
from app.ledger.entries.commands import EntryLine, PostOpening
from app.ledger.loans.commands import DisburseLoan, PayOffLoan, ReceiveInstalment, TakeOverLoan
from app.ledger.loans.product_commands import AddLoanProduct
from app.ledger.members.commands import AcceptExit, AddMember
from app.ledger.savings.commands import DepositSavings, PlaceHold, SetSavingsProduct, WithdrawSavings

JOINED, DAY = date(2026, 3, 2), date(2026, 10, 5)
_TABLES = (
    "entry",
    "posting",
    "savings_account",
    "savings_movement",
    "savings_hold",
    "loan",
    "loan_transaction",
    "party",
)


@pytest.fixture
def book(cooperative: Book) -> Book:
    """Two members with savings, one of them left; a running loan and one that is paid off."""
    run = cooperative.execute
    run(SetSavingsProduct(code="share", amount=130_000))
    run(SetSavingsProduct(code="mandatory", amount=35_000))
    for number, name in (("0007", "Siti Aminah"), ("0011", "Pak Bejo")):
        run(AddMember(number=number, name=name, joined=JOINED))
        run(DepositSavings(member=number, product="pokok", amount=90_000, on=JOINED))
    run(DepositSavings(member="0007", product="sukarela", amount=740_000, on=JOINED))
    run(PlaceHold(member="0007", product="sukarela", amount=240_000, reason="jaminan", on=JOINED))
    for number in ("PJ-1", "PJ-2"):
        run(
            DisburseLoan(
                member="0007",
                number=number,
                on=date(2026, 5, 4),
                principal=1_300_000,
                term=5,
                rate=Decimal("1.2"),
            )
        )
    run(PayOffLoan(loan="PJ-2", on=date(2026, 6, 4)))
    run(AcceptExit(member="0011", on=date(2026, 9, 1)))
    return cooperative


def state(book: Book) -> list[object]:
    """Everything a refusal could have left behind."""
    with book.snapshot() as snapshot:
        return [
            *(snapshot.sql(f"SELECT count(*), max(id) FROM {table}")[0] for table in _TABLES),
            snapshot.sql("SELECT count(*), sum(balance) FROM savings_account")[0],
            snapshot.sql("SELECT count(*) FROM audit")[0],
        ]


REFUSED: dict[str, tuple[Callable[[], Command], str, tuple[str, ...]]] = {
    "withdraw over the balance": (
        lambda: WithdrawSavings(member="0007", product="sukarela", amount=740_001, on=DAY),
        "amount",
        ("740.000",),
    ),
    "withdraw what is held": (
        lambda: WithdrawSavings(member="0007", product="sukarela", amount=500_001, on=DAY),
        "amount",
        ("240.000",),
    ),
    "withdraw share savings": (
        lambda: WithdrawSavings(member="0007", product="pokok", amount=10_000, on=DAY),
        "product",
        ("Simpanan Pokok",),
    ),
    "more than the set pokok": (
        lambda: DepositSavings(member="0007", product="pokok", amount=40_001, on=DAY),
        "amount",
        ("130.000",),
    ),
    "wajib of one who left": (
        lambda: DepositSavings(member="0011", product="wajib", amount=35_000, on=DAY),
        "on",
        ("Pak Bejo",),
    ),
    "instalment for a closed loan": (
        lambda: ReceiveInstalment(loan="PJ-2", amount=50_000, on=DAY),
        "loan",
        ("PJ-2",),
    ),
    "payment before the disbursement": (
        lambda: ReceiveInstalment(loan="PJ-1", amount=50_000, on=date(2026, 5, 3)),
        "on",
        ("PJ-1",),
    ),
    "loan of one who left": (
        lambda: DisburseLoan(member="0011", on=DAY, principal=400_000, term=4, rate=Decimal(1)),
        "member",
        ("Pak Bejo",),
    ),
    "hold over what is free": (
        lambda: PlaceHold(member="0007", product="sukarela", amount=500_001, reason="jaminan", on=DAY),
        "amount",
        ("500.000",),
    ),
    "control account opened by hand": (
        lambda: PostOpening(on=DAY, lines=(EntryLine(account="1-1201", debit=70_000),)),
        "",
        ("1-1201",),
    ),
    "taken over more than was lent": (
        lambda: TakeOverLoan(
            member="0007",
            disbursed_on=DAY,
            principal=600_000,
            outstanding=600_001,
            as_of=DAY,
            term=6,
            rate=Decimal(1),
        ),
        "outstanding",
        ("600.001",),
    ),
}


@pytest.mark.parametrize("key", REFUSED)
def test_it_is_refused_in_a_clear_sentence_and_nothing_is_done(book: Book, key: str) -> None:
    made, field, words = REFUSED[key]
    before = state(book)
    with pytest.raises(LumbungError) as refused:
        book.execute(made())
    for language in ("id", "en"):
        said = Translator(language).error(refused.value)
        assert all(word.replace(".", "") in said.replace(".", "").replace(",", "") for word in words)
    if field:
        assert refused.value.field == field
    assert state(book) == before


def test_a_rate_above_the_ceiling_is_warned_of_and_kept(book: Book) -> None:
    # 3 % a month are 36 % a year; Permenkop UKM 8/2023 ps. 27 allows 24 %.
    done = book.execute(AddLoanProduct(code="MAHAL", name="Pinjaman Mahal", rate=Decimal(3)))
    ((template, params),) = done.value["warnings"]
    assert Translator("id")(template, **params) == "Jasanya 36 % setahun, di atas batas aturan 24 %."
    with book.snapshot() as snapshot:
        assert snapshot.sql("SELECT rate FROM loan_product WHERE code = 'MAHAL'")[0][0] == "3"


def test_a_loan_over_the_limit_is_warned_of_with_its_rule(book: Book) -> None:
    loan = DisburseLoan(member="0007", on=DAY, principal=900_000, term=6, rate=Decimal(1))
    said = [Translator("id")(template, **params) for template, params in book.execute(loan).value["warnings"]]
    assert any("batas" in text and "modal sendiri" in text for text in said), said
