"""Amounts, dates, quantities and phone numbers as people and workbooks write them.

What people type in a form is read generously (`25rb`, `3*12500`, `kemarin`), what stands in a file
strictly: whoever typed it is not there to see what was understood. What could mean two things is
refused by both, with an example.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache

from app.base.dates import FIRST_YEAR, LAST_YEAR
from app.base.errors import UserError
from app.base.format import LANGUAGES, Formatter
from app.base.money import half_up

MAX_AMOUNT = 10**15
# Longer texts are no amounts, and Python refuses to read numbers of thousands of digits.
_LONGEST = 200
_UNITS = {
    **dict.fromkeys(("rb", "ribu", "k"), 10**3),
    **dict.fromkeys(("jt", "juta"), 10**6),
    **dict.fromkeys(("m", "miliar", "milyar"), 10**9),
}
_TOKEN = re.compile(
    r"\s*(?:(?:rp\.?\s*)?(?P<digits>\d[\d.,]*)\s*(?P<unit>"
    + "|".join(sorted(_UNITS, key=len, reverse=True))
    + r")?\s*(?P<percent>%)?|(?P<sign>[-+*/]))"
)
_OPERATORS = str.maketrans({"×": "*", "x": "*", ":": "/", "÷": "/", "−": "-", "–": "-", "\xa0": " "})
# "Rp25.000,-" and "Rp25.000,00": no sen.
_NO_SEN = re.compile(r"[,.]\s*[-=]+$")
_DOT_GROUPS = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?")
_COMMA_GROUPS = re.compile(r"([1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d+))?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_WITH_MONTH_NAME = re.compile(r"(\d{1,2})[ .-]*([a-z]{3,})\.?(?:[ .-]*(\d{4}|\d{2}))?")
_MONTH_ALIASES = {
    "ags": 8,
    "agt": 8,
    "agust": 8,
    "nop": 11,
    "nopember": 11,
    "peb": 2,
    "pebruari": 2,
}
_RELATIVE_DAYS = {
    **dict.fromkeys(("t", "hari ini", "today"), 0),
    **dict.fromkeys(("kemarin", "yesterday"), -1),
    **dict.fromkeys(("besok", "tomorrow"), 1),
    "kemarin dulu": -2,
    "lusa": 2,
}


@dataclass(frozen=True, slots=True)
class _Operand:
    """One number of an amount: its value, whether it is a percentage, and how it was written."""

    value: Fraction
    percent: bool = False
    plain: bool = True
    decimals: str = ""


def parse_rupiah(text: str, *, allow_negative: bool = False, language: str = "id") -> int:
    """Read what people type for an amount, sums included: `25rb`, `1,5jt`, `100rb-15%`.

    Products before sums; a percentage added or taken away is one of all that stands left of it.
    The result of arithmetic is rounded half-up. In English a comma may stand between thousands.
    """
    cleaned = _NO_SEN.sub("", text.strip().lower().translate(_OPERATORS)).strip()
    if len(cleaned) > _LONGEST:
        raise _not_an_amount(text)
    operands, signs = _tokens(cleaned, text, language)
    if len(operands) == 1:
        _refuse_sen(operands[0], text)
    result = half_up(_evaluate(operands, signs, text))
    if result < 0 and not allow_negative:
        raise UserError(
            'An amount cannot be below zero: "{text}".',
            advice="Write it without the minus sign.",
            text=text,
        )
    return _within_limit(result)


def _tokens(cleaned: str, text: str, language: str) -> tuple[list[_Operand], list[str]]:
    """Split into operands and the signs before them; the first sign is `+` or `-`."""
    operands: list[_Operand] = []
    signs: list[str] = []
    position = 0
    while position < len(cleaned):
        match = _TOKEN.match(cleaned, position)
        if match is None:
            raise _not_an_amount(text)
        position = match.end()
        if match["sign"]:
            signs.append(match["sign"])
            continue
        if len(signs) == len(operands) == 0:
            signs.append("+")
        operands.append(_operand(match, text, language))
        # After each operand there are as many signs as operands: nothing doubled, nothing missing.
        if len(signs) != len(operands):
            raise _not_an_amount(text)
    if not operands or len(signs) != len(operands) or signs[0] in "*/":
        raise _not_an_amount(text)
    return operands, signs


def _operand(match: re.Match[str], text: str, language: str) -> _Operand:
    unit, percent = match["unit"], bool(match["percent"])
    exact = bool(unit) or percent
    if unit and percent:
        raise _not_an_amount(text)
    whole, decimals = _digits(match["digits"], text, language, exact=exact)
    value = Fraction(f"{whole}.{decimals or '0'}") * (_UNITS[unit] if unit else 1)
    return _Operand(value, percent, plain=not exact, decimals=decimals)


def _digits(digits: str, text: str, language: str, *, exact: bool) -> tuple[str, str]:
    """Return the digits before and after the decimal mark.

    `exact`: a unit or percent sign follows, so decimals are expected; then three digits after a
    single mark could be either decimals or thousands.
    """
    if digits.isdigit():
        return digits, ""
    grouped = _DOT_GROUPS.fullmatch(digits)
    if grouped is None and language == "en":
        grouped = _COMMA_GROUPS.fullmatch(digits)
    if grouped is not None:
        whole, decimals = re.sub("[.,]", "", grouped[1]), grouped[2] or ""
        if exact and not decimals and len(whole) <= 6:
            raise _ambiguous(text)
        return whole, decimals
    match = re.fullmatch(r"(\d+)([.,])(\d+)", digits)
    if match is None:
        raise _not_an_amount(text)
    whole, mark, decimals = match[1], match[2], match[3]
    if len(decimals) == 3 or (mark == "." and not exact and language != "en"):
        raise _ambiguous(text)
    return whole, decimals


def _refuse_sen(operand: _Operand, text: str) -> None:
    if operand.percent:
        raise _not_an_amount(text)
    if operand.plain and operand.decimals not in {"", "00"}:
        raise UserError(
            '"{text}" has sen; amounts are whole rupiah.',
            advice="Write the whole rupiah, like 25.000, or a unit, like 1,5jt.",
            text=text,
        )


def _evaluate(operands: list[_Operand], signs: list[str], text: str) -> Fraction:
    total = Fraction(0)
    index = 0
    while index < len(operands):
        start, product = index, operands[index].value
        index += 1
        while index < len(operands) and signs[index] in "*/":
            factor = operands[index].value / (100 if operands[index].percent else 1)
            if signs[index] == "*":
                product *= factor
            elif factor == 0:
                raise UserError('"{text}" divides by zero.', text=text)
            else:
                product /= factor
            index += 1
        if operands[start].percent:
            # A percentage is of what stands left of it, so something must, and alone it must be.
            if start == 0 or index > start + 1:
                raise _not_an_amount(text)
            product = total * product / 100
        total += product if signs[start] == "+" else -product
    return total


def _within_limit(amount: int) -> int:
    if abs(amount) > MAX_AMOUNT:
        raise UserError(
            "{amount:rp} is larger than any amount a book can hold.",
            advice="Look for a digit too many.",
            amount=amount,
        )
    return amount


def _not_an_amount(text: str) -> UserError:
    return UserError(
        '"{text}" is not an amount.',
        advice="Write it like 25.000, 25rb, 1,5jt, 3*12500 or 100rb-15%.",
        text=text,
    )


def _ambiguous(text: str) -> UserError:
    return UserError(
        '"{text}" could mean two different amounts.',
        advice="Write thousands with dots, like 1.250.000, and decimals with a comma, like 1,5jt.",
        text=text,
    )


def parse_import_amount(value: object) -> int:
    """Read the amount of a cell: a number, `1.250.000`, `Rp 1.250.000,00`. May be negative.

    Excel keeps numbers as floats; one within a millionth of a whole rupiah is that rupiah.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise _not_an_import_amount(value)
    if isinstance(value, str):
        return _within_limit(_import_amount_text(value))
    number = Decimal(value)
    if not number.is_finite():
        raise _not_an_import_amount(value)
    amount = half_up(number)
    if abs(number - amount) > Decimal("0.000001"):
        raise UserError("{value} is not whole rupiah.", advice="Round it to whole rupiah.", value=str(value))
    return _within_limit(amount)


