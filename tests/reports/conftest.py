"""Books for the tests of reports, and one short way to make a report of them."""

from collections.abc import Callable
from datetime import date

import pytest

from app.base.dates import FiscalYear, Month, Period
from app.base.i18n import Translator
from app.ledger.book import Book
from app.reports.catalog import reports
from app.reports.document import Document
from app.reports.frame import Parameters, Request
from tests.ledger.conftest import NOW, book_templates, business, cooperative, open_book

__all__ = ["BuildReport", "book_templates", "build", "business", "cooperative", "open_book"]

BuildReport = Callable[..., Document]


@pytest.fixture
def build() -> BuildReport:
    """Make a report of a book as the command line does: of a month, a year, a range, or a day."""

    def make(
        book: Book,
        key: str,
        *,
        month: str = "",
        year: int = 0,
        between: tuple[date, date] | None = None,
        on: date | None = None,
        language: str = "id",
        account: str = "",
        party: str = "",
        product: str = "",
        compare: int | None = None,
        before_closing: bool = False,
    ) -> Document:
        if on is not None:
            period = Period.through(on, on)
        elif between is not None:
            period = Period.through(*between)
        elif year:
            period = FiscalYear(year).period
        else:
            period = Month.parse(month).period
        parameters = Parameters(
            period=period,
            only_day=on is not None,
            account=account,
            party=party,
            product=product,
            compare=compare,
            before_closing=before_closing,
        )
        with book.snapshot() as snapshot:
            request = Request(snapshot, parameters, Translator(language), "Ngatiyem", NOW)
            return reports()[key].build(request)

    return make
