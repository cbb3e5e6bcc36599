"""Fonts and the sheet: every letter prints, widths are true, pages are numbered within their run."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from app.reports.document import Letterhead, Officer
from app.reports.paper import (
    A4,
    A5,
    F4,
    Sheet,
    fit,
    initials,
    letterhead,
    signatures,
    signatures_height,
    width_mm,
    wrap,
)
from app.reports.paper.fonts import FONTS, face
from tests.reports.pdf_reading import placed_texts
from tests.reports.render_samples import COOPERATIVE, MADE_AT

LATIN = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA1, 0x180)) if code != 0xAD]
SIGNS = list("–—…✓•·×½¼¾‘’“”°±€")


@pytest.mark.parametrize("bold", [False, True])
def test_both_weights_have_every_latin_letter_and_our_signs(bold: bool) -> None:
    missing = [letter for letter in LATIN + SIGNS if letter not in face(bold).widths]
    assert missing == []


def test_the_shipped_fonts_are_as_the_metrics_say() -> None:
    metrics = json.loads((FONTS / "metrics.json").read_text(encoding="utf-8"))
    for weight in metrics.values():
        for part in weight["slices"]:
            font = TTFont(FONTS / part["file"])
            codes = font["cmap"].getcmap(1, 0).cmap
            scale = 1000 / font["head"].unitsPerEm
            for letter, (code, width) in part["letters"].items():
                advance, _ = font["hmtx"][codes[code]]
                assert round(advance * scale) == width, letter
                assert codes[code] != ".notdef", letter


def test_a_fonts_licence_lies_beside_it() -> None:
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert all(path.stat().st_size < 16_000 for path in Path(FONTS).glob("*.ttf"))


@pytest.mark.parametrize(
    ("size", "millimetres"),
    [(8.5, 23.0), (9, 24.3), (9.5, 25.7), (10, 27.1), (10.5, 28.4), (11, 29.8)],
)
def test_the_widest_figure_is_as_wide_as_the_paper_rules_say(size: float, millimetres: float) -> None:
    assert width_mm("999.999.999.999", size) == pytest.approx(millimetres, abs=0.06)


@given(st.text(max_size=40))
def test_any_text_prints_and_is_as_wide_as_it_measures(text: str) -> None:
    sheet = Sheet(A4)
    wide = sheet.text(20, 50, text, 10)
    shown = placed_texts(sheet.finish())
    assert sum(part.width for part in shown) == pytest.approx(wide, abs=0.01)
    expected = face(bold=False).printable(text)
    assert "".join(part.text for part in shown) == expected


def test_letters_without_a_glyph_are_shown_as_such_or_by_their_plain_form() -> None:
    printable = face(bold=False).printable
    assert printable("Ñúñez Żółć") == "Ñúñez Żółć"
    assert printable("e\u0301") == "é"
    assert printable("Sari\u00a0Jaya\t1\u22122") == "Sari Jaya 1–2"
    assert printable("ﬁ\uff21") == "fiA"
    assert printable("꧋漢🙂") == "\ufffd\ufffd\ufffd"


@given(
    st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=30)),
    st.floats(15, 80),
)
def test_wrapping_loses_nothing_and_no_line_is_too_wide(words: list[str], width: float) -> None:
    lines = wrap(" ".join(words), width, 10)
    assert "".join("".join(lines).split()) == "".join(words)
    assert all(width_mm(line, 10) <= width for line in lines)


def test_fit_takes_the_largest_size_that_fits() -> None:
    name = "Koperasi Simpan Pinjam Rukun Tani Lestari"
    assert fit(name, 200, (15, 12, 10), bold=True) == 15
    assert fit(name, width_mm(name, 12, bold=True), (15, 12, 10), bold=True) == 12
    assert fit(name, 5, (15, 12, 10), bold=True) == 10


def test_pages_are_numbered_within_their_run() -> None:
    sheet = Sheet(A4)
    for pages in (1, 3, 2):
        sheet.new_run()
        sheet.footer("left", lambda page, total: f"{page} of {total}")
        for page in range(pages):
            if page:
                sheet.new_page()
            sheet.text(20, 50, "x")
    assert sheet.total_pages == 6
    texts = [text.text for text in placed_texts(sheet.finish()) if " of " in text.text]
    assert texts == ["1 of 1", "1 of 3", "2 of 3", "3 of 3", "1 of 2", "2 of 2"]


@pytest.mark.parametrize(("paper", "baseline"), [(A4, 286), (F4, 319), (A5, 199)])
def test_the_footer_stands_eleven_millimetres_above_the_edge(paper: object, baseline: float) -> None:
    assert isinstance(paper, type(A4))
    sheet = Sheet(paper)
    sheet.footer("Dibuat", "Halaman", mark="LATIHAN")
    left, mark, right = sorted(placed_texts(sheet.finish()), key=lambda text: text.x)
    assert [left.text, mark.text, right.text] == ["Dibuat", "LATIHAN", "Halaman"]
    assert left.y == pytest.approx(baseline, abs=0.01)
    assert right.right == pytest.approx(paper.width - paper.right, abs=0.01)
    assert mark.right < right.x


def test_landscape_turns_the_paper() -> None:
    sheet = Sheet(F4, landscape=True)
    assert (sheet.width, sheet.height, sheet.left, sheet.right) == (330, 215, 15, 320)
    box = PdfReader(BytesIO(_with_text(sheet))).pages[0].mediabox
    assert round(float(box.width)) == round(330 * 72 / 25.4)


def _with_text(sheet: Sheet) -> bytes:
    sheet.text(20, 20, "x")
    return sheet.finish()


def test_a_closing_parenthesis_hangs_outside_so_that_digits_line_up() -> None:
    sheet = Sheet(A4)
    sheet.figure(155, 50, "86.420.000")
    sheet.figure(155, 55, "(86.420.000)")
    plain, negative = placed_texts(sheet.finish())
    assert plain.right == pytest.approx(155, abs=0.01)
    assert negative.right == pytest.approx(155 + width_mm(")", 10), abs=0.01)


def test_the_letterhead_is_put_into_the_file_once() -> None:
    one, many = Sheet(A4), Sheet(A4)
    letterhead(one, COOPERATIVE)
    for page in range(20):
        if page:
            many.new_page()
        letterhead(many, COOPERATIVE)
    more = (len(many.finish()) - len(one.finish())) / 19
    assert more < 800  # an almost empty page of ReportLab's


def _png() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (40, 20), (23, 84, 54)).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_logo_takes_the_place_of_the_ring_and_is_put_in_once() -> None:
    sheet = Sheet(A4)
    for page in range(3):
        if page:
            sheet.new_page()
        letterhead(sheet, Letterhead("Warung Sari", logo=_png()), top=10 + page)
    data = sheet.finish()
    assert data.count(b"/Subtype /Image") == 1
    assert "WS" not in {text.text for text in placed_texts(data)}


def test_a_damaged_logo_gives_way_to_the_initials() -> None:
    sheet = Sheet(A4)
    letterhead(sheet, Letterhead("Warung Sari", logo=b"not a picture"))
    assert "WS" in {text.text for text in placed_texts(sheet.finish())}


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Warung Sari", "WS"), ("koperasi simpan pinjam rukun tani", "KSP"), ("", "·"), ("& Co", "C")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_letterhead_rule_is_where_the_papers_want_it() -> None:
    assert letterhead(Sheet(A4), COOPERATIVE) == 32.5
    assert letterhead(Sheet(A4), COOPERATIVE, top=10, logo=14) == 26.5


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 9])
def test_all_officers_sign_and_fit(count: int) -> None:
    officers = [Officer(f"Jabatan {n}", f"Nama Lengkap Pejabat ke-{n}, S.P.") for n in range(count)]
    sheet = Sheet(A4)
    end = signatures(sheet, 100, "Sukamaju, 14 Januari 2026", officers)
    assert end == pytest.approx(100 + signatures_height(officers))
    texts = placed_texts(sheet.finish())
    names = [text for text in texts if text.text.startswith("Nama")]
    assert len(names) == count
    assert all("Bold" in text.font for text in names)
    assert all(text.x >= 19.99 and text.right <= 195.01 for text in texts)


def test_a_pattern_is_drawn_as_few_rectangles_as_there_are_dark_runs() -> None:
    sheet = Sheet(A4)
    sheet.pattern(170, 250, 23, ("1101", "0000", "1111"))
    page = PdfReader(BytesIO(sheet.finish())).pages[0]
    content = page.get_contents()
    assert content is not None
    drawn = content.get_data().decode("ascii")
    assert sorted(re.findall(r"\d+ \d+ \d+ 1 re", drawn)) == ["0 0 2 1 re", "0 2 4 1 re", "3 0 1 1 re"]


def test_the_same_drawing_makes_the_same_bytes_and_properties() -> None:
    def draw() -> bytes:
        sheet = Sheet(A4, title="Neraca", author="Warung Sari", made_at=MADE_AT)
        letterhead(sheet, COOPERATIVE)
        sheet.pattern(170, 250, 23, ("101", "010", "111"))
        return sheet.finish()

    assert draw() == draw()
    information = PdfReader(BytesIO(draw())).metadata
    assert information is not None
    assert information.title == "Neraca"
    assert information.creation_date == MADE_AT
