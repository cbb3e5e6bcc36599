"""The report on interest earned: what loans owe beside what stands in the books."""

from datetime import date

from app.base.dates import Month, Period
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.loans.commands import Recognition, RunLoanAccrual, SetInterestRecognition
from app.reports.catalog import reports
from app.reports.frame import Parameters, Request
from app.reports.origin import origin_of
from tests.ledger.conftest import NOW
from tests.ledger.lending import lend, member


def test_interest_owed_beside_what_stands_in_the_books(cooperative: Book) -> None:
    # 144,000 a month from the 10th: 21 of 31 days of January are 97,548, in the books since the run.
    member(cooperative)
    lend(cooperative)
    day = date(2026, 2, 10)
    with cooperative.snapshot() as snapshot:
        period = Period.through(day, day)
        asked = Request(snapshot, Parameters(period=period, only_day=True), Translator("en"), "Sari", NOW)
        document = reports()["loan-accrual"].build(asked)
    assert document.notes == ("Interest is income when it is received.",)
    cooperative.execute(SetInterestRecognition(month=Month(2026, 1), method=Recognition.ACCRUAL))
    cooperative.execute(RunLoanAccrual(month=Month(2026, 1)))
    with cooperative.snapshot() as snapshot:
        asked = Request(snapshot, Parameters(period=period, only_day=True), Translator("en"), "Sari", NOW)
        document = reports()["loan-accrual"].build(asked)
        row, total = document.rows
        assert [row.cells[key] for key in ("loan", "class", "unpaid", "stands", "memo")] == [
            "PJ-7",
            "current",
            144_000,
            97_548,
            46_452,
        ]
        assert total.cells["memo"] == 46_452
        assert "earned" in document.notes[0]
        for key, amounts in (("unpaid", [144_000]), ("stands", [97_548]), ("memo", [144_000, -97_548])):
            found = origin_of(asked, document, 0, key)
            assert [line.amount for line in found.lines] == amounts
            assert found.complete
