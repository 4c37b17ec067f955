"""The typefaces that synthetic scans are set in: found on this machine, told apart by what they can print."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from PIL import ImageFont

from extract.errors import UsageError

SYSTEM_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/share/texmf/fonts"))
FEWEST_TYPEFACES = 12  # with fewer, the recogniser would learn typefaces instead of digits
_DATA = Path(__file__).parent / "fonts.toml"
_NO_GLYPH = "\U000fffff"  # a private code point: its picture is the typeface's box for "not here"


@dataclass(frozen=True, slots=True)
class Typeface:
    """One font file; `style` is song, hei, kai, fangsong, times, arial or mono."""

    path: Path
    style: str

    @property
    def name(self) -> str:
        return self.path.stem

    def prints(self, text: str) -> bool:
        """Whether the typeface has a picture of every character."""
        return all(_has_glyph(self.path, character) for character in text)


def find_typefaces(split: str, folders: Sequence[Path] = SYSTEM_FOLDERS) -> tuple[Typeface, ...]:
    """The installed typefaces of a split ("train" or "held_out"), in the order of the data file.

    Raises: UsageError where too few are installed to train on.
    """
    data = _load()
    installed = {path.name: path for path in sorted(_font_files(folders), reverse=True)}
    wanted = [(style, name) for style, names in data[split].items() for name in names]
    found = tuple(Typeface(installed[name], style) for style, name in wanted if name in installed)
    if split == "train" and len(found) < FEWEST_TYPEFACES:
        raise UsageError(f"{len(found)} typefaces of {len(wanted)} are installed; install {' '.join(data['packages'])}")
    return found


@lru_cache(maxsize=512)  # open font files
def load_font(path: Path, size: float) -> ImageFont.FreeTypeFont:
    """The font at `size` pixels an em."""
    return ImageFont.truetype(str(path), size)


@cache
def _load() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def _font_files(folders: Iterable[Path]) -> Iterable[Path]:
    for folder in folders:
        for root, _, names in os.walk(folder):
            yield from (Path(root) / name for name in names if name.lower().endswith((".ttf", ".ttc", ".otf")))


@cache
def _has_glyph(path: Path, character: str) -> bool:
    font = load_font(path, 24)
    picture = bytes(font.getmask(character))
    return any(picture) and picture != bytes(font.getmask(_NO_GLYPH))
