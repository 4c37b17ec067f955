"""One cell's text → ParsedCell. What OCR makes of digits (O for 0, l for 1) is mended here and costs quality."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from extract.numerals import means_no_change, parse_number, sign_change
from extract.records import ParsedCell, State

_DASHES = frozenset("-—–―─－一/／\\~～无无Ø∅*×x╱") | {
    "--",
    "——",
    "———",
    "无数据",
    "不适用",
    "n/a",
    "N/A",
    "//",
    "——-",
    "……",
    "…",
    "-/-",
}
_LOOKALIKE = str.maketrans(
    {
        "O": "0",
        "o": "0",
        "〇": "0",
        "○": "0",
        "Ｏ": "0",
        "Q": "0",
        "D": "0",
        "口": "0",
        "l": "1",
        "I": "1",
        "丨": "1",
        "|": "1",
        "i": "1",
        "!": "1",
        "ｌ": "1",
        "亅": "1",
    }
)
_NOTE = re.compile(r"^([^()]*?\d[^()]*?)\s*[(][^()]*[)]?$")
_CURRENCY = re.compile(r"^(人民币|[¥￥])")
_UNIT = re.compile(r"((?<=\d)[万亿]|万元|亿元|元|件|项|条|个|宗|起|份|次|人)\.?$")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万]+")
_MISGROUPED = re.compile(r"\d{1,3}(?:[,.]\d{3}){2,}")
CLEAN, UNIT_INSIDE, SPACED, NOTE_INSIDE, MENDED, CHINESE = 1.0, 0.97, 0.9, 0.9, 0.85, 0.85


def parse_cell(text: str) -> ParsedCell:
    """The value or state that `text` prints. Text that is no number gives ILLEGIBLE with quality 0."""
    raw = text.strip(" \t\u3000\u00a0*_`")
    if not raw:
        return ParsedCell(State.BLANK, None, "", CLEAN)
    if raw in _DASHES or means_no_change(raw):
        return ParsedCell(State.DASH, None, raw, CLEAN)
    plain = unicodedata.normalize("NFKC", raw).replace("−", "-").replace("，", ",").replace("、", ",").strip()
    for read in _READERS:
        parsed = read(plain, raw)
        if parsed is not None:
            return parsed
    return ParsedCell(State.ILLEGIBLE, None, raw, 0.0)


def looks_like_value(text: str) -> bool:
    """Whether a cell's text is a value or a mark in the place of one (a blank is not)."""
    parsed = parse_cell(text)
    return parsed.state in (State.READ, State.DASH)


def _read_plain(plain: str, raw: str, quality: float = CLEAN, note: str = "") -> ParsedCell | None:
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        return ParsedCell(State.READ, Decimal(plain.replace(",", "")), raw, quality, note)
    except InvalidOperation:
        return None


def _read_spaced(plain: str, raw: str) -> ParsedCell | None:
    """`1 8` or `44 577`, or a thousands comma with a blank after it."""
    tight = re.sub(r"\s+", "", plain)
    return _read_plain(tight, raw, SPACED, "blanks inside the number") if tight != plain else None


def _read_change(plain: str, raw: str) -> ParsedCell | None:
    """`增加12` or `减5项`, where the form asks by how many a number grew."""
    tight = re.sub(r"\s+", "", plain)
    signed = _UNIT.sub("", sign_change(tight))
    return _read_plain(signed, raw, UNIT_INSIDE, "a word for the sign") if sign_change(tight) != tight else None


def _read_with_unit(plain: str, raw: str) -> ParsedCell | None:
    tight = re.sub(r"\s+", "", plain)
    bare = _UNIT.sub("", _CURRENCY.sub("", tight))
    return _read_plain(bare, raw, UNIT_INSIDE, "unit inside the cell") if bare != tight else None


def _read_with_note(plain: str, raw: str) -> ParsedCell | None:
    match = _NOTE.match(plain)
    if not match:
        return None
    inner = _UNIT.sub("", re.sub(r"\s+", "", match[1]))
    return _read_plain(inner, raw, NOTE_INSIDE, "note inside the cell")


def _read_mended(plain: str, raw: str) -> ParsedCell | None:
    """O, o, 〇 for 0 and l, I, 丨 for 1; only where everything else is a digit already."""
    tight = _UNIT.sub("", re.sub(r"\s+", "", raw if raw == "〇" else plain))
    mended = tight.translate(_LOOKALIKE)
    if mended == tight or (len(tight) > 1 and not re.search(r"[\dOo〇○lI丨|]", tight)):
        return None
    return _read_plain(mended.replace("．", "."), raw, MENDED, "characters mended to digits")


def _read_chinese(plain: str, raw: str) -> ParsedCell | None:
    tight = _UNIT.sub("", re.sub(r"\s+", "", plain))
    if not _CHINESE.fullmatch(tight):
        return None
    value = parse_number(tight)
    return None if value is None else ParsedCell(State.READ, value, raw, CHINESE, "Chinese numeral")


_READERS = (_read_plain, _read_spaced, _read_change, _read_with_unit, _read_with_note, _read_mended, _read_chinese)