def _import_amount_text(text: str) -> int:
    cleaned = _NO_SEN.sub("", text.strip().lower().translate(_OPERATORS))
    match = re.fullmatch(r"(-?)\s*(?:rp\.?\s*)?(-?)(\d[\d.]*)(?:,00)?", cleaned)
    if match is None or (match[1] and match[2]) or len(cleaned) > _LONGEST:
        raise _not_an_import_amount(text)
    digits = match[3]
    if not digits.isdigit() and _DOT_GROUPS.fullmatch(digits) is None:
        raise _not_an_import_amount(text)
    amount = int(digits.replace(".", ""))
    return -amount if match[1] or match[2] else amount


def _not_an_import_amount(value: object) -> UserError:
    return UserError(
        '"{value}" is not an amount in whole rupiah.',
        advice="Write a number without decimals, like 1250000 or 1.250.000.",
        value=str(value),
    )


def parse_quantity(value: object) -> Decimal:
    """Read a quantity: a number, `2,5`, `2.5`, `1.250` (a thousand two hundred and fifty)."""
    number = _decimal(value)
    if number is None and isinstance(value, str):
        text = value.strip()
        grouped = _DOT_GROUPS.fullmatch(text)
        if grouped is not None:
            number = Decimal(f"{grouped[1].replace('.', '')}.{grouped[2] or '0'}")
        elif re.fullmatch(r"-?\d+(?:[.,]\d+)?", text):
            number = Decimal(text.replace(",", "."))
    if number is None:
        raise UserError('"{value}" is not a quantity.', advice="Write it like 3 or 2,5.", value=str(value))
    return number.normalize() + 0 if number.as_tuple().exponent else number


