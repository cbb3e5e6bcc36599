"""A stack of paper to draw on: millimetres from the top left corner, sizes in points.

Sheet is our drawing vocabulary on ReportLab's canvas. It writes the PDF operators itself, because
formatting through the canvas took half the time of a page, and keeps font, colour and line
width between calls so that each is said only once. What is the same on every page is drawn once
(`fixed`) and then only referred to.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from io import BytesIO
from typing import Any, Literal

from app.reports.paper import fonts
from app.reports.paper.fonts import MM

Align = Literal["left", "right", "center"]
Color = tuple[int, int, int]
BLACK: Color = (0, 0, 0)
GREEN: Color = (23, 84, 54)  # only logo, name and rule of the letterhead
TINT: Color = (237, 241, 238)  # only behind rows; it may vanish in a photocopy without loss

HAIRLINE = 0.5  # pt; thinner lines vanished in the photocopy
SECTION_LINE = 0.8
GROUP_LINE = 1.3
BOX_LINE = 2.0
BAR_LINE = 2.4


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper in mm, upright, with the margins of its text."""

    name: str
    width: float
    height: float
    left: float
    right: float

    def turned(self) -> "Paper":
        """The same paper lying on its side; its margins are those of the wide lists."""
        return Paper(self.name, self.height, self.width, 15, 10)


A4 = Paper("A4", 210, 297, 20, 15)
F4 = Paper("F4", 215, 330, 20, 15)  # folio as sold in Indonesia
A5 = Paper("A5", 148, 210, 12, 12)
PAPERS = {paper.name: paper for paper in (A4, F4, A5)}

PageNumber = Callable[[int, int], str]
_DARK = re.compile("1+")


@dataclass(slots=True)
class _State:
    """What the PDF reader remembers between operators: said again only when it changes."""

    font: tuple[bool, int, float] | None = None
    fill: Color = BLACK
    stroke: Color = BLACK
    line: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(slots=True)
class _Page:
    operators: list[str] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    footer: "_Footer | None" = None
    state: _State = field(default_factory=_State)


@dataclass(frozen=True, slots=True)
class _Footer:
    left: str
    right: str | PageNumber
    baseline: float
    mark: str


