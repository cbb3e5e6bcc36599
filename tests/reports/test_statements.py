"""Income and surplus statement, balance sheet, cash flow, opening check."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.base.clock import FixedClock
from app.base.errors import UserError
from app.base.i18n import Translator
from app.ledger.accounts.commands import AddAccount
from app.ledger.book import Book
from app.ledger.debts.commands import ReceiveBillPayment, SetOpeningBill
from app.ledger.entries.commands import (
    CloseYear,
    ComparativeLine,
    EntryLine,
    PostEntry,
    ReopenYear,
    ReverseEntry,
    SetComparatives,
)
from app.ledger.loans.commands import ReceiveInstalment, TakeOverLoan
from app.ledger.members.commands import AcceptExit, AddMember
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.products.commands import AddProduct, SetOpeningStock
from app.ledger.profile.commands import SetProfile
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod
from app.ledger.savings.commands import DepositSavings, OpenSavings
from app.ledger.storage.backup import copy_book
from app.reports.document import Document, RowKind, Value
from app.reports.render import render
from app.reports.render.sums import added_rows
from tests.conftest import Golden
from tests.ledger.conftest import NOW
from tests.reports.conftest import BuildReport
from tests.reports.posting import open_with, post


@pytest.fixture
def two_octobers(business: Book) -> Book:
    """Balances taken over on 30 September 2025, then October of two years."""
    open_with(
        business,
        date(2025, 9, 30),
        {
            "1-1101": 5_000_000,
            "1-1111": 7_250_000,
            "1-2103": 3_000_000,
            "1-2203": -400_000,
            "1-1401": 900_000,
            "2-2101": -6_000_000,
            "3-1001": -8_000_000,
            "4-1002": -2_100_000,
            "6-1001": 1_200_000,
        },
    )
    for year, times in ((2025, 1), (2026, 2)):
        october = {
            3: {"1-1101": 300_000 * times, "4-1102": 10_000 * times, "4-1002": -310_000 * times},
            5: {"5-1003": 120_000 * times, "1-1401": -120_000 * times},
            6: {"6-1001": 50_000 * times, "1-1101": -50_000 * times},
            7: {"1-1111": 1_500, "7-1001": -1_500},
            8: {"8-1001": 2_300, "1-1111": -2_300},
            9: {"1-1111": 100_000, "1-1101": -100_000},
            10: {"3-1002": 45_000, "1-1101": -45_000},
            11: {"1-2103": 65_000, "1-1101": -65_000},
        }
        for day, amounts in october.items():
            post(business, date(year, 10, day), amounts)
    post(business, date(2026, 10, 12), {"6-1009": 11_000, "1-1101": -11_000})
    return business


def figures(document: Document, key: str = "amount") -> dict[str, Value]:
    return {str(row.cells.get("code", row.cells["name"])): row.cells.get(key) for row in document.rows}


def whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def check_sums(document: Document) -> None:
    """Every sum is what its rows add up to: Excel writes them as live formulas."""
    for row in document.rows:
        for column in row.adds_columns or ():
            found = sum(
                term.sign * whole(document.rows[index].cells[column])
                for term in row.adds
                for index in added_rows(term, document.rows)
            )
            assert found == row.cells[column], row


def check_balance(document: Document) -> None:
    totals: dict[str, Any] = dict(document.totals)
    assert totals["assets"] == totals["liabilities"] + totals["equity"]
    check_sums(document)


@pytest.mark.parametrize("key", ["income-statement", "balance-sheet", "cash-flow"])
def test_statements_of_two_years_on_paper(
    two_octobers: Book, build: BuildReport, golden: Golden, key: str
) -> None:
    document = build(two_octobers, key, month="2026-10", compare=2025, language="en")
    check_sums(document)
    text = render(document, "text", Translator("en"))
    assert isinstance(text, str)
    golden(key, text)


def test_income_statement_of_a_month(two_octobers: Book, build: BuildReport) -> None:
    document = build(two_octobers, "income-statement", month="2026-10")
    assert document.totals == {
        "revenue": 600_000,
        "cost_of_sales": 240_000,
        "gross_profit": 360_000,
        "expenses": 111_000,
        "other": -800,
        "profit_before_tax": 248_200,
        "tax": 0,
        "profit": 248_200,
    }
    assert [column.key for column in document.columns] == ["code", "name", "amount"]
    assert figures(document)["4-1102"] == -20_000
    assert figures(document)["8-1001"] == -2_300
    opened = [row.opens for row in document.rows if row.cells.get("code") == "6-1009"]
    assert opened == [{"report": "ledger", "account": "6-1009"}]
    assert document.signed


def test_compared_with_the_same_month_of_another_year(two_octobers: Book, build: BuildReport) -> None:
    document = build(two_octobers, "income-statement", month="2026-10", compare=2025)
    assert figures(document, "comparative")["6-1001"] == 50_000
    assert figures(document, "comparative")["6-1009"] == 0
    assert document.rows[-1].cells["comparative"] == 310_000 - 10_000 - 120_000 - 50_000 - 800
    assert [column.label for column in document.columns][-2:] == ["Oktober 2026", "Oktober 2025"]
    with pytest.raises(UserError, match="same year"):
        build(two_octobers, "income-statement", month="2026-10", compare=2026)


def test_the_end_of_february_is_compared_with_the_end_of_february(business: Book, build: BuildReport) -> None:
    post(business, date(2024, 2, 29), {"1-1101": 17_000, "4-1002": -17_000})
    post(business, date(2026, 2, 28), {"1-1101": 23_000, "4-1002": -23_000})
    document = build(business, "income-statement", month="2026-02", compare=2024)
    assert figures(document, "comparative")["4-1002"] == 17_000
    sheet = build(business, "balance-sheet", on=date(2026, 2, 28), compare=2024)
    assert figures(sheet, "comparative")["1-1101"] == 17_000
    assert figures(sheet)["1-1101"] == 40_000


def test_results_taken_over_count_in_the_year_but_in_no_month(two_octobers: Book, build: BuildReport) -> None:
    assert build(two_octobers, "income-statement", month="2025-09").totals["profit"] == 0
    assert build(two_octobers, "income-statement", on=date(2025, 9, 30)).totals["profit"] == 900_000
    assert build(two_octobers, "income-statement", year=2025).totals["profit"] == 1_029_200
    assert build(two_octobers, "income-statement", on=date(2026, 10, 31)).totals["profit"] == 248_200


def test_balance_sheet(two_octobers: Book, build: BuildReport) -> None:
    document = build(two_octobers, "balance-sheet", month="2026-10")
    check_balance(document)
    assert document.totals == {"assets": 16_037_400, "liabilities": 6_000_000, "equity": 10_037_400}
    found = figures(document)
    assert found["1-2203"] == -400_000
    assert found["3-1002"] == -90_000
    assert found["3-2002"] == 900_000 + 129_200 + 248_200
    # What was taken over without a counterpart is shown while it is there.
    assert found["3-9999"] == 850_000
    assert "2-1101" not in found
    assert document.first_day is None


def test_nothing_of_the_balance_sheet_changes_by_closing(two_octobers: Book, build: BuildReport) -> None:
    before = build(two_octobers, "balance-sheet", year=2025)
    earned = build(two_octobers, "income-statement", year=2025)
    flow = build(two_octobers, "cash-flow", year=2025)
    two_octobers.execute(CloseYear(year=2025))
    assert build(two_octobers, "balance-sheet", year=2025).rows == before.rows
    assert build(two_octobers, "income-statement", year=2025).rows == earned.rows
    assert build(two_octobers, "cash-flow", year=2025).rows == flow.rows
    next_day = build(two_octobers, "balance-sheet", on=date(2026, 1, 1))
    check_balance(next_day)
    assert next_day.totals == before.totals
    assert figures(next_day)["3-2001"] == 1_029_200
    assert "3-2002" not in figures(next_day)
    assert figures(next_day)["3-1001"] == 8_000_000 - 45_000
    two_octobers.execute(ReopenYear(year=2025))
    assert build(two_octobers, "balance-sheet", year=2025).rows == before.rows
    assert figures(build(two_octobers, "balance-sheet", on=date(2026, 1, 1)))["3-2002"] == 1_029_200


def test_the_result_of_years_not_closed_is_told_apart(two_octobers: Book, build: BuildReport) -> None:
    open_years = build(two_octobers, "balance-sheet", month="2026-10", language="en")
    assert any("Rp1,029,200" in note for note in open_years.notes)
    two_octobers.execute(CloseYear(year=2025))
    closed = build(two_octobers, "balance-sheet", month="2026-10", language="en")
    assert closed.notes == ()
    assert figures(closed)["3-2002"] == 248_200
    assert closed.totals == open_years.totals


def test_the_current_result_is_that_of_the_income_statement(two_octobers: Book, build: BuildReport) -> None:
    two_octobers.execute(CloseYear(year=2025))
    sheet = build(two_octobers, "balance-sheet", on=date(2026, 10, 9))
    earned = build(two_octobers, "income-statement", on=date(2026, 10, 9))
    assert figures(sheet)["3-2002"] == earned.totals["profit"] == 259_200
    opened = next(row.opens for row in sheet.rows if row.cells.get("code") == "3-2002")
    assert opened == {"report": "income-statement"}


def test_a_fiscal_year_from_april(business: Book, build: BuildReport) -> None:
    business.execute(SetProfile(fiscal_year_start=4))
    post(business, date(2025, 3, 31), {"1-1101": 8_000, "4-1002": -8_000})
    post(business, date(2025, 4, 1), {"1-1101": 31_000, "4-1002": -31_000})
    post(business, date(2026, 3, 31), {"6-1002": 4_000, "1-1101": -4_000})
    document = build(business, "income-statement", on=date(2026, 3, 31), compare=2025)
    assert document.first_day == date(2025, 4, 1)
    assert document.totals["profit"] == 27_000
    assert document.rows[-1].cells["comparative"] == 8_000
    assert [column.label for column in document.columns][-2:] == ["2025/2026", "2024/2025"]


def sell(book: Book, product: str, on: date, quantity: int, price: int) -> str:
    line = SaleLine(product=product, quantity=Decimal(quantity), price=price)
    return book.execute(RecordSale(on=on, lines=(line,))).number


def test_gross_profit_is_not_claimed_where_the_cost_is_unknown(
    two_octobers: Book, build: BuildReport
) -> None:
    two_octobers.execute(AddProduct(name="Kopi", sell_price=5_000))
    number = sell(two_octobers, "Kopi", date(2026, 10, 20), 3, 5_000)
    alone = build(two_octobers, "income-statement", month="2026-10", language="en")
    assert alone.totals["gross_profit"] is None
    assert alone.totals["profit"] == 248_200 + 15_000
    row = next(row for row in alone.rows if "can't be computed" in str(row.cells["name"]))
    assert row.cells["amount"] is None
    assert row.kind is RowKind.SUBTOTAL
    assert "as booked" in alone.notes[-1]
    check_sums(alone)
    compared = build(two_octobers, "income-statement", month="2026-10", compare=2025, language="en")
    gross = next(row for row in compared.rows if row.cells["name"] == "GROSS PROFIT")
    assert (gross.cells["amount"], gross.cells["comparative"]) == (None, 180_000)
    check_sums(compared)
    two_octobers.execute(ReverseEntry(number=number))
    taken_back = build(two_octobers, "income-statement", month="2026-10")
    assert taken_back.totals["gross_profit"] == 360_000


def test_goods_alone_without_any_cost_show_no_margin(business: Book, build: BuildReport) -> None:
    business.execute(AddProduct(name="Kopi", sell_price=5_000))
    sell(business, "Kopi", date(2026, 10, 20), 3, 5_000)
    document = build(business, "income-statement", month="2026-10", language="en")
    assert document.totals["gross_profit"] is None
    assert "Gross profit can't be computed yet" in figures(document)
    assert "Gross profit can't be computed yet" in str(render(document, "text", Translator("en")))


def test_goods_of_known_cost_have_a_gross_profit(business: Book, build: BuildReport) -> None:
    business.execute(AddProduct(name="Kopi", sell_price=5_000))
    on = date(2026, 9, 30)
    business.execute(SetOpeningStock(on=on, product="Kopi", quantity=Decimal(10), value=31_000))
    sell(business, "Kopi", date(2026, 10, 20), 3, 5_000)
    document = build(business, "income-statement", month="2026-10")
    assert document.totals["cost_of_sales"] == 9_300
    assert document.totals["gross_profit"] == 5_700
    flow = build(business, "cash-flow", month="2026-10")
    assert flow.totals["operating"] == 15_000
    check_balance(build(business, "balance-sheet", month="2026-10"))


def test_a_sale_partly_paid_brings_only_its_money(business: Book, build: BuildReport) -> None:
    business.execute(AddCustomer(name="Pak Tono"))
    business.execute(AddProduct(name="Kopi", sell_price=5_000))
    line = SaleLine(product="Kopi", quantity=Decimal(7), price=5_000, discount=2_000)
    command = RecordSale(
        on=date(2026, 10, 20), lines=(line,), customer="Pak Tono", method=SaleMethod.CREDIT, paid=12_000
    )
    business.execute(command)
    business.execute(ReceiveBillPayment(on=date(2026, 10, 25), customer="Pak Tono", amount=4_500))
    document = build(business, "cash-flow", month="2026-10", language="en")
    found = figures(document)
    assert found["Received: Penjualan"] == 12_000
    assert found["Received: Piutang Usaha"] == 4_500
    assert document.totals["operating"] == document.totals["closing"] == 16_500


def test_a_business_of_services_claims_no_gross_profit(business: Book, build: BuildReport) -> None:
    post(business, date(2026, 10, 3), {"1-1101": 75_000, "4-1002": -75_000})
    document = build(business, "income-statement", month="2026-10", language="en")
    assert "GROSS PROFIT" not in figures(document)
    assert document.totals["gross_profit"] == 75_000
    assert document.totals["profit"] == 75_000


def test_statements_of_an_empty_book(business: Book, cooperative: Book, build: BuildReport) -> None:
    for book, result in ((business, "income-statement"), (cooperative, "surplus-statement")):
        for key in (result, "balance-sheet", "cash-flow"):
            document = build(book, key, month="2026-10", compare=2025)
            assert set(document.totals.values()) == {0}
            check_sums(document)
        assert build(book, "opening-check", month="2026-10").totals == {"difference": 0}


def test_income_tax_is_shown_once_recorded(business: Book, build: BuildReport) -> None:
    post(business, date(2026, 10, 3), {"1-1101": 800_000, "4-1002": -800_000})
    assert build(business, "income-statement", month="2026-10").notes
    post(business, date(2026, 10, 31), {"9-1001": 4_000, "2-1201": -4_000})
    document = build(business, "income-statement", month="2026-10")
    assert document.totals["tax"] == 4_000
    assert document.totals["profit"] == 796_000
    assert document.notes == ()


@pytest.fixture
def mini_ksp(cooperative: Book) -> Book:
    """The savings and loan cooperative of domain.md 14.26, on accounts of ours without details."""
    for code, name in (
        ("1-1291", "Pinjaman Uji"),
        ("2-1191", "Simpanan Uji"),
        ("3-1091", "Pokok Uji"),
        ("3-1092", "Wajib Uji"),
    ):
        cooperative.execute(AddAccount(code=code, name=name))
    for day, amounts in (
        (1, {"1-1101": 1_000_000, "3-1091": -1_000_000}),
        (1, {"1-1101": 6_000_000, "3-1092": -6_000_000}),
        (2, {"1-1101": 20_000_000, "2-1191": -20_000_000}),
        (3, {"1-1291": 12_000_000, "1-1101": -11_880_000, "4-1002": -120_000}),
        (4, {"1-1101": 6_720_000, "1-1291": -6_000_000, "4-1001": -720_000}),
        (5, {"6-2001": 100_000, "1-1101": -100_000}),
        (6, {"1-2105": 2_400_000, "1-1101": -2_400_000}),
        (7, {"6-2005": 300_000, "1-2205": -300_000}),
        (8, {"5-1001": 200_000, "2-1191": -200_000}),
        (9, {"9-1001": 4_200, "2-1303": -4_200}),
    ):
        post(cooperative, date(2026, 6, day), amounts)
    return cooperative


def test_the_mini_cooperative(mini_ksp: Book, build: BuildReport) -> None:
    surplus = build(mini_ksp, "surplus-statement", month="2026-06")
    check_sums(surplus)
    assert surplus.totals == {
        "revenue_members": 840_000,
        "revenue_others": 0,
        "other_income": 0,
        "cost_of_sales": 0,
        "financing_cost": 200_000,
        "operating_expenses": 400_000,
        "cooperative_expenses": 0,
        "other_expenses": 0,
        "surplus_before_tax": 240_000,
        "tax": 4_200,
        "surplus": 235_800,
    }
    sheet = build(mini_ksp, "balance-sheet", month="2026-06")
    check_balance(sheet)
    assert sheet.totals == {"assets": 27_440_000, "liabilities": 20_204_200, "equity": 7_235_800}
    assert figures(sheet)["3-2002"] == 235_800
    flow = build(mini_ksp, "cash-flow", month="2026-06")
    check_sums(flow)
    assert flow.totals == {
        "operating": 14_740_000,
        "investing": -2_400_000,
        "financing": 7_000_000,
        "net_change": 19_340_000,
        "opening": 0,
        "closing": 19_340_000,
    }


def test_surplus_statement_tells_members_and_others_apart(cooperative: Book, build: BuildReport) -> None:
    cooperative.execute(AddAccount(code="4-2002.1", name="Penjualan Pasar"))
    cooperative.execute(AddAccount(code="5-3001", name="Biaya Jasa"))
    for amounts in (
        {"4-1004": -1_000, "4-2001": -20_000, "1-1101": 21_000},
        {"4-2002": -300_000, "4-2002.1": -4_000_000, "4-2003": -50_000_000, "1-1101": 54_300_000},
        {"5-1003": 7, "5-2001": 60, "5-2002": 500, "5-3001": 4_000, "1-1101": -4_567},
        {"6-1001": 30_000, "6-3001": 2_000, "8-1001": 100, "1-1101": -32_100},
        {"7-1001": -9_000, "1-1101": 9_000},
    ):
        post(cooperative, date(2026, 6, 1), amounts)
    document = build(cooperative, "surplus-statement", month="2026-06")
    totals: dict[str, Any] = dict(document.totals)
    assert totals == {
        "revenue_members": 21_000,
        "revenue_others": 54_300_000,
        "other_income": 9_000,
        "cost_of_sales": 4_560,
        "financing_cost": 7,
        "operating_expenses": 30_000,
        "cooperative_expenses": 2_000,
        "other_expenses": 100,
        "surplus_before_tax": 54_293_333,
        "tax": 0,
        "surplus": 54_293_333,
    }
    check_sums(document)
    assert document.signed


def test_cash_flow_begins_with_the_balances_taken_over(two_octobers: Book, build: BuildReport) -> None:
    for month, opening, closing in (("2025-09", 12_250_000, 12_250_000), ("2025-10", 12_250_000, 12_389_200)):
        totals: dict[str, Any] = dict(build(two_octobers, "cash-flow", month=month).totals)
        assert totals["opening"] == opening
        assert totals["closing"] == closing == opening + totals["net_change"]
        assert totals["net_change"] == totals["operating"] + totals["investing"] + totals["financing"]


def test_cash_flow_leaves_unpaid_parts_out(two_octobers: Book, build: BuildReport) -> None:
    document = build(two_octobers, "cash-flow", month="2026-10", language="en")
    found = figures(document)
    assert found["Received: Pendapatan Jasa"] == 600_000
    assert "Paid: Potongan Penjualan" not in found
    assert [column.key for column in document.columns] == ["name", "amount"]


def test_opening_check_names_what_is_left(two_octobers: Book, build: BuildReport) -> None:
    document = build(two_octobers, "opening-check", month="2026-10", language="en")
    assert document.totals == {"difference": 0}
    note = document.rows[-1]
    assert note.kind is RowKind.NOTE
    assert "3-9999" in str(note.cells["name"])
    assert note.opens == {"report": "ledger", "account": "3-9999"}
    post(two_octobers, date(2026, 10, 31), {"3-9999": 850_000, "3-1001": -850_000})
    cleared = build(two_octobers, "opening-check", month="2026-10", language="en")
    assert str(cleared.rows[-1].cells["name"]) == "Nothing is left on 3-9999 Saldo Awal."


OPENED = date(2026, 9, 30)


def check_rows(document: Document) -> list[tuple[Value, ...]]:
    keys = ("code", "ledger", "detail", "difference")
    return [tuple(row.cells[key] for key in keys) for row in document.rows if row.kind is RowKind.ITEM]


def test_opening_check_of_a_business(business: Book, build: BuildReport) -> None:
    business.execute(AddCustomer(name="Pak Tono"))
    business.execute(AddSupplier(name="CV Maju"))
    business.execute(AddProduct(name="Kopi"))
    wrong = business.execute(SetOpeningBill(on=OPENED, customer="Pak Tono", amount=9_000))
    business.execute(ReverseEntry(entry=wrong.value["entry"]))
    for command in (
        SetOpeningBill(on=OPENED, customer="Pak Tono", amount=75_000),
        SetOpeningBill(on=OPENED, supplier="CV Maju", amount=310_000),
        SetOpeningStock(on=OPENED, product="Kopi", quantity=Decimal(10), value=31_000),
        ReceiveBillPayment(on=date(2026, 10, 2), customer="Pak Tono", amount=25_000),
    ):
        business.execute(command)
    document = build(business, "opening-check", month="2026-10")
    assert check_rows(document) == [
        ("1-1201", 75_000, 75_000, 0),
        ("1-1301", 31_000, 31_000, 0),
        ("2-1101", 310_000, 310_000, 0),
    ]
    assert document.totals == {"difference": 0}
    assert check_rows(build(business, "opening-check", month="2026-08")) == []


def test_opening_check_of_a_cooperative(cooperative: Book, build: BuildReport) -> None:
    for name, number in (("Sri", "1"), ("Budi", "2")):
        cooperative.execute(AddMember(name=name, number=number, joined=date(2024, 1, 2)))
    for command in (
        OpenSavings(member="1", product="Pokok", balance=100_000, on=OPENED),
        OpenSavings(member="1", product="Sukarela", balance=250_000, accrued_interest=1_700, on=OPENED),
        AcceptExit(member="2", on=date(2026, 9, 1)),
        OpenSavings(member="2", product="Wajib", balance=60_000, on=OPENED),
        TakeOverLoan(
            member="1",
            disbursed_on=date(2026, 1, 15),
            principal=12_000_000,
            rate=Decimal("1.5"),
            term=12,
            outstanding=4_000_000,
            held=35_000,
            as_of=OPENED,
        ),
        # What happens afterwards is no part of the opening.
        DepositSavings(member="1", product="Sukarela", amount=5_000, on=date(2026, 10, 3)),
        ReceiveInstalment(loan="PJ-2026-0001", amount=930_000, on=date(2026, 10, 15)),
    ):
        cooperative.execute(command)
    document = build(cooperative, "opening-check", month="2026-10")
    assert check_rows(document) == [
        ("1-1201", 4_000_000, 4_000_000, 0),
        ("2-1101", 250_000, 250_000, 0),
        ("2-1501", 35_000, 35_000, 0),
        ("2-1503", 60_000, 60_000, 0),
        ("3-1001", 100_000, 100_000, 0),
    ]
    check_balance(build(cooperative, "balance-sheet", month="2026-10"))


def test_opening_check_shows_a_difference(cooperative: Book, build: BuildReport, tmp_path: Path) -> None:
    cooperative.execute(AddMember(name="Sri", number="1", joined=date(2024, 1, 2)))
    cooperative.execute(OpenSavings(member="1", product="Pokok", balance=100_000, on=OPENED))
    broken = tmp_path / "ganjil.lumbung"
    copy_book(cooperative.path, broken)
    program = (
        "import sqlcipher3.dbapi2 as d, sys; c = d.connect(sys.argv[1], isolation_level=None);"
        "c.execute('DROP TRIGGER savings_movement_update');"
        "c.execute('UPDATE savings_movement SET amount = 99000'); c.close()"
    )
    subprocess.run([sys.executable, "-c", program, str(broken)], check=True)
    with Book.open(broken, clock=FixedClock(NOW), actor="Ngatiyem") as book:
        document = build(book, "opening-check", month="2026-10")
    assert check_rows(document) == [("3-1001", 100_000, 99_000, 1_000)]
    assert document.totals == {"difference": 1_000}


def test_a_training_book_says_so(tmp_path: Path, build: BuildReport) -> None:
    path = tmp_path / "latihan.lumbung"
    clock = FixedClock(NOW)
    with Book.create(path, kind="business", name="Latihan", clock=clock, actor="A", training=True) as book:
        document = build(book, "balance-sheet", month="2026-10")
    assert document.training
    assert "TRAINING" in str(render(document, "text", Translator("en")))


def comparative_book(book: Book, **amounts: int) -> None:
    """A book that begins with July 2026, and balances of 2025 beside it; debit positive."""
    book.execute(
        PostEntry(
            on=date(2026, 7, 3),
            memo="Setoran modal",
            lines=(
                EntryLine(account="1-1101", debit=9_300_000),
                EntryLine(account="3-1001", credit=9_300_000),
            ),
        )
    )
    lines = tuple(
        ComparativeLine(account=code.replace("_", "-")[1:], debit=max(amount, 0), credit=max(-amount, 0))
        for code, amount in amounts.items()
    )
    book.execute(SetComparatives(year=2025, lines=lines))


@pytest.mark.parametrize("closed", [False, True])
def test_last_years_figures_come_from_beside_the_ledger(
    business: Book, build: BuildReport, closed: bool
) -> None:
    # A trial balance, or a balance sheet that holds the result already with the results beside it.
    result = {"a3_2002": -1_170_000} if closed else {}
    comparative_book(
        business,
        a1_1101=8_170_000,
        a3_1001=-7_000_000,
        a4_1001=-3_400_000,
        a6_1001=2_230_000,
        **result,
    )
    sheet = build(business, "balance-sheet", year=2026, compare=2025)
    totals = {str(row.cells["name"]): row.cells.get("comparative") for row in sheet.rows}
    assert totals["JUMLAH ASET"] == 8_170_000
    assert totals["JUMLAH EKUITAS"] == 8_170_000
    assert any("2025" in note for note in sheet.notes)
    income = build(business, "income-statement", year=2026, compare=2025)
    assert income.rows[-1].cells["comparative"] == 1_170_000
    assert income.rows[-1].cells["amount"] == 0
    # Without a comparison nothing of it is shown, and the ledger never knew it.
    assert build(business, "trial-balance", year=2026).totals["debit"] == 9_300_000
