"""How the window looks: every colour, size and radius, and the style sheet made of them.

A page names a token ("brand", "out") and never a colour. `current()` is the theme in use; changing it rebuilds
the window, so nothing has to listen for a change.
"""

from dataclasses import asdict, dataclass
from typing import Final

from PySide6.QtCore import QDir, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.base.paths import resource_root

FAMILY: Final = "Inter"
# Sizes of type in pixels: tables and hints, fields and panel heads, titles of pages, main figures.
SMALL, BODY, TITLE, FIGURE = 13, 15, 20, 28
# The grid and the measures that more than one widget shares, in pixels at 100 %.
MARGIN, GAP, TIGHT, PADDING = 24, 16, 8, 16
# Around what stands on a page: left, top, right, bottom.
PAGE: Final = (MARGIN, GAP, MARGIN, GAP)
RADIUS_KEY, RADIUS, RADIUS_CARD = 4, 6, 8
BUTTON_HEIGHT, FIELD_HEIGHT, ROW_HEIGHT, LIST_ROW_HEIGHT, HEAD_HEIGHT = 36, 36, 32, 36, 32
NAVIGATION_WIDTH, TOP_BAR_HEIGHT, NAVIGATION_ITEM_HEIGHT = 200, 48, 36


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme by what they are for. `out` is money out, refusal and error; `into` money in."""

    ground: str
    surface: str
    nav: str
    sunken: str
    hover: str
    tint: str
    line: str
    control: str
    text: str
    text2: str
    brand: str
    brand_hover: str
    brand_press: str
    on_brand: str
    brand_text: str
    into: str
    into_tint: str
    out: str
    out_tint: str
    amber: str
    amber_tint: str
    amber_line: str
    focus: str
    bar: str
    bar_now: str
    disabled: str
    disabled_text: str
    toast: str
    on_toast: str
    toast_link: str


LIGHT: Final = Tokens(
    ground="#F3F4EF",
    surface="#FFFFFF",
    nav="#EAEDE5",
    sunken="#EEF0EA",
    hover="#E4E8DF",
    tint="#E1EEE4",
    line="#D6DBD1",
    control="#7F8A82",
    text="#1A221D",
    text2="#515C54",
    brand="#1F5B3A",
    brand_hover="#184A2F",
    brand_press="#123A24",
    on_brand="#FFFFFF",
    brand_text="#1F5B3A",
    into="#0F6580",
    into_tint="#E0F0F4",
    out="#A53426",
    out_tint="#FBEAE6",
    amber="#855000",
    amber_tint="#FFF3DC",
    amber_line="#B97F1C",
    focus="#1F5B3A",
    bar="#6E9B80",
    bar_now="#1F5B3A",
    disabled="#ECEEE8",
    disabled_text="#646D67",
    toast="#1A221D",
    on_toast="#FFFFFF",
    toast_link="#A5DDB7",
)
DARK: Final = Tokens(
    ground="#141A17",
    surface="#1C2420",
    nav="#18201B",
    sunken="#222B26",
    hover="#2A352F",
    tint="#22392B",
    line="#36423B",
    control="#7D8B82",
    text="#E7ECE8",
    text2="#A9B5AD",
    brand="#2C7A4C",
    brand_hover="#2F8052",
    brand_press="#256A41",
    on_brand="#FFFFFF",
    brand_text="#8AD3A5",
    into="#76C7E2",
    into_tint="#173340",
    out="#F2A091",
    out_tint="#43231D",
    amber="#F2BF62",
    amber_tint="#3A2E14",
    amber_line="#A87B28",
    focus="#A5E3BB",
    bar="#558767",
    bar_now="#8AD3A5",
    disabled="#222B26",
    disabled_text="#8D9991",
    toast="#E7ECE8",
    on_toast="#141A17",
    toast_link="#1F5B3A",
)
CONTRAST: Final = Tokens(
    ground="#000000",
    surface="#000000",
    nav="#000000",
    sunken="#141414",
    hover="#1F1F1F",
    tint="#00331A",
    line="#FFFFFF",
    control="#FFFFFF",
    text="#FFFFFF",
    text2="#E6E6E6",
    brand="#5CF095",
    brand_hover="#8BFFB8",
    brand_press="#5CF095",
    on_brand="#000000",
    brand_text="#5CF095",
    into="#7FDBFF",
    into_tint="#00303F",
    out="#FFA799",
    out_tint="#4A0F05",
    amber="#FFD34D",
    amber_tint="#3D2F00",
    amber_line="#FFD34D",
    focus="#FFEB3B",
    bar="#A8B0AA",
    bar_now="#5CF095",
    disabled="#141414",
    disabled_text="#B5B5B5",
    toast="#FFFFFF",
    on_toast="#000000",
    toast_link="#00552B",
)
THEMES: Final = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


class Theme:
    """The tokens in use, as colours and as a style sheet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tokens = THEMES[name]

    def color(self, token: str) -> QColor:
        """A token as a colour to paint with."""
        return QColor(getattr(self.tokens, token))


