"""Sentence text → the form in which it is analysed: no blanks, one width, and the way back to what is printed."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.quick import record

_WIDTHS = {chr(0xFF01 + code): chr(0x21 + code) for code in range(94)}
_KEPT = "，；：（）！？"  # these stay as wide as they are printed
_NARROW = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"}
_TABLE = str.maketrans({wide: slim for wide, slim in _WIDTHS.items() if wide not in _KEPT} | _NARROW)
_OTHERWISE = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")
_LISTED = re.compile(r"/(?<=[件份起宗]/)(?=[\u4e00-\u9fff])")  # 维持3件/纠正1件
_YEAR = re.compile("二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
KEPT_SENTENCES = 4096
"""So many sentences of the reports before are known again: all reports share the standard ones."""

_THOUSANDS = re.compile(r"[，,](?<=\d.)(?=\d{3}(?!\d))")


@record
class Plain:
    """`text` without blanks; `places` holds, for each character of it, its index in the printed text.

    `mended`: words of it were damaged, and stand in it as they were written.
    """

    text: str
    places: tuple[int, ...]
    mended: bool = False

    def printed_span(self, start: int, end: int) -> tuple[int, int]:
        """Span of the plain text → span of the printed text; end exclusive."""
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=1024)
def to_plain(printed: str) -> Plain:
    """The plain form of a printed sentence."""
    squeezed = _squeeze(printed)
    if len(squeezed) == len(printed):
        places = tuple(range(len(printed)))
    else:
        places = tuple(place for place, character in enumerate(printed) if not character.isspace())
    return Plain(_even_out(squeezed), places)


def plain_text(printed: str) -> str:
    """The text of the plain form alone."""
    return _even_out(_squeeze(printed))


def _squeeze(printed: str) -> str:
    squeezed = "".join(printed.split())
    return squeezed.translate(_TABLE) if _OTHERWISE.search(squeezed) else squeezed


def _even_out(squeezed: str) -> str:
    squeezed = _YEAR.sub(lambda match: match[0].translate(_DIGITS), squeezed)
    return _LISTED.sub("、", _THOUSANDS.sub(",", squeezed))
