"""A cooperative by keyboard: a member joins, saves, borrows, pays, leaves; and what the lists say of it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.loans.commands import DisburseLoan
from app.ledger.loans.queries import loan_list
from app.ledger.members.commands import AddMember
from app.ledger.members.queries import member, member_details, members
from app.ledger.savings.commands import DepositSavings, SetSavingsProduct
from app.ledger.savings.queries import balance_of, member_accounts, products
from app.ui.bridge import Session
from app.ui.pages.instalment import InstalmentPage
from app.ui.pages.loans import LoanPage, LoansPage
from app.ui.pages.members import MemberPage, MembersPage
from app.ui.pages.savings import SavingsPage, WithdrawPage
from tests.ui.conftest import OpenBook, shell_of

TODAY = date(2026, 11, 24)
Key = Qt.Key


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def press(qtbot: QtBot, *keys: Qt.Key | str, control: bool = False) -> None:
    """Keys and words, each where the focus is."""
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for key in keys:
        if isinstance(key, str):
            # Letter by letter: the first one may open a field that has the focus for the rest.
            for letter in key:
                qtbot.keyClicks(focused(), letter)
        else:
            qtbot.keyClick(focused(), key, modifier)


def page_of(session: Session) -> Any:
    return shell_of(session).page


def come(qtbot: QtBot, session: Session) -> None:
    """Wait until the window has the keyboard."""
    assert shell_of(session).window().isVisible()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def tariffs(book: Book) -> None:
    """Share 100,000 once, mandatory 50,000 a month."""
    with book.snapshot() as snapshot:
        codes = {item.kind: item.code for item in products(snapshot)}
    book.execute(SetSavingsProduct(code=codes["share"], amount=100_000))
    book.execute(SetSavingsProduct(code=codes["mandatory"], amount=50_000))


def siti(book: Book) -> None:
    """A member since September with a loan of twelve instalments, one of them late."""
    tariffs(book)
    book.execute(
        AddMember(
            name="Siti Aminah",
            number="0147",
            team="Melati",
            joined=date(2026, 9, 1),
            nik="3404015208800004",
            phone="0812-2745-3318",
        )
    )
    for on in (date(2026, 9, 2), date(2026, 10, 2)):
        book.execute(DepositSavings(member="0147", product="wajib", amount=50_000, on=on))
    book.execute(DepositSavings(member="0147", product="sukarela", amount=3_000_000, on=date(2026, 9, 2)))
    book.execute(
        DisburseLoan(
            member="0147",
            on=date(2026, 10, 15),
            principal=12_000_000,
            rate=Decimal(1),
            term=12,
            number="PJ-2026-0007",
        )
    )


def test_a_member_joins_saves_borrows_and_pays(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", tariffs, page="members")
    come(qtbot, session)
    assert isinstance(page_of(session), MembersPage)
    # The empty page leads to the first member: a name is enough.
    press(qtbot, Key.Key_N, control=True)
    press(qtbot, "Siti Aminah", Key.Key_Return, "Bu Minah", Key.Key_Return, Key.Key_Return)
    press(qtbot, "Melati", Key.Key_Return)
    page = page_of(session)
    assert isinstance(page, MemberPage)
    row = members(session.reading(), TODAY)[0]
    assert (row.number, row.name, row.team, row.joined) == ("0001", "Siti Aminah", "Melati", TODAY)
    assert row.nickname == "Bu Minah"
    assert "Bu Minah" in [label.text() for label in page.data.findChildren(QLabel)]
    assert page.facts is not None
    assert [item.amount for item in page.facts.dues] == [100_000, 50_000]
    # F2 on the card is for this member; what is to be paid stands there already.
    press(qtbot, Key.Key_F2)
    deposit = page_of(session)
    assert isinstance(deposit, SavingsPage)
    amounts = {item.kind: deposit.form.amounts[item.code] for item in deposit.form.products}
    assert (amounts["mandatory"].value(), amounts["share"].value()) == (50_000, 100_000)
    assert focused() is amounts["mandatory"].line
    press(qtbot, Key.Key_Return, "200rb")
    press(qtbot, Key.Key_Return, control=True)
    assert balance_of(session.reading(), row.party) == 350_000
    # A loan from the card.
    session.go("loans", new=True, member="0001")
    loans = page_of(session)
    assert isinstance(loans, LoansPage)
    press(qtbot, "12jt", Key.Key_Return, "12", Key.Key_Return, "1")
    assert [item.total for item in loans.form.rows] == [1_120_000] * 12
    assert loans.form.table.table.rowCount() == 12
    press(qtbot, Key.Key_Return, control=True)
    card = page_of(session)
    assert isinstance(card, LoanPage)
    found = loan_list(session.reading(), TODAY)[0]
    assert (found.loan, found.outstanding) == ("PJ-2026-0001", 12_000_000)
    # F3 on the loan's card: the next instalment is filled in.
    press(qtbot, Key.Key_F3)
    paying = page_of(session)
    assert isinstance(paying, InstalmentPage)
    assert paying.form.amount.value() == 1_120_000
    assert focused() is paying.form.amount.line
    paying.form.excess.set_value("next")
    press(qtbot, Key.Key_Return, control=True)
    assert loan_list(session.reading(), TODAY)[0].outstanding == 11_000_000
    # A wrong payment is taken back.
    session.undo()
    assert loan_list(session.reading(), TODAY)[0].outstanding == 12_000_000


def test_the_card_says_what_is_had_owed_and_due(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", siti, page="members")
    session.go("member", member="0147")
    page = page_of(session)
    assert isinstance(page, MemberPage)
    assert page.facts is not None
    assert page.savings.figure.text() == "Rp3.100.000"
    assert page.loan.figure.text() == "Rp12.000.000"
    assert page.loan.boxes.states == ("late", *["open"] * 11)
    dues = {item.text: item for item in page.facts.dues}
    assert [(item.amount, item.late) for item in page.facts.dues] == [
        (1_120_000, True),
        (100_000, False),
        (50_000, False),
    ]
    assert len(dues) == 3
    assert page.facts.outstanding_after == 11_000_000
    shown = [label.text() for label in page.data.findChildren(type(page.due.after))]
    assert "3404 •••• •••• 0004" in shown
    assert not any("520880" in text for text in shown)
    # The balance of each account beside each movement, the newest first.
    table = page.table.table
    assert [table.row(place).balance for place in range(table.rowCount())] == [
        12_000_000,
        100_000,
        3_000_000,
        50_000,
    ]
    page.choose("loan")
    assert table.rowCount() == 1
    come(qtbot, session)
    press(qtbot, Key.Key_Escape)
    assert shell_of(session).page_key == "members"


def test_a_member_is_found_by_name_and_by_number_without_zeros(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        siti(book)
        book.execute(AddMember(name="Slamet Widodo", number="0014", nickname="Pak Met"))

    session = session_of("cooperative", fill, page="members")
    come(qtbot, session)
    page = page_of(session)
    assert page.table.table.rowCount() == 2
    assert page.totals.sums.count("3.100.000") == 1
    for words, names in (
        ("147", ["Siti Aminah"]),
        ("wid", ["Slamet Widodo"]),
        ("met pak", ["Slamet Widodo"]),
        ("14", ["Slamet Widodo", "Siti Aminah"]),
    ):
        page.search.clear()
        press(qtbot, words)
        qtbot.waitUntil(
            lambda names=names: (
                [  # type: ignore[misc]
                    page.table.table.row(place).row.name for place in range(page.table.table.rowCount())
                ]
                == names
            )
        )
    page.search.clear()
    press(qtbot, "siti", Key.Key_Return)
    assert shell_of(session).now == ("member", {"member": "0147"})


def test_changing_a_member_keeps_the_rest(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", siti, page="members")
    come(qtbot, session)
    session.go("member", member="0147")
    page = page_of(session)
    page.data.change_button.click()
    page.form.fields["occupation"].editor.setFocus()
    press(qtbot, "Petani sayur")
    page.form.fields["nickname"].editor.setFocus()
    press(qtbot, "Bu Minah")
    page.form.save_button.click()
    party = member(session.reading(), "147", TODAY).party
    details = member_details(session.reading(), party)
    assert (details.occupation, details.phone, details.team) == ("Petani sayur", "0812-2745-3318", "Melati")
    assert details.nickname == "Bu Minah"
    session.undo()
    details = member_details(session.reading(), party)
    assert (details.occupation, details.nickname) == ("", "")


def test_more_than_the_balance_is_refused_at_the_amount(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", siti, page="members")
    come(qtbot, session)
    session.go("withdraw", member="0147")
    page = page_of(session)
    assert isinstance(page, WithdrawPage)
    press(qtbot, "3,5jt")
    press(qtbot, Key.Key_Return, control=True)
    assert "3.000.000" in page.form.amount.below
    assert focused() is page.form.amount.line
    page.form.amount.select()
    press(qtbot, "500rb")
    press(qtbot, Key.Key_Return, control=True)
    party = member(session.reading(), "147", TODAY).party
    assert balance_of(session.reading(), party) == 2_600_000


def test_a_deposit_above_the_share_is_refused_at_its_field(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", siti, page="members")
    come(qtbot, session)
    session.go("savings", member="0147")
    form = page_of(session).form
    share = next(item.code for item in form.products if item.kind == "share")
    form.amounts[share].select()
    press(qtbot, "250rb")
    press(qtbot, Key.Key_Return, control=True)
    assert "100.000" in form.amounts[share].below
    party = member(session.reading(), "147", TODAY).party
    assert balance_of(session.reading(), party) == 3_100_000


def test_savings_move_to_another_product(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", siti, page="members")
    come(qtbot, session)
    session.go("savings", mode="transfer", member="0147")
    form = page_of(session).transfer
    term = next(item.code for item in page_of(session).form.products if item.kind == "term")
    form.target.set_value(term)
    form.amount.select()
    press(qtbot, "1jt")
    press(qtbot, Key.Key_Return, control=True)
    party = member(session.reading(), "147", TODAY).party
    assert balance_of(session.reading(), party) == 3_100_000
    found = {item.kind: item.balance for item in member_accounts(session.reading(), party)}
    assert (found["term"], found["voluntary"]) == (1_000_000, 2_000_000)


@pytest.mark.parametrize(
    ("excess", "left", "held"),
    [("hold", 11_000_000, 380_000), ("next", 10_740_000, 0), ("term", 10_620_000, 0)],
)
def test_what_the_rest_does_is_said_before(
    session_of: OpenBook, qtbot: QtBot, excess: str, left: int, held: int
) -> None:
    session = session_of("cooperative", siti, page="members")
    come(qtbot, session)
    session.go("instalment", member="0147")
    form = page_of(session).form
    assert form.fields["excess"].isHidden()
    form.amount.select()
    press(qtbot, "1,5jt")
    assert not form.fields["excess"].isHidden()
    form.excess.set_value(excess)
    said = form._payment()
    assert (said.outstanding, said.held) == (left, held)
    press(qtbot, Key.Key_Return, control=True)
    found = loan_list(session.reading(), TODAY)[0]
    assert found.outstanding == left


def test_an_instalment_paid_from_savings(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", siti, page="members")
    come(qtbot, session)
    session.go("instalment", member="0147")
    form = page_of(session).form
    form.place.box.setCurrentIndex(form.place.box.count() - 1)
    press(qtbot, Key.Key_Return, control=True)
    party = member(session.reading(), "147", TODAY).party
    assert balance_of(session.reading(), party) == 3_100_000 - 1_120_000


def test_settling_early_says_what_each_way_costs(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", siti, page="members")
    come(qtbot, session)
    session.go("loan", loan="PJ-2026-0007")
    page = page_of(session)
    assert isinstance(page, LoanPage)
    assert page.schedule.table.rowCount() == 12
    page.payoff_button.click()
    words = [page.payoff.variant.box.itemText(place) for place in range(page.payoff.variant.box.count())]
    for text, amount in zip(words, ("12.240.000", "13.440.000", "12.000.000"), strict=True):
        assert amount in text
    page.payoff.variant.set_value("principal")
    page.payoff.save_button.click()
    assert not page.head.fine.isHidden()
    assert loan_list(session.reading(), TODAY) == []
    session.undo()
    assert loan_list(session.reading(), TODAY)[0].outstanding == 12_000_000


def test_a_member_leaves_is_paid_and_the_exit_is_taken_back(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        tariffs(book)
        book.execute(AddMember(name="Mulyono", number="0154", joined=date(2026, 9, 1)))
        book.execute(DepositSavings(member="0154", product="wajib", amount=50_000, on=date(2026, 9, 2)))

    session = session_of("cooperative", fill, page="members")
    come(qtbot, session)
    session.go("member", member="0154")
    page = page_of(session)
    page.leave_button.click()
    page.leaving.save_button.click()
    party = member(session.reading(), "154", TODAY).party
    assert member(session.reading(), "154", TODAY).status == "leaving"
    assert not page.payout_button.isHidden()
    page.return_button.click()
    assert member(session.reading(), "154", TODAY).status == "active"
    page.leave_button.click()
    page.leaving.save_button.click()
    page.payout_button.click()
    page.paying.save_button.click()
    assert member(session.reading(), "154", TODAY).status == "left"
    assert balance_of(session.reading(), party) == 0
    assert page.payout_button.isHidden()


def test_the_form_of_a_member_comes_back_after_a_crash(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", tariffs, page="members")
    come(qtbot, session)
    press(qtbot, Key.Key_N, control=True)
    press(qtbot, "Ratna Dewi")
    page = page_of(session)
    page.form.keep_draft()
    # Another window of the same book, as after the process was killed.
    again = MembersPage(session)
    qtbot.addWidget(again)
    again.begin()
    assert again.form.fields["name"].editor.value() == "Ratna Dewi"


def test_late_loans_come_first_under_their_chip(session_of: OpenBook) -> None:
    session = session_of("cooperative", siti, page="loans")
    page = page_of(session)
    assert page.table.table.rowCount() == 1
    page.choose("late")
    assert page.table.table.row(0).days_overdue == 9
    page.choose("paid")
    assert page.table.table.rowCount() == 0


def test_papers_are_previewed_before_they_are_printed(
    session_of: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of("cooperative", siti, page="members")
    drawn: list[bytes] = []
    monkeypatch.setattr(session, "preview", lambda source, *_rest: drawn.append(source("A4")))
    session.go("member", member="0147")
    page_of(session).print_statement()
    session.go("loan", loan="PJ-2026-0007")
    page_of(session).print_schedule()
    assert [content[:5] for content in drawn] == [b"%PDF-"] * 2
