"""The list of members' savings."""

from datetime import date
from decimal import Decimal

from app.base.dates import Month
from app.ledger.book import Book
from app.ledger.members.commands import AcceptExit, AddMember
from app.ledger.savings.commands import (
    AddSavingsProduct,
    CreditSavingsInterest,
    DepositSavings,
    RunSavingsInterest,
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


def earn(book: Book) -> None:
    """Sukarela at 12 % a year: Siti crosses the limit with her second payment, Budi stays below it."""
    book.execute(AddMember(number="0001", name="Siti Aminah", nik="3515144508680002"))
    book.execute(AddMember(number="0002", name="Budi", tax_number="01.234.567.8-901.000"))
    book.execute(AddMember(number="K001", name="Koperasi Sumber Rejeki", body=True))
    book.execute(SetSavingsProduct(code="voluntary", rate=Decimal(12), basis=12))
    for member, amount in (("1", 20_000_000), ("2", 340_000), ("K001", 1_000_000)):
        book.execute(DepositSavings(member=member, product="Sukarela", amount=amount, on=date(2026, 9, 1)))
    book.execute(CreditSavingsInterest(member="1", product="Berjangka", gross=60_000, on=date(2026, 10, 3)))
    book.execute(RunSavingsInterest(month=Month(2026, 10)))


def test_interest_and_tax_of_each_member(cooperative: Book, build: BuildReport) -> None:
    earn(cooperative)
    document = build(cooperative, "savings-interest", month="2026-10")
    cells = [dict(row.cells) for row in document.rows if row.kind is RowKind.ITEM]
    assert cells == [
        {"member": "0001", "name": "Siti Aminah", "gross": 260_000, "tax": 26_000, "net": 234_000},
        {"member": "0002", "name": "Budi", "gross": 3_400, "tax": 0, "net": 3_400},
        {"member": "K001", "name": "Koperasi Sumber Rejeki", "gross": 10_000, "tax": 1_500, "net": 8_500},
    ]
    assert document.totals == {"gross": 273_400, "tax": 27_500, "net": 245_900}
    assert build(cooperative, "savings-interest", month="2026-09").totals == {"gross": 0, "tax": 0, "net": 0}


def test_a_slip_for_each_payment_also_without_tax(cooperative: Book, build: BuildReport) -> None:
    earn(cooperative)
    taken_back = DepositSavings(member="1", product="Wajib", amount=5_000, on=date(2026, 10, 4))
    cooperative.execute(taken_back)
    cooperative.execute(
        CreditSavingsInterest(member="2", product="Sukarela", gross=900, on=date(2026, 10, 31))
    )
    cooperative.undo()
    document = build(cooperative, "withholding", month="2026-10")
    cells = [dict(row.cells) for row in document.rows if row.kind is RowKind.ITEM]
    assert [
        (item["number"], item["name"], item["tax_id"], item["gross"], item["rate"], item["tax"])
        for item in cells
    ] == [
        ("JS-2610-0001", "Siti Aminah", "3515144508680002", 60_000, Decimal(0), 0),
        ("JS-2610-0002", "Siti Aminah", "3515144508680002", 200_000, Decimal(10), 26_000),
        ("JS-2610-0003", "Budi", "01.234.567.8-901.000", 3_400, Decimal(0), 0),
        ("JS-2610-0004", "Koperasi Sumber Rejeki", "", 10_000, Decimal(15), 1_500),
    ]
    assert cells[0]["date"] == date(2026, 10, 3)
    assert document.totals == {"gross": 273_400, "tax": 27_500}


def test_mandatory_savings_in_arrears(cooperative: Book, build: BuildReport) -> None:
    for number, joined in (
        ("0001", date(2026, 8, 4)),
        ("0002", date(2026, 6, 1)),
        ("0003", date(2026, 10, 9)),
    ):
        cooperative.execute(AddMember(number=number, name=f"Anggota {number}", joined=joined))
    cooperative.execute(SetSavingsProduct(code="mandatory", amount=15_000))
    for member, amount in (("1", 20_000), ("3", 15_000)):
        cooperative.execute(
            DepositSavings(member=member, product="Wajib", amount=amount, on=date(2026, 10, 20))
        )
    document = build(cooperative, "mandatory-arrears", month="2026-10")
    cells = [dict(row.cells) for row in document.rows if row.kind is RowKind.ITEM]
    # August to October is 45.000 of which 20.000 are paid; June to October is five months.
    assert cells == [
        {"member": "0001", "name": "Anggota 0001", "months": 2, "amount": 25_000},
        {"member": "0002", "name": "Anggota 0002", "months": 5, "amount": 75_000},
    ]
    assert document.totals == {"amount": 100_000}
