"""Numbers, money and dates as text, in Indonesian or English. Files are never affected by language.

Rupiah as EYD V has it: no space after `Rp`, a dot between thousands; English readers get commas.
A thousand statements write a hundred thousand numbers, so nothing here calls Babel for a number;
it is asked once for the names of months and days.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from app.base.dates import FiscalYear, Month, Period
from app.base.errors import Bug

_INDONESIAN_ZONES = {
    timedelta(hours=7): "WIB",
    timedelta(hours=8): "WITA",
    timedelta(hours=9): "WIT",
    timedelta(0): "UTC",
}
LANGUAGES = ("id", "en")


class Formatter:
    """Writes values for readers of one language."""

    __slots__ = ("_decimal", "_group", "_to", "language")

    def __init__(self, language: str = "id") -> None:
        if language not in LANGUAGES:
            raise Bug(f"no formats for language {language!r}")
        self.language = language
        indonesian = language == "id"
        self._group = "." if indonesian else ","
        self._decimal = "," if indonesian else "."
        self._to = "s.d." if indonesian else "to"

    def amount(self, amount: int) -> str:
        """Write rupiah without the sign of the currency: `1.250.000`, `-25.000`."""
        return f"{amount:,}".replace(",", self._group)

    def number(self, number: int) -> str:
        """Write a count with thousands apart: `1.250`."""
        return f"{number:,}".replace(",", self._group)

    def rupiah(self, amount: int) -> str:
        """Write rupiah as on screens: `Rp1.250.000`, `-Rp25.000`."""
        digits = f"{abs(amount):,}".replace(",", self._group)
        return f"-Rp{digits}" if amount < 0 else f"Rp{digits}"

    def statement(self, amount: int) -> str:
        """Write rupiah as in statements "(dalam rupiah)": negatives in parentheses."""
        digits = f"{abs(amount):,}".replace(",", self._group)
        return f"({digits})" if amount < 0 else digits

    def quantity(self, quantity: Decimal) -> str:
        """Write a quantity without needless zeros: `2,5`, `1.250`."""
        whole, _, fraction = f"{quantity:,f}".partition(".")
        fraction = fraction.rstrip("0")
        whole = whole.replace(",", self._group)
        if fraction:
            return f"{whole}{self._decimal}{fraction}"
        return "0" if whole == "-0" else whole

    def rate(self, percent: Decimal) -> str:
        """Write a rate given in percent: `1,5%`."""
        return f"{self.quantity(percent)}%"

    def date_long(self, day: date) -> str:
        """Write a date as in documents: `31 Desember 2025`."""
        return f"{day.day} {self.month_names()[day.month - 1]} {day.year}"

    def date_medium(self, day: date) -> str:
        """Write a date as on screens: `23 Nov 2026`."""
        return f"{day.day} {self.month_names(short=True)[day.month - 1]} {day.year}"

    def date_short(self, day: date) -> str:
        """Write a date as narrow columns have it, day first in every language: `31/12/2025`."""
        return f"{day.day:02}/{day.month:02}/{day.year}"

    def day_month(self, day: date) -> str:
        """Write a date of a known year: `24 Okt`."""
        return f"{day.day} {self.month_names(short=True)[day.month - 1]}"

    def weekday(self, day: date) -> str:
        """Write the day of the week: `Senin`."""
        return _names(self.language)[2][day.weekday()]

    def month(self, month: date | Month) -> str:
        """Write a month: `Oktober 2026`."""
        return f"{self.month_names()[month.month - 1]} {month.year}"

    def period(self, period: Period) -> str:
        """Write a period: `Oktober 2026`, `2026`, else first and last day."""
        last = period.last_day
        if period.first.day == 1 and period.end.day == 1:
            if Month.of(period.first) == Month.of(last):
                return self.month(last)
            if period == FiscalYear(last.year).period:
                return str(last.year)
        if period.days == 1:
            return self.date_long(last)
        return f"{self.date_long(period.first)} {self._to} {self.date_long(last)}"

    def time(self, moment: datetime) -> str:
        """Write the time of day in the moment's own zone: `09.14 WIB`. A naive one has no zone."""
        clock = f"{moment.hour:02}{'.' if self.language == 'id' else ':'}{moment.minute:02}"
        offset = moment.utcoffset()
        if offset is None:
            return clock
        zone = _INDONESIAN_ZONES.get(offset) or f"UTC{moment:%z}"
        return f"{clock} {zone}"

    def moment(self, moment: datetime) -> str:
        """Write date and time: `23 November 2026 09.14 WIB`."""
        return f"{self.date_long(moment)} {self.time(moment)}"

    def words(self, amount: int) -> str:
        """Write rupiah in words, as money papers need it: `satu juta rupiah`."""
        from app.base.words import rupiah_in_words

        return rupiah_in_words(amount, self.language)

    def month_names(self, *, short: bool = False) -> tuple[str, ...]:
        """Return the twelve names, January first."""
        return _names(self.language)[1 if short else 0]


@cache
def _names(language: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return months, short months and weekdays (Monday first), from CLDR through Babel."""
    from babel import Locale

    locale = Locale(language)
    months = locale.months["format"]
    return (
        tuple(months["wide"][month] for month in range(1, 13)),
        tuple(months["abbreviated"][month] for month in range(1, 13)),
        tuple(locale.days["format"]["wide"][day] for day in range(7)),
    )
