"""A slice of the font with only the letters one paper uses, for a paper in a file of its own.

In a file with many papers the whole slice costs nothing. A single statement is mostly font: leaving out the
outlines of letters it does not have makes it a third smaller. Numbers of glyphs, widths and codes stay
as they are; an unused glyph is merely empty. Formats: OpenType 1.9, tables cmap (format 0), glyf, loca.
"""

import itertools
import struct
from collections.abc import Iterable

_ARGUMENTS_ARE_WORDS, _HAS_SCALE, _MORE, _HAS_XY_SCALE, _HAS_MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80


class Outlines:
    """A TrueType font with a byte-coded cmap, taken apart once."""

    def __init__(self, font: bytes) -> None:
        count = struct.unpack_from(">H", font, 4)[0]
        self._head = font[:12]
        self._tables: dict[bytes, bytes] = {}
        for index in range(count):
            tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
            self._tables[tag] = font[offset : offset + length]
        glyphs = struct.unpack_from(">H", self._tables[b"maxp"], 4)[0]
        long_offsets = struct.unpack_from(">h", self._tables[b"head"], 50)[0]
        loca = struct.unpack(f">{glyphs + 1}{'I' if long_offsets else 'H'}", self._tables[b"loca"])
        unit = 1 if long_offsets else 2
        glyf = self._tables[b"glyf"]
        self._format = "I" if long_offsets else "H"
        self._unit = unit
        self._glyphs = [glyf[start * unit : end * unit] for start, end in itertools.pairwise(loca)]
        self._glyph_of = _byte_codes(self._tables[b"cmap"])

    def only(self, codes: Iterable[int]) -> bytes:
        """The font with the outlines of these codes, and of the sign for what is missing."""
        kept = {0}
        for code in codes:
            self._keep(self._glyph_of[code], kept)
        outlines, offsets = [], [0]
        for number, glyph in enumerate(self._glyphs):
            if number in kept:
                outlines.append(glyph)
                offsets.append(offsets[-1] + len(glyph) // self._unit)
            else:
                offsets.append(offsets[-1])
        changed = {
            b"glyf": b"".join(outlines),
            b"loca": struct.pack(f">{len(offsets)}{self._format}", *offsets),
        }
        return self._assembled(self._tables | changed)

    def _keep(self, glyph: int, kept: set[int]) -> None:
        if glyph not in kept:
            kept.add(glyph)
            for part in _parts(self._glyphs[glyph]):
                self._keep(part, kept)

    def _assembled(self, tables: dict[bytes, bytes]) -> bytes:
        directory, body = [self._head], b""
        start = 12 + 16 * len(tables)
        for tag, table in sorted(tables.items()):
            padded = table + bytes(-len(table) % 4)
            words = struct.unpack(f">{len(padded) // 4}I", padded)
            checksum = sum(words) & 0xFFFFFFFF
            directory.append(struct.pack(">4sIII", tag, checksum, start + len(body), len(table)))
            body += padded
        return b"".join(directory) + body


def _byte_codes(cmap: bytes) -> bytes:
    """The glyph of each of the 256 codes: the one format 0 subtable that our slices have."""
    offset = struct.unpack_from(">I", cmap, 8)[0]
    return cmap[offset + 6 : offset + 6 + 256]


def _parts(glyph: bytes) -> list[int]:
    """The glyphs an assembled glyph is made of."""
    if not glyph or struct.unpack_from(">h", glyph)[0] >= 0:
        return []
    parts, position, flags = [], 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", glyph, position)
        parts.append(part)
        position += 8 if flags & _ARGUMENTS_ARE_WORDS else 6
        if flags & _HAS_SCALE:
            position += 2
        elif flags & _HAS_XY_SCALE:
            position += 4
        elif flags & _HAS_MATRIX:
            position += 8
    return parts
