"""Which months are locked, and what that forbids."""

from datetime import date

from sqlalchemy import delete, insert

from app.base.dates import Month
from app.base.errors import Refused
from app.ledger.changes import Done, Kind
from app.ledger.periods.commands import LockMonth, UnlockMonth
from app.ledger.periods.tables import period_lock, year_close
from app.ledger.reader import Reader
from app.ledger.transaction import Transaction


def locked_months(tx: Transaction) -> set[str]:
    """The locked months ("2026-10"), remembered between commands."""
    months: set[str] = tx.memo("locked_months", lambda: read_locked_months(tx))
    return months


def read_locked_months(reader: Reader) -> set[str]:
    """Read the locked months from the book."""
    return {row[0] for row in reader.sql("SELECT month FROM period_lock")}


def closed_years(reader: Reader) -> dict[int, tuple[int | None, int | None]]:
    """The closed fiscal years with their closing and carrying entries."""
    rows = reader.sql("SELECT year, closing_entry, carry_entry FROM year_close ORDER BY year")
    return {row[0]: (row[1], row[2]) for row in rows}


def refuse_locked(locked: set[str], on: date) -> None:
    """Raise Refused when the month of `on` is locked."""
    if on.isoformat()[:7] in locked:
        raise Refused(
            "The month of {on} is closed.",
            advice="Record a correction in an open month, or open the month again first.",
            on=on,
            field="on",
        )


def lock(tx: Transaction, months: list[Month]) -> None:
    """Lock months that are open."""
    at = tx.context.clock.now().isoformat(timespec="seconds")
    known = locked_months(tx)
    fresh = [str(month) for month in months if str(month) not in known]
    tx.flush()
    tx.many("INSERT INTO period_lock (month, locked_at) VALUES (?, ?)", [(m, at) for m in fresh])
    known.update(fresh)
    tx.changed(Kind.PERIOD)


def unlock(tx: Transaction, months: list[Month]) -> None:
    """Unlock months that are locked."""
    names = [str(month) for month in months]
    tx.execute(delete(period_lock).where(period_lock.c.month.in_(names)))
    locked_months(tx).difference_update(names)
    tx.changed(Kind.PERIOD)


def record_close(tx: Transaction, year: int, closing: int | None, carry: int | None) -> None:
    """Note that a fiscal year is closed, and by which entries."""
    tx.execute(
        insert(year_close).values(
            year=year,
            closing_entry=closing,
            carry_entry=carry,
            closed_at=tx.context.clock.now().isoformat(timespec="seconds"),
        )
    )
    tx.changed(Kind.PERIOD)


def forget_close(tx: Transaction, year: int) -> None:
    """Note that a fiscal year is open again."""
    tx.execute(delete(year_close).where(year_close.c.year == year))
    tx.changed(Kind.PERIOD)


def lock_month(tx: Transaction, command: LockMonth) -> Done:
    """Lock one month; locking a locked one is refused, so that an undo does not open it by surprise."""
    if str(command.month) in locked_months(tx):
        raise Refused("{month} is closed already.", month=command.month)
    lock(tx, [command.month])
    return Done(number=str(command.month), undo=UnlockMonth(month=command.month))


def unlock_month(tx: Transaction, command: UnlockMonth) -> Done:
    """Unlock one month; not one of a closed year, whose result is already carried over."""
    if str(command.month) not in locked_months(tx):
        raise Refused("{month} is not closed.", month=command.month)
    for year in closed_years(tx):
        if tx.info.fiscal_year(command.month.first).year == year:
            raise Refused(
                "{month} belongs to the closed year {year}.",
                advice="Open the year again first: close BOOK --year {year} --reopen.",
                month=command.month,
                year=year,
            )
    unlock(tx, [command.month])
    return Done(number=str(command.month), undo=LockMonth(month=command.month))
