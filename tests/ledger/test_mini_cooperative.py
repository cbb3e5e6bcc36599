"""Half a year of a small savings and loan cooperative, end to end (the field's test vector 26)."""

from datetime import date
from decimal import Decimal

import pytest

from app.base.dates import Month, add_months
from app.ledger.book import Book
from app.ledger.entries import queries
from app.ledger.entries.commands import EntryLine, PostEntry
from app.ledger.loans.commands import DisburseLoan, ReceiveInstalment
from app.ledger.members.commands import AddMember
from app.ledger.savings.commands import CreditSavingsInterest, DepositSavings
from app.ledger.savings.queries import balances

FIRST = date(2026, 1, 5)
END = Month(2026, 6).last_day

SHARES = {"0001": 500_000, "0002": 300_000, "0003": 200_000}
MANDATORY = {"0001": 3_000_000, "0002": 1_800_000, "0003": 1_200_000}
VOLUNTARY = {"0001": 12_500_000, "0002": 7_500_000}


def saving(book: Book) -> None:
    """Members, and what they put in: 1,000,000 share, 6,000,000 mandatory, 20,000,000 voluntary."""
    for number, name in (("0001", "Siti"), ("0002", "Budi"), ("0003", "Wati")):
        book.execute(AddMember(number=number, name=name, joined=FIRST))
    for product, amounts in (("Pokok", SHARES), ("Wajib", MANDATORY), ("Sukarela", VOLUNTARY)):
        for number, amount in amounts.items():
            book.execute(DepositSavings(member=number, product=product, amount=amount, on=FIRST))


def lending(book: Book) -> None:
    """A flat loan of 12,000,000 at 12 % a year, provision 1 %, of which six instalments are paid."""
    loan = book.execute(
        DisburseLoan(
            member="0003",
            on=date(2026, 1, 6),
            principal=12_000_000,
            rate=Decimal(1),
            term=12,
            first_due=date(2026, 1, 20),
            provision=120_000,
        )
    ).number
    for month in range(6):
        on = add_months(date(2026, 1, 20), month)
        book.execute(ReceiveInstalment(loan=loan, amount=1_120_000, on=on))


def spending(book: Book) -> None:
    """Office supplies, equipment with half a year of depreciation, interest on savings, tax not yet paid."""
    for on, memo, debit, credit, amount in (
        (date(2026, 2, 3), "ATK", "6-2001", "1-1101", 100_000),
        (date(2026, 1, 7), "Inventaris", "1-2105", "1-1101", 2_400_000),
        (END, "Penyusutan inventaris 6 bulan", "6-2005", "1-2205", 300_000),
        (END, "PPh final 0,5 % x 840.000", "9-1001", "2-1303", 4_200),
    ):
        book.execute(
            PostEntry(
                on=on,
                memo=memo,
                lines=(EntryLine(account=debit, debit=amount), EntryLine(account=credit, credit=amount)),
            )
        )
    interest = book.execute(CreditSavingsInterest(member="0001", product="Sukarela", gross=200_000, on=END))
    assert interest.value["tax"] == 0


@pytest.fixture
def half_year(cooperative: Book) -> Book:
    """The cooperative on 30 June."""
    saving(cooperative)
    lending(cooperative)
    spending(cooperative)
    return cooperative


def test_the_accounts_come_to_the_published_figures(half_year: Book) -> None:
    with half_year.snapshot() as snapshot:
        found = {item.account.code: item.amount for item in queries.trial_balance(snapshot, END)}
    assert found == {
        "1-1101": 19_340_000,
        "1-1201": 6_000_000,
        "1-2105": 2_400_000,
        "1-2205": -300_000,
        "2-1101": -20_200_000,
        "2-1303": -4_200,
        "3-1001": -1_000_000,
        "3-1002": -6_000_000,
        "4-1001": -720_000,
        "4-1002": -120_000,
        "5-1001": 200_000,
        "6-2001": 100_000,
        "6-2005": 300_000,
        "9-1001": 4_200,
    }


def test_the_surplus_is_235_800(half_year: Book) -> None:
    with half_year.snapshot() as snapshot:
        results = queries.results(snapshot, Month(2026, 1).period.through(date(2026, 1, 1), END))
    assert -sum(results.values()) == 235_800


def test_what_members_have_is_what_the_ledger_says(half_year: Book) -> None:
    with half_year.snapshot() as snapshot:
        found = balances(snapshot, END)
    assert {item.number: item.total for item in found} == {
        "0001": 500_000 + 3_000_000 + 12_700_000,
        "0002": 300_000 + 1_800_000 + 7_500_000,
        "0003": 200_000 + 1_200_000,
    }
    assert sum(item.total for item in found) == 27_200_000
