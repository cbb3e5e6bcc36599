"""A member's whole life by keyboard: joins, saves, borrows, is late, restructures, pays off, leaves.

Only keys are used, and Tab reaches every field and button: what can't be reached so fails here. The book is asked
after each step, and at the end holds every rule.
"""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ledger.loans.queries import loan_list
from app.ledger.loans.reading import find_loan
from app.ledger.members.queries import member, members
from app.ledger.savings.queries import balance_of
from app.ui.bridge import Session
from app.ui.pages.members import MemberPage
from app.ui.widgets.error_panel import Question
from tests.ledger.lending import sound
from tests.ui.conftest import OpenBook
from tests.ui.hands import Hands
from tests.ui.test_cooperative import TODAY, come, page_of, tariffs

Key = Qt.Key
LOAN = "PJ-2026-0001"


class Person(Hands):
    """Hands that go from field to field until they are where they want to be."""

    def tab_to(self, wanted: QWidget) -> None:
        """Tab until the focus is in a widget."""
        for _step in range(80):
            focus = self.focus()
            if focus is wanted or wanted.isAncestorOf(focus):
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {wanted.accessibleName() or wanted}")

    def write(self, field: Any, text: str) -> None:
        """Put a text in place of what stands in a field."""
        self.tab_to(field)
        self.press(Key.Key_A, ctrl=True)
        self.type(text)

    def choose(self, field: Any, value: str) -> None:
        """Go through the choices of a field until one is chosen."""
        self.tab_to(field)
        for _step in range(20):
            if field.value() == value:
                return
            self.press(Key.Key_Down)
        raise AssertionError(f"{value} is not among the choices")

    def save(self) -> None:
        """Save the form."""
        self.press(Key.Key_Return, ctrl=True)


def owed(session: Session) -> tuple[int, int, int] | None:
    """Principal left, principal and interest behind; None once the loan is paid off."""
    for item in loan_list(session.reading(), TODAY):
        if item.loan == LOAN:
            return item.outstanding, item.arrears_principal, item.arrears_interest
    return None


def test_a_whole_life_by_keyboard(
    session_of: OpenBook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Days that are long past are asked about; she really means them.
    monkeypatch.setattr(Question, "exec", lambda _dialog: 1)
    session = session_of("cooperative", tariffs, page="members")
    come(qtbot, session)
    person = Person(qtbot, session)

    # She joins in March.
    person.press(Key.Key_N, ctrl=True)
    form = page_of(session).form
    person.type("Siti Aminah")
    person.tab_to(form.more)
    person.press(Key.Key_Space)
    person.write(form.fields["joined"].editor, "2/3/2026")
    person.save()
    row = members(session.reading(), TODAY)[0]
    assert (row.number, row.name, row.joined) == ("0001", "Siti Aminah", date(2026, 3, 2))

    # She saves: share, mandatory of March, and 600,000 of her own.
    person.press(Key.Key_Escape)
    person.type("siti", Key.Key_Return)
    assert isinstance(page_of(session), MemberPage)
    person.press(Key.Key_F2)
    form = page_of(session).form
    amounts = {item.kind: form.amounts[item.code] for item in form.products}
    person.write(amounts["share"], "100rb")
    person.write(amounts["mandatory"], "50rb")
    person.write(amounts["voluntary"], "600rb")
    person.write(form.fields["on"].editor, "9/3/2026")
    person.save()
    assert balance_of(session.reading(), row.party) == 750_000

    # She borrows in May: 6,000,000, flat 1 % a month, twelve instalments.
    session.go("members")
    person.type("siti", Key.Key_Return)
    session.go("loans", new=True, member="0001")
    form = page_of(session).form
    person.type("6jt")
    person.write(form.fields["term"].editor, "12")
    person.write(form.fields["rate"].editor, "1")
    person.write(form.fields["on"].editor, "20/5/2026")
    person.save()
    assert [(item.loan, item.outstanding) for item in loan_list(session.reading(), TODAY)] == [
        (LOAN, 6_000_000)
    ]

    # One instalment in June, then none: on 24 November five are behind.
    person.press(Key.Key_F3)
    form = page_of(session).form
    person.write(form.fields["on"].editor, "20/6/2026")
    person.write(form.amount, "560rb")
    person.save()
    assert owed(session) == (5_500_000, 2_500_000, 300_000)

    # It is restructured over 20 months; the interest behind stays due.
    session.go("loan", loan=LOAN)
    person.press(Key.Key_R, alt=True)
    form = page_of(session).restructuring
    assert form.isVisible()
    person.write(form.term, "20")
    person.write(form.reason, "panen gagal")
    person.write(form.approved_by, "Rapat pengurus")
    person.save()
    assert len(find_loan(session.reading(), LOAN, TODAY).restructured) == 1
    assert owed(session) == (5_500_000, 0, 300_000)

    # She settles it the same day: the principal left and the interest behind.
    person.press(Key.Key_L, alt=True)
    form = page_of(session).payoff
    assert form.isVisible()
    person.save()
    assert owed(session) is None

    # She leaves, and is paid what she saved.
    session.go("member", member="0001")
    page = page_of(session)
    person.tab_to(page.leave_button)
    person.press(Key.Key_Space)
    assert page.leaving.isVisible()
    person.save()
    assert member(session.reading(), "1", TODAY).status == "leaving"
    person.tab_to(page.payout_button)
    person.press(Key.Key_Space)
    person.save()
    assert member(session.reading(), "1", TODAY).status == "left"
    assert balance_of(session.reading(), row.party) == 0
    sound(session.book)
