"""Reads a PDF back operator by operator: which text stands where, as wide as the file itself says."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

MM = 72 / 25.4


@dataclass(frozen=True)
class Placed:
    """A text on a page: left edge, baseline and width in mm from the top left; size in points."""

    page: int
    x: float
    y: float
    width: float
    size: float
    font: str
    text: str

    @property
    def right(self) -> float:
        return self.x + self.width


class _Font:
    def __init__(self, font: Any) -> None:
        self.name = str(font["/BaseFont"])
        self._first = int(font["/FirstChar"])
        self._widths = [int(width) for width in font["/Widths"]]
        self._letters = dict(_letters(font["/ToUnicode"].get_data().decode("ascii")))

    def text(self, codes: bytes) -> str:
        return "".join(self._letters[code] for code in codes)

    def width(self, codes: bytes) -> int:
        return sum(self._widths[code - self._first] for code in codes)


def _letters(table: str) -> Iterator[tuple[int, str]]:
    for line in table.splitlines():
        if line.count("<") == 3:
            first, last, letter = (int(part.strip("<> "), 16) for part in line.split())
            for code in range(first, last + 1):
                yield code, chr(letter + code - first)


def placed_texts(pdf: bytes) -> list[Placed]:
    """All texts of the file in the order they are drawn, forms included."""
    reader = PdfReader(BytesIO(pdf))
    result: list[Placed] = []
    for number, page in enumerate(reader.pages, 1):
        high = float(page.mediabox.height)
        _read(reader, page["/Contents"], page["/Resources"], number, high, result)
    return result


def _read(reader: Any, stream: Any, resources: Any, page: int, high: float, to: list[Placed]) -> None:
    fonts = {name: _Font(font.get_object()) for name, font in resources["/Font"].items()}
    font, size, x, y = None, 0.0, 0.0, 0.0
    moved = 0.0  # how far down what follows is drawn, in points
    kept: list[float] = []
    for operands, operator in ContentStream(stream, reader).operations:
        match operator:
            case b"q":
                kept.append(moved)
            case b"Q":
                moved = kept.pop()
            case b"cm" if [float(part) for part in operands[:5]] == [1, 0, 0, 1, 0]:
                moved -= float(operands[5])
            case b"BT":
                x = y = 0.0
            case b"Tf":
                font, size = fonts[operands[0]], float(operands[1])
            case b"Td":
                x, y = float(operands[0]), float(operands[1])
            case b"Tj":
                assert font is not None
                codes = operands[0].original_bytes
                points = font.width(codes) * size / 1000
                to.append(
                    Placed(
                        page, x / MM, (high - y + moved) / MM, points / MM, size, font.name, font.text(codes)
                    )
                )
                x += points
            case b"Do":
                form = resources["/XObject"][operands[0]]
                if form["/Subtype"] == "/Form" and "/Font" in form["/Resources"]:
                    _read(reader, form, form["/Resources"], page, high + moved, to)


def overlapping(texts: list[Placed]) -> list[tuple[Placed, Placed]]:
    """Neighbours on one baseline that run into each other by more than a tenth of a millimetre."""
    lines: dict[tuple[int, float], list[Placed]] = {}
    for text in texts:
        if text.text.strip():
            lines.setdefault((text.page, round(text.y, 1)), []).append(text)
    clashes = []
    for line in lines.values():
        line.sort(key=lambda text: text.x)
        clashes += [(a, b) for a, b in itertools.pairwise(line) if a.right > b.x + 0.1]
    return clashes
