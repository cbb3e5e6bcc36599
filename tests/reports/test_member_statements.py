"""Members' statements from the books: figures by hand, the cover's proof, and what must never be handed out."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.base.dates import Month
from app.base.i18n import Translator
from app.base.progress import Silent
from app.ledger.book import Book
from app.ledger.loans.commands import DisburseLoan, ReceiveInstalment
from app.ledger.members.commands import AcceptExit, AddMember
from app.ledger.profile.commands import OfficerLine, SetOfficers, SetProfile
from app.ledger.savings.commands import (
    CreditSavingsInterest,
    DepositSavings,
    SetSavingsProduct,
    WithdrawSavings,
)
from app.reports import member_statements
from app.reports.frame import Parameters, Request
from tests.ledger.conftest import NOW

OCTOBER = Month(2026, 10)


@pytest.fixture
def tani(cooperative: Book) -> Book:
    """Three members: one with all kinds of savings and a loan, one who left in October, one without anything.

    Siti, by the end of September: pokok 100,000, wajib 150,000, sukarela 3,000,000. October: wajib 50,000,
    sukarela + 200,000 - 500,000, interest 260,000 gross of which 26,000 tax. Loan of 12,000,000, flat 1 % a
    month over 12 months from 20 August: 1,000,000 + 120,000 a month; September paid, of October 800,000.
    """
    for number, name, team in (
        ("0001", "Siti Rahayu", "Melati"),
        ("0002", "Marsudi", "Melati"),
        ("0003", "Hadi", ""),
    ):
        cooperative.execute(
            AddMember(number=number, name=name, team=team, joined=date(2026, 6, 1), mandatory=50_000)
        )
    commands = [
        SetProfile(place="Tulis"),
        SetOfficers(
            officers=(
                OfficerLine(office="Bendahara", name="Ngatiyem"),
                OfficerLine(office="Pengawas", name="Suparjo", phone="0812-0000-0145", signs=False),
            )
        ),
        SetSavingsProduct(code="share", amount=100_000),
        DepositSavings(member="1", product="share", amount=100_000, on=date(2026, 7, 3)),
        DepositSavings(member="1", product="mandatory", amount=150_000, on=date(2026, 9, 3)),
        DepositSavings(member="1", product="voluntary", amount=3_000_000, on=date(2026, 9, 3)),
        DepositSavings(member="1", product="mandatory", amount=50_000, on=date(2026, 10, 3)),
        DepositSavings(member="1", product="voluntary", amount=200_000, on=date(2026, 10, 3)),
        WithdrawSavings(member="1", product="voluntary", amount=500_000, on=date(2026, 10, 14)),
        CreditSavingsInterest(member="1", product="voluntary", gross=260_000, on=date(2026, 10, 31)),
        DisburseLoan(
            member="1", number="PJ-1", on=date(2026, 8, 20), principal=12_000_000, rate=Decimal(1), term=12
        ),
        ReceiveInstalment(loan="PJ-1", amount=1_120_000, on=date(2026, 9, 20)),
        ReceiveInstalment(loan="PJ-1", amount=800_000, on=date(2026, 10, 24)),
        DepositSavings(member="2", product="share", amount=75_000, on=date(2026, 7, 4)),
        DepositSavings(member="2", product="mandatory", amount=40_000, on=date(2026, 10, 5)),
        AcceptExit(member="2", on=date(2026, 10, 15)),
    ]
    for command in commands:
        cooperative.execute(command)
    return cooperative


@pytest.fixture
def request_of(tani: Book) -> Iterator[Request]:
    """A request for October."""
    with tani.snapshot() as snapshot:
        yield Request(snapshot, Parameters(period=OCTOBER.period), Translator("id"), "Ngatiyem", NOW)


def test_the_figures_of_a_member(request_of: Request) -> None:
    siti = member_statements.collect(request_of, "1")[0]
    assert [(item.key, item.opening, item.closing) for item in siti.savings] == [
        ("share", 100_000, 100_000),
        ("mandatory", 150_000, 200_000),
        ("voluntary", 3_000_000, 3_000_000 + 200_000 - 500_000 + 260_000 - 26_000),
    ]
    assert [(line.deposit, line.withdrawal) for line in siti.savings[2].movements] == [
        (200_000, 0),
        (0, 500_000),
        (234_000, 0),  # interest and its tax are one line
    ]
    assert (siti.interest_gross, siti.interest_tax) == (260_000, 26_000)
    loan = siti.loans[0]
    # Of the October instalment 120,000 interest and 680,000 principal are paid; 320,000 are missing.
    assert (loan.opening, loan.outstanding, loan.principal_paid) == (11_000_000, 10_320_000, 1_680_000)
    assert (loan.arrears_principal, loan.arrears_interest) == (320_000, 0)
    assert (loan.instalments_paid, loan.instalment_begun, loan.instalments) == (1, True, 12)
    assert [line.amount for line in siti.due][:2] == [320_000, 1_120_000]
    assert siti.due_by == date(2026, 11, 20)


def test_one_who_left_keeps_a_sheet_and_has_nothing_to_pay(request_of: Request) -> None:
    marsudi = member_statements.collect(request_of, "2")[0]
    assert marsudi.left == date(2026, 10, 15)
    assert (marsudi.due, marsudi.receivable_by_member) == ((), 115_000)


def test_the_cover_proves_each_control_account(request_of: Request) -> None:
    statements = member_statements.collect(request_of)
    assert [item.number for item in statements] == ["0001", "0002"]  # nothing to say of the third
    cover = member_statements.cover_of(request_of, statements)
    proof = {line.code: (line.opening, line.increase, line.decrease, line.ledger) for line in cover.proof}
    assert proof == {
        "1-1201": (11_000_000, 0, 680_000, 10_320_000),
        "2-1101": (3_000_000, 434_000, 500_000, 2_934_000),
        "2-1503": (0, 115_000, 0, 115_000),
        "3-1001": (175_000, 0, 75_000, 100_000),
        "3-1002": (150_000, 90_000, 40_000, 200_000),
    }
    assert cover.agrees
    assert [(group.name, group.members) for group in cover.groups] == [("Melati", 1), ("Anggota keluar", 1)]


def test_papers_are_made_for_all(request_of: Request, tmp_path: Path) -> None:
    made = member_statements.write_statements(
        request_of, tmp_path / "a", one_file=False, per_page=1, paper="A4", progress=Silent()
    )
    assert [file.name for file in made.files] == ["0001-siti-rahayu.pdf", "0002-marsudi.pdf", "sampul.pdf"]
    one = member_statements.write_statements(
        request_of, tmp_path / "b", one_file=True, per_page=2, paper="F4", progress=Silent()
    )
    text = "".join(page.extract_text() for page in PdfReader(one.files[0]).pages)
    assert one.statements == 2
    for figure in ("10.320.000", "3.234.000", "115.000"):
        assert figure in text


def test_statements_that_disagree_are_not_handed_out(
    request_of: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet is missing: its savings and loan are in the ledger, but on no paper."""
    monkeypatch.setattr(member_statements, "_has_something", lambda _books, row: row.number == "0002")
    made = member_statements.write_statements(
        request_of, tmp_path / "a", one_file=False, per_page=1, paper="A4", progress=Silent()
    )
    assert (made.agrees, made.statements) == (False, 0)
    assert [file.name for file in (tmp_path / "a").iterdir()] == ["sampul.pdf"]


def test_the_document_and_the_paper_say_the_same(tani: Book) -> None:
    with tani.snapshot() as snapshot:
        request = Request(
            snapshot, Parameters(period=OCTOBER.period, member="1"), Translator("id"), "Ngatiyem", NOW
        )
        document = member_statements.build(request)
        paper = member_statements.paper(request, "A4")
    totals = document.totals
    assert totals["voluntary"] == {"opening": 3_000_000, "closing": 2_934_000}
    assert totals["loan:PJ-1"] == {"opening": 11_000_000, "closing": 10_320_000}
    assert (totals["arrears"], totals["tax"], totals["next_due_on"]) == (320_000, 26_000, "2026-11-20")
    text = PdfReader(BytesIO(paper)).pages[0].extract_text()
    due = totals["next_due"]
    assert isinstance(due, int)
    for amount in (3_234_000, 10_320_000, 2_934_000, due):
        assert f"{amount:,}".replace(",", ".") in text
