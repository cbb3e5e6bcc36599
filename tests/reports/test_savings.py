"""The list of members' savings."""

from datetime import date

from app.ledger.book import Book
from app.ledger.members.commands import AcceptExit, AddMember
from app.ledger.savings.commands import (
    AddSavingsProduct,
    DepositSavings,
    SavingsKind,
    SetSavingsProduct,
)
from app.reports.document import RowKind
from tests.reports.conftest import BuildReport


def fill(book: Book) -> None:
    for number, name in (("0001", "Siti Aminah"), ("0002", "Budi"), ("0003", "Wati")):
        book.execute(AddMember(number=number, name=name, joined=date(2021, 2, 14)))
    for member, product, amount, on in (
        ("1", "Pokok", 100_000, date(2026, 9, 1)),
        ("1", "Sukarela", 340_000, date(2026, 10, 9)),
        ("2", "Wajib", 75_000, date(2026, 9, 2)),
        ("1", "Sukarela", 7_000, date(2026, 11, 2)),
    ):
        book.execute(DepositSavings(member=member, product=product, amount=amount, on=on))


def test_savings_as_of_a_day(cooperative: Book, build: BuildReport) -> None:
    fill(cooperative)
    document = build(cooperative, "savings", month="2026-10")
    assert [column.key for column in document.columns] == [
        "member",
        "name",
        "share",
        "mandatory",
        "voluntary",
        "term",
        "total",
    ]
    items = [row for row in document.rows if row.kind is RowKind.ITEM]
    assert [dict(row.cells) for row in items] == [
        {
            "member": "0001",
            "name": "Siti Aminah",
            "share": 100_000,
            "mandatory": 0,
            "voluntary": 340_000,
            "term": 0,
            "total": 440_000,
        },
        {
            "member": "0002",
            "name": "Budi",
            "share": 0,
            "mandatory": 75_000,
            "voluntary": 0,
            "term": 0,
            "total": 75_000,
        },
    ]
    assert items[0].opens == {"report": "member-statement", "member": "0001"}
    assert dict(document.totals) == {
        "share": 100_000,
        "mandatory": 75_000,
        "voluntary": 340_000,
        "term": 0,
        "total": 515_000,
    }
    assert build(cooperative, "savings", month="2026-11").totals["total"] == 522_000
    assert build(cooperative, "savings", month="2026-09").totals["total"] == 175_000


def test_who_left_stands_under_the_products_the_savings_came_from(
    cooperative: Book, build: BuildReport
) -> None:
    fill(cooperative)
    cooperative.execute(AcceptExit(member="2", on=date(2026, 11, 1)))
    document = build(cooperative, "savings", month="2026-11")
    assert document.rows[1].cells["mandatory"] == 75_000


def test_products_of_their_own_get_a_column_while_they_hold_anything(
    cooperative: Book, build: BuildReport
) -> None:
    fill(cooperative)
    cooperative.execute(
        AddSavingsProduct(code="qurban", name="Simpanan Qurban", kind=SavingsKind.VOLUNTARY, account="2-1102")
    )
    cooperative.execute(SetSavingsProduct(code="term", active=False))
    empty = build(cooperative, "savings", month="2026-11")
    assert [column.key for column in empty.columns][2:] == ["share", "mandatory", "voluntary", "total"]
    cooperative.execute(DepositSavings(member="3", product="Qurban", amount=55_000, on=date(2026, 11, 3)))
    filled = build(cooperative, "savings", month="2026-11")
    assert [column.label for column in filled.columns][5] == "Simpanan Qurban"
    assert filled.totals["qurban"] == 55_000
    assert filled.totals["total"] == 577_000
