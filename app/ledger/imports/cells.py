"""Reading one cell: from what stands in the file to the value that a sheet's build takes.

A reader is made for each column of each sheet and remembers what texts mean: a column of a hundred thousand
rows holds a few hundred dates, units and prices.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.base.dates import Month
from app.base.errors import UserError
from app.base.parse import (
    MAX_AMOUNT,
    normalise_phone,
    parse_import_amount,
    parse_import_date,
    parse_quantity,
    parse_rate,
)
from app.ledger.imports.raw import BrokenCell, PercentCell
from app.ledger.sheet import CellKind, Column, spelled

Reader = Callable[[Any], Any]

_REMEMBERED = 20_000
# Excel keeps fifteen digits of a number and makes zeros of the rest.
_KEPT_DIGITS = 15
_NIK_DIGITS = 16
# What a long number becomes in a CSV that Excel wrote: 3,32501E+15.
_MANGLED = re.compile(r"\d[.,]?\d*e\+\d+", re.IGNORECASE)
# How the accounting format shows 0.
_DASH = re.compile(r"(?:rp\.?)?\s*-", re.IGNORECASE)
# Other programs write the time of a day without one.
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/. -](\d{4})")


def reader_of(column: Column) -> Reader:
    """What reads the cells of this column: None for an empty one. It raises UserError."""
    match column.kind:
        case CellKind.TEXT:
            return _text
        case CellKind.CODE:
            return _code
        case CellKind.CHOICE:
            return _remembering(lambda raw: _choice(column.choices, raw))
        case kind:
            return _remembering(_PARSERS[kind])


def is_blank(raw: Any) -> bool:
    """True for a cell that holds nothing a person would see."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _remembering(parse: Reader) -> Reader:
    """Read empty cells as None and each text once."""
    meanings: dict[str, Any] = {"": None}

    def read(raw: Any) -> Any:
        # Only texts are looked up: as keys 1, 1.0 and True would be the same.
        if raw.__class__ is not str:
            if raw is None:
                return None
            if raw.__class__ is BrokenCell:
                raise raw.fault()
            return parse(raw)
        try:
            return meanings[raw]
        except KeyError:
            text = " ".join(raw.split())
            value = parse(text) if text else None
            if len(meanings) < _REMEMBERED:
                meanings[raw] = value
            return value

    return read


def _text(raw: Any) -> str | None:
    if raw.__class__ is str:
        return " ".join(raw.split()) or None
    if raw is None:
        return None
    if isinstance(raw, date):
        return raw.isoformat()[:10]
    return _written(raw)


def _code(raw: Any) -> str | None:
    """A number or code: its digits as they are. One that Excel has made something else of is refused."""
    if raw.__class__ is str:
        text = " ".join(raw.split()).removeprefix("'")
        if "+" in text and _MANGLED.fullmatch(text):
            raise _digits_lost(text)
        return text or None
    if raw is None:
        return None
    if isinstance(raw, date):
        raise UserError(
            "Excel has made the date {value:short} of this number.",
            advice="Format the cell as text and write the number again.",
            value=raw,
        )
    return _written(raw)


def _written(raw: Any) -> str:
    """A number as the person wrote it."""
    if isinstance(raw, BrokenCell):
        raise raw.fault()
    if isinstance(raw, bool):
        return "Ya" if raw else "Tidak"
    if isinstance(raw, int | float):
        digits = f"{Decimal(f'{raw:.15g}'):f}" if isinstance(raw, float) else str(raw)
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        if len(digits.lstrip("-").replace(".", "")) > _KEPT_DIGITS:
            raise _digits_lost(digits)
        return digits
    return str(raw)


def _digits_lost(text: str) -> UserError:
    return UserError(
        "Excel has changed the last digits of the number {value}.",
        advice="Format the column as text and write the number again.",
        value=text,
    )


def _choice(choices: Mapping[str, str], raw: Any) -> str:
    text = _written(raw)
    value = choices.get(text.casefold())
    if value is None:
        # Of words that mean the same the first is named.
        words: dict[str, str] = {}
        for word, meaning in choices.items():
            words.setdefault(meaning, word)
        raise UserError(
            '"{value}" is not one of the choices.',
            advice="Choose one of: {choices}.",
            value=text,
            choices=", ".join(map(spelled, words.values())),
        )
    return value


def _amount(raw: Any) -> int | None:
    if raw.__class__ is int and -MAX_AMOUNT <= raw <= MAX_AMOUNT:
        return int(raw)
    if raw.__class__ is str:
        # Plain digits are most of a file, so they are read first.
        if raw.isdecimal() and raw.isascii() and len(raw) <= _KEPT_DIGITS:
            return int(raw)
        if _DASH.fullmatch(raw):
            return None
    return parse_import_amount(str(raw) if isinstance(raw, date | PercentCell) else raw)


def _quantity(raw: Any) -> Decimal:
    return parse_quantity(str(raw) if isinstance(raw, date | PercentCell) else raw)


def _percent(raw: Any) -> Decimal:
    rate = parse_rate(raw.value if isinstance(raw, PercentCell) else raw)
    return rate.normalize() + 0


def _integer(raw: Any) -> int:
    number = _quantity(raw)
    if number != number.to_integral_value():
        raise UserError('"{value}" is not a whole number.', advice="Write it like 12.", value=str(raw))
    return int(number)


def _date(raw: Any) -> date:
    return parse_import_date(_MIDNIGHT.sub("", raw) if isinstance(raw, str) else raw)


def _month(raw: Any) -> Month:
    """`Okt 2026`, `10/2026`, `2026-10`, or a day of the month."""
    if isinstance(raw, datetime | date):
        return Month.of(parse_import_date(raw))
    text = str(raw)
    match = _MONTH_YEAR.fullmatch(text)
    # A month with a day before it is a date, which is read already.
    candidates = (f"1/{match[1]}/{match[2]}",) if match else (f"{text}-1", f"1 {text}", text)
    for candidate in candidates:
        try:
            return Month.of(parse_import_date(candidate))
        except UserError:
            continue
    raise UserError('"{value}" is not a month.', advice="Write it like Okt 2026 or 2026-10.", value=text)


def _phone(raw: Any) -> str:
    return normalise_phone(raw.removeprefix("'") if isinstance(raw, str) else raw)


def _nik(raw: Any) -> str:
    """Sixteen digits as text. A number of sixteen digits has lost its last one to Excel."""
    if isinstance(raw, str):
        text = re.sub(r"[\s.\-']", "", raw)
        if _MANGLED.fullmatch(raw.strip()):
            raise _nik_changed(raw)
        if text.isdecimal() and text.isascii() and len(text) == _NIK_DIGITS:
            return text
    elif isinstance(raw, int | float) and not isinstance(raw, bool) and raw >= 10**_KEPT_DIGITS:
        raise _nik_changed(f"{Decimal(raw):f}")
    raise UserError(
        '"{value}" is not a NIK: it has 16 digits.',
        advice="Copy it from the identity card, or leave the cell empty.",
        value=str(raw),
    )


def _nik_changed(text: str) -> UserError:
    return UserError(
        "Excel has changed the last digit of the NIK {value}: it stands there as a number.",
        advice="Format the column as text and write the NIK again.",
        value=text,
    )


_PARSERS: dict[CellKind, Reader] = {
    CellKind.DATE: _date,
    CellKind.MONTH: _month,
    CellKind.AMOUNT: _amount,
    CellKind.QUANTITY: _quantity,
    CellKind.PERCENT: _percent,
    CellKind.INTEGER: _integer,
    CellKind.PHONE: _phone,
    CellKind.NIK: _nik,
}
