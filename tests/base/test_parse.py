"""What people type and what workbooks hold, read as amounts, dates, quantities and phones."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.base.format import Formatter
from app.base.parse import (
    MAX_AMOUNT,
    normalise_phone,
    parse_date,
    parse_import_amount,
    parse_import_date,
    parse_quantity,
    parse_rate,
    parse_rupiah,
)

AMOUNTS = st.integers(-MAX_AMOUNT, MAX_AMOUNT)
LANGUAGES = st.sampled_from(["id", "en"])
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        # Everything ux.md lists.
        ("25000", 25_000),
        ("25.000", 25_000),
        ("25rb", 25_000),
        ("1,5jt", 1_500_000),
        ("2 juta", 2_000_000),
        ("Rp 1.250.000", 1_250_000),
        ("3*12500", 37_500),
        ("100rb-15%", 85_000),
        ("40 ribu", 40_000),
        ("7k", 7_000),
        ("2m", 2_000_000_000),
        ("1,25 miliar", 1_250_000_000),
        ("3 milyar", 3_000_000_000),
        # Other ways of writing the same.
        ("1.5jt", 1_500_000),
        ("1.250.000,00", 1_250_000),
        ("Rp1.250.000,-", 1_250_000),
        ("Rp. 25.000 ,-", 25_000),
        ("\u00a0Rp\u00a025.000", 25_000),
        ("0", 0),
        ("007", 7),
        ("RP 2 JUTA", 2_000_000),
        ("1.250.000rb", 1_250_000_000),
        # Arithmetic.
        ("3x12.500", 37_500),
        ("3 × 12.500 + 2 × 1.000", 39_500),
        ("100rb+10%", 110_000),
        ("200rb*15%", 30_000),
        ("200rb/50%", 400_000),
        ("3*12500-10%", 33_750),
        ("100rb-10%-10%", 81_000),
        ("10+2*3", 16),
        ("10000/3", 3_333),
        ("5:2", 3),
        ("1,5*20.001", 30_002),
        ("50rb-2*10rb+500", 30_500),
        ("1.000,50+1", 1_002),
        ("3+0*1,5%", 3),
    ],
)
def test_amounts_as_people_write_them(text: str, amount: int) -> None:
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "abc",
        "Rp",
        "1.5",
        "1,250",
        "25,000",
        "1.25.000",
        "1.250.00",
        "0.500",
        "25.000.",
        "25 000",
        "25kg",
        "1.250jt",
        "1,250jt",
        "25,000*3",
        "1.5*2000",
        "15%",
        "15%-100rb",
        "100rb-15%*2",
        "5jt%",
        "+",
        "3*",
        "3**2",
        "3*-2",
        "*3",
        "--5",
        "5-",
        "(5)",
        "2 juta 500 ribu",
        "1/0",
        "1/0%",
        "1e6",
        "1,2,3",
        "9" * 5000,
        "²",
    ],
)
def test_amounts_nobody_can_understand(text: str) -> None:
    with pytest.raises(UserError):
        parse_rupiah(text)


def test_what_is_refused_says_why() -> None:
    with pytest.raises(UserError, match="has sen") as sen:
        parse_rupiah("1.250.000,50")
    assert "1,5jt" in sen.value.advice
    with pytest.raises(UserError, match="two different"):
        parse_rupiah("1,250")
    with pytest.raises(UserError, match="below zero"):
        parse_rupiah("10rb-20rb")
    with pytest.raises(UserError, match="divides by zero"):
        parse_rupiah("5/0")
    with pytest.raises(UserError, match="larger than any"):
        parse_rupiah("1.000.001m")


def test_negative_amounts_where_they_are_wanted() -> None:
    assert parse_rupiah("-Rp25.000", allow_negative=True) == -25_000
    assert parse_rupiah("\u221225rb", allow_negative=True) == -25_000
    assert parse_rupiah("10rb-20,5rb", allow_negative=True) == -10_500
    assert parse_rupiah("-1/2", allow_negative=True) == -1


def test_english_readers_may_put_commas_between_thousands() -> None:
    assert parse_rupiah("Rp1,250,000", language="en") == 1_250_000
    assert parse_rupiah("1,250.00", language="en") == 1_250
    assert parse_rupiah("1.250.000,00", language="en") == 1_250_000
    assert parse_rupiah("1.5*2,000", language="en") == 3_000
    with pytest.raises(UserError):
        parse_rupiah("1,250,000")


@given(AMOUNTS, LANGUAGES)
def test_amounts_read_back_what_was_written(amount: int, language: str) -> None:
    formatter = Formatter(language)
    for text in (formatter.rupiah(amount), formatter.amount(amount), str(amount)):
        assert parse_rupiah(text, allow_negative=True, language=language) == amount


@given(AMOUNTS)
def test_import_reads_back_what_was_written(amount: int) -> None:
    formatter = Formatter("id")
    for value in (formatter.rupiah(amount), formatter.amount(amount), str(amount), amount):
        assert parse_import_amount(value) == amount
    assert parse_import_amount(float(amount)) == amount
    assert parse_import_amount(Decimal(amount)) == amount


@given(st.text(alphabet="0123456789.,+-*/%rbjtm Rp", max_size=20))
def test_any_typing_is_understood_or_refused(text: str) -> None:
    try:
        amount = parse_rupiah(text, allow_negative=True)
    except UserError:
        return
    assert abs(amount) <= MAX_AMOUNT
    assert any(digit in text for digit in "0123456789")


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (1_250_000, 1_250_000),
        (1250000.0, 1_250_000),
        (1249999.9999998, 1_250_000),
        (Decimal("1250000.00"), 1_250_000),
        ("1.250.000", 1_250_000),
        ("Rp 1.250.000,00", 1_250_000),
        (" Rp. 25.000,- ", 25_000),
        ("-25.000", -25_000),
        ("Rp -25.000", -25_000),
        (-3, -3),
    ],
)
def test_amounts_of_a_workbook(value: object, amount: int) -> None:
    assert parse_import_amount(value) == amount


@pytest.mark.parametrize(
    "value",
    [
        "1,250",
        "1.5",
        "1.250.000,50",
        "25rb",
        "3*4",
        "",
        "-",
        "--5",
        "-Rp-5",
        "1.25.000",
        "9" * 5000,
        2.5,
        1e300,
        float("nan"),
        float("inf"),
        Decimal("0.01"),
        True,
        None,
        TODAY,
    ],
)
def test_amounts_a_workbook_may_not_hold(value: object) -> None:
    with pytest.raises(UserError):
        parse_import_amount(value)


@pytest.mark.parametrize(
    ("value", "quantity"),
    [
        ("3", "3"),
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("1.250", "1250"),
        ("1.250,750", "1250.75"),
        ("-2", "-2"),
        (4, "4"),
        (2.5, "2.5"),
        (0.1 + 0.2, "0.3"),
        (Decimal("10.00"), "10"),
    ],
)
def test_quantities(value: object, quantity: str) -> None:
    parsed = parse_quantity(value)
    assert parsed == Decimal(quantity)
    assert f"{parsed:f}" == quantity


@pytest.mark.parametrize("value", ["", "dua", "1,2,3", "1.25.000", True, None, float("nan")])
def test_no_quantities(value: object) -> None:
    with pytest.raises(UserError):
        parse_quantity(value)


@given(st.decimals(-1_000_000, 1_000_000, places=4))
def test_quantities_read_back_what_was_written(quantity: Decimal) -> None:
    written = Formatter("id").quantity(abs(quantity))
    assert parse_quantity(written) == abs(quantity)
    assert parse_quantity(quantity) == quantity


@pytest.mark.parametrize(
    ("value", "rate"),
    [
        ("12", "12"),
        ("1,5", "1.5"),
        ("1.5 %", "1.5"),
        (" 1,250% ", "1.250"),
        (18, "18"),
        (1.5, "1.5"),
    ],
)
def test_rates(value: object, rate: str) -> None:
    assert parse_rate(value) == Decimal(rate)


@pytest.mark.parametrize("value", ["", "%", "-1", "x", -1, None, False, Decimal("Infinity")])
def test_no_rates(value: object) -> None:
    with pytest.raises(UserError):
        parse_rate(value)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("23", date(2026, 11, 23)),
        ("23/11", date(2026, 11, 23)),
        ("3-2", date(2026, 2, 3)),
        ("23.11.26", date(2026, 11, 23)),
        ("23/11/2026", date(2026, 11, 23)),
        ("23 nov", date(2026, 11, 23)),
        ("23nov", date(2026, 11, 23)),
        ("23-Nov-25", date(2025, 11, 23)),
        ("23  November 2026", date(2026, 11, 23)),
        ("1 ags 2026", date(2026, 8, 1)),
        ("1 Agustus", date(2026, 8, 1)),
        ("5 oct 2025", date(2025, 10, 5)),
        ("5 okt. 2025", date(2025, 10, 5)),
        ("17 nopember", date(2026, 11, 17)),
        ("2026-11-23", date(2026, 11, 23)),
        ("hari ini", TODAY),
        ("T", TODAY),
        ("Kemarin", date(2026, 11, 23)),
        ("kemarin dulu", date(2026, 11, 22)),
        ("besok", date(2026, 11, 25)),
        ("lusa", date(2026, 11, 26)),
        # A birthday: two digits are never more than 19 years ahead.
        ("5/8/68", date(1968, 8, 5)),
        ("5/8/45", date(2045, 8, 5)),
        ("5/8/46", date(1946, 8, 5)),
    ],
)
def test_dates_as_people_write_them(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31",
        "0",
        "31/11",
        "29/2/2025",
        "23/11-2026",
        "11/23/2026",
        "23 foo",
        "nov",
        "1/1/1",
        "x",
    ],
)
def test_dates_that_are_none(text: str) -> None:
    with pytest.raises(UserError):
        parse_date(text, TODAY)


@given(st.dates(date(1901, 1, 1), date(2999, 12, 31)), LANGUAGES)
def test_dates_read_back_what_was_written(day: date, language: str) -> None:
    write = Formatter(language)
    for text in (write.date_long(day), write.date_medium(day), write.date_short(day), str(day)):
        assert parse_date(text, TODAY) == day
        assert parse_import_date(text) == day
    this_year = date(2026, day.month, min(day.day, 28))
    assert parse_date(write.day_month(this_year), TODAY) == this_year


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 10, 31),
        datetime(2026, 10, 31, tzinfo=UTC),
        datetime(2026, 10, 31, 23, 59, tzinfo=UTC),
        "31/10/2026",
        "31-10-2026",
        "31.10.2026",
        "2026-10-31",
        " 31 Oktober 2026 ",
    ],
)
def test_dates_of_a_workbook(value: object) -> None:
    assert parse_import_date(value) == date(2026, 10, 31)
    assert type(parse_import_date(value)) is date


@pytest.mark.parametrize(
    "value",
    ["10/31/2026", "31/10", "31/10/26", "31", "kemarin", "", None, "29/2/2026", date(1899, 1, 1)],
)
def test_dates_a_workbook_may_not_hold(value: object) -> None:
    with pytest.raises(UserError):
        parse_import_date(value)


def test_serial_numbers_are_no_dates() -> None:
    with pytest.raises(UserError, match="46326 is a number") as refusal:
        parse_import_date(46326)
    assert "date format" in refusal.value.advice


@pytest.mark.parametrize(
    ("value", "phone"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+62 (0)812.3456.7890", "+6281234567890"),
        ("0062 81234567890", "+6281234567890"),
        (81234567890, "+6281234567890"),
        (81234567890.0, "+6281234567890"),
        ("(0274) 512345", "+62274512345"),
        ("+65 6123 4567", "+6561234567"),
    ],
)
def test_phones(value: object, phone: str) -> None:
    assert normalise_phone(value) == phone


@pytest.mark.parametrize("value", ["", "0812", "abc", "12345678", "08123456789012345", "+1", 8.5])
def test_no_phones(value: object) -> None:
    with pytest.raises(UserError):
        normalise_phone(value)
