"""One cell's text → what it prints. What OCR makes of digits (O for 0, l for 1) is mended here and costs quality."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache

from extract.numerals import means_no_change, parse_number, sign_change
from extract.quick import record
from extract.records import ParsedCell, State
from extract.rules import load_rules, refuse_unknown
from extract.textform import any_word

CLEAN, UNIT_INSIDE, SPACED, NOTE_INSIDE, MENDED, CHINESE = 1.0, 0.97, 0.9, 0.9, 0.85, 0.85
TORN = 0.5
"""The quality of a number that may as well be two, of one behind a year or before its correction or a stop, and of
一, a dash or 1: at it and below, a person has to look.
"""
SIGN_WORD = "a word for the sign"
"""The note of a number with a word or an arrow for its sign, which only a column of changes asks for."""

_FILE = "cells.toml"
_BRACKETED_NOTE = re.compile(r"^([^()]*?\d[^()]*?)\s*[(][^()]*[)]?$")
_MARK_BEHIND = re.compile(r"(?<=\d)\s*([¹²³⁰-⁹\u2460-\u2473\u2474-\u249b]+|\[\d{1,2}\]|［\d{1,2}］|[*＊※†]+)$")
_STOP_BEHIND = re.compile(r"(?<=[\d件])[。.、；;，,]$")  # 12。 is 12; 12. may be left of 12.5
_MARK_BEFORE = re.compile(r"^[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]+\s*(?=[\d０-９]|$)")  # ①138
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
_ZERO_BEFORE = re.compile(r"[+-]?0,?\d")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_APOSTROPHES = re.compile(r"(?<=\d)['’`](?=\d{3}(\D|$))")
_DASHED = re.compile(r"[‒–负]\d")  # a minus, or what word processors make of it; a longer dash stands for none
_MYRIAD = re.compile(r"[\d.]+[万亿]")
_AMOUNT_UNIT = re.compile(r"(?<=\d)\s*[万亿]$")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万]+")
_UNSURE = re.compile(
    r"(?<=\d)\s*\.{3}$"
)  # behind digits of which a reader of pages could not tell what number they are
_NUMBERING = re.compile(r"^[(（]?[\d一二三四五六七八九十]{1,2}[)）.．、](?!\d)")
_WORDS = re.compile(r"[年月日第表页]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d\s*年度?(\s*:\s*|\s+)?(?=\d)")
_DOUBTFUL_MARK = re.compile(r"^(?:[?？*＊×✓√#\ufffc\ufffd]{1,4}|[□■▢☐█]{1,2})$")
_STARTS_AS_NUMBER = re.compile(r"^[+\-~≈<>≥≤(\[“']*\d.*[^.、,]$")
BLANKS_INSIDE = "blanks inside the number"
LINE_BREAK = "\u2028"
"""Stands in a cell between figures on two lines: they may be two numbers."""
_LONGEST_CELL = 500  # characters; a longer text is no number with a note, and some patterns take its length squared
_MOST_DIGITS = 30  # longer ones are no number of a report, and past some thousand no text can be made of them
_MOST_HAN, _LONGEST = 2, 20  # a text with more of either is words, however many digits it has
_GROUP = 3  # digits between two thousands separators


@record
class _Vocabulary:
    dashes: frozenset[str]
    doubtful_dashes: frozenset[str]
    units: re.Pattern[str]
    openings: re.Pattern[str]
    money: re.Pattern[str]
    correcting: re.Pattern[str]
    doubtful_lookalikes: frozenset[str]
    lookalikes: dict[int, str]
    digit_like: re.Pattern[str]


@cache
def _vocabulary() -> _Vocabulary:
    """Raises: DataFileError on an unknown key."""
    entry = load_rules(_FILE)
    words = {"units", "openings", "money", "correcting"}
    refuse_unknown(_FILE, entry, {"dashes", "doubtful_dashes", *words, "lookalikes", "doubtful_lookalikes"})
    lookalikes = {ord(mark): digit for digit, marks in entry["lookalikes"].items() for mark in marks}
    units = any_word(entry["units"])
    openings = any_word(entry["openings"])
    digit_like = re.compile(r"[\dOo\u039f\u03bf\u041e\u043e〇○lI丨|]")
    return _Vocabulary(
        frozenset(entry["dashes"]),
        frozenset(entry["doubtful_dashes"]),
        re.compile(rf"({units})\.?$"),
        re.compile(rf"^({openings})"),
        re.compile(any_word(entry["money"])),
        re.compile(any_word(entry["correcting"])),
        frozenset(entry["doubtful_lookalikes"]),
        lookalikes,
        digit_like,
    )


@lru_cache(maxsize=2048)
def parse_cell(text: str, *, amount: bool = False) -> ParsedCell:
    """The value or state that `text` prints. Text that is no number, or very long, gives ILLEGIBLE with quality 0.

    An `amount` keeps its number in the printed unit (12万 is 12); of things, 3万 is 30000.
    """
    stripped = text.translate(_CONTROLS).strip(" \t\u3000\u00a0")
    if not stripped:
        return ParsedCell(State.BLANK, None, "", CLEAN)
    raw = stripped.replace("\\*", "*").replace("$", "").strip("*_` ") or stripped
    if len(raw) > _LONGEST_CELL:
        return ParsedCell(State.ILLEGIBLE, None, raw, 0.0)
    if raw in _vocabulary().doubtful_dashes:
        return ParsedCell(State.DASH, None, raw, TORN)
    if raw in _vocabulary().dashes or means_no_change(raw):
        return ParsedCell(State.DASH, None, raw, CLEAN)
    marked = _MARK_BEHIND.sub("", raw)
    quality, note = (NOTE_INSIDE, "mark behind the number") if marked != raw else (CLEAN, "")
    if _MARK_BEFORE.match(marked):
        marked, quality, note = _MARK_BEFORE.sub("", marked) or marked, TORN, "mark before the number"
    plain = unicodedata.normalize("NFKC", marked).replace("−", "-").replace("，", ",").replace("、", ",").strip()
    plain = _APOSTROPHES.sub(",", plain)
    plain = f"-{plain[1:]}" if _DASHED.match(plain) else plain
    if amount:
        plain = _AMOUNT_UNIT.sub("", plain)
    for read in _READERS:
        parsed = read(plain, raw)
        if parsed is not None:
            worst = min(parsed.quality, quality)
            return ParsedCell(parsed.state, parsed.value, raw, worst, parsed.note or note)
    return ParsedCell(State.ILLEGIBLE, None, raw, 0.0)


def parse_before_stop(text: str, *, amount: bool = False) -> ParsedCell:
    """As parse_cell, of a cell among numbers: `12。` is 12, of quality TORN."""
    parsed = parse_cell(text, amount=amount)
    if parsed.state is not State.ILLEGIBLE or not _STOP_BEHIND.search(parsed.raw):
        return parsed
    bare = parse_cell(parsed.raw[:-1], amount=amount)
    if bare.value is None:
        return parsed
    return ParsedCell(bare.state, bare.value, parsed.raw, TORN, "stop behind the number")


def prints_money(text: str) -> bool:
    """Whether a cell's text names money: its unit or its sign. A pair of dollar signs is how formulas are set."""
    return bool(_vocabulary().money.search(text)) or text.count("$") == 1


