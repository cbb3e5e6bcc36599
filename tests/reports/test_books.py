"""Trial balance, journal, ledger and cash book."""

from datetime import date

import pytest

from app.base.errors import UserError
from app.ledger.book import Book
from app.ledger.entries.commands import CloseYear, ReverseEntry
from app.reports.document import Document, Row, RowKind, Value
from tests.reports.conftest import BuildReport
from tests.reports.posting import open_with, post


@pytest.fixture
def shop(business: Book) -> Book:
    """Taken over on 30 September 2026: cash 500,000, bank 2,000,000. October: four entries, one transfer."""
    open_with(business, date(2026, 9, 30), {"1-1101": 500_000, "1-1111": 2_000_000, "3-1001": -2_500_000})
    post(business, date(2026, 10, 2), {"1-1101": 310_000, "4-1002": -310_000}, "Servis pompa")
    post(business, date(2026, 10, 5), {"1-1111": 200_000, "1-1101": -200_000}, "Setor ke bank")
    post(business, date(2026, 10, 9), {"6-1002": 150_000, "1-1111": -150_000}, "Sewa")
    post(business, date(2026, 10, 9), {"1-1111": 90_000, "6-1008": 5_000, "1-1101": -95_000}, "Setor, biaya")
    return business


def items(document: Document) -> list[Row]:
    return [row for row in document.rows if row.kind is RowKind.ITEM]


def cells(document: Document, *keys: str) -> list[tuple[Value, ...]]:
    return [tuple(row.cells[key] for key in keys) for row in items(document)]


def test_trial_balance_is_as_posted(shop: Book, build: BuildReport) -> None:
    document = build(shop, "trial-balance", month="2026-10")
    assert cells(document, "code", "debit", "credit") == [
        ("1-1101", 515_000, 0),
        ("1-1111", 2_140_000, 0),
        ("3-1001", 0, 2_500_000),
        ("4-1002", 0, 310_000),
        ("6-1002", 150_000, 0),
        ("6-1008", 5_000, 0),
    ]
    assert document.totals == {"debit": 2_810_000, "credit": 2_810_000}
    assert document.first_day is None
    assert document.last_day == date(2026, 10, 31)
    assert items(document)[0].opens == {"report": "ledger", "account": "1-1101"}


def test_trial_balance_before_closing(business: Book, build: BuildReport) -> None:
    post(business, date(2025, 6, 3), {"1-1101": 730_000, "4-1002": -730_000})
    before = build(business, "trial-balance", year=2025)
    business.execute(CloseYear(year=2025))
    after = build(business, "trial-balance", year=2025)
    assert cells(after, "code", "credit") == [("1-1101", 0), ("3-2002", 730_000)]
    reopened = build(business, "trial-balance", year=2025, before_closing=True)
    assert cells(reopened, "code", "credit") == cells(before, "code", "credit")
    assert reopened.notes != after.notes


def test_journal_lists_every_posting_in_order(shop: Book, build: BuildReport) -> None:
    document = build(shop, "journal", month="2026-10")
    assert cells(document, "date", "number", "memo", "code", "name", "debit", "credit")[:2] == [
        (date(2026, 10, 2), "JU-2610-0001", "Servis pompa", "1-1101", "Kas Tunai", 310_000, 0),
        (date(2026, 10, 2), "JU-2610-0001", "Servis pompa", "4-1002", "Pendapatan Jasa", 0, 310_000),
    ]
    assert len(items(document)) == 9
    assert document.totals == {"debit": 755_000, "credit": 755_000}
    assert items(document)[1].opens == {"report": "ledger", "account": "4-1002"}
    assert document.rows[-1].kind is RowKind.TOTAL
    assert document.rows[-1].adds[0].last == 8


def test_journal_holds_opening_and_reversal(business: Book, build: BuildReport) -> None:
    open_with(business, date(2026, 9, 30), {"1-1101": 70_000})
    post(business, date(2026, 9, 30), {"1-1101": 11_000, "4-1002": -11_000})
    business.execute(ReverseEntry(number="JU-2609-0001"))
    document = build(business, "journal", month="2026-09")
    assert document.totals == {"debit": 92_000, "credit": 92_000}
    assert [number for (number,) in cells(document, "number")][::2] == [
        "SA-2609-0001",
        "JU-2609-0001",
        "BT-2609-0001",
    ]


