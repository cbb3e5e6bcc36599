"""A list of the old books held beside ours; every figure worked out by hand."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from app.base.errors import UserError
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn
from app.ledger.debts.commands import ReceiveBillPayment, SetOpeningBill
from app.ledger.imports.compare import (
    Comparison,
    ListRow,
    OldList,
    compare_list,
    read_list,
    read_pasted,
    subjects,
)
from app.ledger.members.commands import AddMember
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.products.commands import AddProduct, SetOpeningStock
from app.ledger.savings.commands import DepositSavings
from tests.ledger.lending import lend, member

END = date(2026, 10, 31)


def compared(book: Book, key: str, rows: Sequence[ListRow], on: date = END) -> Comparison:
    with book.snapshot() as snapshot:
        subject = next(item for item in subjects(snapshot) if item.key == key)
        return compare_list(snapshot, subject, rows, on)


def line(row: int, text: str, amount: int | Decimal, name: str = "") -> ListRow:
    return ListRow(row, text if name or text[:1].isdigit() else "", name or text, amount)


def old_list(book: Book, key: str, path: Path) -> OldList:
    with book.snapshot() as snapshot:
        return read_list(path, next(item for item in subjects(snapshot) if item.key == key))


def lines(found: Comparison) -> list[tuple[str, Any, Any, Any, str]]:
    return [(row.name, row.ours, row.theirs, row.difference, row.state) for row in found.rows]


def sheet(path: Path, rows: Sequence[Sequence[Any]], title: str = "Daftar") -> Path:
    book = Workbook()
    made = book.active
    assert made is not None
    made.title = title
    for row in rows:
        made.append(list(row))
    book.save(path)
    book.close()
    return path


@pytest.fixture
def owing(business: Book) -> Book:
    """On 31 October: Bu Tini owes 80.000 - 30.000, Pak Slamet 45.000, Bu Endang nothing; Toko Agung is owed 120.000."""
    for name in ("Bu Tini", "Pak Slamet", "Bu Endang"):
        business.execute(AddCustomer(name=name))
    business.execute(AddSupplier(name="Toko Agung"))
    business.execute(SetOpeningBill(on=date(2026, 9, 30), customer="Bu Tini", amount=80_000))
    business.execute(SetOpeningBill(on=date(2026, 9, 30), customer="Pak Slamet", amount=45_000))
    business.execute(SetOpeningBill(on=date(2026, 9, 30), supplier="Toko Agung", amount=120_000))
    business.execute(ReceiveBillPayment(on=date(2026, 10, 15), customer="Bu Tini", amount=30_000))
    return business


def test_receivables_equal_different_here_and_there(owing: Book) -> None:
    rows = [
        line(2, "bu  tini", 50_000),
        line(3, "Pak Slamet", 40_000),
        line(4, "Mbak Rini", 7_500),
        line(5, "Bu Endang", 0),
    ]
    found = compared(owing, "receivables", rows)
    assert lines(found) == [
        ("Pak Slamet", 45_000, 40_000, 5_000, "different"),
        ("Mbak Rini", None, 7_500, -7_500, "only_theirs"),
        ("Bu Tini", 50_000, 50_000, 0, "equal"),
        ("Bu Endang", 0, 0, 0, "equal"),
    ]
    # Ours 50.000 + 45.000, theirs 50.000 + 40.000 + 7.500.
    assert (found.ours, found.theirs, found.difference) == (95_000, 97_500, -2_500)
    assert found.counts == {"different": 1, "only_theirs": 1, "only_ours": 0, "several": 0, "equal": 2}


def test_the_day_counts_and_who_is_not_in_the_list_is_shown(owing: Book) -> None:
    found = compared(owing, "receivables", [line(2, "Bu Tini", 80_000)], date(2026, 10, 14))
    assert lines(found) == [
        ("Pak Slamet", 45_000, None, 45_000, "only_ours"),
        ("Bu Tini", 80_000, 80_000, 0, "equal"),
    ]
    payables = compared(owing, "payables", [line(2, "TOKO AGUNG", 119_000)])
    assert lines(payables) == [("Toko Agung", 120_000, 119_000, 1_000, "different")]


def test_lines_for_the_same_one_are_added(owing: Book) -> None:
    rows = [
        line(2, "Bu Tini", 20_000),
        line(3, "BU TINI", 30_000),
    ]
    found = compared(owing, "receivables", rows)
    assert ("Bu Tini", 50_000, 50_000, 0, "equal") in lines(found)
    assert found.theirs == 50_000


def test_a_name_of_two_is_told_and_a_code_tells_them_apart(business: Book) -> None:
    business.execute(AddCustomer(name="Bu Sri", code="S-1"))
    business.execute(AddCustomer(name="Bu Sri", code="S-2"))
    business.execute(SetOpeningBill(on=END, customer="S-1", amount=5_000))
    business.execute(SetOpeningBill(on=END, customer="S-2", amount=10_000))
    found = compared(business, "receivables", [line(2, "Bu Sri", 10_000)])
    assert lines(found) == [
        ("Bu Sri", 5_000, None, 5_000, "only_ours"),
        ("Bu Sri", 10_000, None, 10_000, "only_ours"),
        ("Bu Sri", None, 10_000, -10_000, "several"),
    ]
    by_code = compared(business, "receivables", [line(2, "s-2", 10_000, "Bu Sri")])
    assert lines(by_code) == [
        ("Bu Sri", 5_000, None, 5_000, "only_ours"),
        ("Bu Sri", 10_000, 10_000, 0, "equal"),
    ]


def test_stock_is_compared_by_quantity_and_by_worth(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL", unit="kg", barcode="8991001"))
    business.execute(AddProduct(name="Kopi", code="KP"))
    business.execute(SetOpeningStock(on=END, product="GL", quantity=Decimal("12.5"), value=150_000))
    business.execute(SetOpeningStock(on=END, product="KP", quantity=Decimal(3), value=9_000))
    rows = [line(2, "8991001", Decimal(12)), line(3, "Kopi", Decimal(3))]
    found = compared(business, "stock", rows)
    assert lines(found) == [
        ("Gula", Decimal("12.5"), Decimal(12), Decimal("0.5"), "different"),
        ("Kopi", Decimal(3), Decimal(3), Decimal(0), "equal"),
    ]
    assert found.difference == Decimal("0.5")
    business.execute(AddProduct(name="Teh", code="TH"))
    # Known here with none of it: it differs, it isn't unknown.
    assert lines(compared(business, "stock", [line(2, "teh", Decimal(4))]))[0] == (
        "Teh",
        Decimal(0),
        Decimal(4),
        Decimal(-4),
        "different",
    )
    worth = compared(business, "stock-value", [line(2, "Gula", 150_000)])
    assert lines(worth) == [("Kopi", 9_000, None, 9_000, "only_ours"), ("Gula", 150_000, 150_000, 0, "equal")]


def test_accounts_are_compared_as_people_write_them(business: Book) -> None:
    business.execute(RecordMoneyIn(on=END, amount=2_000_000, category="Modal masuk"))
    rows = [line(2, "11101", 2_000_000), line(3, "Modal Pemilik", 2_000_000)]
    with business.snapshot() as snapshot:
        names = snapshot.sql("SELECT code, name FROM account WHERE role IN ('cash', 'capital') ORDER BY code")
    cash, capital = names
    rows = [line(2, cash[0].replace("-", ""), 2_000_000), line(3, capital[1].upper(), 2_000_000)]
    # Capital stands in our ledger as a credit; in a list it is written without a sign.
    assert lines(compared(business, "accounts", rows)) == [
        (cash[1], 2_000_000, 2_000_000, 0, "equal"),
        (capital[1], 2_000_000, 2_000_000, 0, "equal"),
    ]


def test_savings_of_one_product_by_number_without_its_zeros(cooperative: Book) -> None:
    for number, name in (("0001", "Siti"), ("0012", "Budi")):
        cooperative.execute(AddMember(name=name, number=number, joined=date(2026, 1, 5)))
    with cooperative.snapshot() as snapshot:
        key = next(item for item in subjects(snapshot) if item.key.startswith("savings:")).key
    product = key.removeprefix("savings:")
    for who, amount in (("0001", 100_000), ("0012", 250_000)):
        cooperative.execute(DepositSavings(member=who, product=product, amount=amount, on=date(2026, 10, 1)))
    found = compared(cooperative, key, [line(2, "12", 250_000, "Budi"), line(3, "1", 90_000)])
    assert lines(found) == [
        ("Siti", 100_000, 90_000, 10_000, "different"),
        ("Budi", 250_000, 250_000, 0, "equal"),
    ]
    assert (found.ours, found.theirs) == (350_000, 340_000)


def test_loans_are_found_by_their_number_and_by_the_member(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative)
    with cooperative.snapshot() as snapshot:
        number, code, name = snapshot.sql(
            "SELECT l.number, y.code, y.name FROM loan AS l JOIN party AS y ON y.id = l.party_id"
        )[0]
    for text in (number, code, name):
        # Nothing is paid by the end of January: all of the 9.600.000 is outstanding.
        found = compared(cooperative, "loans", [line(2, text, 9_600_000)], date(2026, 1, 31))
        assert lines(found) == [(name, 9_600_000, 9_600_000, 0, "equal")]


# Reading lists


def test_headings_tell_the_columns_wherever_they_stand(cooperative: Book, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "lama.xlsx",
        [
            ["KSP Tani Makmur"],
            ["No", "Nama Anggota", "Alamat", "No Anggota", "Saldo (Rp)"],
            [1, "Siti", "Desa", "0012", 1_250_000],
            [2, "Budi", "Kota", "0001", "Rp 250.000"],
            [None, "Jumlah", None, None, 1_500_000],
        ],
    )
    # The running number of the lines is no member's number, and their sum is no member.
    found = old_list(cooperative, "loans", path)
    assert found.rows == (ListRow(3, "0012", "Siti", 1_250_000), ListRow(4, "0001", "Budi", 250_000))
    assert found.faults == ()


def test_a_csv_is_read(business: Book, tmp_path: Path) -> None:
    path = tmp_path / "lama.csv"
    path.write_text("Kode;Nama;Saldo\n0001;Siti;1.250.000\n0002;Budi;-50.000\n", encoding="utf-8")
    assert old_list(business, "receivables", path).rows == (
        ListRow(2, "0001", "Siti", 1_250_000),
        ListRow(3, "0002", "Budi", -50_000),
    )


def test_quantities_are_read_as_such(business: Book, tmp_path: Path) -> None:
    path = sheet(tmp_path / "stok.xlsx", [["Nama Barang", "Stok"], ["Gula", 2.5], ["Kopi", "3"]])
    assert [row.amount for row in old_list(business, "stock", path).rows] == [Decimal("2.5"), Decimal(3)]


def test_lines_that_cannot_be_read_are_named(business: Book, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "salah.xlsx", [["Nama", "Saldo"], ["Siti", "banyak"], ["Budi", 5_000], ["Ani", 12.5]]
    )
    found = old_list(business, "receivables", path)
    assert [(item.row, item.column) for item in found.faults] == [(2, "B"), (4, "B")]
    assert [(row.name, row.amount) for row in found.rows] == [("Budi", 5_000)]


def test_what_is_no_list_is_refused(business: Book, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        old_list(business, "receivables", tmp_path / "tidak-ada.xlsx")
    with pytest.raises(UserError):
        old_list(
            business, "receivables", sheet(tmp_path / "lain.xlsx", [["Alamat", "Telepon"], ["Desa", "0812"]])
        )


@pytest.mark.parametrize(
    "text",
    [
        "Bu Tini\t50.000\nPak Slamet\tRp 45.000\n",
        "Nama\tSaldo\nBu Tini\t50000\nPak Slamet\t45000",
        "Nama;Saldo\nBu Tini;50.000\n\nPak Slamet;45.000\nJumlah;95.000",
        "Bu Tini 50.000\nPak Slamet 45.000",
    ],
)
def test_pasted_columns_are_read_with_and_without_headings(business: Book, text: str) -> None:
    with business.snapshot() as snapshot:
        subject = next(item for item in subjects(snapshot) if item.key == "receivables")
    found = read_pasted(text, subject)
    assert [(row.code or row.name, row.amount) for row in found.rows] == [
        ("Bu Tini", 50_000),
        ("Pak Slamet", 45_000),
    ]
    assert found.faults == ()


def test_pasted_rubbish_is_told(business: Book) -> None:
    with business.snapshot() as snapshot:
        subject = subjects(snapshot)[0]
    assert [item.row for item in read_pasted("Bu Tini\tbanyak\nPak Slamet\t1", subject).faults] == [1]
    with pytest.raises(UserError):
        read_pasted("  \n", subject)


def test_hundreds_of_pasted_lines_are_all_read(business: Book) -> None:
    with business.snapshot() as snapshot:
        subject = subjects(snapshot)[0]
    text = "\n".join(f"P{number}\t{number}" for number in range(1, 301))
    rows = read_pasted(text, subject).rows
    assert [row.amount for row in rows] == list(range(1, 301))
    assert [row.row for row in rows] == list(range(1, 301))
