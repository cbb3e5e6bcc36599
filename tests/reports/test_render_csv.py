"""CSV as Indonesian Excel opens it."""

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest

from app.base.i18n import Translator
from app.reports.document import Document, Row, RowKind
from app.reports.render import render
from tests.reports.render_samples import every_document, stock, trial_balance

ID = Translator("id")


def _read(document: Document) -> list[list[str]]:
    data = render(document, "csv", ID)
    assert isinstance(data, bytes)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_one_line_of_labels_plain_numbers_and_crlf() -> None:
    data = render(trial_balance(), "csv", ID)
    assert isinstance(data, bytes)
    assert data.decode("utf-8-sig").split("\r\n")[:2] == [
        "Kode;Nama;Debet;Kredit",
        "1-1101;Kas;12345678;0",
    ]


@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.report)
def test_cells_are_those_of_the_json(document: Document) -> None:
    labels, *lines = _read(document)
    data = json.loads(render(document, "json", ID))
    assert labels == [column["label"] for column in data["columns"]]
    for line, row in zip(lines, data["rows"], strict=True):
        for text, column in zip(line, data["columns"], strict=True):
            value = row["cells"].get(column["key"])
            if column["type"] in {"quantity", "rate"} and value is not None:
                value = value.replace(".", ",")
            expected = "" if value is None else str(value)
            assert text.removeprefix("'") == expected


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_can_become_a_formula(start: str) -> None:
    name = f'{start}HYPERLINK("http://x";"y")'
    row = Row(RowKind.ITEM, {"code": "1", "name": name, "debit": -5, "credit": 0})
    line = _read(replace(trial_balance(), rows=(row,)))[1]
    assert line == ["1", "'" + name, "-5", "0"]


def test_separators_quotes_and_decimal_commas_survive() -> None:
    name = 'Beras; "super"\nkarung'
    rows = (Row(RowKind.ITEM, {**stock().rows[1].cells, "name": name}),)
    line = _read(replace(stock(), rows=rows))[1]
    assert line[1] == name
    assert (line[3], line[6], line[8]) == ("2,5", "1,25", "2026-08-17")
