"""Applications for loans in the window, by keyboard: asked for, looked at, decided, paid out, taken back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.loans.applications.commands import ApplyForLoan, SetLoanChecklist
from app.ledger.loans.applications.queries import (
    Application,
    applications,
    checks_of,
    collateral_of,
    find_application,
    guarantors_of,
)
from app.ledger.loans.commands import Collateral
from app.ledger.loans.reading import find_loan
from app.ledger.loans.schedule import Method
from app.ui.bridge import Session
from app.ui.pages.loans import LoanPage, LoansPage
from app.ui.pages.loans.applications import ApplicationsView
from tests.ui.conftest import OpenBook
from tests.ui.hands import Hands
from tests.ui.test_cooperative import TODAY, come, page_of
from tests.ui.test_loans_quality import with_product

Key = Qt.Key


def asked(book: Book) -> None:
    """Siti, nine days late, asks for 6,000,000 in 12 months by product; and for 2,400,000 in 8 at flat 2 %."""
    with_product(book)
    book.execute(SetLoanChecklist(items=("KTP", "Survei")))
    book.execute(
        ApplyForLoan(
            member="0147",
            number="PP-1",
            on=date(2026, 11, 20),
            principal=6_000_000,
            term=12,
            product="USAHA",
            purpose="modal warung",
            income=3_000_000,
            living_costs=1_900_000,
            other_instalments=200_000,
            spouse="Slamet",
            guarantors=("Wagimin",),
            collateral=(Collateral(kind="BPKB", value=7_500_000),),
        )
    )
    book.execute(
        ApplyForLoan(
            member="0147",
            number="PP-2",
            on=date(2026, 11, 19),
            principal=2_400_000,
            term=8,
            rate=Decimal(2),
            method=Method.FLAT,
        )
    )


@pytest.fixture
def at_applications(
    session_of: OpenBook, qtbot: QtBot
) -> Callable[[], tuple[Session, Hands, ApplicationsView]]:
    """The list of applications in the window, come to by key."""

    def opened() -> tuple[Session, Hands, ApplicationsView]:
        session = session_of("cooperative", asked, page="loans")
        come(qtbot, session)
        hands = Hands(qtbot, session)
        hands.press(Key.Key_P, alt=True)
        page = page_of(session)
        assert isinstance(page, LoansPage)
        return session, hands, page.applications

    return opened


AtApplications = Callable[[], tuple[Session, Hands, ApplicationsView]]


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def numbers(view: ApplicationsView) -> list[str]:
    return [view.table.table.row(at).number for at in range(view.table.table.rowCount())]


def found(session: Session, number: str) -> Application:
    return find_application(session.reading(), number)


def test_a_member_asks_and_sees_whether_it_can_be_paid(at_applications: AtApplications) -> None:
    session, hands, view = at_applications()
    assert numbers(view) == ["PP-1", "PP-2"]
    hands.press(Key.Key_N, ctrl=True)
    form = view.form
    hands.type("siti", Key.Key_Return)
    hands.press(Key.Key_Return, Key.Key_Return)  # no product, today
    hands.type("12jt", Key.Key_Return)
    hands.type("10", Key.Key_Return)
    hands.type("1", Key.Key_Return)
    hands.press(Key.Key_Return, Key.Key_Return)  # a month, flat
    hands.type("beli sapi", Key.Key_Return)
    hands.type("5jt", Key.Key_Return)
    hands.type("2jt", Key.Key_Return)
    # 12,000,000 / 10 + 1 % = 1,320,000 of 3,000,000: 44 %.
    assert "Rp1.320.000" in words(form.effect_card)
    assert "44" in words(form.effect_card)
    hands.type("800rb")
    # 1,320,000 / 2,200,000 = 60 %.
    assert "Rp2.200.000" in words(form.effect_card)
    assert "60" in words(form.effect_card)
    hands.press(Key.Key_Return, Key.Key_Return, Key.Key_Return)
    made = applications(session.reading())[0]
    assert (made.principal, made.term, made.rate, made.purpose) == (12_000_000, 10, Decimal(1), "beli sapi")
    assert (made.income, made.living_costs, made.other_instalments) == (5_000_000, 2_000_000, 800_000)
    assert made.on == TODAY
    assert view.table.current().number == made.number
    session.undo()
    assert len(applications(session.reading())) == 2


def test_beyond_the_limit_is_warned_of_before_it_is_noted(at_applications: AtApplications) -> None:
    _session, hands, view = at_applications()
    # 6,000,000 / 12 + 1.5 % = 590,000 of 900,000 that are free: 65.6 %; the policy wants 40 %.
    assert "65,6" in words(view)
    hands.press(Key.Key_H, alt=True)
    form = view.form
    assert not form.warnings.isHidden()
    form.income.set_value(20_000_000)
    assert form.warnings.isHidden()


def test_what_is_changed_keeps_what_no_field_asks_for(at_applications: AtApplications) -> None:
    session, hands, view = at_applications()
    hands.press(Key.Key_H, alt=True)
    assert view.form.guarantors.value() == "Wagimin"
    view.form.principal.set_value(4_500_000)
    view.form.save_button.click()
    item = found(session, "PP-1")
    assert (item.principal, item.product, item.spouse, item.purpose) == (
        4_500_000,
        "USAHA",
        "Slamet",
        "modal warung",
    )
    assert collateral_of(session.reading(), item.id)[0].value == 7_500_000
    assert guarantors_of(session.reading(), item.id) == ("Wagimin",)
    # The next one begins empty and is a new one.
    hands.press(Key.Key_N, ctrl=True)
    assert view.form.principal.value() is None


def test_the_checklist_is_ticked_and_unticked(at_applications: AtApplications) -> None:
    session, hands, view = at_applications()
    assert list(view.boxes) == ["KTP", "Survei"]
    assert "KTP, Survei" in words(view)  # a warning: nobody has looked yet
    box = view.boxes["KTP"]
    box.setFocus()
    hands.press(Key.Key_Space)
    lines = {line.name: line for line in checks_of(session.reading(), found(session, "PP-1").id)}
    assert (lines["KTP"].on, lines["KTP"].by) == (TODAY, "Sari")
    assert lines["Survei"].on is None
    assert hands.focus() is box  # the next is a Tab away
    hands.press(Key.Key_Space)
    assert checks_of(session.reading(), found(session, "PP-1").id)[0].on is None
    assert not box.isChecked()


def test_approved_with_warnings_and_paid_out(at_applications: AtApplications) -> None:
    session, hands, view = at_applications()
    hands.press(Key.Key_S, alt=True)
    form = view.decision
    # It is told, and never in the way.
    assert "PJ-2026-0007" in words(form.effect_card)
    hands.type("Rapat pengurus", Key.Key_Return)
    form.principal.set_value(5_000_000)
    assert "Rp491.500" in words(form.effect_card)  # 416,667 + 75,000, to the nearest 500
    form.note.set_value("setelah survei")
    form.save_button.click()
    item = found(session, "PP-1")
    assert (item.state, item.approved, item.approved_term) == ("approved", 5_000_000, 12)
    assert (item.decided_by, item.decided_on, item.note) == ("Rapat pengurus", TODAY, "setelah survei")
    assert numbers(view) == ["PP-2"]
    view.chips["approved"].click()
    assert view.table.current().number == "PP-1"
    hands.press(Key.Key_C, alt=True)
    loan = page_of(session).form
    assert (loan.picker.value(), loan.product.value(), loan.application.value()) == ("0147", "USAHA", "PP-1")
    assert (loan.principal.value(), loan.term.value(), loan.rate.value()) == (5_000_000, 12, Decimal("1.5"))
    assert loan.purpose.value() == "modal warung"
    loan.save_button.click()
    item = found(session, "PP-1")
    assert item.state == "paid"
    assert isinstance(page_of(session), LoanPage)
    paid = find_loan(session.reading(), item.loan, TODAY)
    assert (paid.standing.outstanding, paid.purpose) == (5_000_000, "modal warung")
    session.undo()
    assert found(session, "PP-1").state == "approved"


def test_without_a_product_its_own_terms_go_into_the_loan(at_applications: AtApplications) -> None:
    session, hands, view = at_applications()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)  # what comes next
    view.decision.save_button.click()
    view.chips["approved"].click()
    hands.press(Key.Key_Return)
    loan = page_of(session).form
    assert (loan.product.value(), loan.rate.value(), loan.method.value()) == (None, Decimal(2), "flat")
    # More than was approved is refused at its field.
    loan.principal.set_value(2_500_000)
    loan.save_button.click()
    assert "2.400.000" in loan.principal.below
    assert found(session, "PP-2").state == "approved"
    # An emptied form is a loan of its own.
    loan.start_over()
    assert loan.application.value() is None
    assert loan.fields["application"].isHidden()


def test_refused_with_a_reason_withdrawn_and_opened_again(at_applications: AtApplications) -> None:
    session, hands, view = at_applications()
    hands.press(Key.Key_T, alt=True)
    view.decision.save_button.click()
    assert found(session, "PP-1").state == "open"  # without a reason
    assert view.decision.note.below
    view.decision.note.set_value("masih menunggak")
    view.decision.save_button.click()
    item = found(session, "PP-1")
    assert (item.state, item.note, item.decided_by) == ("refused", "masih menunggak", "Sari")
    hands.press(Key.Key_B, alt=True)
    assert view.decision.note.value() is None  # nothing of the one before
    view.decision.save_button.click()
    assert found(session, "PP-2").state == "withdrawn"
    assert numbers(view) == []
    view.chips["refused"].click()
    hands.press(Key.Key_L, alt=True)
    assert found(session, "PP-1").state == "open"


def test_esc_goes_back_step_by_step(at_applications: AtApplications) -> None:
    session, hands, view = at_applications()
    hands.press(Key.Key_N, ctrl=True)
    hands.press(Key.Key_Escape)
    assert view.table.isVisible()
    hands.press(Key.Key_Escape)
    assert not view.isVisible()
    assert page_of(session).table.isVisible()


def test_the_agreement_is_printed_from_an_approved_application(
    at_applications: AtApplications, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, hands, view = at_applications()
    shown: list[bytes] = []
    monkeypatch.setattr(session, "preview", lambda made, _title: shown.append(made("A4")))
    hands.press(Key.Key_S, alt=True)
    view.decision.save_button.click()
    view.chips["approved"].click()
    hands.press(Key.Key_P, ctrl=True)
    assert shown[0].startswith(b"%PDF")
