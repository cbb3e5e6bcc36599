"""The same file twice, two equal documents in one, and taking an import back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import Refused
from app.ledger.batches.commands import UndoImport
from app.ledger.book import Book
from app.ledger.entries.commands import ReverseEntry
from tests.ledger.import_books import ENGLISH, balance, counts, imported, refused, told, workbook

JOURNAL: list[Any] = ["Tanggal", "No Bukti", "Keterangan", "Kode Akun", "Debet", "Kredit"]
OPENING: list[Any] = ["Tanggal", "Kode Akun", "Nama Akun", "Debet", "Kredit"]
DAY = date(2026, 10, 31)


def entry(number: str | None, amount: int, memo: str = "Susut") -> list[list[Any]]:
    return [[DAY, number, memo, "6-1010", amount, None], [DAY, number, memo, "1-2203", None, amount]]


def test_the_same_file_twice_adds_nothing_and_says_so(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Akun=[["Kode", "Nama", "Jenis"], ["6-1091", "Sedekah", "Beban"]],
        Saldo_Awal=[OPENING, [date(2025, 12, 31), "1-1101", None, 500_000, None]],
        Jurnal=[JOURNAL, *entry("JU-1", 900)],
    )
    assert imported(business, path).created == {"account": 1}
    before = counts(business)
    again = imported(business, path)
    assert (again.documents, again.known, again.batch) == (0, 3, 0)
    assert again.lines(ENGLISH) == [
        "Everything in a.xlsx is in the book already (3 documents); nothing was added."
    ]
    assert counts(business) == before


def test_equal_documents_in_one_file_both_count_and_the_nth_is_known_again(
    business: Book, tmp_path: Path
) -> None:
    row = [date(2025, 12, 31), "1-1101", None, 500_000, None]
    assert imported(business, workbook(tmp_path / "a.xlsx", Saldo_Awal=[OPENING, row, row])).documents == 2
    three = imported(business, workbook(tmp_path / "b.xlsx", Saldo_Awal=[OPENING, row, row, row]))
    assert (three.documents, three.known) == (1, 2)
    assert balance(business, "1-1101") == 1_500_000


def test_a_document_is_known_whatever_the_spelling_and_the_order_of_columns(
    business: Book, tmp_path: Path
) -> None:
    imported(business, workbook(tmp_path / "a.xlsx", Jurnal=[JOURNAL, *entry("JU-1", 900)]))
    turned = [list(reversed(row)) for row in ([*JOURNAL], *entry("ju-1", 900, "  SUSUT "))]
    turned[1][1] = "900"
    turned[1][-1] = "31/10/2026"
    result = imported(business, workbook(tmp_path / "b.xlsx", Jurnal=turned))
    assert (result.documents, result.known) == (0, 1)


def test_the_same_number_with_other_content_is_a_fault(business: Book, tmp_path: Path) -> None:
    imported(business, workbook(tmp_path / "a.xlsx", Jurnal=[JOURNAL, *entry("JU-1", 900)]))
    error = refused(business, workbook(tmp_path / "b.xlsx", Jurnal=[JOURNAL, *entry("JU-1", 800)]))
    assert told(error) == [
        "Jurnal!B2: Number JU-1 of 31 Oct 2026 was imported before with other content."
        " Give it another number, or take the old one back and record it anew."
    ]


def test_rows_without_a_number_make_an_entry_once_they_balance(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", Jurnal=[JOURNAL, *entry(None, 900), *entry(None, 700), *entry("JU-5", 60)]
    )
    assert imported(business, path).documents == 3
    more = [*entry(None, 900), *entry(None, 700), *entry(None, 40), *entry("JU-5", 60)]
    again = imported(business, workbook(tmp_path / "b.xlsx", Jurnal=[JOURNAL, *more]))
    assert (again.documents, again.known) == (1, 3)
    assert balance(business, "6-1010") == 900 + 700 + 60 + 40
    short = [[DAY, None, "", "6-1010", 900, None], [DAY, None, "", "1-2203", None, 800]]
    error = refused(business, workbook(tmp_path / "c.xlsx", Jurnal=[JOURNAL, *short]))
    assert "without a number do not balance: debit Rp900, credit Rp800" in told(error)[0]


def test_an_account_of_another_name_is_a_fault_and_its_rows_are_not_told_too(
    business: Book, tmp_path: Path
) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Akun=[["Kode", "Nama", "Jenis"], ["6-1091", "Sedekah", "Aset"]],
        Jurnal=[JOURNAL, [DAY, "JU-1", "", "6-1091", 900, None], [DAY, "JU-1", "", "1-1101", None, 900]],
    )
    error = refused(business, path)
    assert [fault.sheet for fault in error.faults] == ["Akun"]


def test_an_import_is_taken_back_as_a_whole_and_can_come_again(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Saldo_Awal=[OPENING, [date(2025, 12, 31), "1-1101", None, 500_000, None]],
        Jurnal=[JOURNAL, *entry("JU-1", 900), *entry("JU-2", 800)],
    )
    first = imported(business, path)
    outcome = business.undo()
    assert outcome.value == {"batch": first.batch, "reversed": 3}
    assert [balance(business, code) for code in ("1-1101", "6-1010", "3-9999")] == [0, 0, 0]
    with pytest.raises(Refused, match="taken back already"):
        business.execute(UndoImport(batch=first.batch))
    with pytest.raises(Refused, match="no import 99"):
        business.execute(UndoImport(batch=99))
    again = imported(business, path)
    assert (again.documents, again.known) == (3, 0)
    assert balance(business, "6-1010") == 1_700


def test_what_was_taken_back_by_hand_stays_so_when_the_import_is(business: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Jurnal=[JOURNAL, *entry("JU-1", 900), *entry("JU-2", 800)])
    batch = imported(business, path).batch
    business.execute(ReverseEntry(number="JU-1"))
    assert business.execute(UndoImport(batch=batch)).value["reversed"] == 1
    assert balance(business, "6-1010") == 0


def test_the_audit_keeps_the_name_of_the_file_and_not_its_rows(business: Book, tmp_path: Path) -> None:
    imported(
        business, workbook(tmp_path / "rahasia.xlsx", Jurnal=[JOURNAL, *entry("JU-1", 900, "Gaji Wati")])
    )
    with business.snapshot() as snapshot:
        (payload,) = snapshot.sql("SELECT payload FROM audit WHERE command = 'import-file'")[0]
    assert '"file":"rahasia.xlsx"' in payload
    assert "Wati" not in payload


def test_control_accounts_are_compared_with_their_details(business: Book, tmp_path: Path) -> None:
    rows = [
        OPENING,
        [date(2025, 12, 31), "1-1101", "Kas Tunai", 500_000, None],
        [date(2025, 12, 31), "1-1201", "Piutang Usaha", 350_000, None],
        [date(2025, 12, 31), "3-9999", "Saldo Awal", None, 77],
    ]
    error = refused(business, workbook(tmp_path / "a.xlsx", Saldo_Awal=rows))
    assert told(error) == [
        "Saldo Awal!D3: 1-1201 Piutang Usaha: this sheet says Rp350,000,"
        " the details on 31 Dec 2025 add up to Rp0."
        " Correct the amount here, or the rows of the details."
    ]


def test_the_name_of_another_account_is_a_fault_a_name_of_ones_own_is_told(
    business: Book, tmp_path: Path
) -> None:
    slip = [OPENING, [date(2025, 12, 31), "1-1111", "Kas Kecil", 500_000, None]]
    error = refused(business, workbook(tmp_path / "a.xlsx", Saldo_Awal=slip))
    assert told(error) == [
        "Saldo Awal!B2: 1-1111 is Bank in this book; Kas Kecil has the code 1-1102."
        " Correct the code or the name."
    ]
    own = [OPENING, [date(2025, 12, 31), "1-1111", "BRI Simpedes", 500_000, None]]
    result = imported(business, workbook(tmp_path / "b.xlsx", Saldo_Awal=own))
    assert result.lines(ENGLISH)[-1] == "1-1111 is called Bank in this book, in the file BRI Simpedes."
