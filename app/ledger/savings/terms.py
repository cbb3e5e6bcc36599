"""What a savings product earns and asks for, by month: terms of interest, and the tariff of each month.

Both are dated rows: what holds in a month is the newest row of that month or an earlier one.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from app.base.dates import FIRST_YEAR, Month
from app.base.errors import UserError
from app.base.money import RoundMode, round_to
from app.base.parse import parse_rate, parse_rupiah
from app.ledger.reader import Reader
from app.ledger.savings.interest import InterestMethod, Mutation, Tier, check_rates, month_interest

ALWAYS = Month(FIRST_YEAR + 1, 1)
"""The month of a row that holds from the beginning."""


class Terms(NamedTuple):
    """How a product earns from a month on. `minimum`: a balance below it earns nothing."""

    rate: Decimal = Decimal(0)
    method: InterestMethod = InterestMethod.LOWEST
    basis: int = 365
    tiers: str = ""
    minimum: int = 0
    round_to: int = 1
    rounding: RoundMode = RoundMode.NEAREST

    @property
    def earns(self) -> bool:
        """Whether any balance earns anything."""
        return bool(self.rate or any(rate for _, rate in parse_tiers(self.tiers)))

    @property
    def highest(self) -> Decimal:
        """The highest rate that any balance earns, in percent a year."""
        return max([self.rate, *(rate for _, rate in parse_tiers(self.tiers))])

    def interest(self, mutations: Sequence[Mutation], month: Month, threshold: int, percent: Decimal) -> int:
        """The interest of a month in whole rupiah, rounded as the product says (see `month_interest`).

        A minimum is a tier: below it the rate is 0. `threshold` and `percent` are those of the law.
        """
        rate, tiers = self.rate, parse_tiers(self.tiers)
        if self.minimum:
            reached = [item for item in tiers if item[0] <= self.minimum]
            first = max(reached)[1] if reached else rate
            tiers = ((self.minimum, first), *(item for item in tiers if item[0] > self.minimum))
            rate = Decimal(0)
        found = month_interest(
            mutations,
            month,
            rate,
            self.method,
            basis=self.basis,
            tiers=tiers,
            threshold=threshold,
            tax_percent=percent,
        )
        return round_to(found.exact, self.round_to, self.rounding)


@cache
def parse_tiers(text: str) -> tuple[Tier, ...]:
    """Read `0:3,5000000:5`: from a balance of 0 on 3 % a year, from 5,000,000 on 5 %. Raises UserError."""
    tiers: list[Tier] = []
    for part in filter(None, (item.strip() for item in text.split(","))):
        start, colon, rate = part.partition(":")
        if not colon:
            raise UserError(
                '"{text}" is not a tier.',
                advice="Write balance:rate, like 5000000:5.",
                field="tiers",
                text=part,
            )
        tiers.append((parse_rupiah(start), parse_rate(rate)))
    return tuple(tiers)


def check_terms(terms: Terms) -> None:
    """Raise UserError for terms that can't be counted with, naming the field."""
    check_rates(terms.rate, terms.method, terms.basis, parse_tiers(terms.tiers))
    if terms.minimum < 0:
        raise UserError("The minimum balance can't be below 0.", field="minimum")
    if terms.round_to < 1:
        raise UserError("Interest is rounded to whole rupiah: at least 1.", field="round_to")


def read_terms(reader: Reader) -> dict[int, list[tuple[Month, Terms]]]:
    """The terms of each product (by key), oldest first."""
    found: dict[int, list[tuple[Month, Terms]]] = {}
    for product, month, rate, method, basis, tiers, minimum, multiple, rounding in reader.sql(
        "SELECT product_id, month, rate, method, basis, tiers, minimum, round_to, rounding"
        " FROM savings_terms ORDER BY product_id, month"
    ):
        terms = Terms(
            Decimal(rate), InterestMethod(method), basis, tiers, minimum, multiple, RoundMode(rounding)
        )
        found.setdefault(product, []).append((Month.parse(month), terms))
    return found


def terms_in(rows: Iterable[tuple[Month, Terms]], month: Month) -> Terms | None:
    """The terms that hold in a month, or None before the first."""
    held = [item for item in rows if item[0] <= month]
    return max(held, key=lambda item: item[0])[1] if held else None


class Tariff:
    """What is asked for each month: an amount from the beginning, and others from a month on."""

    def __init__(self, first: int, changes: Iterable[tuple[Month, int]] = ()) -> None:
        self._steps = sorted({ALWAYS: first, **dict(changes)}.items())

    def of(self, month: Month) -> int:
        """What is asked for in a month, in rupiah."""
        return [amount for since, amount in self._steps if since <= month][-1]

    @property
    def asks(self) -> bool:
        """Whether anything is asked for at any time."""
        return any(amount for _, amount in self._steps)

    def between(self, after: Month, last: Month) -> int:
        """What the months after `after` up to and with `last` come to, in rupiah."""
        return sum(amount * months for amount, months in self._runs(after, last))

    def reach(self, after: Month, paid: int) -> tuple[Month, int]:
        """The last month that `paid` rupiah cover wholly, counted from the one after `after`, and the rest.

        A month that asks for nothing is covered where a month that asks for something follows.
        """
        last, latest = self._steps[-1]
        for amount, months in self._runs(after, last.previous()):
            whole = min(months, paid // amount) if amount else months
            after, paid = after.plus(whole), paid - whole * amount
            if whole < months:
                return after, paid
        whole, rest = divmod(paid, latest) if latest else (0, paid)
        return after.plus(whole), rest

    def _runs(self, after: Month, last: Month) -> Iterator[tuple[int, int]]:
        """The amounts of the months after `after` up to `last`, each with its number of months."""
        ends = [since.previous() for since, _ in self._steps[1:]] + [last]
        for (_, amount), end in zip(self._steps, ends, strict=True):
            end = min(end, last)
            if end > after:
                yield amount, months_between(after, end)
                after = end


def months_between(first: Month, second: Month) -> int:
    """How many months `second` lies after `first`."""
    return (second.year - first.year) * 12 + second.month - first.month


def read_tariffs(reader: Reader) -> dict[int, Tariff]:
    """The tariff of each mandatory product, by its key."""
    changes: dict[int, list[tuple[Month, int]]] = {}
    for product, month, amount in reader.sql("SELECT product_id, month, amount FROM savings_tariff"):
        changes.setdefault(product, []).append((Month.parse(month), amount))
    return {
        product: Tariff(amount, changes.get(product, ()))
        for product, amount in reader.sql("SELECT id, amount FROM savings_product WHERE kind = 'mandatory'")
    }
