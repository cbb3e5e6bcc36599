"""QR codes for a thousand statements: what segno makes, only much faster.

From member to member only the modules of the data change, and error correction and mask are linear over
the field of two elements. So segno makes one code of each size as a pattern, and every other code
differs from it exactly where its bits differ. Only sizes with a single block of error correction are
made this way (versions 1 to 5 at level L, up to 106 bytes); anything else is left to segno.
ISO/IEC 18004: 7.4 data encodation, 7.5 error correction, 7.7.3 placement.
"""

from dataclasses import dataclass
from functools import cache

import segno

MASK = 2  # readers take any mask; trying all eight takes five times as long as the code itself

# For each version at level L: codewords of data and of error correction.
_CODEWORDS = {1: (19, 7), 2: (34, 10), 3: (55, 15), 4: (80, 20), 5: (108, 26)}
_PADDING = (0xEC, 0x11)


def qr_rows(content: str) -> tuple[str, ...]:
    """The modules of the code at level L without quiet zone, each row written in `1` (dark) and `0`.

    Level L: the code is printed clean and read from the hand; larger modules survive a photocopy
    better than more redundancy does.
    """
    data = content.encode("ascii") if content.isascii() else b""
    for version, (words, _) in _CODEWORDS.items():
        if data and len(data) <= words - 2:
            return _pattern(version).rows(data)
    return _by_segno(content)


def _by_segno(content: str, version: int | None = None) -> tuple[str, ...]:
    code = segno.make_qr(content, error="l", mask=MASK, mode="byte", version=version, boost_error=False)
    return tuple("".join(map(str, row)) for row in code.matrix)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One code of a version, and where each bit of the codewords stands in it."""

    version: int
    modules: int  # of the pattern, all rows in one number
    stream: int  # its codewords
    places: tuple[int, ...]  # module of each bit, counted from the left of the first row
    remainders: tuple[int, ...]

    @property
    def side(self) -> int:
        """Modules in a row."""
        return 17 + 4 * self.version

    def rows(self, data: bytes) -> tuple[str, ...]:
        """The modules for this content."""
        side = self.side
        changed = codewords(data, self.version, self.remainders) ^ self.stream
        modules = bytearray(b"0" * side * side)
        for place, bit in zip(self.places, f"{changed:0{len(self.places)}b}", strict=True):
            if bit == "1":
                modules[place] = 49
        dark = int(modules, 2) ^ self.modules
        text = f"{dark:0{side * side}b}"
        return tuple(text[start : start + side] for start in range(0, side * side, side))


def codewords(data: bytes, version: int, remainders: tuple[int, ...]) -> int:
    """Codewords of data and of error correction, as one number."""
    words, correction = _CODEWORDS[version]
    # Mode 0100 for bytes, their count, the bytes, and the end mark 0000 make whole codewords.
    stream = (((4 << 8 | len(data)) << 8 * len(data)) | int.from_bytes(data, "big")) << 4
    padding = words - len(data) - 2
    for index in range(padding):
        stream = stream << 8 | _PADDING[index % 2]
    top, keep = 8 * (correction - 1), (1 << 8 * correction) - 1
    remainder = 0
    for byte in stream.to_bytes(words, "big"):
        remainder = (remainder << 8 & keep) ^ remainders[remainder >> top ^ byte]
    return stream << 8 * correction | remainder


@cache
def _pattern(version: int) -> _Pattern:
    words, correction = _CODEWORDS[version]
    remainders = _remainders(correction)
    sample = b"A" * (words - 2)
    rows = _by_segno(sample.decode(), version)
    places = _places(version)[: 8 * (words + correction)]
    stream = codewords(sample, version, remainders)
    return _Pattern(version, int("".join(rows), 2), stream, places, remainders)


@cache
def _remainders(correction: int) -> tuple[int, ...]:
    """What each first byte adds to the remainder of division by the generator polynomial.

    The field has 256 elements modulo x^8 + x^4 + x^3 + x^2 + 1; the generator's roots are the powers of 2.
    """
    powers = [1]
    for _ in range(254):
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0x11D if doubled > 0xFF else doubled)
    logarithm = {power: exponent for exponent, power in enumerate(powers)}

    def times(a: int, b: int) -> int:
        return powers[(logarithm[a] + logarithm[b]) % 255] if a and b else 0

    generator = [1]
    for exponent in range(correction):
        shifted = [*generator, 0]
        for index, factor in enumerate(generator):
            shifted[index + 1] ^= times(factor, powers[exponent])
        generator = shifted
    return tuple(
        int.from_bytes(bytes(times(byte, factor) for factor in generator[1:]), "big") for byte in range(256)
    )


def _places(version: int) -> tuple[int, ...]:
    """The modules for data in the order they are filled: columns in pairs from the right, up and down."""
    side = 17 + 4 * version
    places = []
    upwards = True
    right = side - 1
    while right > 0:
        if right == 6:  # the column of the timing pattern
            right -= 1
        for row in range(side - 1, -1, -1) if upwards else range(side):
            places += [
                row * side + column
                for column in (right, right - 1)
                if not _is_function(row, column, side, version)
            ]
        upwards = not upwards
        right -= 2
    return tuple(places)


def _is_function(row: int, column: int, side: int, version: int) -> bool:
    """Whether a module belongs to finder, format, timing or alignment pattern."""
    if row == 6 or column == 6:
        return True
    if row < 9 and (column < 9 or column >= side - 8):
        return True
    if row >= side - 8 and column < 9:
        return True
    middle = side - 7
    return version > 1 and abs(row - middle) <= 2 and abs(column - middle) <= 2