class Sheet:
    """A PDF in the making. Draw, `new_page()`, draw ..., then `finish()` for the bytes.

    The first page is there from the start. Pages are numbered within a run, so that "page x of y"
    of one member's statement counts his own pages: `new_run()` begins the next one.
    `paper` is what is printed on; `made_at` stands in the file's properties, so that the same book
    makes the same bytes. `alone` is for a single paper in a file of its own: nothing recurs in it, so fixed
    parts are drawn where they stand, and the fonts keep only its letters.
    """

    def __init__(
        self,
        paper: Paper = A4,
        *,
        landscape: bool = False,
        title: str = "",
        author: str = "",
        language: str = "id",
        made_at: datetime | None = None,
        alone: bool = False,
    ) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0  # plain bytes: a quarter smaller than ReportLab's ASCII default
        self.paper = paper.turned() if landscape else paper
        self.width = self.paper.width
        self.height = self.paper.height
        self.left = self.paper.left
        self.right = self.width - self.paper.right
        self._points_high = self.height * MM
        self._buffer = BytesIO()
        self._canvas: Any = Canvas(
            self._buffer,
            pagesize=(self.width * MM, self._points_high),
            pageCompression=1,
            invariant=1,
            lang=language,
            initialFontName=fonts.pdf_font(bold=False, index=0).fontName,
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("Lumbung")
        self._canvas.setSubject(title)
        if made_at is not None:
            stamp = _pdf_date(made_at)
            self._canvas.setDateFormatter(lambda *_: stamp)
        self._alone = alone
        self._written: dict[bool, set[str]] = {False: set(), True: set()}
        self._font_names: dict[tuple[bool, int], str] = {}
        self._fixed: set[str] = set()
        self._page = _Page()
        self._run: list[_Page] = [self._page]
        self._finished_pages = 0

    @property
    def page(self) -> int:
        """Number of the current page within its run, from 1."""
        return len(self._run)

    @property
    def total_pages(self) -> int:
        """Pages of the whole file so far."""
        return self._finished_pages + len(self._run)

    @property
    def bottom(self) -> float:
        """Where text has to end, in mm from the top: just above the line over the footer."""
        return self.height - 18

    # Text

    def text(
        self,
        x: float,
        y: float,
        string: str,
        size: float = 10,
        bold: bool = False,
        align: Align = "left",
        color: Color = BLACK,
    ) -> float:
        """Write on the baseline `y`; `x` is the left, right or middle, as `align` says.

        Returns how wide the text is, in mm.
        """
        if not string:
            return 0.0
        face = fonts.face(bold)
        points = face.text_width(string) * size / 1000
        start = x * MM
        if align == "right":
            start -= points
        elif align == "center":
            start -= points / 2
        if self._alone:
            self._written[bold].add(string)
        page, state = self._page, self._page.state
        write = page.operators.append
        if state.fill != color:
            state.fill = color
            write(_rgb(color) + "rg")
        at = f"{start:.2f} {self._points_high - y * MM:.2f} Td"
        pieces = face.pieces(string)
        if len(pieces) == 1:
            index, body = pieces[0]
            if state.font == (bold, index, size):
                write(f"BT {at} ({body}) Tj ET")
                return points / MM
        shown = []
        for index, body in pieces:
            if state.font != (bold, index, size):
                state.font = (bold, index, size)
                shown.append(f"{self._font(bold, index)} {size:g} Tf")
            shown.append(f"({body}) Tj")
        write(f"BT {at} {' '.join(shown)} ET")
        return points / MM

    def figure(self, right: float, y: float, string: str, size: float = 10, bold: bool = False) -> None:
        """A right-aligned amount whose closing parenthesis hangs outside, so that the digits line up."""
        if string.endswith(")"):
            right += fonts.width_mm(")", size, bold)
        self.text(right, y, string, size, bold, "right")

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        string: str,
        size: float = 10,
        bold: bool = False,
        leading: float | None = None,
    ) -> float:
        """Text in lines of `width` mm from the baseline `y` down. Returns the baseline for what follows."""
        leading = size * 0.45 if leading is None else leading
        for line in fonts.wrap(string, width, size, bold):
            self.text(x, y, line, size, bold)
            y += leading
        return y

    @staticmethod
    def width_mm(string: str, size: float, bold: bool = False) -> float:
        """How wide a text would be, in mm."""
        return fonts.width_mm(string, size, bold)

    @staticmethod
    def wrap(string: str, width: float, size: float, bold: bool = False) -> list[str]:
        """The lines of a text at most `width` mm wide; nothing is cut off."""
        return fonts.wrap(string, width, size, bold)

    @staticmethod
    def fit(string: str, width: float, sizes: tuple[float, ...], bold: bool = False) -> float:
        """The first of `sizes` (largest first) at which the text is at most `width` mm, else the last."""
        return fonts.fit(string, width, sizes, bold)

    # Lines and areas

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        width: float = HAIRLINE,
        color: Color = BLACK,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A straight line, `width` in pt; `dash` as (on, off) in pt."""
        self._pen(width, color, dash)
        high = self._points_high
        self._page.operators.append(
            f"{x1 * MM:.2f} {high - y1 * MM:.2f} m {x2 * MM:.2f} {high - y2 * MM:.2f} l S"
        )

    def path(
        self,
        points: Sequence[tuple[float, float]],
        width: float = HAIRLINE,
        color: Color = BLACK,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A line from point to point in one stroke, so that its dashes run on around the corners."""
        self._pen(width, color, dash)
        high = self._points_high
        steps = [
            f"{x * MM:.2f} {high - y * MM:.2f} {'l' if number else 'm'}"
            for number, (x, y) in enumerate(points)
        ]
        self._page.operators.append(" ".join(steps) + " S")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        line: float = HAIRLINE,
        color: Color = BLACK,
    ) -> None:
        """An empty rectangle; `x`, `y` its top left corner, the line centred on the edge."""
        self._pen(line, color, ())
        self._page.operators.append(f"{self._rectangle(x, y, width, height)} re S")

    def tint(self, x: float, y: float, width: float, height: float, color: Color = TINT) -> None:
        """A filled rectangle without a line; draw it before the text that stands on it."""
        self._fill(color)
        self._page.operators.append(f"{self._rectangle(x, y, width, height)} re f")

    def bar(self, x: float, y1: float, y2: float) -> None:
        """The thick upright bar beside what is in arrears."""
        self.line(x, y1, x, y2, BAR_LINE)

    def circle(self, x: float, y: float, radius: float, line: float = 1.5, color: Color = BLACK) -> None:
        """A ring around the middle (x, y); `radius` in mm to the middle of the line."""
        self._pen(line, color, ())
        cx, cy, r = x * MM, self._points_high - y * MM, radius * MM
        k = r * 0.5523  # the handle at which four Bézier curves are a circle to 0.03 %
        arcs = [f"{cx + r:.2f} {cy:.2f} m"]
        for handle1, handle2, end in (
            ((r, k), (k, r), (0.0, r)),
            ((-k, r), (-r, k), (-r, 0.0)),
            ((-r, -k), (-k, -r), (0.0, -r)),
            ((k, -r), (r, -k), (r, 0.0)),
        ):
            numbers = [f"{cx + dx:.2f} {cy + dy:.2f}" for dx, dy in (handle1, handle2, end)]
            arcs.append(" ".join(numbers) + " c")
        self._page.operators.append(" ".join(arcs) + " s")

    def image(self, x: float, y: float, width: float, height: float, data: bytes) -> None:
        """A PNG or JPEG as large as fits into the rectangle, left and centred upright.

        The picture is put into the file once, however often it is drawn. Raises OSError when the
        data is not a picture.
        """
        from reportlab.lib.utils import ImageReader

        name = "image" + blake2b(data, digest_size=8).hexdigest()
        picture = ImageReader(BytesIO(data))
        pixels_wide, pixels_high = picture.getSize()
        scale = min(width / pixels_wide, height / pixels_high)
        wide, high = pixels_wide * scale, pixels_high * scale
        top = y + (height - high) / 2
        if name not in self._fixed:
            self._canvas.beginForm(name, 0, 0, 1, 1)
            self._canvas.drawImage(picture, 0, 0, 1, 1, mask="auto")
            self._canvas.endForm()
            self._fixed.add(name)
        self._page.operators.append(
            f"q {wide * MM:.2f} 0 0 {high * MM:.2f} {x * MM:.2f}"
            f" {self._points_high - (top + high) * MM:.2f} cm {self._refer(name)} Q"
        )

    def pattern(self, x: float, y: float, size: float, rows: Sequence[str]) -> None:
        """A square pattern, such as a QR code without its quiet zone, `size` mm wide.

        Each row is written in `1` (dark) and `0`. Neighbouring dark modules are drawn as one rectangle
        in whole numbers, so a code costs few bytes and no white seams show between its modules.
        """
        side = size * MM / len(rows)
        self._fill(BLACK)
        # In the order of their width they are packed a tenth smaller.
        runs = sorted(
            (run.end() - run.start(), run.start(), row)
            for row, cells in enumerate(rows)
            for run in _DARK.finditer(cells)
        )
        drawn = " ".join([f"{column} {row} {wide} 1 re" for wide, column, row in runs])
        # Turned upside down, so that rows count from the top.
        at = f"{x * MM:.2f} {self._points_high - y * MM:.2f}"
        self._page.operators.append(f"q {side:.4f} 0 0 -{side:.4f} {at} cm {drawn} f Q")

    # Pages

    def fixed(self, key: str, draw: Callable[[], None]) -> None:
        """Draw what is the same on many pages: drawn into the file once, then only referred to.

        `key` has to name the content: the same key means the same drawing.
        """
        if self._alone:
            draw()
            return
        name = "fixed" + blake2b(key.encode(), digest_size=8).hexdigest()
        if name not in self._fixed:
            page, self._page = self._page, _Page()
            draw()
            operators, forms = self._page.operators, self._page.forms
            self._page = page
            self._canvas.beginForm(name)
            self._use(forms)
            self._canvas.addLiteral("\n".join(operators))
            self._canvas.endForm()
            self._fixed.add(name)
        self._page.operators.append(self._refer(name))

    def fixed_lower(self, key: str, down: float, draw: Callable[[], None]) -> None:
        """The same, moved `down` by so many mm: for what is the same on many pages at another height."""
        page = self._page
        page.operators.append(f"q 1 0 0 1 0 {-down * MM:.2f} cm")
        state = replace(page.state)
        self.fixed(key, draw)
        page.state = state
        page.operators.append("Q")

    def new_page(self) -> None:
        """End this page and begin the next one of the same run; it keeps the footer."""
        footer = self._page.footer
        self._page = _Page(footer=footer)
        self._run.append(self._page)

    def new_run(self) -> None:
        """End this page and begin page 1 of the next run, without a footer. An empty first page is used."""
        if self._run == [self._page] and not self._page.operators:
            return
        self._end_run()
        self._page = _Page()
        self._run = [self._page]

    def footer(
        self,
        left: str,
        right: str | PageNumber,
        *,
        baseline: float | None = None,
        mark: str = "",
    ) -> None:
        """The footer of this and the following pages of the run, with a line above it.

        `right` is the text, or a function of (page, pages) called when the run is complete. `mark` is the
        word of a training book, framed beside it. `baseline` in mm, by default 11 mm above
        the edge: 286 on A4, 319 on F4.
        """
        at = self.height - 11 if baseline is None else baseline
        self._page.footer = _Footer(left, right, at, mark)

    def finish(self) -> bytes:
        """The PDF. Nothing can be drawn after it."""
        self._end_run()
        if self._alone:
            for bold, index in self._font_names:
                letters = [fonts.face(bold).printable(text) for text in self._written[bold]]
                fonts.pdf_font(bold, index).thin(self._canvas._doc, letters)
        self._canvas.save()
        return self._buffer.getvalue()

    # Inside

    def _end_run(self) -> None:
        pages = len(self._run)
        for number, page in enumerate(self._run, 1):
            self._page = page
            if page.footer is not None:
                self._draw_footer(page.footer, number, pages)
            self._use(page.forms)
            self._canvas.addLiteral("\n".join(page.operators))
            self._canvas.showPage()
        self._finished_pages += pages
        self._run = []

    def _draw_footer(self, footer: _Footer, number: int, pages: int) -> None:
        right = footer.right if isinstance(footer.right, str) else footer.right(number, pages)
        edge, y = self.right, footer.baseline
        self.line(self.left, y - 4.4, edge, y - 4.4)
        edge -= self.text(edge, y, right, 8.5, align="right") + 4
        if footer.mark:
            wide = self.width_mm(footer.mark, 8.5, bold=True) + 3
            self.text(edge - wide / 2, y, footer.mark, 8.5, bold=True, align="center")
            self.box(edge - wide, y - 3.1, wide, 4.2, 1.0)
            edge -= wide + 4
        size = self.fit(footer.left, edge - self.left, (8.5, 8, 7.5, 7, 6))
        self.text(self.left, y, footer.left, size)

    def _use(self, forms: set[str]) -> None:
        # The canvas keeps a list of the forms a page refers to and writes them into its resources.
        self._canvas._formsinuse = sorted(forms)

    def _refer(self, name: str) -> str:
        self._page.forms.add(name)
        return f"/{self._canvas._doc.getXObjectName(name)} Do"

    def _font(self, bold: bool, index: int) -> str:
        name = self._font_names.get((bold, index))
        if name is None:
            font = fonts.pdf_font(bold, index)
            name = str(self._canvas._doc.getInternalFontName(font.fontName))
            self._font_names[bold, index] = name
        return name

    def _rectangle(self, x: float, y: float, width: float, height: float) -> str:
        bottom = self._points_high - (y + height) * MM
        return f"{x * MM:.2f} {bottom:.2f} {width * MM:.2f} {height * MM:.2f}"

    def _fill(self, color: Color) -> None:
        if self._page.state.fill != color:
            self._page.state.fill = color
            self._page.operators.append(_rgb(color) + "rg")

    def _pen(self, width: float, color: Color, dash: tuple[float, ...]) -> None:
        state, write = self._page.state, self._page.operators.append
        if state.line != width:
            state.line = width
            write(f"{width:g} w")
        if state.stroke != color:
            state.stroke = color
            write(_rgb(color) + "RG")
        if state.dash != dash:
            state.dash = dash
            write(f"[{' '.join(f'{part:g}' for part in dash)}] 0 d")


def _rgb(color: Color) -> str:
    return "".join(f"{part / 255:.3g} " for part in color)


def _pdf_date(moment: datetime) -> str:
    """A moment as PDF 32000-1, 7.9.4 writes it: D:20261102091400+07'00'."""
    zone = f"{moment:%z}"
    return f"D:{moment:%Y%m%d%H%M%S}" + (f"{zone[:3]}'{zone[3:5]}'" if zone else "")
