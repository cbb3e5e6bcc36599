"""The reports on loans: the list, the schedule and its paper, what was received, who is behind."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.base.dates import Period
from app.base.errors import UserError
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.loans.commands import Excess, WriteOffLoan
from app.ledger.loans.schedule import Every, LoanTerms, Method, RatePer, schedule
from app.ledger.members.commands import ChangeMember
from app.reports.catalog import reports
from app.reports.document import Document, RowKind, Value
from app.reports.frame import Parameters, Request
from app.reports.loan_terms import duration_text, terms_text
from app.reports.loans import loan_schedule_paper_data
from tests.ledger.conftest import NOW
from tests.ledger.lending import lend, member, pay, run_over
from tests.reports.conftest import BuildReport


def on(month: int, day: int = 10) -> date:
    """A day of the year, by itself a due date."""
    return date(2026, month, day)


def items(document: Document) -> list[dict[str, Value]]:
    """The cells of the items."""
    return [dict(row.cells) for row in document.rows if row.kind is RowKind.ITEM]


def asked(book: Book, loan: str, day: date, language: str = "en") -> tuple[Document, bytes, Request]:
    """The schedule of a loan as a document, and its paper."""
    with book.snapshot() as snapshot:
        request = Request(
            snapshot,
            Parameters(period=Period.through(day, day), only_day=True, loan=loan),
            Translator(language),
            "Ngatiyem",
            NOW,
        )
        spec = reports()["loan-schedule"]
        assert spec.paper is not None
        return spec.build(request), spec.paper(request, "A4"), request


@pytest.fixture
def book(cooperative: Book) -> Book:
    """Two loans: one late, the other taken over with arrears and a penalty."""
    member(cooperative)
    member(cooperative, "0009", "Wagiyem")
    lend(cooperative)
    pay(cooperative, 2_000_000, on(4, 5))
    run_over(cooperative, member="9", number="PJ-9", penalty=21_500)
    return cooperative


def test_loans(book: Book, build: BuildReport) -> None:
    document = build(book, "loans", on=on(6, 30))
    assert items(document) == [
        {
            "loan": "PJ-7",
            "member": "0007",
            "name": "Sutrisno",
            "disbursed": on(1),
            "principal": 9_600_000,
            "outstanding": 7_888_000,
            "arrears_principal": 4_288_000,
            "arrears_interest": 432_000,
            "days_overdue": 112,
            "class": "substandard",
        },
        {
            "loan": "PJ-9",
            "member": "0009",
            "name": "Wagiyem",
            "disbursed": on(1),
            "principal": 9_600_000,
            "outstanding": 6_000_000,
            "arrears_principal": 2_400_000,
            "arrears_interest": 288_000,
            "days_overdue": 51,
            "class": "special_mention",
        },
    ]
    assert document.totals == {
        "outstanding": 13_888_000,
        "arrears": 7_408_000,
        "by_class": {
            "current": 0,
            "special_mention": 6_000_000,
            "substandard": 7_888_000,
            "doubtful": 0,
            "loss": 0,
        },
    }
    assert document.first_day is None
    assert document.rows[0].opens == {"report": "loan-schedule", "loan": "PJ-7"}
    assert build(book, "loans", on=on(1, 9)).totals["outstanding"] == 0


def test_arrears(book: Book, build: BuildReport) -> None:
    document = build(book, "arrears", month="2026-06")
    assert items(document) == [
        {
            "loan": "PJ-7",
            "member": "0007",
            "name": "Sutrisno",
            "since": on(3),
            "principal": 4_288_000,
            "interest": 432_000,
            "penalty": 0,
            "total": 4_720_000,
        },
        {
            "loan": "PJ-9",
            "member": "0009",
            "name": "Wagiyem",
            "since": on(5),
            "principal": 2_400_000,
            "interest": 288_000,
            "penalty": 21_500,
            "total": 2_709_500,
        },
    ]
    assert document.totals == {
        "principal": 6_688_000,
        "interest": 720_000,
        "penalty": 21_500,
        "total": 7_429_500,
    }


def test_loan_payments(book: Book, build: BuildReport) -> None:
    pay(book, 2_721_500, on(7, 1), loan="PJ-9")
    document = build(book, "loan-payments", year=2026)
    assert items(document)[1] == {
        "date": on(7, 1),
        "number": "AS-2607-0001",
        "loan": "PJ-9",
        "member": "0009",
        "name": "Wagiyem",
        "principal": 2_400_000,
        "interest": 288_000,
        "penalty": 21_500,
        "held": 12_000,
        "total": 2_721_500,
    }
    assert document.totals == {
        "principal": 1_712_000 + 2_400_000,
        "interest": 288_000 + 288_000 + 12_000,
        "penalty": 21_500,
        "held": 0,
        "total": 4_721_500,
    }
    assert document.first_day == on(1, 1)
    assert build(book, "loan-payments", month="2026-05").totals["total"] == 0


def test_the_schedule_with_what_was_paid(book: Book) -> None:
    document, _, _ = asked(book, "PJ-7", on(4, 30))
    found = items(document)
    assert found[0] == {
        "number": 1,
        "due": on(2),
        "principal": 1_200_000,
        "interest": 144_000,
        "total": 1_344_000,
        "balance": 8_400_000,
        "paid": 1_344_000,
        "paid_on": on(4, 5),
    }
    assert (found[1]["paid"], found[1]["paid_on"]) == (656_000, None)
    assert document.totals == {"principal": 9_600_000, "interest": 1_152_000, "total": 10_752_000}
    assert ("Terms", "flat 1.5 % a month, 8 months, on the 10 of each") in document.context


def test_the_schedule_needs_a_loan_that_is_there(book: Book, build: BuildReport) -> None:
    with pytest.raises(UserError) as missing:
        build(book, "loan-schedule", on=on(4, 30))
    assert missing.value.field == "loan"
    with pytest.raises(UserError):
        asked(book, "PJ-1", on(4, 30))


def test_the_schedule_can_be_asked_for_before_the_loan(book: Book) -> None:
    document, _, _ = asked(book, "pj-7", date(2025, 6, 30))
    assert len(items(document)) == 8
    assert {row["paid"] for row in items(document)} == {0}


def test_principal_paid_beyond_the_schedule_is_told(book: Book) -> None:
    pay(book, 4_720_000 + 1_000_000, on(6, 30), excess=Excess.TERM)
    document, _, _ = asked(book, "PJ-7", on(6, 30))
    assert document.totals["principal"] == 8_600_000
    assert document.notes == ("Principal paid beyond the schedule: Rp1,000,000",)


def test_the_paper_of_the_schedule(book: Book) -> None:
    book.execute(ChangeMember(member="7", nik="3325011708850003", team="Melati"))
    with book.snapshot() as snapshot:
        request = Request(
            snapshot,
            Parameters(period=Period.through(on(4, 30), on(4, 30)), loan="PJ-7"),
            Translator("en"),
            "Ngatiyem",
            NOW,
        )
        data = loan_schedule_paper_data(request)
    assert (data.number, data.member_number, data.group, data.nik) == (
        "PJ-7",
        "0007",
        "Melati",
        "3325011708850003",
    )
    assert (data.principal, data.fees, data.net) == (9_600_000, 0, 9_600_000)
    # 9,600,000 is 1,344,000 x (1 - 1.025895^-8) / 0.025895; twelve of these months are the year.
    assert data.effective == "31.074 % a year"
    assert [line.paid for line in data.lines][:2] == [1_344_000, 656_000]
    _, paper, _ = asked(book, "PJ-7", on(4, 30))
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    assert "PJ-7" in said
    assert "Sutrisno" in said


@pytest.mark.parametrize(
    ("changes", "terms", "duration"),
    [
        ({}, "flat 1.5 % a month", "8 months, on the 10 of each"),
        (
            {"method": Method.DECLINING, "per": RatePer.YEAR, "rate": Decimal("18.00")},
            "declining 18 % a year",
            "8 months, on the 10 of each",
        ),
        (
            {"every": Every.WEEK, "per": RatePer.TERM},
            "flat 1.5 % for the whole loan",
            "8 weeks, every Saturday",
        ),
        ({"every": Every.DAY, "term": 1}, "flat 1.5 % a month", "1 day"),
    ],
)
def test_terms_in_words(changes: dict[str, object], terms: str, duration: str) -> None:
    fields: dict[str, object] = {
        "principal": 9_600_000,
        "rate": Decimal("1.5"),
        "term": 8,
        "method": Method.FLAT,
        "start": on(1),
        "per": RatePer.MONTH,
    }
    agreed = LoanTerms(**{**fields, **changes})  # type: ignore[arg-type]
    assert schedule(agreed)
    assert (terms_text(Translator("en"), agreed), duration_text(Translator("en"), agreed)) == (
        terms,
        duration,
    )


def test_instalments_due_in_a_period(book: Book, build: BuildReport) -> None:
    """2,000,000 were paid on the loan: the first instalment and 656,000 of the second, 144,000 of it interest."""
    document = build(book, "instalments-due", between=(on(3, 1), on(4, 30)))
    assert items(document) == [
        {
            "due": on(3),
            "loan": "PJ-7",
            "member": "0007",
            "name": "Sutrisno",
            "number": 2,
            "principal": 688_000,
            "interest": 0,
            "amount": 688_000,
        },
        {
            "due": on(4),
            "loan": "PJ-7",
            "member": "0007",
            "name": "Sutrisno",
            "number": 3,
            "principal": 1_200_000,
            "interest": 144_000,
            "amount": 1_344_000,
        },
    ]
    assert document.totals == {"principal": 1_888_000, "interest": 144_000, "amount": 2_032_000}


def test_money_kept_aside_is_taken_off_what_is_due(cooperative: Book, build: BuildReport) -> None:
    member(cooperative)
    lend(cooperative)
    pay(cooperative, 1_344_000 + 200_000, on(2))
    held = build(cooperative, "instalments-due", between=(on(3, 1), on(3, 31)))
    assert [(row["principal"], row["interest"], row["amount"]) for row in items(held)] == [
        (1_144_000, 0, 1_144_000)
    ]
    pay(cooperative, 1_144_000, on(2, 20))
    assert items(build(cooperative, "instalments-due", between=(on(2, 1), on(2, 28)))) == []
    assert items(build(cooperative, "instalments-due", between=(on(3, 1), on(3, 31)))) == []


def test_all_that_is_due_up_to_a_day_is_in_arrears_the_day_after(book: Book, build: BuildReport) -> None:
    due = build(book, "instalments-due", between=(on(1, 1), on(6, 30))).totals["amount"]
    late = build(book, "arrears", month="2026-06").totals
    assert due == int(str(late["principal"])) + int(str(late["interest"]))


# Quality, and loans written off


def test_the_quality_of_loans(book: Book, build: BuildReport) -> None:
    document = build(book, "loan-quality", on=on(6, 30))
    found = {row["class"]: row for row in items(document)}
    # PJ-7 is unpaid since 10 March, 112 days; PJ-9 since 10 May, 51 days.
    late, later = found["special_mention"], found["substandard"]
    assert (later["count"], later["outstanding"], later["percent"]) == (1, 7_888_000, 10)
    assert later["allowance"] == 788_800
    assert (late["count"], late["outstanding"], late["allowance"]) == (1, 6_000_000, 180_000)
    assert [row["class"] for row in items(document)] == [
        *("current", "special_mention", "substandard", "doubtful", "loss"),
    ]
    assert document.totals == {
        "outstanding": 13_888_000,
        "allowance": 968_800,
        "par30": 13_888_000,
        "par90": 7_888_000,
    }
    assert "56,8 %" in document.notes[2]
    # The list of loans says the same classes.
    listed = build(book, "loans", on=on(6, 30))
    assert listed.totals["by_class"] == {
        name: found[name]["outstanding"] for name in found if isinstance(name, str)
    }


def test_a_loan_written_off_stays_in_the_list(book: Book, build: BuildReport) -> None:
    before = build(book, "loans", on=on(6, 30))
    assert "written_off" not in [column.key for column in before.columns]
    book.execute(WriteOffLoan(loan="PJ-7", on=on(7, 15), reason="pindah"))
    pay(book, 700_000, on(8, 3))
    row = next(row for row in items(build(book, "loans", on=on(8, 31))) if row["loan"] == "PJ-7")
    assert (row["outstanding"], row["written_off"], row["recovered"]) == (0, 7_888_000, 700_000)
    document = build(book, "loan-payments", month="2026-08")
    assert (document.totals["recovered"], document.totals["total"]) == (700_000, 700_000)
    with book.snapshot() as snapshot:
        parameters = Parameters(period=Period.through(on(7, 1), on(8, 31)), member="7")
        request = Request(snapshot, parameters, Translator("id"), "Ngatiyem", NOW)
        statement = reports()["member-statement"].build(request)
    memos = [str(row.cells.get("memo")) for row in statement.rows if row.kind is RowKind.ITEM]
    assert memos[-2:] == ["Hapus buku pinjaman", "Pemulihan pinjaman hapus buku, Rp700.000"]
    assert statement.totals["loan:PJ-7"] == {"opening": 7_888_000, "closing": 0}
