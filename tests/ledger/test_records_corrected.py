"""Putting records right: which command made one, and the honest sentence where there is none."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut
from app.ledger.collection.commands import CollectionLine, RecordCollection
from app.ledger.command import Command
from app.ledger.entries.commands import (
    CloseYear,
    CorrectEntry,
    EntryLine,
    PostEntry,
    PostOpening,
    ReverseEntry,
)
from app.ledger.entries.records import newest_records
from app.ledger.imports import import_file
from app.ledger.loans.commands import DisburseLoan, ReceiveInstalment
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.purchases.commands import PurchaseLine, PurchaseMethod, RecordPurchase
from app.ledger.rebuilding import original_command, why_not_corrected
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod
from app.ledger.savings.commands import DepositSavings, RecordSavings, SavingsLine, WithdrawSavings
from tests.ledger.business_days import rice
from tests.ledger.saving_books import add


def newest(book: Book) -> int:
    with book.snapshot() as snapshot:
        return max(row.entry for row in newest_records(snapshot, 1_000))


def command_of(book: Book, entry: int) -> Command | None:
    with book.snapshot() as snapshot:
        return original_command(snapshot, entry)


def why(book: Book, entry: int) -> str:
    with book.snapshot() as snapshot:
        found = why_not_corrected(snapshot, entry)
    return "" if found is None else Translator("en")(found.template, **found.params)


def money_out(day: int, amount: int) -> RecordMoneyOut:
    return RecordMoneyOut(on=date(2026, 11, day), amount=amount, category="Listrik & air", memo="token")


def stock(quantity: int) -> SaleLine:
    return SaleLine(product="BR", quantity=Decimal(quantity), price=15_000)


BUSINESS: tuple[tuple[Command, Command], ...] = (
    (money_out(3, 65_000), money_out(4, 66_000)),
    (
        RecordMoneyIn(on=date(2026, 11, 3), amount=5_000, category="Modal masuk"),
        RecordMoneyIn(on=date(2026, 11, 3), amount=50_000, category="Modal masuk"),
    ),
    (
        RecordSale(on=date(2026, 11, 5), lines=(stock(2),), method=SaleMethod.CASH),
        RecordSale(on=date(2026, 11, 5), lines=(stock(3),), method=SaleMethod.CREDIT, customer="Bu Ani"),
    ),
    (
        RecordPurchase(
            on=date(2026, 11, 6),
            lines=(PurchaseLine(product="BR", quantity=Decimal(5), price=13_000),),
            supplier="Agen",
            method=PurchaseMethod.CREDIT,
        ),
        RecordPurchase(
            on=date(2026, 11, 6),
            lines=(PurchaseLine(product="BR", quantity=Decimal(6), price=13_000),),
            supplier="Agen",
            method=PurchaseMethod.CREDIT,
        ),
    ),
    (
        PostEntry(
            on=date(2026, 11, 7),
            memo="salah",
            lines=(EntryLine(account="6-1003", debit=1_000), EntryLine(account="1-1101", credit=1_000)),
        ),
        PostEntry(
            on=date(2026, 11, 7),
            memo="benar",
            lines=(EntryLine(account="6-1003", debit=2_000), EntryLine(account="1-1101", credit=2_000)),
        ),
    ),
)


@pytest.mark.parametrize(("wrong", "right"), BUSINESS, ids=lambda item: type(item).__name__)
def test_a_document_of_the_shop_is_put_right_by_its_form(
    business: Book, wrong: Command, right: Command
) -> None:
    rice(business)
    business.execute(AddCustomer(name="Bu Ani"))
    business.execute(AddSupplier(name="Agen"))
    business.execute(wrong)
    entry = newest(business)
    assert command_of(business, entry) == wrong
    assert why(business, entry) == ""
    business.execute(CorrectEntry(entry=entry, replacement=right))
    new = newest(business)
    assert command_of(business, new) == right
    assert why(business, entry).endswith("was taken back.")
    assert why(business, new - 1).endswith("takes another record back.")
    # Once more, and all of it taken back again.
    business.execute(CorrectEntry(entry=new, replacement=wrong))
    business.undo()
    assert command_of(business, new) == right


COOPERATIVE: tuple[tuple[Command, Command], ...] = (
    (
        DepositSavings(member="0007", product="voluntary", amount=100_000, on=date(2026, 11, 5)),
        DepositSavings(member="0008", product="voluntary", amount=110_000, on=date(2026, 11, 5)),
    ),
    (
        WithdrawSavings(member="0007", product="voluntary", amount=40_000, on=date(2026, 11, 5)),
        WithdrawSavings(member="0007", product="voluntary", amount=4_000, on=date(2026, 11, 6)),
    ),
    (
        RecordSavings(
            on=date(2026, 11, 7),
            lines=(
                SavingsLine(member="0007", product="mandatory", deposit=20_000),
                SavingsLine(member="0008", product="mandatory", deposit=20_000),
            ),
        ),
        RecordSavings(
            on=date(2026, 11, 7), lines=(SavingsLine(member="0007", product="mandatory", deposit=20_000),)
        ),
    ),
    (
        ReceiveInstalment(loan="PJ-1", amount=300_000, on=date(2026, 11, 10)),
        ReceiveInstalment(loan="PJ-1", amount=250_000, on=date(2026, 11, 11)),
    ),
)


@pytest.mark.parametrize(("wrong", "right"), COOPERATIVE, ids=lambda item: type(item).__name__)
def test_a_document_of_the_cooperative_is_put_right_by_its_form(
    cooperative: Book, wrong: Command, right: Command
) -> None:
    add(cooperative, "0007", "Sutrisno")
    add(cooperative, "0008", "Wayan")
    cooperative.execute(
        DepositSavings(member="0007", product="voluntary", amount=500_000, on=date(2026, 10, 5))
    )
    cooperative.execute(
        DisburseLoan(
            member="0007", number="PJ-1", on=date(2026, 10, 10), principal=2_400_000, rate=Decimal(1), term=10
        )
    )
    cooperative.execute(wrong)
    entry = newest(cooperative)
    assert command_of(cooperative, entry) == wrong
    cooperative.execute(CorrectEntry(entry=entry, replacement=right))
    assert command_of(cooperative, newest(cooperative)) == right


def test_what_has_no_form_says_why(business: Book, tmp_path: Path) -> None:
    path = tmp_path / "pelanggan.csv"
    path.write_text("Nama;Sisa Bon;Per Tanggal\nBu Ani;150000;31/12/2025\n", "utf-8")
    import_file(business, path, "Pelanggan")
    imported = newest(business)
    assert command_of(business, imported) is None
    assert why(business, imported).endswith("came from an imported file.")
    business.execute(ReverseEntry(entry=imported))
    assert why(business, imported).endswith("was taken back.")
    business.execute(
        PostOpening(on=date(2025, 12, 31), lines=(EntryLine(account="1-1101", debit=9_000_000),))
    )
    assert why(business, newest(business)) == ""
    assert why(business, 99_999) == "There is no entry 99999."


def test_a_year_s_close_is_opened_again_and_not_put_right(business: Book) -> None:
    business.execute(RecordMoneyIn(on=date(2025, 6, 1), amount=1_000_000, category="Pendapatan lain"))
    business.execute(CloseYear(year=2025))
    assert "closes a year" in why(business, newest(business))


def test_a_collection_sheet_is_one_deed_of_many_records(cooperative: Book) -> None:
    add(cooperative, "0007", "Sutrisno")
    add(cooperative, "0008", "Wayan")
    lines = tuple(CollectionLine(member=number, mandatory=20_000) for number in ("0007", "0008"))
    cooperative.execute(RecordCollection(on=date(2026, 11, 5), lines=lines, counted=41_000))
    entry = newest(cooperative)
    assert [why(cooperative, key) for key in (entry - 2, entry - 1)] == ["", ""], "each member's has its form"
    assert command_of(cooperative, entry) is None
    assert why(cooperative, entry).endswith("was recorded together with others."), "cash over has none"
