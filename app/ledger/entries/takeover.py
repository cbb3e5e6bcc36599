"""The day at whose close balances are taken over, where a row of a workbook names none."""

from datetime import date

from app.ledger.reader import day, day_before
from app.ledger.sheet import opening_date
from app.ledger.transaction import Transaction


def takeover_day(tx: Transaction) -> date:
    """The opening date of the file, else that of the newest balances taken over, else the day before the
    book's first entry, else the last day of the fiscal year before today's."""
    named = opening_date(tx)
    if named is not None:
        return named
    opened, first = tx.sql("SELECT max(CASE kind WHEN 'opening' THEN date END), min(date) FROM entry")[0]
    if opened is not None:
        return day(opened)
    if first is not None:
        return day_before(day(first))
    return day_before(tx.info.fiscal_year(tx.today).first)
