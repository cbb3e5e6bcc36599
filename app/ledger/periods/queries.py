"""Reading which months are locked and which years are closed."""

from app.base.dates import Month
from app.ledger.reader import Reader


def locked_months(reader: Reader) -> frozenset[Month]:
    """The months that nothing more can be posted to."""
    return frozenset(Month.parse(row[0]) for row in reader.sql("SELECT month FROM period_lock"))


def closed_years(reader: Reader) -> tuple[int, ...]:
    """The fiscal years that are closed, the earliest first."""
    return tuple(row[0] for row in reader.sql("SELECT year FROM year_close ORDER BY year"))
