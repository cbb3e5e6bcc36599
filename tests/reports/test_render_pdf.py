"""PDF: the figures of the JSON, in their places, whole and apart from each other."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.base.i18n import Translator
from app.reports.document import CellType, Column, Document, Officer, Row, RowKind
from app.reports.paper import F4, PAPERS, width_mm
from app.reports.paper.fonts import face
from app.reports.render import render
from tests.reports.pdf_reading import Placed, overlapping, placed_texts
from tests.reports.render_samples import (
    COOPERATIVE,
    balance_sheet,
    every_document,
    income_statement,
    ledger,
    stock,
    trial_balance,
)

ID = Translator("id")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


def _pdf(document: Document, paper: str = "A4") -> bytes:
    data = render(document, "pdf", ID, paper=paper)
    assert isinstance(data, bytes)
    return data


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _printed(value: Any, column: dict[str, str], kind: str) -> str:
    """A cell of the JSON as paper shows it; written apart from the program's own formats."""
    match value, column["type"]:
        case None, _:
            return ""
        case int(), "amount":
            zero = kind in {"subtotal", "total"} or column["key"] == "balance"
            digits = f"{abs(value):,}".replace(",", ".")
            return "–" if value == 0 and not zero else f"({digits})" if value < 0 else digits
        case str(), "date":
            day = date.fromisoformat(value)
            return f"{day.day}{MONTHS[day.month - 1]}{day.year}"
        case str(), "quantity":
            return f"{value.replace('.', ',')}"
        case str(), "rate":
            return f"{value.replace('.', ',')}%"
        case _:
            return _squeezed(face(bold=False).printable(str(value)))


@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.report)
def test_the_extracted_text_is_the_json_row_by_row(document: Document, paper: str) -> None:
    reader = PdfReader(BytesIO(_pdf(document, paper)))
    text = _squeezed("".join(page.extract_text() for page in reader.pages))
    data = json.loads(render(document, "json", ID))
    statement = document.layout == "statement"
    columns = [column for column in data["columns"] if not (statement and column["key"] == "code")]
    at = text.index(_squeezed(document.title))
    for row in data["rows"]:
        cells = [_printed(row["cells"].get(c["key"]), c, row["kind"]) for c in columns]
        at = text.find("".join(cells), at)
        assert at >= 0, row


@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.report)
def test_nothing_overlaps_or_leaves_the_paper(document: Document, paper: str) -> None:
    data = _pdf(document, paper)
    texts = placed_texts(data)
    assert overlapping(texts) == []
    box = PdfReader(BytesIO(data)).pages[0].mediabox
    wide, high = float(box.width) / 72 * 25.4, float(box.height) / 72 * 25.4
    assert all(text.x >= 14.9 and text.right <= wide - 9.9 for text in texts)
    assert all(text.y <= high - 6.9 for text in texts)
    assert all(text.size >= 8.5 for text in texts)


@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.report)
def test_the_same_document_makes_the_same_bytes(document: Document) -> None:
    assert _pdf(document) == _pdf(document)


def _find(texts: list[Placed], text: str) -> Placed:
    return next(found for found in texts if found.text == text)


def test_the_balance_sheet_stands_where_paper_4_wants_it() -> None:
    texts = placed_texts(_pdf(balance_sheet()))
    title = _find(texts, "Laporan Posisi Keuangan (Neraca)")
    assert title.y == pytest.approx(35.5, abs=0.01)
    assert (title.x + title.right) / 2 == pytest.approx(107.5, abs=0.01)
    assert _find(texts, "ASET").x == pytest.approx(20, abs=0.01)
    assert _find(texts, "Aset lancar").x == pytest.approx(23, abs=0.01)
    cash = _find(texts, "Kas dan setara kas")
    assert cash.x == pytest.approx(26, abs=0.01)
    assert cash.size == 10
    assert _find(texts, "148.625.400").right == pytest.approx(155, abs=0.01)
    assert _find(texts, "121.340.250").right == pytest.approx(193, abs=0.01)
    note = _find(texts, "3")
    assert (note.x + note.right) / 2 == pytest.approx(118, abs=0.01)
    hanging = _find(texts, "(33.069.000)")
    assert hanging.right - width_mm(")", 10) == pytest.approx(193, abs=0.01)
    following = _find(texts, "Penempatan pada bank dan koperasi lain")
    assert following.y - cash.y == pytest.approx(4.35, abs=0.01)
    assert {text.page for text in texts} == {1}


