"""What the formats for plain-text accounting share: the kinds of account, and the entries one by one."""

from collections.abc import Iterator

from app.base.progress import Progress
from app.ledger.accounts.chart import AccountClass
from app.ledger.entries.queries import EntryRow, whole_entries
from app.ledger.reader import Reader

# Names of accounts begin with one of the five kinds that other programs know.
KINDS = {
    AccountClass.ASSET: "Aset",
    AccountClass.LIABILITY: "Liabilitas",
    AccountClass.EQUITY: "Ekuitas",
    AccountClass.REVENUE: "Pendapatan",
    AccountClass.COST: "Beban",
    AccountClass.EXPENSE: "Beban",
    AccountClass.OTHER_INCOME: "Pendapatan",
    AccountClass.OTHER_EXPENSE: "Beban",
    AccountClass.TAX: "Beban",
}


def entries(reader: Reader, progress: Progress) -> Iterator[EntryRow]:
    """All entries in the order of the journal, read in pages, telling the progress after each page."""
    total = reader.sql("SELECT count(*) FROM entry")[0][0]
    done = 0
    for page in whole_entries(reader):
        yield from page
        done += len(page)
        progress.step(done, total, "export")
