"""Balances of years before the book: kept beside the ledger, never posted."""

from datetime import date
from pathlib import Path

from app.ledger.book import Book
from app.ledger.entries.commands import ComparativeLine, EntryLine, PostOpening, SetComparatives
from app.ledger.entries.comparatives import comparatives, first_day
from app.ledger.members.history import memberships
from tests.ledger.import_books import imported, places, refused, told, workbook
from tests.ledger.saving_books import refusal


def kept(book: Book, year: int = 2025) -> dict[str, int]:
    with book.snapshot() as snapshot:
        codes = dict(snapshot.sql("SELECT id, code FROM account"))
        return {codes[key]: amount for key, amount in comparatives(snapshot, year).items()}


def lines(**amounts: int) -> tuple[ComparativeLine, ...]:
    return tuple(
        ComparativeLine(account=code.replace("_", "-")[1:], debit=max(amount, 0), credit=max(-amount, 0))
        for code, amount in amounts.items()
    )


def test_they_are_kept_changed_and_put_back_and_nothing_is_posted(cooperative: Book) -> None:
    book = cooperative
    first = book.execute(SetComparatives(year=2025, lines=lines(a1_1101=7_130_000, a3_1001=-7_130_000)))
    assert kept(book) == {"1-1101": 7_130_000, "3-1001": -7_130_000}
    second = book.execute(SetComparatives(year=2025, lines=lines(a1_1101=0, a1_1201=7_130_000)))
    assert kept(book) == {"1-1201": 7_130_000, "3-1001": -7_130_000}
    for outcome, left in ((second, {"1-1101": 7_130_000, "3-1001": -7_130_000}), (first, {})):
        assert outcome.undo is not None
        book.execute(outcome.undo)
        assert kept(book) == left
    with book.snapshot() as snapshot:
        assert first_day(snapshot) is None


def test_a_year_of_the_ledger_itself_is_refused(cooperative: Book) -> None:
    book = cooperative
    book.execute(PostOpening(on=date(2025, 12, 31), lines=(EntryLine(account="1-1101", debit=4_711_000),)))
    book.execute(SetComparatives(year=2025, lines=lines(a1_1101=4_711_000)))
    assert refusal(book, SetComparatives(year=2026, lines=lines(a1_1101=1))).field == "year"
    assert refusal(book, SetComparatives(year=2024, lines=lines(a1_1000=1))).field == "account"


ROWS = (
    ("Tahun", "Kode Akun", "Debet", "Kredit"),
    (2025, "1-1101", "8.170.000", None),
    (2025, "3-1001", None, 7_000_000),
    (2025, "3-2002", None, 1_170_000),
    (2024, "1-1101", 91_000, None),
    (2024, "3-1001", None, 91_000),
)


def test_the_sheet_brings_them_once(business: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "pembanding.xlsx", Saldo_Pembanding=ROWS)
    assert imported(business, path).documents == 2
    assert kept(business) == {"1-1101": 8_170_000, "3-1001": -7_000_000, "3-2002": -1_170_000}
    assert imported(business, path).documents == 0
    changed = (*ROWS[:1], (2025, "1-1101", 8_171_000, None), *ROWS[2:4], (2025, "3-2001", None, 1_000))
    assert imported(business, workbook(tmp_path / "lagi.xlsx", Saldo_Pembanding=changed)).documents == 1
    assert kept(business)["1-1101"] == 8_171_000


def test_faults_of_the_sheet_name_their_cells(business: Book, tmp_path: Path) -> None:
    faulty = (*ROWS, ("lalu", "1-1101", 5, None), (2025, "9-9999", 5, None), (2024, "1-1102", 5, 5))
    assert sorted(places(refused(business, workbook(tmp_path / "a.xlsx", Saldo_Pembanding=faulty)))) == [
        "Saldo Pembanding!A7",
        "Saldo Pembanding!B8",
        "Saldo Pembanding!D9",
    ]
    uneven = (*ROWS, (2024, "1-1102", 17_000, None))
    (fault,) = told(refused(business, workbook(tmp_path / "b.xlsx", Saldo_Pembanding=uneven)))
    assert "17.000" in fault or "17,000" in fault


def test_the_register_brings_category_and_request(cooperative: Book, tmp_path: Path) -> None:
    rows = (
        ("No Anggota", "Nama", "Tanggal Masuk", "Tanggal Keluar", "Kategori", "Tgl Permintaan Berhenti"),
        ("1", "Siti", "14/02/2021", "09/03/2026", "Anggota biasa", "02/03/2026"),
    )
    imported(cooperative, workbook(tmp_path / "anggota.xlsx", Anggota=rows))
    with cooperative.snapshot() as snapshot:
        (entry,) = memberships(snapshot, date(2026, 12, 31))
    assert (entry.category, entry.requested, entry.left) == (
        "Anggota biasa",
        date(2026, 3, 2),
        date(2026, 3, 9),
    )
