"""What `lumbung` does where no window can be opened: the main job on the sample books, start to papers.

It records a sale in the sample business, a savings deposit and an instalment in the sample cooperative,
and writes the month's PDF and Excel reports, naming the files.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.dates import Month
from app.base.errors import Refused
from app.base.paths import data_dir, write_bytes
from app.cli.console import Console
from app.cli.reports import render_report
from app.cli.samples import sample_books
from app.reports.frame import Parameters

if TYPE_CHECKING:
    from app.ledger.book import Book

_REPORTS = {
    "business": (
        "income-statement",
        "balance-sheet",
        "cash-book",
        "sales-by-product",
        "stock",
        "receivables",
    ),
    "cooperative": ("surplus-statement", "balance-sheet", "savings", "loans", "arrears", "cash-book"),
}


def main_job(speak: Console) -> int:
    """Make the sample books on first use, do a day's work in each, write the month's papers."""
    papers = data_dir() / "laporan"
    papers.mkdir(parents=True, exist_ok=True)
    today = speak.services.clock.today()
    for kind, path in sample_books(speak).items():
        with speak.book(path) as book:
            _work(speak, book, kind, today)
        for file in _papers(speak, path, kind, papers, today):
            speak.say(str(file))
    return 0


def _work(speak: Console, book: "Book", kind: str, today: date) -> None:
    """One sale, or one deposit and one instalment, as a person would record them today."""
    if kind == "business":
        from app.ledger.products.queries import stock_list
        from app.ledger.sales.commands import RecordSale, SaleLine

        with book.snapshot() as snapshot:
            row = next(item for item in stock_list(snapshot) if item.quantity >= 2)
        outcome = book.execute(RecordSale(on=today, lines=(SaleLine(product=row.code, quantity=Decimal(2)),)))
        speak.note("Recorded sale {number}.", number=outcome.number)
        return
    from app.ledger.loans.commands import ReceiveInstalment
    from app.ledger.loans.queries import next_instalments
    from app.ledger.members.queries import members
    from app.ledger.savings.commands import DepositSavings

    with book.snapshot() as snapshot:
        member = next(row for row in members(snapshot, today) if row.status == "active")
        due = next_instalments(snapshot, today)
    outcome = book.execute(DepositSavings(member=member.number, product="voluntary", amount=50_000, on=today))
    speak.note("Recorded savings deposit {number}.", number=outcome.number)
    if not due:
        raise Refused(
            "The sample cooperative has no loan left to pay. Delete {book} to begin anew.",
            book=book.path.name,
        )
    outcome = book.execute(ReceiveInstalment(loan=due[0].loan, amount=due[0].amount, on=today))
    speak.note("Recorded instalment {number}.", number=outcome.number)


def _papers(speak: Console, path: Path, kind: str, folder: Path, today: date) -> list[Path]:
    month = Month.of(today)
    files = []
    with speak.services.snapshot(path) as snapshot:
        for key in _REPORTS[kind]:
            for form in ("pdf", "xlsx"):
                content = render_report(
                    speak, snapshot, key, Parameters(period=month.period), form, speak.services.paper
                )
                data = content.encode() if isinstance(content, str) else content
                files.append(write_bytes(folder / f"{path.stem}-{key}-{month}.{form}", data))
    return files
