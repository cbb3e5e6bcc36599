"""Noto Sans, pre-cut for our papers: how wide a text is, and how it is written into a PDF.

ReportLab cuts a TrueType font anew for every file it makes; that costs more time and bytes than a
member's whole statement. Here the cutting was done once (resources/fonts/cut.py): each slice is a small font
that goes into the file whole, and one byte stands for one letter. Letters Noto Sans does
not have are printed as a visible replacement sign, never dropped and never an error.
Sizes are points, widths millimetres.
"""

import json
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from app.base.paths import resource_root
from app.reports.paper.outlines import Outlines

FONTS = resource_root() / "resources" / "fonts"
MM = 72 / 25.4  # points in a millimetre

# Signs that look the same on paper as one the font has; the hyphens are of typographers, not of names.
_LOOKALIKES = str.maketrans(
    {"\t": " ", "\n": " ", "\r": " ", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " "}
    | {"\u2010": "-", "\u2011": "-", "\u2212": "–", "\u00ad": "", "\u200b": "", "\ufeff": ""}
)
_REPLACEMENT = "\ufffd"


class Face:
    """One weight of the family with its slices."""

    def __init__(self, weight: str, metrics: dict[str, Any]) -> None:
        self.weight = weight
        self.metrics = metrics
        self.widths: dict[str, int] = {}  # thousandths of the size
        self._slice_of: dict[str, int] = {}
        self._byte_of: dict[str, str] = {}
        for index, part in enumerate(metrics["slices"]):
            for letter, (code, width) in part["letters"].items():
                self.widths[letter] = width
                self._slice_of[letter] = index
                self._byte_of[letter] = _literal(code)
        self.text_width = lru_cache(maxsize=16384)(self._text_width)
        self.pieces = lru_cache(maxsize=16384)(self._pieces)

    def printable(self, text: str) -> str:
        """The text in letters the font has; what it lacks becomes the replacement sign."""
        widths = self.widths
        if all(letter in widths for letter in text):
            return text
        text = unicodedata.normalize("NFC", text.translate(_LOOKALIKES))
        return "".join(_nearest(letter, widths) for letter in text)

    def _text_width(self, text: str) -> int:
        """Width of the text in thousandths of the font size."""
        widths = self.widths
        try:
            return sum([widths[letter] for letter in text])
        except KeyError:
            return sum([widths[letter] for letter in self.printable(text)])

    def _pieces(self, text: str) -> tuple[tuple[int, str], ...]:
        """Runs of the text as (slice, body of a PDF string); nearly always there is just one."""
        text = self.printable(text)
        literal = self._byte_of
        return tuple(
            (index, "".join([literal[letter] for letter in run]))
            for index, run in groupby(text, key=self._slice_of.__getitem__)
        )


def _literal(code: int) -> str:
    if 32 <= code < 127:
        letter = chr(code)
        return "\\" + letter if letter in "()\\" else letter
    return f"\\{code:03o}"


def _nearest(letter: str, widths: dict[str, int]) -> str:
    if letter in widths:
        return letter
    if unicodedata.combining(letter):
        return ""  # a mark no letter of the font carries: the letter below it was printed
    plain = unicodedata.normalize("NFKC", letter)
    if plain != letter and all(part in widths for part in plain):
        return plain
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base in widths else _REPLACEMENT


@cache
def face(bold: bool) -> Face:
    """The regular or the bold face; read from the disk once."""
    metrics = json.loads((FONTS / "metrics.json").read_text(encoding="utf-8"))
    weight = "bold" if bold else "regular"
    return Face(weight, metrics[weight])


def width_mm(text: str, size: float, bold: bool = False) -> float:
    """How wide the text is on paper, in mm, at `size` points."""
    return face(bold).text_width(text) * size / 2834.645669