def merge_readings(readings: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Texts with their probabilities; those that mean the same put together (1,234 and 1234; - and /), best first."""
    merged: dict[tuple[State, Decimal | None], tuple[str, float]] = {}
    for text, probability in readings:
        parsed = parse_cell(text)
        first, before = merged.get((parsed.state, parsed.value), (text, 0.0))
        merged[parsed.state, parsed.value] = (first, before + probability)
    return tuple(sorted(merged.values(), key=lambda reading: -reading[1]))


@lru_cache(maxsize=2048)
def stands_for_value(text: str) -> bool:
    """Whether a text stands where a number should: one that can be read, a mark in its place, or one that cannot."""
    plain = _UNSURE.sub("", unicodedata.normalize("NFKC", text).strip())
    if not plain or (_NUMBERING.match(plain) and not _NUMBER.fullmatch(plain)):
        return False
    if parse_cell(plain).state in (State.READ, State.DASH):
        return True
    if _DOUBTFUL_MARK.match(plain):
        return True
    bare = _vocabulary().units.sub("", _vocabulary().openings.sub("", plain))
    if not _STARTS_AS_NUMBER.match(bare) or _HAN.search(re.sub(r"\(.*", "", bare)):
        return False
    digits = sum(character.isdigit() for character in plain)
    words = _WORDS.search(plain) or len(_HAN.findall(plain)) > _MOST_HAN or len(plain) > _LONGEST
    return digits > 0 and not words and 2 * digits >= len(plain) - _MOST_HAN


def _read_plain(plain: str, raw: str, quality: float = CLEAN, note: str = "") -> ParsedCell | None:
    if not _NUMBER.fullmatch(plain) or len(plain) > _MOST_DIGITS:
        return None
    if _ZERO_BEFORE.match(plain):  # two cells run together, or a digit that is none
        quality, note = min(quality, TORN), note or "a zero before the number"
    try:
        return ParsedCell(State.READ, Decimal(plain.replace(",", "")), raw, quality, note)
    except InvalidOperation:
        return None


def _read_spaced(plain: str, raw: str) -> ParsedCell | None:
    """`44 577` or `3 .5`: blanks between groups of thousands or beside a mark; `1 8` may be one number or two."""
    parts = plain.split()
    if len(parts) < 2:
        return None
    groups = len(parts[0].lstrip("+-")) <= _GROUP and all(len(part.strip(",")) == _GROUP for part in parts[1:])
    pieces = parts[0].endswith(",") or any(mark in part for part in parts for mark in ".,")
    if len(set(parts)) == 1 and len(parts[0]) > 1:
        return None  # `41 41` is one number printed twice, or two
    quality = SPACED if (groups or pieces) and LINE_BREAK not in raw else TORN
    return _read_plain("".join(parts), raw, quality, BLANKS_INSIDE)


def _read_change(plain: str, raw: str) -> ParsedCell | None:
    """`增加12` or `减5项`, where the form asks by how many a number grew."""
    tight = "".join(plain.split())
    signed = _vocabulary().units.sub("", sign_change(tight))
    return _read_plain(signed, raw, UNIT_INSIDE, SIGN_WORD) if sign_change(tight) != tight else None


def _read_with_unit(plain: str, raw: str) -> ParsedCell | None:
    tight = "".join(plain.split())
    bare = _vocabulary().units.sub("", _vocabulary().openings.sub("", tight))
    if _MYRIAD.fullmatch(bare):
        value = parse_number(bare)
        return None if value is None else ParsedCell(State.READ, value, raw, UNIT_INSIDE, "万 or 亿 inside the cell")
    return _read_plain(bare, raw, UNIT_INSIDE, "unit inside the cell") if bare != tight else None


def _read_with_year(plain: str, raw: str) -> ParsedCell | None:
    """`2024年1538件` or `2024年度：12`: the number behind the year; whether it is that year's report, a person sees."""
    match = _YEAR_BEFORE.match(plain)
    if not match:
        return None
    rest = re.sub(r"\s+", "", plain[match.end() :])
    bare = _vocabulary().units.sub("", rest)
    return _read_plain(bare, raw, TORN, "a year before the number") if bare != rest or match[1] else None


def _read_with_note(plain: str, raw: str) -> ParsedCell | None:
    match = _BRACKETED_NOTE.match(plain)
    if not match:
        return None
    inner = _vocabulary().units.sub("", "".join(match[1].split()))
    corrected = _vocabulary().correcting.search(plain, match.end(1))
    return _read_plain(inner, raw, TORN if corrected else NOTE_INSIDE, "note inside the cell")


def _read_mended(plain: str, raw: str) -> ParsedCell | None:
    """O, o, 〇 for 0 and l, I, 丨 for 1; only where everything else is a digit already."""
    vocabulary = _vocabulary()
    tight = vocabulary.units.sub("", "".join((raw if raw == "〇" else plain).split()))
    mended = tight.translate(vocabulary.lookalikes)
    if mended == tight or (len(tight) > 1 and not vocabulary.digit_like.search(tight)):
        return None
    quality = MENDED if vocabulary.doubtful_lookalikes.isdisjoint(tight) else TORN
    return _read_plain(mended.replace("．", "."), raw, quality, "characters mended to digits")


def _read_chinese(plain: str, raw: str) -> ParsedCell | None:
    tight = _vocabulary().units.sub("", "".join(plain.split()))
    if not _CHINESE.fullmatch(tight):
        return None
    value = parse_number(tight)
    return None if value is None else ParsedCell(State.READ, value, raw, CHINESE, "Chinese numeral")


_READERS = (
    _read_plain,
    _read_spaced,
    _read_change,
    _read_with_unit,
    _read_with_year,
    _read_with_note,
    _read_mended,
    _read_chinese,
)
