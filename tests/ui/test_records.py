"""All records: found, looked into, taken back and put right by keyboard; the book is asked what came of it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut
from app.ledger.entries.queries import trial_balance
from app.ledger.entries.records import Choice, newest_records
from app.ledger.savings.commands import RecordSavings, SavingsLine, WithdrawSavings
from app.ui.bridge import Session
from app.ui.export import ExportDialog
from app.ui.pages.records import RecordsPage
from app.ui.widgets.button import Button
from app.ui.widgets.error_panel import Question
from tests.ledger.import_books import csv_file, imported
from tests.ledger.lending import lend, member, pay
from tests.ui.conftest import OpenBook, shell_of
from tests.ui.hands import Hands


def some(book: Book) -> None:
    """Four records in two months."""
    for on, amount, memo in (
        (date(2026, 10, 5), 500_000, "Modal awal"),
        (date(2026, 11, 3), 75_000, "Hadiah lomba"),
    ):
        book.execute(RecordMoneyIn(on=on, amount=amount, category="other-income", memo=memo))
    book.execute(
        RecordMoneyOut(on=date(2026, 11, 10), amount=20_000, category="utilities", memo="Token listrik")
    )
    book.execute(
        RecordMoneyOut(on=date(2026, 11, 20), amount=30_000, category="transport", memo="Bensin ke kota")
    )


def page_of(session: Session) -> RecordsPage:
    session.go("records")
    page = shell_of(session).page
    assert isinstance(page, RecordsPage)
    return page


def memos(page: RecordsPage) -> list[str]:
    listed = page.table.table
    return [listed.row(place).memo for place in range(listed.rowCount())]


def words_of(widget: Any) -> str:
    # What was built by the key before is laid out first.
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def yes(question: Question) -> int:
    """Who is asked says yes, after the question was kept for the test."""
    ASKED.append(words_of(question))
    return 1


ASKED: list[str] = []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    ASKED.clear()
    monkeypatch.setattr(Question, "exec", yes)
    return ASKED


def test_the_newest_is_first_and_shown_at_the_side(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", some)
    page = page_of(session)
    Hands(qtbot, session)
    assert memos(page) == ["Bensin ke kota", "Token listrik", "Hadiah lomba", "Modal awal"]
    assert page.search.hasFocus()
    shown = words_of(page.panel)
    assert "Bensin ke kota" in shown
    assert "Rp30.000" in shown
    assert "Kas Tunai berkurang Rp30.000" in shown
    assert "Jurnal" not in shown, "the journal is one click away, not in front"


def test_words_amounts_and_days_find(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", some)
    page = page_of(session)
    hands = Hands(qtbot, session)
    for typed, expected in (
        ("listr", ["Token listrik"]),
        ("20rb", ["Token listrik"]),
        ("10/11", ["Token listrik"]),
        ("kota bens", ["Bensin ke kota"]),
        ("okt 2026", ["Modal awal"]),
        ("zebra", []),
    ):
        page.search.clear()
        hands.type(typed)
        qtbot.waitUntil(lambda: memos(page) == expected, timeout=2_000)  # noqa: B023 - waited for at once
    assert "lebih sedikit" in words_of(page.panel).casefold()
    hands.press(Qt.Key.Key_Escape)
    assert len(memos(page)) == 4, "Esc empties the search first"
    assert shell_of(session).page is page


def test_arrows_lead_from_the_search_into_the_list(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", some)
    page = page_of(session)
    hands = Hands(qtbot, session)
    hands.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert page.panel.detail is not None
    assert page.panel.detail.row.memo == "Token listrik"
    hands.press(Qt.Key.Key_J, alt=True)
    assert "Debet" in words_of(page.panel)
    assert "Rp20.000" in words_of(page.panel)
    hands.press(Qt.Key.Key_J, alt=True)
    assert "Debet" not in words_of(page.panel)


def test_chips_choose_month_and_kind(session_of: OpenBook) -> None:
    page = page_of(session_of("business", some))
    page.month_chip.click()
    assert memos(page) == ["Bensin ke kota", "Token listrik", "Hadiah lomba"]
    page.chips["cash"].click()
    assert page.totals.sums == "Jumlah Rp125.000"
    page.chips["cash"].click()
    page.chips["sales"].click()
    assert memos(page) == []


def test_a_wrong_record_is_taken_back_and_stays_to_be_seen(
    session_of: OpenBook, qtbot: QtBot, asked: list[str]
) -> None:
    session = session_of("business", some)
    page = page_of(session)
    hands = Hands(qtbot, session)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_B, alt=True)
    assert "Rp30.000" in asked[0]
    assert "20 November 2026" in asked[0]
    first = newest_records(session.reading(), 1, Choice(folded=True))[0]
    assert (first.memo, first.state) == ("Bensin ke kota", "reversed")
    assert memos(page)[0] == "Bensin ke kota", "folded: one line, not two"
    assert "dibatalkan" in words_of(page.panel).casefold()
    assert "right" not in page.panel.buttons
    page.steps_chip.click()
    assert len(memos(page)) == 5
    cash = {row.account.code: row.amount for row in trial_balance(session.reading())}["1-1101"]
    assert cash == 500_000 + 75_000 - 20_000


def test_nothing_is_taken_back_when_the_answer_is_no(
    session_of: OpenBook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of("business", some)
    page = page_of(session)
    monkeypatch.setattr(Question, "exec", lambda _question: 0)
    Hands(qtbot, session).press(Qt.Key.Key_Down)
    page.take_back()
    assert newest_records(session.reading(), 1)[0].state == "ordinary"


def test_put_right_opens_the_form_that_made_it_and_folds_into_one_line(
    session_of: OpenBook, qtbot: QtBot
) -> None:
    session = session_of("business", some)
    page = page_of(session)
    hands = Hands(qtbot, session)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_P, alt=True)
    cash: Any = shell_of(session).page
    assert shell_of(session).page_key == "cash"
    assert cash.amount.value() == 30_000
    cash.amount.set_value(35_000)
    cash.form.save()
    session.go("records")
    assert memos(page)[0] == "Bensin ke kota"
    assert len(memos(page)) == 4
    row = page.table.table.row(0)
    assert (row.state, row.amount) == ("correction", 35_000)
    page.table.go_to(0)
    links = page.panel.findChildren(Button)
    before = next(button for button in links if button.text() == session.translator("See how it was before"))
    before.click()
    assert "Rp30.000" in words_of(page.panel)


def test_a_record_is_come_to_by_its_key(session_of: OpenBook) -> None:
    session = session_of("business", some)
    wanted = next(row for row in newest_records(session.reading(), 9) if row.memo == "Hadiah lomba")
    session.go("records", entry=wanted.entry)
    page: Any = shell_of(session).page
    assert page.panel.detail.row.entry == wanted.entry
    assert page.search.text() == wanted.number


def test_an_empty_book_says_what_belongs_here(session_of: OpenBook) -> None:
    page = page_of(session_of("business"))
    assert "Belum ada catatan" in words_of(page)
    assert not page.print_button.isEnabled()


def test_what_is_seen_is_saved_as_a_file(
    session_of: OpenBook, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of("business", some)
    page = page_of(session)
    page.search.setText("token")
    qtbot.waitUntil(lambda: memos(page) == ["Token listrik"])
    monkeypatch.setattr(ExportDialog, "exec", lambda _dialog: 1)
    monkeypatch.setattr(ExportDialog, "target", property(lambda _dialog: tmp_path / "catatan.xlsx"))
    Hands(qtbot, session).press(Qt.Key.Key_E, ctrl=True)
    sheet = load_workbook(tmp_path / "catatan.xlsx").active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Token listrik" in cells
    assert "Bensin ke kota" not in cells
    assert 20_000 in cells


# What came out of a file


def brings(folder: Path, sheet: str, *lines: str) -> Callable[[Book], object]:
    """Import a sheet of these lines into the book."""
    return lambda book: imported(book, csv_file(folder / "isian.csv", lines), sheet)


def details(session: Session, entry: int) -> dict[str, Any]:
    """What a record is made of."""
    reader = session.reading()
    return {
        "postings": reader.sql(
            "SELECT a.code, p.amount, coalesce(p.memo, e.memo) FROM posting AS p JOIN account AS a"
            " ON a.id = p.account_id JOIN entry AS e ON e.id = p.entry_id WHERE p.entry_id = ? ORDER BY 1, 2",
            (entry,),
        ),
        "head": reader.sql("SELECT number, date, memo, party_id FROM entry WHERE id = ?", (entry,)),
        "lines": reader.sql(
            "SELECT product_id, quantity, unit, price, discount, amount FROM sale_line WHERE sale_id = ?"
            " UNION ALL SELECT product_id, quantity, unit, price, discount, amount FROM purchase_line"
            " WHERE purchase_id = ?",
            (entry, entry),
        ),
        "bills": reader.sql("SELECT side, number, due, amount FROM bill WHERE entry_id = ?", (entry,)),
    }


def test_an_imported_sale_is_put_right_by_keyboard(
    session_of: OpenBook, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = brings(
        tmp_path,
        "Penjualan",
        "Tanggal;No Nota;Nama Barang;Jumlah;Harga;Potongan;Bayar;Pelanggan;Jatuh Tempo;Keterangan",
        "3/11/2026;N-7;Beras;2,5;16.000;1.000;Bon;Bu Ani;3/12/2026;hajatan",
        "3/11/2026;N-7;Gula;3;14.000",
    )
    session = session_of("business", sheet)
    page = page_of(session)
    hands = Hands(qtbot, session)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_P, alt=True)
    sell: Any = shell_of(session).page
    assert shell_of(session).page_key == "sell"
    assert [(line.name, line.quantity, line.price, line.discount) for line in sell.cart.lines] == [
        ("Beras", Decimal("2.5"), 16_000, 1_000),
        ("Gula", Decimal(3), 14_000, 0),
    ]
    # The rice was sold at 15.500: its line, its price, then Enter as at any other note.
    hands.press(Qt.Key.Key_Up)
    hands.type("=")
    hands.type("15500", Qt.Key.Key_Return)
    assert sell.cart.total == 37_750 + 42_000
    hands.press(Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return)
    session.go("records")
    assert memos(page) == ["hajatan"]
    row = page.table.table.row(0)
    assert (row.number, row.state, row.amount, row.party) == ("N-7", "correction", 79_750, "Bu Ani")
    assert [bill[1:] for bill in details(session, row.entry)["bills"]] == [("N-7", "2026-12-03", 79_750)]
    old = row.replaces
    assert old is not None
    assert "Rp81.000" in words_of_record(page, old)
    assert stands(session) == {"1-1201": 79_750, "4-1001": -80_750, "4-1102": 1_000}


def words_of_record(page: RecordsPage, entry: int) -> str:
    page.panel.show_record(entry)
    return words_of(page.panel)


CAME_IN = {
    "a sale, some of it paid": (
        "Penjualan",
        "Tanggal;No Nota;Nama Barang;Jumlah;Harga;Bayar;Dibayar;Pelanggan;Jatuh Tempo;Kas/Bank",
        "3/11/2026;N-8;Beras;2;160.000;Tunai;120.000;Bu Ani;9/12/2026;Kas Kecil",
    ),
    "a sale by transfer": (
        "Penjualan",
        "Tanggal;No Nota;Nama Barang;Jumlah;Harga;Bayar;Keterangan",
        "3/11/2026;N-9;Gula;1,5;14.001;Transfer;lewat anaknya",
    ),
    "a purchase, some of it paid": (
        "Pembelian",
        "Tanggal;No Nota;Nama Barang;Jumlah;Harga;Ongkos Angkut;Bayar;Dibayar;Pemasok;Jatuh Tempo;Kas/Bank",
        "3/11/2026;GM-1;Beras;7;12.000;5.000;Tunai;40.000;Agen;9/12/2026;Bank",
    ),
    "a purchase, from the bank": (
        "Pembelian",
        "Tanggal;No Nota;Nama Barang;Jumlah;Harga;Potongan;Bayar;Kas/Bank;Keterangan",
        "3/11/2026;GM-2;Beras;7;12.000;500;Tunai;Bank;ke grosir",
    ),
    "money out": (
        "Kas",
        "Tanggal;No Bukti;Keterangan;Keluar;Kategori;Kas/Bank",
        "3/11/2026;KK-9;token;65.000;Listrik & air;Bank",
    ),
    "money moved": (
        "Kas",
        "Tanggal;No Bukti;Keluar;Kategori;Kas/Bank;Ke Kas/Bank",
        "3/11/2026;PK-9;65.000;Pindah kas;Bank;Kas Kecil",
    ),
    "an entry": (
        "Jurnal",
        "Tanggal;No Bukti;Keterangan;Kode Akun;Debet;Kredit",
        "3/11/2026;JU-9;Susut alat;6-1010;900;",
        "3/11/2026;JU-9;Lawan;1-2203;;900",
    ),
}


@pytest.mark.parametrize("rows", CAME_IN.values(), ids=CAME_IN.keys())
def test_an_imported_record_saved_as_its_form_shows_it_stays_what_it_was(
    session_of: OpenBook, tmp_path: Path, rows: tuple[str, ...]
) -> None:
    session = session_of("business", brings(tmp_path, *rows))
    old = newest_records(session.reading(), 1)[0].entry
    before, kept = details(session, old), stands(session)
    page = put_right(session, "")
    match shell_of(session).page_key:
        case "sell":
            page.finish(printed=False)
        case "buy":
            page.finish()
        case _:
            page.form.save()
    new = newest_records(session.reading(), 1)[0]
    assert new.replaces == old
    assert details(session, new.entry) == before
    assert stands(session) == kept


def test_what_a_form_can_not_hold_is_not_offered(session_of: OpenBook, tmp_path: Path) -> None:
    def fill(book: Book) -> None:
        member(book)
        lend(book)
        sheet = ("Angsuran", "Tanggal;No Pinjaman;Pokok;Jasa", "10/2/2026;PJ-7;1.000.000;344.000")
        brings(tmp_path, *sheet)(book)

    page = page_of(session_of("cooperative", fill))
    assert page.panel.detail is not None
    assert page.panel.detail.row.kind == "loans"
    assert set(page.panel.buttons) == {"back", "journal"}


# In a cooperative


def lent(book: Book) -> None:
    """A member with savings and a loan, one instalment paid; another with savings alone."""
    member(book, "0008", "Wagiman")
    slip = (
        SavingsLine(member="8", product="pokok", deposit=100_000),
        SavingsLine(member="8", product="sukarela", deposit=30_000),
    )
    member(book)
    book.execute(
        RecordSavings(
            on=date(2026, 1, 5),
            lines=(
                SavingsLine(member="7", product="pokok", deposit=100_000),
                SavingsLine(member="7", product="sukarela", deposit=250_000),
            ),
        )
    )
    book.execute(WithdrawSavings(member="7", product="sukarela", amount=250_000, on=date(2026, 1, 8)))
    book.execute(RecordSavings(on=date(2026, 1, 9), lines=slip))
    lend(book)
    pay(book, 1_344_000, date(2026, 2, 10))


def put_right(session: Session, source: str) -> Any:
    row = next(row for row in newest_records(session.reading(), 20) if row.number.startswith(source))
    session.go("records", entry=row.entry)
    page: Any = shell_of(session).page
    page.panel.buttons["right"].click()
    return shell_of(session).page


def stands(session: Session) -> dict[str, int]:
    return {row.account.code: row.amount for row in trial_balance(session.reading())}


def test_savings_paid_in_and_taken_out_are_put_right(session_of: OpenBook) -> None:
    session = session_of("cooperative", lent)
    numbers = {row.memo: row.number for row in newest_records(session.reading(), 20)}
    cash = stands(session)["1-1101"]
    withdraw = put_right(session, next(number for number in numbers.values() if number.startswith("TS")))
    assert shell_of(session).page_key == "withdraw"
    assert withdraw.form.amount.value() == 250_000
    withdraw.form.amount.set_value(50_000)
    withdraw.form.save()
    assert stands(session)["1-1101"] == cash + 200_000
    savings = put_right(session, "SS")
    assert shell_of(session).page_key == "savings"
    given = {code: edit.value() for code, edit in savings.form.amounts.items() if edit.value()}
    assert given == {"share": 100_000, "voluntary": 30_000}, "what was on the slip, and nothing that is usual"
    savings.form.amounts["voluntary"].set_value(80_000)
    savings.form.save()
    assert stands(session)["1-1101"] == cash + 250_000
    assert not savings.form.correcting


def test_an_instalment_is_put_right(session_of: OpenBook) -> None:
    session = session_of("cooperative", lent)
    cash = stands(session)["1-1101"]
    page = put_right(session, "AS")
    assert shell_of(session).page_key == "instalment"
    assert page.form.amount.value() == 1_344_000
    assert page.form.loan.value() == "PJ-7"
    page.form.amount.set_value(1_200_000)
    page.form.save()
    assert stands(session)["1-1101"] == cash - 144_000
    assert newest_records(session.reading(), 1, Choice(folded=True))[0].state == "correction"


def test_a_list_of_many_members_has_no_form_to_put_it_right(session_of: OpenBook) -> None:
    def fill(book: Book) -> None:
        member(book)
        member(book, "0008", "Wagiman")
        lines = tuple(SavingsLine(member=number, product="sukarela", deposit=5_000) for number in ("7", "8"))
        book.execute(RecordSavings(on=date(2026, 2, 1), lines=lines))

    session = session_of("cooperative", fill)
    page = page_of(session)
    assert page.panel.detail is not None
    assert set(page.panel.buttons) == {"back", "journal"}


def test_imported_savings_and_instalments_are_put_right(session_of: OpenBook, tmp_path: Path) -> None:
    def fill(book: Book) -> None:
        member(book)
        lend(book)
        brings(
            tmp_path,
            "Simpanan",
            "Tanggal;No Anggota;Jenis;Setor;Tarik;No Bukti;Kas/Bank",
            "5/2/2026;7;Wajib;25.001;;SS/1;Bank",
            "5/2/2026;7;Sukarela;1.344.000;;SS/1;Bank",
            "6/2/2026;7;Wajib;1;;SS/2;",
        )(book)
        sheet = (
            "Angsuran",
            "Tanggal;No Pinjaman;Jumlah;No Bukti;Dari Rekening",
            "10/2/2026;PJ-7;1.344.000;A/1;voluntary",
        )
        brings(tmp_path, *sheet)(book)

    session = session_of("cooperative", fill)
    kept = stands(session)
    for number in ("A/1", "SS/2"):
        page = put_right(session, number)
        page.form.save()
        rows = [row for row in newest_records(session.reading(), 20) if row.number == number]
        assert [row.state for row in rows] == ["correction", "reversed"]
        assert stands(session) == kept
    # The savings that paid the instalment are empty since: they are offered all the same, and nothing else was chosen.
    page = put_right(session, "A/1")
    assert page.form.place.value() == "savings:voluntary"
    page.form.amount.set_value(1_300_000)
    page.form.save()
    moved = {code: amount - kept.get(code, 0) for code, amount in stands(session).items()}
    assert {code: amount for code, amount in moved.items() if amount} == {"1-1201": 44_000, "2-1101": -44_000}
