"""Cut Noto Sans down to what Lumbung's papers need: run once, by hand, when the letters change.

    apt-get install fonts-noto-core
    python resources/fonts/cut.py [/usr/share/fonts/truetype/noto]

The outcome is kept in the repository beside this script, so nobody needs the large font or
fontTools to run Lumbung. For each weight it writes three slices, small TrueType fonts of at most
224 letters that go into a PDF whole, with one byte for a letter:

- basic: ASCII without its rarest signs, and the signs our papers use. Nearly every paper embeds
  only this one.
- latin: the other letters and signs of Latin-1, and general punctuation (Café, Señora).
- extended: Latin Extended-A, and the dotted letters of transliterated Javanese and Arabic.

Hints, kerning, substitutions and names are dropped: paper is printed at 300 dots an inch and more,
and the figures are tabular by themselves. `metrics.json` says which letter is which code of
which slice, and how wide it is in thousandths of the font size.
The licence (OFL.txt) allows this and reserves no font name.
"""

import json
import sys
from pathlib import Path
from typing import Any

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

HERE = Path(__file__).resolve().parent
SOURCE = Path("/usr/share/fonts/truetype/noto")
WEIGHTS = {"regular": "NotoSans-Regular.ttf", "bold": "NotoSans-Bold.ttf"}
STEM = {"regular": 80, "bold": 140}  # StemV of the PDF font descriptor; viewers only guess with it

CHECK_MARK = 0x2713
ASCII = range(0x20, 0x7F)
RARE = [ord(letter) for letter in "#$<>[\\]^_`{|}~"]
SIGNS = [ord(letter) for letter in "–…✓•·×½‘’“”°"]
LATIN = [*RARE, 0xFFFD, *range(0xA1, 0x100), *range(0x2010, 0x2028), *range(0x2030, 0x205F), 0x20AC, 0x2116]
EXTENDED = [*range(0x100, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x2B9, 0x2BB, 0x2BC, 0x2BE, 0x2BF]
EXTENDED += [ord(letter) for letter in "ḌḍḤḥḶḷḴḵṂṃṄṅṆṇṚṛṢṣṬṭẒẓḎḏẔẕẠạẸẹẼẽỌọ"]


def slices(known: set[int]) -> dict[str, list[int]]:
    """The letters of each slice, without those Noto Sans lacks and each letter only once."""
    taken: set[int] = set()
    result: dict[str, list[int]] = {}
    for name, wanted in (
        ("basic", [*(letter for letter in ASCII if letter not in RARE), *SIGNS]),
        ("latin", LATIN),
        ("extended", EXTENDED),
    ):
        letters = [letter for letter in wanted if letter in known and letter not in taken]
        taken.update(letters)
        result[name] = letters
    return result


def codes(letters: list[int]) -> dict[int, int]:
    """Letter -> its byte: ASCII keeps its own, the others follow from 128 on, then below."""
    own = {letter: letter for letter in letters if letter in ASCII}
    others = [letter for letter in letters if letter not in own]
    free = [code for code in (*range(128, 256), *ASCII) if code not in own]
    return own | dict(zip(others, free[: len(others)], strict=True))


def add_check_mark(font: Any, stem: int) -> None:
    """Noto Sans has no check mark: draw one of two strokes as thick as the stem."""
    pen = TTGlyphPen(None)
    points = [(60, 330), (60 + stem, 370), (235, 150 + stem), (600, 714), (600 + stem, 680)]
    points += [(260, 0), (205, 0)]
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()
    font["glyf"]["checkmark"] = pen.glyph()
    font["hmtx"]["checkmark"] = (760, 60)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[CHECK_MARK] = "checkmark"


def cut(path: Path, weight: str, name: str, letters: list[int]) -> dict[str, Any]:
    """Write one slice; answer its letters, codes and widths for metrics.json."""
    font = TTFont(path, recalcTimestamp=False)
    add_check_mark(font, STEM[weight])
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = []
    options.glyph_names = False
    options.notdef_outline = True
    options.legacy_kern = False
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "OS/2", "name", "STAT", "gasp", "meta", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    unicode_map = font.getBestCmap()
    scale = 1000 / font["head"].unitsPerEm
    widths = {letter: round(font["hmtx"][unicode_map[letter]][0] * scale) for letter in letters}
    table = CmapSubtable.newSubtable(0)
    table.platformID, table.platEncID, table.language = 1, 0, 0
    table.cmap = dict.fromkeys(range(256), ".notdef")
    table.cmap |= {code: unicode_map[letter] for letter, code in codes(letters).items()}
    font["cmap"].tables = [table]
    del font["post"]
    target = HERE / f"{weight}-{name}.ttf"
    font.save(target)
    return {
        "file": target.name,
        "letters": {chr(letter): [code, widths[letter]] for letter, code in codes(letters).items()},
    }


def main(source: Path) -> None:
    """Cut both weights and write metrics.json."""
    metrics: dict[str, Any] = {}
    for weight, file in WEIGHTS.items():
        font = TTFont(source / file)
        head, hhea, os2 = font["head"], font["hhea"], font["OS/2"]
        scale = 1000 / head.unitsPerEm
        metrics[weight] = {
            "name": file.removesuffix(".ttf"),
            "ascent": round(hhea.ascent * scale),
            "descent": round(hhea.descent * scale),
            "cap_height": round(os2.sCapHeight * scale),
            "box": [round(n * scale) for n in (head.xMin, head.yMin, head.xMax, head.yMax)],
            "stem": STEM[weight],
            "slices": [
                cut(source / file, weight, name, letters)
                for name, letters in slices({*font.getBestCmap(), CHECK_MARK}).items()
            ],
        }
    text = json.dumps(metrics, ensure_ascii=False, separators=(",", ":"))
    (HERE / "metrics.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE)
