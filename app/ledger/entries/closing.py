"""Closing a fiscal year, and opening it again.

On the year's last day income and expense go to 3-2002 (current result). On the next day 3-2002 goes to
3-2001 (results of past years), and in a business Prive to Modal. Statements never include these entries.
"""

from app.base.dates import FiscalYear, Month
from app.base.errors import Refused
from app.base.i18n import N_
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done
from app.ledger.entries.commands import CloseYear, ReopenYear
from app.ledger.entries.post import EntryBuffer, EntryKind, Posting, post
from app.ledger.entries.service import find_entry, reverse_as
from app.ledger.periods.locks import (
    closed_years,
    forget_close,
    lock,
    locked_months,
    record_close,
    unlock,
)
from app.ledger.reader import day
from app.ledger.transaction import Transaction

_NOT_OVER = N_("The year {year} is not over: its last day is {last}.")


def close_year(tx: Transaction, command: CloseYear) -> Done:
    """Post the closing entries and lock every month of the year."""
    year = FiscalYear(command.year, tx.info.first_month)
    closed = closed_years(tx)
    if command.year in closed:
        raise Refused("The year {year} is closed already.", year=str(command.year))
    _refuse_open_past(tx, year, closed)
    if str(_month_after(year)) in locked_months(tx):
        raise Refused(
            "{month} is closed, and the result has to be carried over into it.",
            advice="Open that month first.",
            month=_month_after(year),
        )
    months = list(year.period.months())
    _open_for_closing(tx, months)
    closing = _to_current_result(tx, year)
    carry = _carry_over(tx, year)
    lock(tx, months)
    record_close(tx, command.year, closing, carry)
    # A year may be closed before its last day, when nothing more will come; it is said, for it locks the
    # months to come as well.
    early = tx.today < year.last_day
    warnings = [(_NOT_OVER, {"year": str(command.year), "last": year.last_day})] if early else []
    return Done(
        number=str(command.year),
        value={"warnings": warnings} if warnings else {},
        undo=ReopenYear(year=command.year),
    )


def reopen_year(tx: Transaction, command: ReopenYear) -> Done:
    """Reverse the closing entries and unlock the months; only the newest closed year can be opened."""
    closed = closed_years(tx)
    if command.year not in closed:
        raise Refused("The year {year} is not closed.", year=str(command.year))
    newest = max(closed)
    if newest != command.year:
        raise Refused(
            "The year {newest} is closed too and rests on {year}.",
            advice="Open {newest} again first.",
            newest=str(newest),
            year=str(command.year),
        )
    year = FiscalYear(command.year, tx.info.first_month)
    if str(_month_after(year)) in locked_months(tx):
        raise Refused(
            "{month} is closed, and the carrying over stands in it.",
            advice="Open that month first.",
            month=_month_after(year),
        )
    unlock(tx, list(year.period.months()))
    _look_again(tx)
    closing, carry = closed[command.year]
    for key in (carry, closing):
        if key is not None:
            reverse_as(tx, find_entry(tx, "", key))
    forget_close(tx, command.year)
    return Done(number=str(command.year), undo=CloseYear(year=command.year))


def _refuse_open_past(
    tx: Transaction, year: FiscalYear, closed: dict[int, tuple[int | None, int | None]]
) -> None:
    """An earlier year with a result must be closed first, or its result would land in this one."""
    earlier = tx.sql(
        "SELECT min(date) FROM day_balance AS b JOIN account AS a ON a.id = b.account_id"
        " WHERE a.class NOT IN ('asset', 'liability', 'equity') AND b.date < ? AND b.amount <> 0",
        (year.first.isoformat(),),
    )[0][0]
    if earlier is None:
        return
    first = tx.info.fiscal_year(day(earlier)).year
    for past in range(first, year.year):
        if past not in closed:
            raise Refused(
                "The year {past} is not closed yet.",
                advice="Close the years in their order: close BOOK --year {past}.",
                past=str(past),
            )


def _open_for_closing(tx: Transaction, months: list[Month]) -> None:
    """The closing entry is posted to the last day even where its month was locked before."""
    if str(months[-1]) in locked_months(tx):
        unlock(tx, months[-1:])
    _look_again(tx)


def _look_again(tx: Transaction) -> None:
    buffer = tx.attachment("entries")
    if isinstance(buffer, EntryBuffer):
        buffer.forget_open_dates()


def _to_current_result(tx: Transaction, year: FiscalYear) -> int | None:
    chart = chart_of(tx)
    rows = tx.sql(
        "SELECT b.account_id, sum(b.amount) FROM day_balance AS b JOIN account AS a ON a.id = b.account_id"
        " WHERE a.class NOT IN ('asset', 'liability', 'equity') AND b.date <= ?"
        " GROUP BY b.account_id HAVING sum(b.amount) <> 0 ORDER BY a.code",
        (year.last_day.isoformat(),),
    )
    if not rows:
        return None
    postings = [Posting(account, -amount) for account, amount in rows]
    postings.append(Posting(chart.role("current_result").id, sum(amount for _, amount in rows)))
    if len([item for item in postings if item.amount]) < 2:
        return None
    return post(
        tx,
        on=year.last_day,
        memo=f"Tutup buku {year.year}",
        postings=postings,
        source="closing",
        series="TB",
        kind=EntryKind.CLOSING,
    ).id


def _carry_over(tx: Transaction, year: FiscalYear) -> int | None:
    chart = chart_of(tx)
    moves = [("current_result", "past_results")]
    if tx.info.kind == "business":
        moves.append(("drawings", "capital"))
    postings: list[Posting] = []
    for source, target in moves:
        origin = chart.role(source)
        balance = tx.sql(
            "SELECT coalesce(sum(amount), 0) FROM day_balance WHERE account_id = ? AND date <= ?",
            (origin.id, year.last_day.isoformat()),
        )[0][0]
        if balance:
            postings += [Posting(origin.id, -balance), Posting(chart.role(target).id, balance)]
    if not postings:
        return None
    return post(
        tx,
        on=year.end,
        memo=f"Pindahan hasil {year.year}",
        postings=postings,
        source="closing",
        series="TB",
        kind=EntryKind.CARRY,
    ).id


def _month_after(year: FiscalYear) -> Month:
    return Month.of(year.end)
