"""The list of members."""

from datetime import date

from app.ledger.book import Book
from app.ledger.members.commands import AcceptExit, AddMember, Admission, PayExit
from app.ledger.savings.commands import DepositSavings
from app.reports.document import RowKind
from tests.reports.conftest import BuildReport


def fill(book: Book) -> None:
    book.execute(AddMember(number="0001", name="Siti Aminah", joined=date(2021, 2, 14)))
    book.execute(AddMember(number="0002", name="Budi Santoso", joined=date(2021, 3, 1)))
    book.execute(
        AddMember(number="0003", name="Wati", joined=date(2026, 10, 2), status=Admission.PROSPECTIVE)
    )
    book.execute(DepositSavings(member="2", product="Pokok", amount=100_000, on=date(2026, 5, 4)))
    book.execute(AcceptExit(member="2", on=date(2026, 9, 15)))
    book.execute(PayExit(member="2", on=date(2026, 10, 3)))


def test_members_as_of_a_day(cooperative: Book, build: BuildReport) -> None:
    fill(cooperative)
    document = build(cooperative, "members", on=date(2026, 10, 31))
    items = [row for row in document.rows if row.kind is RowKind.ITEM]
    assert [dict(row.cells) for row in items] == [
        {
            "number": "0001",
            "name": "Siti Aminah",
            "joined": date(2021, 2, 14),
            "left": None,
            "status": "active",
        },
        {
            "number": "0002",
            "name": "Budi Santoso",
            "joined": date(2021, 3, 1),
            "left": date(2026, 9, 15),
            "status": "left",
        },
        {
            "number": "0003",
            "name": "Wati",
            "joined": date(2026, 10, 2),
            "left": None,
            "status": "prospective",
        },
    ]
    assert items[1].opens == {"report": "member-statement", "member": "0002"}
    assert dict(document.totals) == {"count": 3}
    assert document.first_day is None


def test_an_earlier_day_knows_nothing_of_what_came_later(cooperative: Book, build: BuildReport) -> None:
    fill(cooperative)
    august = build(cooperative, "members", month="2026-08")
    assert [row.cells["status"] for row in august.rows[:-1]] == ["active", "active"]
    september = build(cooperative, "members", month="2026-09")
    assert [row.cells["status"] for row in september.rows[:-1]] == ["active", "leaving"]
    assert september.totals["count"] == 2


def test_a_book_without_members_gives_an_empty_list(cooperative: Book, build: BuildReport) -> None:
    document = build(cooperative, "members", month="2026-10")
    assert document.totals["count"] == 0
    assert all(row.kind is not RowKind.ITEM for row in document.rows)
