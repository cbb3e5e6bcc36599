"""Text for the terminal."""

import json
from dataclasses import replace

import pytest

from app.base.i18n import Translator
from app.reports.document import CellType, Column, Document
from app.reports.render import render
from app.reports.render.text import WIDTH
from tests.reports.render_samples import every_document, income_statement, ledger, stock, trial_balance

EN = Translator("en")


def _text(document: Document) -> str:
    text = render(document, "text", EN)
    assert isinstance(text, str)
    return text


def test_a_trial_balance() -> None:
    assert _text(trial_balance()) == (
        "Warung Sari\n"
        "Neraca Saldo\n"
        "1–31 Oktober 2026\n"
        "(in rupiah)\n"
        "\n"
        "Kode    Nama                Debet      Kredit\n"
        "---------------------------------------------\n"
        "1-1101  Kas            12,345,678           –\n"
        "1-1201  Piutang usaha   4,500,000           –\n"
        "2-1101  Utang usaha             –   6,250,000\n"
        "3-1001  Modal pemilik           –  10,595,678\n"
        "                       ----------  ----------\n"
        "        Jumlah         16,845,678  16,845,678\n"
        "                       ==========  ==========\n"
    )


@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.report)
def test_every_figure_is_there_and_no_line_is_too_long(document: Document) -> None:
    text = _text(document)
    assert max(map(len, text.splitlines())) <= WIDTH
    for row in json.loads(render(document, "json", EN))["rows"]:
        for key, value in row["cells"].items():
            if isinstance(value, int) and value and key != "note":
                figure = f"{abs(value):,}"
                assert (f"({figure})" if value < 0 else figure) in text


def test_statements_are_indented_and_have_no_codes() -> None:
    lines = _text(income_statement()).splitlines()
    assert any(line.startswith("  Penjualan ") for line in lines)
    assert not any("1-0001" in line for line in lines)


def test_a_training_book_says_so() -> None:
    assert EN("TRAINING") in _text(stock())
    assert EN("TRAINING") not in _text(ledger(3))


def test_nothing_to_tell_is_said() -> None:
    assert EN("Nothing in this period.") in _text(replace(trial_balance(), rows=()))


def test_figures_wider_than_the_screen_are_not_cut() -> None:
    columns = tuple(Column(f"amount{n}", f"Kolom {n}", CellType.AMOUNT) for n in range(9))
    cells = {column.key: 999_999_999_990 + index for index, column in enumerate(columns)}
    document = replace(trial_balance(), columns=columns, totals={})
    document = replace(document, rows=(replace(document.rows[0], cells=cells),))
    assert all(f"{value:,}" in _text(document) for value in cells.values())
