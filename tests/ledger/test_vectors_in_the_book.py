"""Published figures of loans and savings through the real book: recorded by commands, read from the reports.

Those of half a year of a whole cooperative stand in test_mini_cooperative.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.base.dates import Month
from app.base.i18n import Translator
from app.base.money import RoundMode
from app.ledger.book import Book
from app.ledger.loans.commands import DisburseLoan
from app.ledger.loans.schedule import Method, RatePer, RoundingTarget
from app.ledger.members.commands import AddMember
from app.ledger.savings.commands import (
    CreditSavingsInterest,
    DepositSavings,
    RunSavingsInterest,
    SetSavingsProduct,
    WithdrawSavings,
)
from app.ledger.savings.interest import InterestMethod
from app.reports.catalog import reports
from app.reports.document import Document, RowKind
from app.reports.frame import Parameters, Request
from tests.ledger.conftest import NOW

MAY = Month(2026, 5)
OCTOBER = Month(2026, 10)
JOINED = date(2020, 1, 15)


def report(book: Book, key: str, month: Month, **about: Any) -> Document:
    with book.snapshot() as snapshot:
        request = Request(
            snapshot, Parameters(period=month.period, **about), Translator("id"), "Ngatiyem", NOW
        )
        return reports()[key].build(request)


def schedule(book: Book, principal: int, rate: str, term: int, method: Method, **more: Any) -> Document:
    """The schedule paper of a loan lent in October."""
    book.execute(AddMember(number="0001", name="Siti Aminah", joined=JOINED))
    number = book.execute(
        DisburseLoan(
            member="0001",
            on=date(2026, 10, 5),
            principal=principal,
            rate=Decimal(rate),
            term=term,
            method=method,
            **{"per": RatePer.YEAR, **more},
        )
    ).number
    return report(book, "loan-schedule", OCTOBER, loan=number)


def column(document: Document, key: str) -> list[Any]:
    return [row.cells[key] for row in document.rows if row.kind is RowKind.ITEM]


@pytest.mark.parametrize(
    ("principal", "rate", "term", "per", "instalment", "interest"),
    [
        pytest.param(12_000_000, "17", 12, "year", 1_170_000, 2_040_000, id="OJK book p.140"),
        pytest.param(9_000_000, "1", 12, "month", 840_000, 1_080_000, id="kudo.tips"),
        pytest.param(3_000_000, "9", 20, "year", 172_500, 450_000, id="brain.universityku"),
        pytest.param(20_000_000, "10", 24, "year", 1_000_000, 4_000_000, id="kumpulanpanduan"),
        pytest.param(48_000_000, "24", 12, "year", 4_960_000, 11_520_000, id="primabagi.blogspot, 48 juta"),
        pytest.param(36_000_000, "24", 12, "year", 3_720_000, 8_640_000, id="primabagi.blogspot, 36 juta"),
        # A price of 108.000.000 still owed after 10.000.000 paid down, of which 18.000.000 are the margin.
        pytest.param(90_000_000, "20", 24, "term", 4_500_000, 18_000_000, id="Yaya dkk 2009, murabahah"),
    ],
)
def test_flat(
    cooperative: Book, principal: int, rate: str, term: int, per: str, instalment: int, interest: int
) -> None:
    paper = schedule(cooperative, principal, rate, term, Method.FLAT, per=RatePer(per))
    assert column(paper, "total") == [instalment] * term
    assert paper.totals["interest"] == interest
    assert paper.totals["principal"] == principal
    assert column(paper, "balance")[-1] == 0


@pytest.mark.parametrize(
    ("principal", "term", "interest", "totals"),
    [
        # scribd 634173092: 60.000.000 at 24 % over 6 months.
        pytest.param(60_000_000, 6, 4_200_000, {0: 11_200_000, 5: 10_200_000}, id="scribd 634173092"),
        pytest.param(
            48_000_000, 12, 6_240_000, {0: 4_960_000, 11: 4_080_000}, id="primabagi.blogspot, 48 juta"
        ),
        pytest.param(36_000_000, 12, 4_680_000, {1: 3_660_000}, id="primabagi.blogspot, 36 juta"),
    ],
)
def test_declining(
    cooperative: Book, principal: int, term: int, interest: int, totals: dict[int, int]
) -> None:
    paper = schedule(cooperative, principal, "24", term, Method.DECLINING)
    parts = column(paper, "interest")
    step = principal * 24 // 1200 // term
    assert parts == [step * (term - place) for place in range(term)]
    assert paper.totals["interest"] == sum(parts) == interest
    found = column(paper, "total")
    assert {place: found[place] for place in totals} == totals


def test_annuity_of_scribd_343771564(cooperative: Book) -> None:
    """100.000.000 at 15 % over 120 months: 1.613.349,57 a month, in all 193.601.948,49; here in whole rupiah."""
    paper = schedule(cooperative, 100_000_000, "15", 120, Method.ANNUITY)
    assert column(paper, "total")[:2] == [1_613_350, 1_613_350]
    assert column(paper, "interest")[:2] == [1_250_000, 1_245_458]
    assert column(paper, "principal")[:2] == [363_350, 367_892]
    # Rounding each month to the rupiah moves the whole by less than a rupiah for each of the 120 months.
    assert abs(int(str(paper.totals["total"])) - 193_601_948) <= 120


@pytest.mark.parametrize(
    ("principal", "rate", "term", "instalment", "last", "interest"),
    [
        (12_000_000, "18", 12, 1_100_160, 1_083_901 + 16_259, 1_201_920),
        (24_000_000, "10", 24, 1_107_478, 1_107_483, 2_579_477),
    ],
)
def test_annuity_in_whole_rupiah(
    cooperative: Book, principal: int, rate: str, term: int, instalment: int, last: int, interest: int
) -> None:
    """Worked out by hand, half-up; the last instalment takes what remains."""
    paper = schedule(cooperative, principal, rate, term, Method.ANNUITY)
    assert column(paper, "total") == [instalment] * (term - 1) + [last]
    assert paper.totals["interest"] == interest
    assert column(paper, "balance")[-1] == 0


@pytest.mark.parametrize(
    ("round_to", "part", "last"),
    [(100, 833_400, 832_600), (500, 833_500, 831_500), (1_000, 834_000, 826_000)],
)
def test_principal_rounded_up(cooperative: Book, round_to: int, part: int, last: int) -> None:
    """10.000.000 over 12 months, worked out by hand."""
    paper = schedule(
        cooperative,
        10_000_000,
        "0",
        12,
        Method.FLAT,
        round_to=round_to,
        rounding=RoundingTarget.PRINCIPAL,
        mode=RoundMode.UP,
    )
    assert column(paper, "principal") == [part] * 11 + [last]


@pytest.mark.parametrize(
    ("method", "basis", "gross"),
    [
        # 1 % of 150.000; the manual prints 1.520 in error.
        pytest.param(InterestMethod.LOWEST, 12, 1_500, id="lowest balance"),
        # 2 x 150.000 + 7 x 650.000 + 13 x 1.650.000 + 9 x 900.000 by 12 % / 365 = 11.309,59.
        pytest.param(InterestMethod.DAILY, 365, 11_310, id="daily balance, 31 May counted"),
    ],
)
def test_edi_of_the_2004_manual(cooperative: Book, method: InterestMethod, basis: int, gross: int) -> None:
    """Kepmen 96/2004, SOM KSP p.70: Edi's account in May, at 12 % a year."""
    cooperative.execute(AddMember(number="0001", name="Edi", joined=JOINED))
    cooperative.execute(SetSavingsProduct(code="voluntary", rate=Decimal(12), method=method, basis=basis))
    for on, amount in (
        (date(2026, 4, 20), 150_000),
        (date(2026, 5, 3), 500_000),
        (date(2026, 5, 10), 1_000_000),
    ):
        cooperative.execute(DepositSavings(member="1", product="Sukarela", amount=amount, on=on))
    cooperative.execute(WithdrawSavings(member="1", product="Sukarela", amount=750_000, on=date(2026, 5, 23)))
    cooperative.execute(RunSavingsInterest(month=MAY))
    paper = report(cooperative, "savings-interest", MAY)
    assert (paper.totals["gross"], paper.totals["tax"], paper.totals["net"]) == (gross, 0, gross)
    statement = report(cooperative, "member-statement", MAY, member="1")
    assert statement.totals["voluntary"] == {"opening": 150_000, "closing": 900_000 + gross}