def test_the_income_statement_stands_where_paper_5_wants_it() -> None:
    texts = placed_texts(_pdf(income_statement()))
    assert _find(texts, "Penjualan").x == pytest.approx(25, abs=0.01)
    assert _find(texts, "Penjualan").size == 11
    assert _find(texts, "38.642.500").right == pytest.approx(153, abs=0.01)
    assert _find(texts, "33.918.000").right == pytest.approx(193, abs=0.01)
    step = _find(texts, "Sewa tempat").y - _find(texts, "Gaji dan upah").y
    assert step == pytest.approx(5, abs=0.01)
    assert _find(texts, "Sari Puspitasari").y < 281
    assert {text.page for text in texts} == {1}


def test_one_period_uses_the_right_column() -> None:
    texts = placed_texts(_pdf(income_statement(comparative=False)))
    assert _find(texts, "38.642.500").right == pytest.approx(193, abs=0.01)
    assert not any(text.text == "33.918.000" for text in texts)


@pytest.mark.parametrize("extra", [1, 8, 14, 30, 75])
@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_a_long_balance_sheet_breaks_before_a_main_heading(extra: int, paper: str) -> None:
    document = balance_sheet(extra)
    texts = placed_texts(_pdf(document, paper))
    pages = max(text.page for text in texts)
    assert overlapping(texts) == []
    assert pages >= 2 or paper == "F4"
    if pages == 2 and extra < 30:
        second = [text for text in texts if text.page == 2 and "Bold" in text.font]
        assert next(t.text for t in second if t.x < 21) in {"LIABILITAS", "EKUITAS"}
    signers = {text.page for text in texts if text.text in {"H. Mulyono, S.P.", "Ngatiyem"}}
    assert signers == {pages}
    names = [row.cells["name"] for row in document.rows[-5:]]
    assert {text.page for text in texts if text.text in names} == {pages}
    title = ID("{title} (continued)", title=document.title)
    assert sum(text.text == title for text in texts) == pages - 1
    assert sum(text.text == "2025" for text in texts) == pages


def test_a_register_repeats_its_head_and_counts_its_pages() -> None:
    texts = placed_texts(_pdf(ledger(150)))
    pages = max(text.page for text in texts)
    assert pages == 4
    assert sum(text.text == "Keterangan" for text in texts) == pages
    for page in range(1, pages + 1):
        assert any(text.text == ID("Page {page} of {pages}", page=page, pages=pages) for text in texts)


def test_all_figures_have_one_size_and_line_up() -> None:
    texts = placed_texts(_pdf(ledger(40)))
    figures = [text for text in texts if text.x > 120 and text.text.replace(".", "").isdigit()]
    assert len(figures) > 80
    assert len({round(text.right) for text in figures}) == 3
    assert len({text.size for text in figures}) == 1


def test_in_a_list_too_a_closing_parenthesis_hangs_outside() -> None:
    rows = [Row(RowKind.ITEM, {"name": "Kas", "debit": amount, "credit": 1}) for amount in (7_500, -61_250)]
    texts = placed_texts(_pdf(replace(trial_balance(), rows=tuple(rows))))
    plain, negative = _find(texts, "7.500"), _find(texts, "(61.250)")
    assert negative.right - plain.right == pytest.approx(width_mm(")", plain.size), abs=0.01)


def test_a_training_book_says_so_at_the_head_and_in_the_footer() -> None:
    word = ID("TRAINING")
    texts = [text for text in placed_texts(_pdf(stock())) if text.text == word]
    assert len(texts) == 2
    assert texts[0].y < 30
    assert texts[1].y > 270
    assert not any(text.text == word for text in placed_texts(_pdf(trial_balance())))


def test_the_footer_says_who_made_it_and_when() -> None:
    texts = placed_texts(_pdf(trial_balance()))
    made = ID("Made on {date} at {time} by {name}", date="3 November 2026", time="20.05 WIB", name="Sari")
    assert _find(texts, made).y == pytest.approx(286, abs=0.01)
    assert _find(placed_texts(_pdf(trial_balance(), "F4")), made).y == pytest.approx(319, abs=0.01)


