"""Interest credited to savings, and its tax (PP 15/2009; vectors: DJP 2013)."""

from datetime import date

import pytest

from app.ledger.book import Book
from app.ledger.savings.commands import (
    CreditSavingsInterest,
)
from tests.ledger.import_books import balance
from tests.ledger.saving_books import add, amounts, refusal


@pytest.mark.parametrize(
    ("gross", "tax"),
    [
        (350_000, 35_000),
        (200_000, 0),
        (500_000, 50_000),
        (240_000, 0),
        (240_001, 24_000),
        (250_000, 25_000),
        (300_000, 30_000),
    ],
)
def test_interest_of_a_person_is_taxed_as_a_whole_above_the_threshold(
    cooperative: Book, gross: int, tax: int
) -> None:
    add(cooperative)
    done = cooperative.execute(
        CreditSavingsInterest(member="1", product="Sukarela", gross=gross, on=date(2026, 10, 31))
    )
    assert done.number == "JS-2610-0001"
    assert (done.value["tax"], done.value["net"]) == (tax, gross - tax)
    assert balance(cooperative, "5-1001") == gross
    assert balance(cooperative, "2-1301") == -tax
    assert balance(cooperative, "2-1101") == tax - gross


def test_interest_of_a_body_is_taxed_from_the_first_rupiah(cooperative: Book) -> None:
    add(cooperative, "K-1", "Koperasi Sumber Rejeki", body=True)
    done = cooperative.execute(
        CreditSavingsInterest(member="K-1", product="Berjangka", gross=1_000_000, on=date(2026, 10, 31))
    )
    assert done.value["tax"] == 150_000
    assert balance(cooperative, "5-1002") == 1_000_000
    assert balance(cooperative, "2-1111") == -850_000


def test_all_accounts_of_a_month_are_judged_together(cooperative: Book) -> None:
    add(cooperative)
    first = CreditSavingsInterest(member="1", product="Sukarela", gross=180_000, on=date(2026, 10, 10))
    assert cooperative.execute(first).value["tax"] == 0
    second = CreditSavingsInterest(member="1", product="Berjangka", gross=100_000, on=date(2026, 10, 31))
    assert cooperative.execute(second).value["tax"] == 28_000
    third = CreditSavingsInterest(member="1", product="Sukarela", gross=50_000, on=date(2026, 10, 31))
    assert cooperative.execute(third).value["tax"] == 5_000
    november = CreditSavingsInterest(member="1", product="Sukarela", gross=239_999, on=date(2026, 11, 10))
    assert cooperative.execute(november).value["tax"] == 0


def test_a_reversed_payment_of_interest_no_longer_counts(cooperative: Book) -> None:
    add(cooperative)
    first = CreditSavingsInterest(member="1", product="Sukarela", gross=180_000, on=date(2026, 10, 10))
    cooperative.execute(first)
    cooperative.undo()
    second = CreditSavingsInterest(member="1", product="Sukarela", gross=100_000, on=date(2026, 10, 31))
    assert cooperative.execute(second).value["tax"] == 0
    assert amounts(cooperative)["0001"] == {"voluntary": 100_000}


def test_tax_above_the_payment_needs_a_balance(cooperative: Book) -> None:
    add(cooperative)
    first = CreditSavingsInterest(member="1", product="Sukarela", gross=240_000, on=date(2026, 10, 10))
    cooperative.execute(first)
    small = CreditSavingsInterest(member="1", product="Berjangka", gross=10_000, on=date(2026, 10, 31))
    assert "can't be taken" in str(refusal(cooperative, small))
    same = CreditSavingsInterest(member="1", product="Sukarela", gross=10_000, on=date(2026, 10, 31))
    done = cooperative.execute(same)
    assert (done.value["tax"], done.value["net"]) == (25_000, -15_000)
    assert amounts(cooperative)["0001"] == {"voluntary": 225_000}


def test_equity_earns_no_interest(cooperative: Book) -> None:
    add(cooperative)
    wajib = CreditSavingsInterest(member="1", product="Wajib", gross=10_000, on=date(2026, 10, 31))
    assert refusal(cooperative, wajib).field == "product"
