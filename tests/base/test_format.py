"""Money, numbers and dates as text."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from app.base.dates import Month, Period
from app.base.errors import Bug
from app.base.format import Formatter

ID, EN = Formatter("id"), Formatter("en")
WIB = timezone(timedelta(hours=7))


def test_rupiah() -> None:
    assert ID.rupiah(1_250_000) == "Rp1.250.000"
    assert ID.rupiah(-25_000) == "-Rp25.000"
    assert ID.rupiah(0) == "Rp0"
    assert EN.rupiah(1_250_000) == "Rp1,250,000"
    assert EN.rupiah(-25_000) == "-Rp25,000"
    assert ID.amount(1_250_000) == "1.250.000"
    assert ID.amount(-25_000) == "-25.000"
    assert ID.number(40_017) == "40.017"
    assert EN.amount(1_250_000) == EN.number(1_250_000) == "1,250,000"


def test_statements_have_parentheses() -> None:
    assert ID.statement(-25_000) == "(25.000)"
    assert ID.statement(1_250_000) == "1.250.000"
    assert EN.statement(-25_000) == "(25,000)"


@pytest.mark.parametrize(
    ("quantity", "indonesian", "english"),
    [
        ("2.50", "2,5", "2.5"),
        ("1250", "1.250", "1,250"),
        ("1E+3", "1.000", "1,000"),
        ("-1250.0750", "-1.250,075", "-1,250.075"),
        ("-0.00", "0", "0"),
        ("0.001", "0,001", "0.001"),
        ("100", "100", "100"),
    ],
)
def test_quantity(quantity: str, indonesian: str, english: str) -> None:
    assert ID.quantity(Decimal(quantity)) == indonesian
    assert EN.quantity(Decimal(quantity)) == english
    assert ID.rate(Decimal(quantity)) == f"{indonesian}%"


def test_dates() -> None:
    day = date(2026, 8, 3)
    assert ID.date_long(date(2025, 12, 31)) == "31 Desember 2025"
    assert EN.date_long(date(2025, 12, 31)) == "31 December 2025"
    assert ID.date_medium(date(2026, 11, 23)) == "23 Nov 2026"
    assert ID.date_medium(day) == "3 Agu 2026"
    assert ID.date_short(day) == EN.date_short(day) == "03/08/2026"
    assert ID.day_month(date(2026, 10, 24)) == "24 Okt"
    assert EN.day_month(date(2026, 10, 24)) == "24 Oct"
    assert ID.weekday(day) == "Senin"
    assert EN.weekday(day) == "Monday"
    assert ID.month(day) == ID.month(Month(2026, 8)) == "Agustus 2026"
    assert ID.month_names()[0] == "Januari"
    assert EN.month_names(short=True)[4] == "May"


def test_periods() -> None:
    assert ID.period(Month(2026, 10).period) == "Oktober 2026"
    assert ID.period(Period(date(2026, 1, 1), date(2027, 1, 1))) == "2026"
    quarter = Period(date(2026, 1, 1), date(2026, 4, 1))
    assert ID.period(quarter) == "1 Januari 2026 s.d. 31 Maret 2026"
    assert EN.period(quarter) == "1 January 2026 to 31 March 2026"
    assert ID.period(Period.through(date(2026, 5, 2), date(2026, 5, 2))) == "2 Mei 2026"
    assert ID.period(Period.through(date(2026, 5, 2), date(2026, 5, 9))) == ("2 Mei 2026 s.d. 9 Mei 2026")


def test_times_name_the_zone() -> None:
    moment = datetime(2026, 11, 24, 9, 14, tzinfo=WIB)
    assert ID.time(moment) == "09.14 WIB"
    assert EN.time(moment) == "09:14 WIB"
    assert ID.time(moment.astimezone(UTC)) == "02.14 UTC"
    assert ID.time(moment.astimezone(timezone(timedelta(hours=8)))) == "10.14 WITA"
    assert ID.time(moment.astimezone(timezone(timedelta(hours=9)))) == "11.14 WIT"
    assert ID.time(moment.astimezone(timezone(timedelta(hours=-2)))) == "00.14 UTC-0200"
    assert ID.time(moment.replace(tzinfo=None)) == "09.14"
    assert ID.moment(moment) == "24 November 2026 09.14 WIB"


def test_formatters_travel_to_other_processes() -> None:
    copy = pickle.loads(pickle.dumps(EN))
    assert copy.rupiah(-1_234) == "-Rp1,234"
    assert copy.language == "en"


def test_only_languages_we_have() -> None:
    with pytest.raises(Bug):
        Formatter("fr")
