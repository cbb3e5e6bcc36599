"""What each savings account has earned in a month and has not been credited yet."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.base.dates import Month
from app.ledger.reader import Reader, day
from app.ledger.savings.commands import SavingsKind
from app.ledger.savings.interest import Mutation
from app.ledger.savings.terms import Terms, read_terms, terms_in


class Earned(NamedTuple):
    """What one account is still to be credited for a month, in rupiah.

    `into` is the product (key) that it is paid to, `target` the account there; 0 when it has to be opened.
    """

    account: int
    party: int
    product: int
    name: str
    into: int
    target: int
    gross: int


def earned(
    reader: Reader, month: Month, threshold: int, percent: Decimal, product: int | None = None
) -> list[Earned]:
    """The accounts with interest of the month that is not credited, by account; in a few reads of the book.

    Interest that was credited for the month is not among the balances of the month, whenever it was posted: a
    second run finds the same sums. Term deposits are left out: their certificates say what they earn.
    """
    dated = read_terms(reader)
    products: dict[int, tuple[str, int, Terms]] = {}
    for key, name, kind, pays_into in reader.sql("SELECT id, name, kind, pays_into FROM savings_product"):
        terms = terms_in(dated.get(key, ()), month)
        if terms is not None and terms.earns and kind != SavingsKind.TERM and product in (None, key):
            products[key] = (name, pays_into or key, terms)
    if not products:
        return []
    credited = dict(
        reader.sql(
            "SELECT savings_account_id, sum(gross) FROM savings_interest WHERE month = ?"
            " GROUP BY savings_account_id",
            (str(month),),
        )
    )
    moved: dict[int, list[tuple[str, int, int]]] = {}
    for account, on, amount, own in reader.sql(
        "SELECT savings_account_id, date, amount, kind IN ('interest', 'tax') AND entry_id IN ("
        "  SELECT entry_id FROM savings_interest WHERE month = ?)"
        " FROM savings_movement WHERE date >= ? ORDER BY savings_account_id, date, id",
        (str(month), month.first.isoformat()),
    ):
        moved.setdefault(account, []).append((on, amount, own))
    elsewhere = {into for key, (_, into, _) in products.items() if into != key}
    targets = {
        (party, into): account
        for party, into, account in reader.sql(
            "SELECT party_id, product_id, min(id) FROM savings_account"  # noqa: S608 - keys are numbers
            f" WHERE product_id IN ({_keys(elsewhere)}) GROUP BY party_id, product_id"
        )
    }
    found: list[Earned] = []
    for account, party, key, balance in reader.sql(
        "SELECT id, party_id, product_id, balance FROM savings_account"  # noqa: S608 - keys are numbers
        f" WHERE product_id IN ({_keys(products)}) ORDER BY id"
    ):
        rows = moved.get(account)
        if not balance and rows is None:
            continue
        name, into, terms = products[key]
        gross = terms.interest(_series(balance, rows or [], month), month, threshold, percent)
        missing = gross - credited.get(account, 0)
        if missing > 0:
            target = account if into == key else targets.get((party, into), 0)
            found.append(Earned(account, party, key, name, into, target, missing))
    return found


def free_since(reader: Reader, account: int, on: date) -> int:
    """What can be taken from an account on a day: its lowest balance from then on, less what is held."""
    row: tuple[int, int] = reader.sql(
        "SELECT balance, coalesce((SELECT sum(amount) FROM savings_hold WHERE savings_account_id = a.id"
        " AND released_on IS NULL), 0) FROM savings_account AS a WHERE id = ?",
        (account,),
    )[0]
    balance, held = row
    lowest = balance
    for (amount,) in reader.sql(
        "SELECT sum(amount) FROM savings_movement WHERE savings_account_id = ? AND date > ?"
        " GROUP BY date ORDER BY date DESC",
        (account, on.isoformat()),
    ):
        balance -= amount
        lowest = min(lowest, balance)
    return max(lowest - held, 0)


def _keys(keys: Iterable[int]) -> str:
    return ", ".join(str(key) for key in keys) or "NULL"


def _series(balance: int, rows: list[tuple[str, int, int]], month: Month) -> list[Mutation]:
    """The opening balance of a month and the movements in it, without the interest credited for it.

    Whoever has taken that interest out within the month has less than nothing without it: that is nothing.
    """
    before = balance - sum(amount for _, amount, _ in rows)
    days: defaultdict[date, int] = defaultdict(int)
    for on, amount, own in rows:
        if not own and (when := day(on)) <= month.last_day:
            days[when] += amount
    series = [(month.first, before)]
    held = total = before
    for when, amount in days.items():
        total += amount
        now = max(total, 0)
        series.append((when, now - held))
        held = now
    return series
