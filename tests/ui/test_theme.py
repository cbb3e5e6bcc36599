"""The tokens can be read: contrast by the formula of WCAG 2.1, section 1.4.3 and 1.4.11."""

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.theme import THEMES, Tokens

# Words and what they stand on.
WORDS = [
    *(
        ("text", ground)
        for ground in ("ground", "surface", "nav", "sunken", "hover", "tint", "amber_tint", "out_tint")
    ),
    *(("text2", ground) for ground in ("ground", "surface", "nav", "sunken", "hover", "tint")),
    ("text2", "amber_tint"),
    ("on_brand", "brand"),
    ("on_brand", "brand_hover"),
    ("on_brand", "brand_press"),
    *(("brand_text", ground) for ground in ("ground", "surface", "tint", "nav", "hover")),
    *(("into", ground) for ground in ("ground", "surface", "into_tint", "tint")),
    *(("out", ground) for ground in ("ground", "surface", "out_tint")),
    *(("amber", ground) for ground in ("ground", "surface", "amber_tint", "nav")),
    ("disabled_text", "disabled"),
    ("on_toast", "toast"),
    ("toast_link", "toast"),
]
# Borders, bars and rings, and what they have to be told from.
SHAPES = [
    ("control", "surface"),
    ("control", "ground"),
    ("focus", "ground"),
    ("focus", "surface"),
    ("bar", "surface"),
    ("bar_now", "surface"),
    ("amber_line", "ground"),
    ("brand", "surface"),
]


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""

    def part(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    found = QColor(colour)
    return 0.2126 * part(found.redF()) + 0.7152 * part(found.greenF()) + 0.0722 * part(found.blueF())


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 6) == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48  # the known example just below the limit


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_can_be_read(name: str, words: str, ground: str) -> None:
    tokens = THEMES[name]
    assert contrast(getattr(tokens, words), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_can_be_seen(name: str, shape: str, ground: str) -> None:
    tokens = THEMES[name]
    assert contrast(getattr(tokens, shape), getattr(tokens, ground)) >= 3


def test_every_token_is_a_colour() -> None:
    for name, tokens in THEMES.items():
        for field in fields(Tokens):
            assert QColor(getattr(tokens, field.name)).isValid(), (name, field.name)


def test_the_style_sheet_names_only_tokens_that_exist() -> None:
    for name in THEMES:
        assert "@" not in theme._sheet(THEMES[name])


@pytest.mark.usefixtures("desk")
def test_the_window_is_written_in_the_shipped_type_with_figures_in_columns(qtbot: QtBot) -> None:
    assert "Inter" in QFontDatabase.families()
    for weight in (400, 500, 600, 700):
        face = theme.font(20, weight)
        assert QFontInfo(face).family() == "Inter"
        assert QFontInfo(face).weight() == weight
        from PySide6.QtGui import QFontMetricsF

        assert len({QFontMetricsF(face).horizontalAdvance(figure) for figure in "0123456789"}) == 1