def wrap(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines of at most `width` mm. A word that is longer by itself is broken.

    Nothing is ever cut off; an empty text is one empty line.
    """
    lines: list[str] = []
    line = ""
    for word in _words(text, width, size, bold):
        longer = f"{line} {word}" if line else word
        if line and width_mm(longer, size, bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    return lines


def _words(text: str, width: float, size: float, bold: bool) -> Iterator[str]:
    for word in text.split():
        while len(word) > 1 and width_mm(word, size, bold) > width:
            fits = 1
            while width_mm(word[: fits + 1], size, bold) <= width:
                fits += 1
            yield word[:fits]
            word = word[fits:]
        yield word


def fit(text: str, width: float, sizes: tuple[float, ...], bold: bool = False) -> float:
    """The first of the sizes (largest first) at which the text fits; else the last one."""
    needed = face(bold).text_width(text)
    for size in sizes:
        if needed * size / 2834.645669 <= width:
            return size
    return sizes[-1]


@cache
def pdf_font(bold: bool, index: int) -> "PdfFont":
    """The ReportLab font object of one slice, registered once in this process."""
    from reportlab.pdfbase import pdfmetrics

    font = PdfFont(face(bold), index)
    pdfmetrics.registerFont(font)
    return font


class PdfFont:
    """One slice as a font ReportLab's canvas can refer to; it speaks the protocol of pdfmetrics.Font."""

    _multiByte = 0  # noqa: N815 - the names are those ReportLab asks for
    _dynamicFont = 0  # noqa: N815
    shapable = False
    encName = "lumbung"  # noqa: N815

    def __init__(self, owner: Face, index: int) -> None:
        part = owner.metrics["slices"][index]
        self.fontName = Path(part["file"]).stem
        self.face = self
        self.name = self.fontName
        self.builtIn = False
        self._owner = owner
        self._codes = {code: (letter, width) for letter, (code, width) in part["letters"].items()}
        self._file = (FONTS / part["file"]).read_bytes()
        self._packed = zlib.compress(self._file, 9)
        self._outlines: Outlines | None = None
        self._unicode_map = zlib.compress(self._to_unicode().encode("ascii"), 9)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the name is ReportLab's
        """Add the font to a PDF: called by ReportLab when the font is first used in a document."""
        from reportlab.pdfbase import pdfdoc

        metrics = self._owner.metrics
        internal = f"F{len(doc.fontMapping) + 1}"
        base = pdfdoc.PDFName(f"{_tag(self.fontName)}+{metrics['name']}")
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": base,
                "Flags": 4,  # symbolic: the codes are ours, the font's own table says which glyph
                "FontBBox": pdfdoc.PDFArray(metrics["box"]),
                "ItalicAngle": 0,
                "Ascent": metrics["ascent"],
                "Descent": metrics["descent"],
                "CapHeight": metrics["cap_height"],
                "StemV": metrics["stem"],
                "FontFile2": _stream(doc, self._packed, self.fontName + ".file", len(self._file)),
            }
        )
        first, last = min(self._codes), max(self._codes)
        widths = [self._codes.get(code, ("", 0))[1] for code in range(first, last + 1)]
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("TrueType"),
                "BaseFont": base,
                "FirstChar": first,
                "LastChar": last,
                "Widths": pdfdoc.PDFArray(widths),
                "FontDescriptor": doc.Reference(descriptor, self.fontName + ".descriptor"),
                "ToUnicode": _stream(doc, self._unicode_map, self.fontName + ".unicode"),
            }
        )
        doc.idToObject["BasicFonts"].dict[internal] = doc.Reference(font, internal)
        doc.fontMapping[self.fontName] = "/" + internal

    def thin(self, doc: Any, texts: Iterable[str]) -> None:
        """Keep only the outlines these texts need in a PDF that is about to be saved."""
        if self.fontName not in doc.fontMapping:
            return
        letters = set().union(*texts)
        codes = [code for code, (letter, _) in sorted(self._codes.items()) if letter in letters]
        if self._outlines is None:
            self._outlines = Outlines(self._file)
        file = self._outlines.only(codes)
        stream = doc.idToObject[self.fontName + ".file"]
        stream.content = zlib.compress(file, 9)
        stream.dictionary["Length1"] = len(file)

    def _to_unicode(self) -> str:
        """The table by which a reader copies and searches text, as PDF 32000-1, 9.10.3 wants it."""
        ranges: list[list[int]] = []  # first code, last code, first letter
        for code, (letter, _) in sorted(self._codes.items()):
            if ranges and code == ranges[-1][1] + 1 and ord(letter) - code == ranges[-1][3]:
                ranges[-1][1] = code
            else:
                ranges.append([code, code, ord(letter), ord(letter) - code])
        lines = [f"<{first:02X}> <{last:02X}> <{to:04X}>" for first, last, to, _ in ranges]
        blocks = [
            f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange"
            for block in (lines[start : start + 100] for start in range(0, len(lines), 100))
        ]
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
            "/CMapName /Lumbung def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
            + "\n".join(blocks)
            + "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        )


def _tag(name: str) -> str:
    """Six capitals that mark a font as a subset (PDF 32000-1, 9.6.4); one tag for each slice."""
    number = zlib.crc32(name.encode("ascii"))
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


def _stream(doc: Any, packed: bytes, key: str, length: int | None = None) -> Any:
    from reportlab.pdfbase import pdfdoc

    entries: dict[str, object] = {"Filter": pdfdoc.PDFName("FlateDecode")}
    if length is not None:
        entries["Length1"] = length
    return doc.Reference(pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), packed), key)