@pytest.mark.parametrize(
    ("gross", "tax"),
    [
        (350_000, 35_000),
        (200_000, 0),
        (500_000, 50_000),
        (240_000, 0),
        (250_000, 25_000),
        (300_000, 30_000),
        pytest.param(240_001, 24_000, id="just above, by hand: 24.000,1"),
    ],
)
def test_tax_on_interest_of_the_2013_book(cooperative: Book, gross: int, tax: int) -> None:
    """DJP 2013: nothing up to Rp240.000 in a month, else 10 % of the whole."""
    paid(cooperative, gross, body=False)
    paper = report(cooperative, "withholding", OCTOBER)
    assert (paper.totals["gross"], paper.totals["tax"]) == (gross, tax)
    statement = report(cooperative, "member-statement", OCTOBER, member="1")
    assert statement.totals["voluntary"] == {"opening": 5_000_000, "closing": 5_000_000 + gross - tax}
    assert statement.totals["tax"] == tax


def test_a_member_that_is_a_cooperative_bears_article_23(cooperative: Book) -> None:
    """DJP 2013: 15 % of 1.000.000."""
    paid(cooperative, 1_000_000, body=True)
    assert report(cooperative, "withholding", OCTOBER).totals["tax"] == 150_000


def paid(book: Book, gross: int, *, body: bool) -> None:
    book.execute(AddMember(number="0001", name="Siti Aminah", joined=JOINED, body=body))
    book.execute(DepositSavings(member="1", product="Sukarela", amount=5_000_000, on=date(2026, 9, 1)))
    book.execute(CreditSavingsInterest(member="1", product="Sukarela", gross=gross, on=OCTOBER.last_day))
