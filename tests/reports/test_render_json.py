"""The JSON other programs rely on: keys, order, types."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from app.base.errors import Bug
from app.base.i18n import Translator
from app.reports.document import Document, Row, RowKind
from app.reports.render import RENDERERS, render
from tests.reports.render_samples import balance_sheet, every_document, stock, trial_balance

ID = Translator("id")


def test_every_kind_is_offered() -> None:
    assert set(RENDERERS) == {"text", "json", "csv", "pdf", "xlsx"}


def test_the_whole_of_a_small_report() -> None:
    document = trial_balance()
    document = replace(document, rows=document.rows[:1], totals={"debit": 12_345_678, "credit": 0})
    assert render(document, "json", ID) == (
        '{"report": "trial-balance",\n'
        ' "title": "Neraca Saldo",\n'
        ' "book": "Warung Sari",\n'
        ' "first_day": "2026-10-01",\n'
        ' "last_day": "2026-10-31",\n'
        ' "columns": [{"key": "code", "label": "Kode", "type": "text"},\n'
        '  {"key": "name", "label": "Nama", "type": "text"},\n'
        '  {"key": "debit", "label": "Debet", "type": "amount"},\n'
        '  {"key": "credit", "label": "Kredit", "type": "amount"}],\n'
        ' "rows": [{"kind": "item", "level": 1, "cells": {"code": "1-1101", "name": "Kas", '
        '"debit": 12345678, "credit": 0}, "opens": {"report": "ledger", "account": "1-1101"}}],\n'
        ' "totals": {"debit": 12345678, "credit": 0}}\n'
    )


@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.report)
def test_keys_and_kinds_are_those_promised(document: Document) -> None:
    data = json.loads(render(document, "json", ID))
    promised = ["report", "title", "book", "first_day", "last_day", "columns", "rows", "totals"]
    assert list(data) == promised
    assert len(data["rows"]) == len(document.rows)
    assert all(list(row) == ["kind", "level", "cells", "opens"] for row in data["rows"])
    assert all(list(column) == ["key", "label", "type"] for column in data["columns"])


def test_quantities_and_rates_are_strings_dates_iso_and_as_of_has_no_first_day() -> None:
    data = json.loads(render(stock(), "json", ID))
    assert data["first_day"] is None
    first, second = data["rows"][1]["cells"], data["rows"][2]["cells"]
    assert (first["quantity"], first["margin"], first["since"]) == ("2.5", "1.25", "2026-08-17")
    assert (second["quantity"], second["since"], second["value"]) == ("40", None, 690_000)
    assert data["totals"]["by_unit"] == {"kg": "2.5"}
    assert data["totals"]["since"] == "2026-08-17"


def test_contra_items_stay_negative() -> None:
    data = json.loads(render(balance_sheet(), "json", ID))
    amounts = {row["cells"]["name"]: row["cells"].get("amount") for row in data["rows"]}
    assert amounts["Akumulasi penyusutan"] == -86_420_000
    assert amounts["ASET"] is None


def test_an_amount_that_is_not_whole_rupiah_is_our_bug() -> None:
    row = Row(RowKind.ITEM, {"name": "Kas", "debit": Decimal("1.5")})
    with pytest.raises(Bug):
        render(replace(trial_balance(), rows=(row,)), "json", ID)
    with pytest.raises(Bug):
        render(replace(trial_balance(), totals={"debit": 1.5}), "json", ID)
