"""The accountant's view: journal, ledger, entries by hand, the chart, months, and the trail."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.base.dates import Month
from app.ledger.accounts.chart import read_chart
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut
from app.ledger.entries.queries import balance_of
from app.ledger.entries.trail import DEEDS
from app.ledger.periods.commands import LockMonth
from app.ledger.periods.queries import closed_years, locked_months
from app.ledger.slices import rules
from app.ui.bridge import Session
from app.ui.pages.accountant import AccountsPage, AuditPage, EntryPage, JournalPage, LedgerPage, PeriodsPage
from tests.ui.conftest import OpenBook, shell_of


def fill(book: Book) -> None:
    book.execute(RecordMoneyIn(on=date(2026, 11, 2), amount=5_000_000, category="Modal masuk"))
    book.execute(
        RecordMoneyOut(on=date(2026, 11, 3), amount=200_000, category="6-1003", memo="Token listrik")
    )


@pytest.fixture
def session(session_of: OpenBook) -> Session:
    opened: Session = session_of("business", fill)
    return opened


def page_of(session: Session, key: str, **parameters: Any) -> Any:
    session.go(key, **parameters)
    return shell_of(session).page


def test_the_journal_of_a_month_and_its_records(session: Session, qtbot: QtBot) -> None:
    page = page_of(session, "journal")
    assert isinstance(page, JournalPage)
    document = page.view.document
    assert document is not None
    assert [row.cells.get("debit") for row in document.rows[:2]] == [5_000_000, 0]
    gone: list[Any] = []
    session.go = lambda key, **asked: gone.append((key, asked))  # type: ignore[method-assign]
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert gone
    assert gone[0][0] == "records"
    assert gone[0][1]["entry"] > 0


def test_the_ledger_asks_for_an_account(session: Session, qtbot: QtBot) -> None:
    page = page_of(session, "ledger")
    assert isinstance(page, LedgerPage)
    assert page.view.document is None
    page = page_of(session, "ledger", account="6-1003")
    document = page.view.document
    assert document is not None
    assert document.totals["closing"] == 200_000


def test_a_long_journal_is_a_job(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.pages.accountant.books._LONG", 1)
    page = page_of(session, "journal")
    assert page.view.document is None
    qtbot.waitUntil(lambda: page.view.document is not None, timeout=5_000)


# Entries by hand


def type_entry(page: EntryPage, qtbot: QtBot, lines: list[tuple[str, str, str]]) -> None:
    page.memo.set_value("Biaya listrik dibayar nanti")
    for place, (account, debit, credit) in enumerate(lines):
        page.accounts[place].setFocus()
        QTest.keyClicks(page.accounts[place].line, account)
        QTest.keyClick(page.accounts[place].line, Qt.Key.Key_Return)
        QTest.keyClicks(page.debits[place].line, debit)
        QTest.keyClicks(page.credits[place].line, credit)


def test_an_entry_by_hand(session: Session, qtbot: QtBot) -> None:
    page = page_of(session, "entry")
    assert isinstance(page, EntryPage)
    type_entry(page, qtbot, [("6-1003", "300rb", ""), ("1-1101", "", "300rb")])
    assert page.difference() == 0
    page.form.save_button.click()
    chart = read_chart(session.reading())
    account = chart.by_code["6-1003"]
    assert balance_of(session.reading(), account.id, date(2026, 11, 30)) == 500_000


def test_the_difference_is_told_in_words(session: Session, qtbot: QtBot) -> None:
    page = page_of(session, "entry")
    type_entry(page, qtbot, [("6-1003", "300000", ""), ("1-1101", "", "250000")])
    assert page.difference() == 50_000
    said = page.effect()
    assert any("50.000" in line and "lima puluh ribu" in line for line in said)
    assert page.accounts[2].isVisible(), "there is a line for what is missing"
    page.form.save_button.click()
    assert page.form.trouble.isVisible()


def test_a_control_account_is_refused_with_the_reason(session: Session, qtbot: QtBot) -> None:
    page = page_of(session, "entry")
    control = next(item for item in read_chart(session.reading()).accounts if item.control)
    page.accounts[0].setFocus()
    QTest.keyClicks(page.accounts[0].line, control.code)
    QTest.keyClick(page.accounts[0].line, Qt.Key.Key_Return)
    assert control.name in page.accounts[0].below
    type_entry(page, qtbot, [("", "1000", ""), ("1-1101", "", "1000")])
    page.form.save_button.click()
    assert control.name in page.accounts[0].below


def test_an_entry_is_put_right(session: Session, qtbot: QtBot) -> None:
    page = page_of(session, "entry")
    type_entry(page, qtbot, [("6-1003", "300000", ""), ("1-1101", "", "300000")])
    made: list[Any] = []
    page.form.saved.connect(made.append)
    page.form.save_button.click()
    entry = session.reading().sql("SELECT max(id) FROM entry")[0][0]
    page.open(correct=entry)
    assert page.debits[0].value() == 300_000
    page.debits[0].set_value(400_000)
    page.credits[1].set_value(400_000)
    page.form.save_button.click()
    account = read_chart(session.reading()).by_code["6-1003"]
    assert balance_of(session.reading(), account.id, date(2026, 11, 30)) == 600_000


# The chart


def test_accounts_are_found_added_renamed_and_taken_out_of_use(session: Session, qtbot: QtBot) -> None:
    page = page_of(session, "accounts")
    assert isinstance(page, AccountsPage)
    QTest.keyClicks(page.search, "6-1003")
    qtbot.waitUntil(lambda: page.tree.topLevelItemCount() == 1, timeout=2_000)
    item = page.tree.topLevelItem(0)
    assert item is not None
    child = item.child(0)
    assert child is not None
    assert child.text(2) == "200.000"
    page.search.clear()
    page.new_button.click()
    page.code.set_value("6-1055")
    page.name.set_value("Biaya satpam")
    page.form.save_button.click()
    chart = read_chart(session.reading())
    assert chart.by_code["6-1055"].name == "Biaya satpam"
    page._select("6-1055")
    page.rename.set_value("Biaya keamanan")
    page.rename_button.click()
    assert read_chart(session.reading()).by_code["6-1055"].name == "Biaya keamanan"
    page._select("6-1055")
    page.active_button.click()
    assert not read_chart(session.reading()).by_code["6-1055"].active


# Months and years


def test_months_are_locked_and_unlocked(session: Session) -> None:
    page = page_of(session, "periods")
    assert isinstance(page, PeriodsPage)
    october = Month(2026, 10)
    page.buttons[october].click()
    assert october in locked_months(session.reading())
    page.buttons[october].click()
    assert october not in locked_months(session.reading())
    session.execute(LockMonth(month=october))
    assert "Buka" in page.buttons[october].text()


def test_a_year_is_closed_and_opened_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(session, "periods")
    asked: list[str] = []

    def ask(question: str, *_rest: Any, **_more: Any) -> bool:
        asked.append(question)
        return len(asked) > 1

    monkeypatch.setattr(session, "ask", ask)
    page.year_button.click()
    assert closed_years(session.reading()) == ()
    page.year_button.click()
    assert closed_years(session.reading()) == (2026,)
    assert not page.buttons[Month(2026, 5)].isEnabled()
    page.year_button.click()
    assert closed_years(session.reading()) == ()


# The trail


def test_the_trail_in_plain_words(session: Session) -> None:
    page = page_of(session, "audit")
    assert isinstance(page, AuditPage)
    model = page.table.model()
    words = model.data(model.index(0, 2), Qt.ItemDataRole.DisplayRole)
    assert words == "Uang keluar dicatat"
    session.undo()
    words = [model.data(model.index(place, 2), Qt.ItemDataRole.DisplayRole) for place in range(2)]
    assert "membatalkan" in words[0]
    assert "kemudian dibatalkan" in words[1]


def test_each_command_has_a_name_in_the_trail() -> None:
    assert rules().known.keys() <= DEEDS.keys()
