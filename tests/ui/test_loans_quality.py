"""Products, quality, allowance and write-off on the page of loans."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.loans.commands import Collateral, DisburseLoan, LoanClass, SetLoanClass, SetLoanDetails
from app.ledger.loans.product_commands import AddLoanProduct
from app.ledger.loans.quality import stands_at
from app.ledger.loans.queries import loan_list
from app.ledger.loans.schedule import Method
from app.ui.bridge import Session
from app.ui.pages.loans import LoanPage, LoansPage
from app.ui.widgets.error_panel import Question
from tests.ui.conftest import OpenBook
from tests.ui.hands import Hands
from tests.ui.test_cooperative import TODAY, come, page_of, siti

END = date(2026, 11, 30)


def with_product(book: Book) -> None:
    """The loan of Siti, one month late, and a product."""
    siti(book)
    book.execute(
        AddLoanProduct(
            code="USAHA",
            name="Pinjaman Usaha",
            rate=Decimal("1.5"),
            method=Method.DECLINING,
            round_to=500,
            provision=Decimal(1),
            administration=25_000,
            penalty=1_000,
        )
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked; every question is answered with yes."""
    said: list[str] = []

    def yes(question: Question) -> int:
        said.append(" ".join(label.text() for label in question.findChildren(QLabel)))
        return 1

    monkeypatch.setattr(Question, "exec", yes)
    return said


def loans_page(session: Session, qtbot: QtBot, **parameters: object) -> LoansPage:
    come(qtbot, session)
    session.go("loans", **parameters)
    page = page_of(session)
    assert isinstance(page, LoansPage)
    return page


def test_a_new_loan_by_a_product(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", with_product, page="members")
    page = loans_page(session, qtbot, new=True, member="0147")
    form = page.form
    assert not form.fields["product"].isHidden()
    form.product.set_value("USAHA")
    assert (form.rate.value(), form.method.value()) == (Decimal("1.5"), "declining")
    assert (form.provision.value(), form.administration.value()) == (Decimal(1), 25_000)
    form.principal.set_value(6_000_000)
    form.term.set_value(7)
    # 857,143 and 90,000, to the nearest 500.
    assert form.rows[0].total == 947_000
    form.save_button.click()
    found = {row.loan: row for row in loan_list(session.reading(), TODAY)}
    assert found["PJ-2026-0001"].outstanding == 6_000_000
    session.go("loan", loan="PJ-2026-0001")
    assert page_of(session)._loan.product == "USAHA"


def test_the_quality_and_the_allowance(session_of: OpenBook, qtbot: QtBot, asked: list[str]) -> None:
    session = session_of("cooperative", with_product, page="loans")
    page = loans_page(session, qtbot)
    hands = Hands(qtbot, session)
    hands.press(Qt.Key.Key_K, alt=True)
    quality = page.quality
    assert quality.isVisible()
    assert quality.table.table.rowCount() == 5
    # 15 days late at the end of November: 3 % of 12,000,000.
    assert "360.000" in quality.effect.text()
    assert quality.par30.text() == "0 %"
    quality.run_button.click()
    qtbot.waitUntil(lambda: stands_at(session.reading(), END) == 360_000)
    assert "360.000" in asked[0]
    qtbot.waitUntil(lambda: not quality.run_button.isEnabled())
    session.undo()
    assert stands_at(session.reading(), END) == 0
    hands.press(Qt.Key.Key_Escape)
    assert not quality.isVisible()


def test_a_write_off_names_what_follows(session_of: OpenBook, qtbot: QtBot, asked: list[str]) -> None:
    session = session_of("cooperative", with_product, page="members")
    come(qtbot, session)
    session.go("loan", loan="PJ-2026-0007")
    page = page_of(session)
    assert isinstance(page, LoanPage)
    page.writeoff_button.click()
    page.writeoff.save_button.click()
    assert asked == []  # a reason is missing
    page.writeoff.reason.set_value("pindah tanpa kabar")
    page.writeoff.save_button.click()
    assert "12.000.000" in asked[0]
    (row,) = loan_list(session.reading(), TODAY)
    assert (row.outstanding, row.written_off) == (0, 12_000_000)
    assert not page.writeoff_button.isVisible()
    page.recovery_button.click()
    page.recovery.amount.set_value(700_000)
    page.recovery.save_button.click()
    assert loan_list(session.reading(), TODAY)[0].recovered == 700_000
    listed = loans_page(session, qtbot, shown="gone")
    assert listed.table.table.rowCount() == 1
    session.undo()
    session.undo()
    assert loan_list(session.reading(), TODAY)[0].outstanding == 12_000_000


def test_the_card_tells_class_collateral_and_guarantors(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        with_product(book)
        book.execute(
            SetLoanClass(loan="PJ-2026-0007", on=TODAY, quality=LoanClass.DOUBTFUL, reason="usaha tutup")
        )
        book.execute(
            SetLoanDetails(
                loan="PJ-2026-0007",
                collateral=(Collateral(kind="BPKB motor", value=11_500_000),),
                guarantors=("Pak Karto",),
            )
        )

    session = session_of("cooperative", fill, page="members")
    come(qtbot, session)
    session.go("loan", loan="PJ-2026-0007")
    page = page_of(session)
    texts = [label.text() for label in page.findChildren(type(page.left))]
    assert any("usaha tutup" in text for text in texts)
    assert "BPKB motor, Rp11.500.000" in texts
    assert "Pak Karto" in texts


def test_a_penalty_is_let_go_from_the_card(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        with_product(book)
        book.execute(
            DisburseLoan(
                member="0147",
                number="PJ-9",
                on=date(2026, 10, 14),
                principal=4_000_000,
                term=4,
                product="USAHA",
            )
        )

    session = session_of("cooperative", fill, page="members")
    come(qtbot, session)
    session.go("loan", loan="PJ-9")
    page = page_of(session)
    # Ten days after 14 November at 1,000 a day.
    assert page._loan.standing.penalty_due == 10_000
    page.waive_button.click()
    page.waiver.reason.set_value("musibah")
    page.waiver.amount.set_value(4_000)
    assert any("Rp6.000" in label.text() for label in page.waiver.findChildren(QLabel))
    page.waiver.save_button.click()
    assert page._loan.standing.penalty_due == 6_000
    page.waive_button.click()
    page.waiver.reason.set_value("musibah")
    page.waiver.save_button.click()
    assert page._loan.standing.penalty_due == 0
    assert not page.waive_button.isVisible()
    session.undo()
    assert page._loan.standing.penalty_due == 6_000
