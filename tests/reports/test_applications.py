"""The list of applications and the paper of the agreement."""

from datetime import date
from decimal import Decimal

import pytest

from app.base.dates import Period
from app.base.errors import Refused
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.loans.applications.commands import RefuseApplication
from app.ledger.loans.product_commands import AddLoanProduct
from app.ledger.members.commands import ChangeMember
from app.ledger.snapshot import Snapshot
from app.reports.catalog import reports
from app.reports.document import RowKind
from app.reports.frame import Parameters, Request
from tests.ledger.conftest import NOW
from tests.ledger.lending import member
from tests.ledger.test_loans_applications import ASKED, DECIDED, PAID, approve, ask, paying
from tests.reports.conftest import BuildReport
from tests.reports.pdf_reading import placed_texts


def asked_for(snapshot: Snapshot, number: str, language: str = "id") -> Request:
    parameters = Parameters(period=Period.through(PAID, PAID), only_day=True, loan=number)
    return Request(snapshot, parameters, Translator(language), "Ngatiyem", NOW)


def paper_of(book: Book, number: str, language: str = "id") -> str:
    paper = reports()["loan-agreement"].paper
    assert paper is not None
    with book.snapshot() as snapshot:
        made = paper(asked_for(snapshot, number, language), "A4")
    return " ".join(item.text for item in placed_texts(made))


def test_the_list_by_state_as_of_a_day(cooperative: Book, build: BuildReport) -> None:
    member(cooperative)
    ask(cooperative)
    ask(cooperative, number="PP-8", principal=2_500_000)
    approve(cooperative, principal=7_200_000, term=6)
    cooperative.execute(RefuseApplication(application="PP-8", on=PAID, note="Kurang"))
    cooperative.execute(paying(principal=7_000_000, term=6))
    early = build(cooperative, "loan-applications", on=ASKED)
    assert early.totals["by_state"] == {"open": 2, "approved": 0, "paid": 0, "refused": 0, "withdrawn": 0}
    assert build(cooperative, "loan-applications", on=DECIDED).totals["approved"] == 7_200_000
    late = build(cooperative, "loan-applications", on=PAID)
    assert late.totals["principal"] == 12_100_000
    states = {row.cells["application"]: row.cells["state"] for row in late.rows if row.kind is RowKind.ITEM}
    assert states == {"PP-7": "paid", "PP-8": "refused"}


def test_the_agreement_of_an_application(cooperative: Book) -> None:
    member(cooperative)
    cooperative.execute(ChangeMember(member="7", nik="3404120101800003", address="Dusun Krajan"))
    cooperative.execute(
        AddLoanProduct(
            code="USAHA",
            name="Usaha",
            rate=Decimal("1.5"),
            provision=Decimal(1),
            administration=25_000,
            penalty=1_000,
        )
    )
    ask(cooperative, product="USAHA", rate=None)
    with cooperative.snapshot() as snapshot, pytest.raises(Refused):
        reports()["loan-agreement"].build(asked_for(snapshot, "PP-7"))
    approve(cooperative)
    text = paper_of(cooperative, "PP-7")
    for words in (
        "Sutrisno",
        "3404120101800003",
        "Rp9.600.000 (sembilan juta enam ratus ribu rupiah)",
        "K-0912",
        "Slamet",
        "Wartini",
        "Rp10.000",
    ):
        assert words in text, words
    with cooperative.snapshot() as snapshot:
        totals = reports()["loan-agreement"].build(asked_for(snapshot, "PP-7")).totals
    # 1 % of 9,600,000 and 25,000; 8 x 1,344,000.
    assert totals == {
        "principal": 9_600_000,
        "fees": 121_000,
        "savings": 0,
        "net": 9_479_000,
        "total": 10_752_000,
    }


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_agreement_of_a_running_loan(cooperative: Book, language: str) -> None:
    member(cooperative)
    ask(cooperative)
    approve(cooperative)
    cooperative.execute(paying(administration=30_000))
    text = paper_of(cooperative, "PJ-7", language)
    assert "PJ-7" in text
    assert "Rp9.570.000" in text.replace(",", ".")
    # Asked by the application it is the agreement on the loan that came of it.
    assert paper_of(cooperative, "PP-7", language) == text
    assert str(date(2026, 4, 16).year) in text