_theme = Theme("light")
_drawings: QTemporaryDir | None = None


def current() -> Theme:
    """The theme in use."""
    return _theme


def color(token: str) -> QColor:
    """A token of the theme in use as a colour."""
    return _theme.color(token)


def font(size: int = SMALL, weight: int = 400) -> QFont:
    """Inter in one of the four sizes; weights are 400, 500, 600 and 700."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    return made


def load_fonts() -> list[str]:
    """Make the shipped type family known; returns the families found."""
    families: list[str] = []
    for path in sorted((resource_root() / "resources" / "fonts" / "screen").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number)
    return families


def apply(app: QApplication, name: str) -> Theme:
    """Put a theme on: light, dark, contrast, or system (as the computer is set)."""
    global _theme  # noqa: PLW0603 - the one look of the window, as Qt's own application style
    if name == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        name = "dark" if dark else "light"
    _theme = Theme(name)
    app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_palette(_theme))
    _draw_signs(_theme.tokens)
    app.setStyleSheet(_sheet(_theme.tokens))
    return _theme


def _draw_signs(tokens: Tokens) -> None:
    """Put the few icons of the style sheet where it can find them: it takes files, and only in their own colour."""
    from app.ui import icons

    global _drawings  # noqa: PLW0603 - lives as long as the style sheet that names its files
    _drawings = QTemporaryDir()
    folder = QDir(_drawings.path())
    for name, colour in (("chevron-down", tokens.text), ("check", tokens.on_brand)):
        with open(folder.filePath(f"{name}.svg"), "wb") as file:  # noqa: PTH123 - Qt's path, in Qt's folder
            file.write(icons.svg(name, colour))
    QDir.setSearchPaths("look", [folder.path()])


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, token in (
        (QPalette.ColorRole.Window, "ground"),
        (QPalette.ColorRole.WindowText, "text"),
        (QPalette.ColorRole.Base, "surface"),
        (QPalette.ColorRole.AlternateBase, "sunken"),
        (QPalette.ColorRole.Text, "text"),
        (QPalette.ColorRole.Button, "surface"),
        (QPalette.ColorRole.ButtonText, "text"),
        (QPalette.ColorRole.Highlight, "brand"),
        (QPalette.ColorRole.HighlightedText, "on_brand"),
        (QPalette.ColorRole.PlaceholderText, "text2"),
        (QPalette.ColorRole.ToolTipBase, "toast"),
        (QPalette.ColorRole.ToolTipText, "on_toast"),
        (QPalette.ColorRole.Link, "brand_text"),
        (QPalette.ColorRole.Accent, "brand"),
        (QPalette.ColorRole.Mid, "line"),
    ):
        palette.setColor(role, theme.color(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("disabled_text"))
    return palette


def _sheet(tokens: Tokens) -> str:
    text = (resource_root() / "resources" / "themes" / "window.qss").read_text(encoding="utf-8")
    values = {
        **asdict(tokens),
        "family": FAMILY,
        "radius": f"{RADIUS}px",
        "radius_card": f"{RADIUS_CARD}px",
        "radius_key": f"{RADIUS_KEY}px",
        "field_height": f"{FIELD_HEIGHT - 2}px",
        "head_height": f"{HEAD_HEIGHT}px",
    }
    for name in sorted(values, key=len, reverse=True):
        text = text.replace(f"@{name}@", values[name])
    return text
