"""Reading single cells as people, Excel and other programs leave them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.dates import Month
from app.base.errors import UserError
from app.base.format import Formatter
from app.ledger.batches.plan import column_letters
from app.ledger.imports.cells import reader_of
from app.ledger.imports.raw import PercentCell
from app.ledger.sheet import CellKind, Column, spelled


def read(kind: CellKind, raw: Any) -> Any:
    return reader_of(Column("Kolom", "column", kind, choices={"tunai": "cash", "qris": "qris"}))(raw)


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        (CellKind.AMOUNT, 1_250_000, 1_250_000),
        (CellKind.AMOUNT, 1_250_000.0, 1_250_000),
        (CellKind.AMOUNT, "1.250.000", 1_250_000),
        (CellKind.AMOUNT, "Rp 1.250.000,00", 1_250_000),
        (CellKind.AMOUNT, " -  ", None),
        (CellKind.AMOUNT, "   ", None),
        (CellKind.AMOUNT, "0", 0),
        (CellKind.QUANTITY, "2,5", Decimal("2.5")),
        (CellKind.QUANTITY, 0.1, Decimal("0.1")),
        (CellKind.QUANTITY, "1.250", Decimal(1250)),
        (CellKind.PERCENT, PercentCell(Decimal("1.500")), Decimal("1.5")),
        (CellKind.PERCENT, 1.5, Decimal("1.5")),
        (CellKind.PERCENT, "18 %", Decimal(18)),
        (CellKind.INTEGER, 12.0, 12),
        (CellKind.DATE, "31/10/2026", date(2026, 10, 31)),
        (CellKind.DATE, "2026-10-31", date(2026, 10, 31)),
        (CellKind.DATE, "2026-10-31 00:00:00", date(2026, 10, 31)),
        (CellKind.DATE, datetime(2026, 10, 31), date(2026, 10, 31)),  # noqa: DTZ001 - Excel has no zones
        (CellKind.MONTH, "Okt 2026", Month(2026, 10)),
        (CellKind.MONTH, "2026-10", Month(2026, 10)),
        (CellKind.MONTH, "10/2026", Month(2026, 10)),
        (CellKind.MONTH, date(2026, 10, 15), Month(2026, 10)),
        (CellKind.MONTH, "15/10/2026", Month(2026, 10)),
        (CellKind.CODE, 137, "137"),
        (CellKind.CODE, 137.0, "137"),
        (CellKind.CODE, "'0137", "0137"),
        (CellKind.CODE, 8_991_002_101_418, "8991002101418"),
        (CellKind.TEXT, "  Bu\u00a0Wati \n Kauman ", "Bu Wati Kauman"),
        (CellKind.TEXT, 7, "7"),
        (CellKind.TEXT, date(2026, 10, 31), "2026-10-31"),
        (CellKind.PHONE, 81_234_567_890, "+6281234567890"),
        (CellKind.PHONE, "0812-3456-7890", "+6281234567890"),
        (CellKind.NIK, "3325 0155 0480 0001", "3325015504800001"),
        (CellKind.CHOICE, " Tunai", "cash"),
        (CellKind.CHOICE, "QRIS", "qris"),
    ],
)
def test_a_cell_is_read_as_it_is_meant(kind: CellKind, raw: Any, expected: Any) -> None:
    value = read(kind, raw)
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize("kind", list(CellKind))
def test_an_empty_cell_is_nothing(kind: CellKind) -> None:
    assert [read(kind, raw) for raw in (None, "", "  ", "\u00a0")] == [None] * 4


@pytest.mark.parametrize(
    ("kind", "raw", "said"),
    [
        (CellKind.AMOUNT, "1,250", "whole rupiah"),
        (CellKind.AMOUNT, 1.5, "whole rupiah"),
        (CellKind.AMOUNT, "1.5", "whole rupiah"),
        (CellKind.AMOUNT, "25.000,50", "whole rupiah"),
        (CellKind.AMOUNT, "dua ribu", "whole rupiah"),
        (CellKind.AMOUNT, True, "whole rupiah"),
        (CellKind.AMOUNT, PercentCell(Decimal(10)), "whole rupiah"),
        (CellKind.DATE, "31/02/2026", "no such day"),
        (CellKind.DATE, 46_326, "not a date"),
        (CellKind.DATE, "Oktober", "not a date"),
        (CellKind.QUANTITY, "tiga", "not a quantity"),
        (CellKind.INTEGER, 2.5, "not a whole number"),
        (CellKind.MONTH, "Oktobre", "not a month"),
        (CellKind.CODE, date(2026, 11, 10), "has made the date"),
        (CellKind.CODE, 1234567890123456, "changed the last digits"),
        (CellKind.CODE, "8,991E+12", "changed the last digits"),
        (CellKind.NIK, 3325015504800001, "changed the last digit"),
        (CellKind.NIK, 3.325015504800001e15, "changed the last digit"),
        (CellKind.NIK, "3,32502E+15", "changed the last digit"),
        (CellKind.NIK, "33250155", "16 digits"),
        (CellKind.CHOICE, "Kredit", "not one of the choices"),
        (CellKind.PHONE, "besok", "not a phone number"),
    ],
)
def test_what_can_not_be_meant_is_refused(kind: CellKind, raw: Any, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read(kind, raw)


def test_what_a_text_means_is_remembered_apart_from_the_number_that_looks_like_it() -> None:
    reader = reader_of(Column("Jumlah", "quantity", CellKind.AMOUNT))
    assert [reader("1"), reader(1), reader("1")] == [1, 1, 1]
    with pytest.raises(UserError):
        reader(True)


@given(st.integers(min_value=0, max_value=10**14))
def test_an_amount_is_the_same_however_it_is_written(amount: int) -> None:
    written = Formatter("id")
    reader = reader_of(Column("Jumlah", "amount", CellKind.AMOUNT))
    forms = (
        amount,
        str(amount),
        written.amount(amount),
        written.rupiah(amount),
        f"Rp {written.amount(amount)},00",
    )
    assert [reader(form) for form in forms] == [amount] * len(forms)


def test_choices_are_shown_as_people_write_them() -> None:
    assert [spelled(word) for word in ("tunai", "qris", "l", "biaya bank/qris")] == [
        "Tunai",
        "QRIS",
        "L",
        "Biaya bank/QRIS",
    ]


def test_columns_have_the_letters_of_the_workbook() -> None:
    assert [column_letters(place) for place in (0, 4, 25, 26, 701, 702)] == ["A", "E", "Z", "AA", "ZZ", "AAA"]
