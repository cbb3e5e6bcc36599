"""The papers of the register: books 01 to 03, changes, settlement, cards, and the letters of confirmation."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from app.base.dates import Period
from app.base.errors import Cancelled
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.members.commands import (
    AcceptExit,
    AddMember,
    AppointOfficer,
    EndOffice,
    ExitReason,
    GoverningBody,
    HeirLine,
    PayExit,
    ReinstateMember,
    SetHeirs,
    Sex,
)
from app.reports import member_papers
from app.reports.catalog import report
from app.reports.document import RowKind
from app.reports.forms.member_card import HEIGHT, WIDTH, code_content
from app.reports.frame import Parameters, Request
from app.reports.members import register
from tests.ledger.conftest import NOW
from tests.ledger.lending import lend, pay
from tests.ledger.saving_books import deposit
from tests.reports.conftest import BuildReport
from tests.reports.pdf_reading import placed_texts

ON = date(2026, 6, 30)


def request_of(book: Book, on: date = ON, member: str = "") -> Iterator[Request]:
    with book.snapshot() as snapshot:
        parameters = Parameters(period=Period.through(on, on), only_day=True, member=member)
        yield Request(snapshot, parameters, Translator("id"), "Ngatiyem", NOW)


def fill(book: Book) -> None:
    """Sutrisno saves and has a loan, Siti left and came back, Budi left."""
    book.execute(
        AddMember(
            number="7",
            name="Sutrisno",
            joined=date(2020, 3, 1),
            sex=Sex.MALE,
            nik="3325012901680002",
            birth_place="Batang",
            birth_date=date(1968, 1, 29),
            occupation="Petani",
            address="Dk. Krajan RT 02",
            team="Melati",
        )
    )
    for number, name, sex in (("8", "Siti Aminah", Sex.FEMALE), ("9", "Budi Santoso", Sex.MALE)):
        book.execute(AddMember(number=number, name=name, joined=date(2021, 2, 14), sex=sex))
        deposit(book, "Pokok", 113_000, date(2026, 1, 5), number)
    for product, amount in (("Pokok", 100_000), ("Sukarela", 8_437_000)):
        deposit(book, product, amount, date(2026, 1, 5), "7")
    lend(book)
    pay(book, 1_344_000, date(2026, 2, 10))
    book.execute(AcceptExit(member="8", on=date(2026, 3, 9), requested=date(2026, 3, 2), note="Pindah kota"))
    book.execute(PayExit(member="8", on=date(2026, 3, 20)))
    book.execute(ReinstateMember(member="8", on=date(2026, 5, 4)))
    book.execute(AcceptExit(member="9", on=date(2026, 4, 1), reason=ExitReason.DEATH))


def test_book_01_has_a_row_for_each_membership(cooperative: Book, build: BuildReport) -> None:
    fill(cooperative)
    for request in request_of(cooperative):
        document = register(request)
        rows = [dict(row.cells) for row in document.rows]
        assert [(row["number"], row["since"], row["requested"], row["left"]) for row in rows] == [
            ("7", date(2020, 3, 1), None, None),
            ("8", date(2021, 2, 14), date(2026, 3, 2), date(2026, 3, 9)),
            ("8", date(2026, 5, 4), None, None),
            ("9", date(2021, 2, 14), None, date(2026, 4, 1)),
        ]
        assert rows[0]["nik"] == "332501 290168 0002"
        assert rows[0]["born"] == "Batang, 29 Jan 1968"
        assert rows[1]["reason"] == "Permintaan sendiri: Pindah kota"
        assert document.landscape
        spec = report("members")
        assert spec is not None
        assert spec.paper is not None
        words = " ".join(item.text for item in placed_texts(spec.paper(request, "A4")))
        for word in ("Buku 01", "Sutrisno", "Petani", "Meninggal dunia"):
            assert word in words
    # What the contract promises of the list is one row a member.
    listed = build(cooperative, "members", on=ON)
    assert [row.cells["number"] for row in listed.rows if row.kind is RowKind.ITEM] == ["7", "8", "9"]


def test_books_02_and_03(cooperative: Book, build: BuildReport) -> None:
    fill(cooperative)
    book = cooperative
    book.execute(
        AppointOfficer(
            body=GoverningBody.BOARD, office="Ketua", member="7", on=date(2022, 1, 8), until=date(2027, 1, 7)
        )
    )
    book.execute(EndOffice(body=GoverningBody.BOARD, member="7", on=date(2026, 2, 3), reason="Mundur"))
    book.execute(
        AppointOfficer(body=GoverningBody.SUPERVISORS, office="Ketua", name="Hadi", on=date(2024, 1, 8))
    )
    board = build(book, "board", on=ON)
    (row,) = board.rows
    assert (row.cells["name"], row.cells["member"], row.cells["ended"]) == ("Sutrisno", "7", date(2026, 2, 3))
    assert row.cells["reason"] == "Mundur"
    assert dict(board.totals) == {"count": 1, "in_office": 0}
    assert dict(build(book, "supervisors", on=ON).totals) == {"count": 1, "in_office": 1}
    assert build(book, "supervisors", on=date(2023, 12, 31)).rows == ()


def test_changes_of_a_year(cooperative: Book, build: BuildReport) -> None:
    fill(cooperative)
    document = build(cooperative, "member-changes", year=2026)
    rows = {str(row.cells["kind"]): dict(row.cells) for row in document.rows}
    assert rows["male"] == {"kind": "male", "opening": 2, "joined": 0, "left": 1, "closing": 1}
    assert rows["female"] == {"kind": "female", "opening": 1, "joined": 1, "left": 1, "closing": 1}
    assert document.totals == {"opening": 3, "joined": 1, "left": 2, "closing": 2, "count": 2}


def test_a_settlement_says_what_is_left_and_who_gets_it(cooperative: Book) -> None:
    book = cooperative
    fill(book)
    book.execute(
        SetHeirs(
            member="7",
            heirs=(
                HeirLine(name="Sri", relation="istri", share=Decimal("33.5")),
                HeirLine(name="Agus", relation="anak", share=Decimal("66.5")),
            ),
        )
    )
    spec = report("exit-settlement")
    assert spec is not None
    on = date(2026, 3, 1)
    for request in request_of(book, on, "7"):
        document = spec.build(request)
    # 8,400,000 of principal and the interest of March: 144,000.
    assert document.totals == {
        "savings": 8_537_000,
        "debts": 8_544_000,
        "rest": 0,
        "short": 7_000,
        "paid": 0,
    }
    deposit(book, "Sukarela", 107_001, on, "7")
    book.execute(AcceptExit(member="7", on=on, reason=ExitReason.DEATH, settle=True))
    for request in request_of(book, on, "7"):
        document = spec.build(request)
    assert document.totals["rest"] == 100_001
    heirs = [row.cells["amount"] for row in document.rows if "%" in str(row.cells.get("name", ""))]
    assert heirs == [33_500, 66_501]


def test_cards_are_as_large_as_a_bank_card_and_ten_to_a_sheet(cooperative: Book) -> None:
    book = cooperative
    for number in range(1, 24):
        book.execute(AddMember(name=f"Anggota {number}", joined=date(2021, 2, 14)))
    book.execute(AcceptExit(member="3", on=date(2026, 3, 9)))
    assert (WIDTH, HEIGHT) == (85.6, 54.0)
    for request in request_of(book):
        texts = placed_texts(member_cards(request))
        names = [item for item in texts if item.text.startswith("Anggota ") and item.size > 9]
        assert len(names) == 22
        assert {item.page for item in names} == {1, 2, 3}
        assert sum(item.page == 1 for item in names) == 10
        columns = sorted({round(item.x, 1) for item in names})
        assert columns[1] - columns[0] == pytest.approx(WIDTH, abs=0.1)
        rows = sorted({round(item.y, 1) for item in names if item.page == 1})
        assert rows[1] - rows[0] == pytest.approx(HEIGHT, abs=0.1)
        document = member_papers.cards(request)
        book_code = request.book.info.uid[-12:]
        assert document.rows[0].cells["code"] == code_content(book_code, "0001")
        assert "NIK" not in code_content(book_code, "0001")


def member_cards(request: Request) -> bytes:
    return member_papers.cards_paper(request, "A4")


def test_letters_of_confirmation(cooperative: Book, build: BuildReport) -> None:
    book = cooperative
    fill(book)
    document = build(book, "balance-confirmation", on=ON)
    rows = {row.cells["member"]: dict(row.cells) for row in document.rows if row.kind is RowKind.ITEM}
    assert {key: (row["savings"], row["loans"]) for key, row in rows.items()} == {
        "7": (8_537_000, 8_400_000),
        "9": (113_000, 0),
    }
    assert dict(document.totals) == {"savings": 8_650_000, "loans": 8_400_000, "held": 0, "count": 2}
    for request in request_of(book):
        texts = placed_texts(member_papers.confirmation_paper(request, "A4"))
        assert {item.page for item in texts} == {1, 2}
        words = " ".join(item.text for item in texts if item.page == 1)
        for word in ("Sutrisno", "8.437.000", "8.537.000", "8.400.000", "Saya setuju", "Saya tidak setuju"):
            assert word in words
    # One member's letter also says where there is nothing.
    for request in request_of(book, member="8"):
        texts = placed_texts(member_papers.confirmation_paper(request, "F4"))
        assert "Tidak ada" in [item.text for item in texts]


def test_printing_can_be_stopped(cooperative: Book) -> None:
    fill(cooperative)

    class Stopping:
        def step(self, done: int, total: int, label: str) -> None:
            raise Cancelled

    for request in request_of(cooperative):
        with pytest.raises(Cancelled):
            member_papers.confirmation_paper(request, "A4", Stopping())