def parse_rate(value: object) -> Decimal:
    """Read a rate in percent: a number, `1,5`, `1.5 %`. A rate never has thousands."""
    number = _decimal(value)
    if number is None and isinstance(value, str):
        text = value.strip().removesuffix("%").rstrip()
        if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
            number = Decimal(text.replace(",", "."))
    if number is None or number < 0:
        raise UserError('"{value}" is not a percentage.', advice="Write it like 12 or 1,5.", value=str(value))
    return number


def _decimal(value: object) -> Decimal | None:
    """Return a finite number as Decimal; a float by the fifteen digits Excel itself keeps."""
    if isinstance(value, float):
        value = Decimal(f"{value:.15g}")
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
        return number if number.is_finite() else None
    return None


def parse_date(text: str, today: date) -> date:
    """Read what people type for a date: `23`, `23/11`, `23 nov`, `23/11/26`, `kemarin`, ISO.

    A bare day is one of this month, day and month are of this year.
    """
    cleaned = " ".join(text.lower().replace("\xa0", " ").split())
    if cleaned in _RELATIVE_DAYS:
        return today + timedelta(days=_RELATIVE_DAYS[cleaned])
    if re.fullmatch(r"\d{1,2}", cleaned):
        return _real_date(today.year, today.month, int(cleaned), text)
    parts = _date_parts(cleaned)
    if parts is None:
        raise UserError(
            '"{text}" is not a date.',
            advice="Write it like 23, 23/11, 23 nov, 23/11/2026 or kemarin.",
            text=text,
        )
    day, month, year = parts
    return _real_date(_full_year(year, today), month, day, text)


def parse_import_date(value: object) -> date:
    """Read the date of a workbook's cell: a date, `31/10/2026`, `2026-10-31`, `31 Oktober 2026`.

    Always day before month, and the year in full.
    """
    if isinstance(value, datetime):
        return _real_date(value.year, value.month, value.day, str(value))
    if isinstance(value, date):
        return _real_date(value.year, value.month, value.day, str(value))
    if isinstance(value, int | float | Decimal):
        raise UserError(
            "{value} is a number, not a date.",
            advice="Give the cell a date format, or write the date like 31/10/2026.",
            value=str(value),
        )
    text = str(value)
    parts = _date_parts(" ".join(text.lower().replace("\xa0", " ").split()))
    if parts is None or len(parts[2]) != 4:
        raise UserError(
            '"{text}" is not a date.',
            advice="Write day, month and year, like 31/10/2026.",
            text=text,
        )
    day, month, year = parts
    return _real_date(int(year), month, day, text)


def _date_parts(cleaned: str) -> tuple[int, int, str] | None:
    """Return day, month and the year as written ("" if not), or None."""
    if match := _ISO_DATE.fullmatch(cleaned):
        return int(match[3]), int(match[2]), match[1]
    if match := _DAY_FIRST.fullmatch(cleaned):
        return int(match[1]), int(match[3]), match[4] or ""
    if match := _WITH_MONTH_NAME.fullmatch(cleaned):
        month = _month_number(match[2])
        return None if month is None else (int(match[1]), month, match[3] or "")
    return None


def _full_year(year: str, today: date) -> int:
    if not year:
        return today.year
    if len(year) == 4:
        return int(year)
    # Two digits: the year at most 19 ahead, else the one before that, so that births fit too.
    newest = today.year + 19
    return newest - (newest - int(year)) % 100


def _month_number(word: str) -> int | None:
    """Return the month of which the word is the name, its beginning, or a usual abbreviation."""
    if word in _MONTH_ALIASES:
        return _MONTH_ALIASES[word]
    for number, names in enumerate(_month_words(), 1):
        if any(name.startswith(word) for name in names):
            return number
    return None


@cache
def _month_words() -> tuple[tuple[str, ...], ...]:
    spoken = [Formatter(language) for language in LANGUAGES]
    return tuple(
        tuple(
            names[month].lower()
            for formatter in spoken
            for names in (formatter.month_names(), formatter.month_names(short=True))
        )
        for month in range(12)
    )


def _real_date(year: int, month: int, day: int, text: str) -> date:
    if FIRST_YEAR <= year <= LAST_YEAR:
        try:
            return date(year, month, day)
        except ValueError:
            pass
    raise UserError('There is no such day as "{text}".', advice="Look at the day and the month.", text=text)


def normalise_phone(value: object) -> str:
    """Return a phone number as E.164 (`+628...`) from `0812-3456-7890`, `62...`, `+62...`.

    A mobile number whose first 0 was lost, as Excel does, is mended.
    """
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    cleaned = re.sub(r"[\s().\-\u2013/]", "", text)
    for prefix in ("+62", "0062", "62", "0"):
        if cleaned.startswith(prefix):
            national = cleaned.removeprefix(prefix).removeprefix("0")
            break
    else:
        if re.fullmatch(r"\+[1-9]\d{7,14}", cleaned):
            return cleaned
        national = cleaned if cleaned.startswith("8") else ""
    if re.fullmatch(r"8\d{8,11}|[2-79]\d{6,10}", national):
        return f"+62{national}"
    raise UserError('"{text}" is not a phone number.', advice="Write it like 0812-3456-7890.", text=text)