def test_ledger_runs_in_the_accounts_normal_direction(shop: Book, build: BuildReport) -> None:
    cash = build(shop, "ledger", month="2026-10", account="1-1101")
    assert cash.totals == {"debit": 310_000, "credit": 295_000, "opening": 500_000, "closing": 515_000}
    assert cells(cash, "debit", "credit", "balance") == [
        (310_000, 0, 810_000),
        (0, 200_000, 610_000),
        (0, 95_000, 515_000),
    ]
    revenue = build(shop, "ledger", month="2026-10", account="Pendapatan Jasa")
    assert revenue.totals == {"debit": 0, "credit": 310_000, "opening": 0, "closing": 310_000}
    assert cells(revenue, "code", "name", "balance") == [("4-1002", "Pendapatan Jasa", 310_000)]


def test_ledger_of_a_contra_account_is_negative(shop: Book, build: BuildReport) -> None:
    post(shop, date(2026, 10, 20), {"3-1002": 40_000, "1-1101": -40_000})
    document = build(shop, "ledger", month="2026-10", account="3-1002")
    assert document.totals == {"debit": 40_000, "credit": 0, "opening": 0, "closing": -40_000}


def test_balances_taken_over_are_the_opening_of_their_period(shop: Book, build: BuildReport) -> None:
    document = build(shop, "ledger", month="2026-09", account="1-1111")
    assert document.totals == {"debit": 0, "credit": 0, "opening": 2_000_000, "closing": 2_000_000}
    assert items(document) == []
    book = build(shop, "cash-book", month="2026-09")
    assert book.totals == {"opening": 2_500_000, "in": 0, "out": 0, "closing": 2_500_000}


def test_ledger_needs_an_account_that_takes_postings(shop: Book, build: BuildReport) -> None:
    for account, words in (("", "--account"), ("1-1000", "heading"), ("1-9876", "no account")):
        with pytest.raises(UserError, match=words):
            build(shop, "ledger", month="2026-10", account=account)


def test_cash_book_of_all_money_leaves_transfers_out(shop: Book, build: BuildReport) -> None:
    document = build(shop, "cash-book", month="2026-10")
    assert document.totals == {"opening": 2_500_000, "in": 310_000, "out": 155_000, "closing": 2_655_000}
    assert cells(document, "memo", "in", "out", "balance") == [
        ("Servis pompa", 310_000, 0, 2_810_000),
        ("Sewa", 0, 150_000, 2_660_000),
        ("Setor, biaya", 0, 5_000, 2_655_000),
    ]


def test_cash_book_of_one_account_shows_transfers(shop: Book, build: BuildReport) -> None:
    document = build(shop, "cash-book", month="2026-10", account="Bank")
    assert document.totals == {"opening": 2_000_000, "in": 290_000, "out": 150_000, "closing": 2_140_000}
    assert cells(document, "memo", "in", "out", "balance") == [
        ("Setor ke bank", 200_000, 0, 2_200_000),
        ("Sewa", 0, 150_000, 2_050_000),
        ("Setor, biaya", 90_000, 0, 2_140_000),
    ]
    with pytest.raises(UserError, match="not a cash or bank account"):
        build(shop, "cash-book", month="2026-10", account="4-1002")


def test_a_register_of_a_quiet_month_carries_the_balance(shop: Book, build: BuildReport) -> None:
    document = build(shop, "cash-book", month="2026-11")
    assert document.totals == {"opening": 2_655_000, "in": 0, "out": 0, "closing": 2_655_000}
    assert [row.kind for row in document.rows] == [RowKind.SUBTOTAL, RowKind.TOTAL]


def test_a_day_alone_means_the_fiscal_year_up_to_it(shop: Book, build: BuildReport) -> None:
    document = build(shop, "cash-book", on=date(2026, 10, 5))
    assert document.first_day == date(2026, 1, 1)
    assert document.totals == {"opening": 2_500_000, "in": 310_000, "out": 0, "closing": 2_810_000}
