"""Makes extract/pages/pdf/last-resort.ttf, the stand-in for fonts that a PDF names and does not hold.

`python -m training.last_resort_font`. Source: OpenType 1.9, the tables that a TrueType font cannot do without.
"""

from __future__ import annotations

import struct
from pathlib import Path

FONT = Path(__file__).parents[1] / "extract" / "pages" / "pdf" / "last-resort.ttf"
EM, ASCENT, DESCENT = 1000, 880, -120  # as the usual Chinese fonts divide their square
BLANK, NARROW, WIDE = 1, 2, 3  # glyphs; 0 is shown for what has no glyph
ADVANCES = (EM, EM // 2, EM // 2, EM)
RANGES = (  # first and last code point, glyph
    (0x20, 0x20, BLANK),
    (0x21, 0x7E, NARROW),
    (0xA0, 0xA0, BLANK),
    (0xA1, 0x10FF, NARROW),
    (0x1100, 0x2FFF, WIDE),
    (0x3000, 0x3000, BLANK),
    (0x3001, 0xFF60, WIDE),
    (0xFF61, 0xFFDC, NARROW),
    (0xFFDD, 0x3FFFF, WIDE),  # beyond stand no printed characters
)
_MANY_TO_ONE = 13  # the format of a character map whose ranges share one glyph
_MAGIC, _CHECKED = 0x5F0F3CF5, 0xB1B0AFBA


def make_font() -> bytes:
    """A font with a square for every character, half as wide for the narrow ones, and nothing else."""
    glyphs = [b"" if glyph == BLANK else _square(advance) for glyph, advance in enumerate(ADVANCES)]
    tables = {
        b"cmap": _character_map(),
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(
            ">HHIIIHHqqhhhhHHhhh", 1, 0, 0x10000, 0, _MAGIC, 0b11, EM, 0, 0, 0, DESCENT, EM, ASCENT, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">HHhhhHhhhhhh8xhH", 1, 0, ASCENT, DESCENT, 0, EM, 0, 0, EM, 1, 0, 0, 0, len(glyphs)),
        b"hmtx": b"".join(struct.pack(">Hh", advance, 0) for advance in ADVANCES),
        b"loca": b"".join(struct.pack(">I", len(b"".join(glyphs[:k]))) for k in range(len(glyphs) + 1)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, len(glyphs), 4, 1, 0, 0, 1, *[0] * 8),
    }
    font = _pack(tables)
    at = font.index(struct.pack(">I", _MAGIC)) - 4  # of the sum over the whole file, 0 so far
    return font[:at] + struct.pack(">I", (_CHECKED - _checksum(font)) % 2**32) + font[at + 4 :]


def _square(width: int) -> bytes:
    """One contour of four corners on the curve, at the full height of the em square."""
    head = struct.pack(">hhhhhHH", 1, 0, DESCENT, width, ASCENT, 3, 0)
    return head + b"\x01" * 4 + struct.pack(">hhhhhhhh", 0, 0, width, 0, DESCENT, EM, 0, -EM)


def _character_map() -> bytes:
    groups = b"".join(struct.pack(">III", *group) for group in RANGES)
    subtable = struct.pack(">HHIII", _MANY_TO_ONE, 0, 16 + len(groups), 0, len(RANGES)) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + subtable  # for Windows, all of Unicode


def _pack(tables: dict[bytes, bytes]) -> bytes:
    """The font file of these tables, which stand in order of their names."""
    padded = {name: table + b"\x00" * (-len(table) % 4) for name, table in tables.items()}
    power = len(tables).bit_length() - 1
    search = 16 << power
    directory = struct.pack(">IHHHH", 0x10000, len(tables), search, power, 16 * len(tables) - search)
    place = len(directory) + 16 * len(tables)
    for name, table in tables.items():
        directory += struct.pack(">4sIII", name, _checksum(padded[name]), place, len(table))
        place += len(padded[name])
    return directory + b"".join(padded.values())


def _checksum(content: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(content) // 4}I", content)
    return sum(words) % 2**32


if __name__ == "__main__":
    FONT.write_bytes(make_font())