def _wide(columns: int, amount: int, words: str) -> Document:
    amounts = tuple(Column(f"pool{n}", f"Kolom {n}", CellType.AMOUNT) for n in range(columns))
    cells = {column.key: amount for column in amounts}
    row = Row(RowKind.ITEM, {"number": "0137", "name": words, **cells})
    return replace(
        trial_balance(),
        columns=(Column("number", "No. anggota"), Column("name", "Nama"), *amounts),
        rows=(row, row, Row(RowKind.TOTAL, {"name": "Jumlah", **cells})),
    )


@pytest.mark.parametrize("columns", [1, 3, 5, 7, 9, 12])
@pytest.mark.parametrize("amount", [-999_999_999_999, 51_750])
@pytest.mark.parametrize(
    "words", ["Siti", "Raden Roro Sri Wahyuningsih Kusumaningrum Sastrowardoyo Al-Fatih"]
)
def test_any_width_of_table_prints_every_figure_whole(columns: int, amount: int, words: str) -> None:
    document = _wide(columns, amount, words)
    texts = placed_texts(_pdf(document))
    figure = ID.format.statement(amount)
    assert sum(text.text == figure for text in texts) == 3 * columns
    assert _squeezed(words) in _squeezed("".join(text.text for text in texts))
    assert overlapping(texts) == []
    box = PdfReader(BytesIO(_pdf(document))).pages[0].mediabox
    assert all(text.right <= float(box.width) / 72 * 25.4 - 9.9 for text in texts)


def test_a_table_too_wide_for_the_paper_turns_it() -> None:
    box = PdfReader(BytesIO(_pdf(_wide(7, 999_999_999_999, "Siti")))).pages[0].mediabox
    assert box.width > box.height
    box = PdfReader(BytesIO(_pdf(_wide(3, 999_999_999_999, "Siti")))).pages[0].mediabox
    assert box.width < box.height


def test_landscape_and_f4_as_asked() -> None:
    box = PdfReader(BytesIO(_pdf(replace(trial_balance(), landscape=True), "F4"))).pages[0].mediabox
    assert round(float(box.width) / 72 * 25.4) == F4.height
    assert set(PAPERS) == {"A4", "F4", "A5"}


def test_long_words_in_a_statement_are_broken_not_cut() -> None:
    name = "Penyisihan kerugian atas pinjaman yang diberikan kepada anggota dan calon anggota " * 2
    document = income_statement()
    row = replace(document.rows[1], cells={**document.rows[1].cells, "name": name})
    texts = placed_texts(_pdf(replace(document, rows=(document.rows[0], row, *document.rows[2:]))))
    assert _squeezed(name) in _squeezed("".join(text.text for text in texts))
    assert overlapping(texts) == []


def test_huge_amounts_in_a_statement_get_smaller_together() -> None:
    document = income_statement()
    huge = -999_999_999_999_999
    row = replace(document.rows[1], cells={**document.rows[1].cells, "amount": huge})
    texts = placed_texts(_pdf(replace(document, rows=(document.rows[0], row, *document.rows[2:]))))
    assert _find(texts, "(999.999.999.999.999)").size == _find(texts, "33.918.000").size
    assert overlapping(texts) == []


def test_a_large_board_signs_whole() -> None:
    officers = tuple(Officer(f"Pengurus {n}", f"Nama Pengurus Nomor {n}") for n in range(9))
    document = replace(balance_sheet(), letterhead=replace(COOPERATIVE, officers=officers))
    texts = placed_texts(_pdf(document))
    last = max(text.page for text in texts)
    signers = [text for text in texts if text.text.startswith("Nama Pengurus")]
    assert len(signers) == 9
    assert {text.page for text in signers} == {last}
    footer = _find(texts, ID("Page {page} of {pages}", page=last, pages=last))
    assert max(text.y for text in signers) < footer.y - 4.4


def test_an_empty_list_says_so() -> None:
    texts = placed_texts(_pdf(replace(trial_balance(), rows=())))
    assert any(text.text == ID("Nothing in this period.") for text in texts)


def test_a_page_of_a_list_costs_little() -> None:
    short, long = _pdf(ledger(40)), _pdf(ledger(1000))
    pages = len(PdfReader(BytesIO(long)).pages) - len(PdfReader(BytesIO(short)).pages)
    assert (len(long) - len(short)) / pages < 3000
    assert len(_pdf(trial_balance())) < 20_000
