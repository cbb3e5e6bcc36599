"""Produk simpan pinjam by keyboard: savings products with their months, loan products, the rules of quality."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.base.dates import Month
from app.ledger.loans.offered import loan_products
from app.ledger.loans.quality import read_quality, rules_named
from app.ledger.savings.queries import products
from app.ledger.savings.terms import read_tariffs, read_terms, terms_in
from app.ui.bridge import Session
from app.ui.pages.offers import OffersPage
from tests.ui.conftest import OpenBook
from tests.ui.hands import Hands
from tests.ui.test_cooperative import come, page_of
from tests.ui.test_loans_quality import with_product

Key = Qt.Key
NOVEMBER = Month.of(date(2026, 11, 24))


def offers(session: Session, qtbot: QtBot, view: str = "savings") -> OffersPage:
    come(qtbot, session)
    session.go("offers", view=view)
    page = page_of(session)
    assert isinstance(page, OffersPage)
    return page


def test_a_savings_product_is_added_and_taken_back(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", with_product, page="savings")
    page = offers(session, qtbot)
    hands = Hands(qtbot, session)
    hands.press(Key.Key_N, ctrl=True)
    form = page.savings_form
    hands.type("Simpanan Hari Raya", Key.Key_Return)
    hands.type("HARIRAYA")
    form.rate.set_value(Decimal(12))
    assert "9" in form.rate.below  # the ceiling of the law
    form.rate.set_value(Decimal("4.5"))
    assert form.rate.below == ""
    form.minimum.set_value(50_000)
    form.save_button.click()
    (made,) = [item for item in products(session.reading()) if item.code == "HARIRAYA"]
    terms = terms_in(read_terms(session.reading())[made.id], NOVEMBER)
    assert terms is not None
    assert (made.kind, terms.rate, terms.minimum) == ("voluntary", Decimal("4.5"), 50_000)
    session.undo()
    assert "HARIRAYA" not in [item.code for item in products(session.reading())]


def test_the_tariff_of_mandatory_savings_holds_from_a_month(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", with_product, page="savings")
    page = offers(session, qtbot)
    page.savings.table.go_to(1)
    row = page.savings.table.current()
    page.savings.show_form()
    form = page.savings_form
    form.begin_known(row)
    assert form.amount.value() == 50_000
    assert form.fields["rate"].isHidden()
    form.amount.set_value(75_000)
    form.month.set_value("2027-01")
    form.save_button.click()
    key = next(item.id for item in products(session.reading()) if item.kind == "mandatory")
    tariff = read_tariffs(session.reading())[key]
    assert (tariff.of(Month(2026, 12)), tariff.of(Month(2027, 1))) == (50_000, 75_000)
    session.undo()
    assert read_tariffs(session.reading())[key].of(Month(2027, 1)) == 50_000


def test_a_loan_product_is_changed_and_taken_out_of_use(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", with_product, page="loans")
    page = offers(session, qtbot, "loans")
    hands = Hands(qtbot, session)
    hands.press(Key.Key_Return)
    form = page.loan_form
    assert (form.title.value(), form.rate.value()) == ("Pinjaman Usaha", Decimal("1.5"))
    assert form.fields["penalty_cap"].isHidden()
    form.rate.set_value(Decimal(3))
    assert "36" in form.rate.below
    form.rate.set_value(Decimal("1.75"))
    form.fold()
    form.fields["penalty_cap"].editor.set_value(45_000)
    form.save_button.click()
    (made,) = loan_products(session.reading())
    assert (made.rate, made.penalty_cap, made.administration) == (Decimal("1.75"), 45_000, 25_000)
    hands.press(Key.Key_T, alt=True)
    assert not loan_products(session.reading())[0].active
    session.undo()
    session.undo()
    (made,) = loan_products(session.reading())
    assert (made.rate, made.penalty_cap, made.active) == (Decimal("1.5"), 0, True)


def test_a_rule_is_changed_after_its_effect_is_told(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", with_product, page="loans")
    page = offers(session, qtbot)
    hands = Hands(qtbot, session)
    hands.press(Key.Key_3, alt=True)
    view = page.classes
    view.table.go_to(3)
    # Siti is ten days late: special mention at 3 % of 12,000,000, and current at 0.5 %.
    view.form.principal.set_value(15)
    view.form.interest.set_value(15)
    assert "360.000" in view.effect.text()
    assert "60.000" in view.effect.text()
    view.form.save_button.click()
    rules, _percents = rules_named(session.reading(), "days")
    assert (rules[3].principal_over, rules[3].interest_over) == (15, 15)
    session.undo()
    assert rules_named(session.reading(), "days")[0][3].principal_over == 0
    hands.press(Key.Key_T, alt=True)
    hands.press(Key.Key_G, alt=True)
    assert read_quality(session.reading()).name == "cooperative"
    session.undo()
    assert read_quality(session.reading()).name == "days"
