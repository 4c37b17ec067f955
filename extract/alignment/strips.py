"""Items of a table's section → strips: label texts with the cells behind them, whatever the layout.

A line `label 1 0 0 …` is cut into label and cells; text in which every cell stands on its own line is put together
again, its blank lines counted as blank cells where the spacing says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain, groupby, pairwise
from operator import itemgetter

from extract.celltext import CLEAN, parse_cell, stands_for_value
from extract.quick import replace
from extract.records import BBox, Item, Line, RawCell, State, Strip

_NUMERAL = re.compile(r"^[一二两三四五六七八九十百千]+$")
_GLUED = re.compile(r"^(.*[\u4e00-\u9fff”\"）)])\s*(\d[\d,，]*(?:\.\d+)?)$")
_UNITS = "万元|亿元|元|件|项|条|个|宗"
_GLUED_VALUE = re.compile(rf"^(.*[\u4e00-\u9fff”\"）)])\s*(\d[\d,，]*(?:\.\d+)?(?:{_UNITS})?)$")
_NUMBERED_WORD = re.compile(r"^([(（][一二三四五六七][)）]|[1-8]\s*[.．、])")
_UNIT = re.compile(f"^({_UNITS})$")
_NOTE_MARK = re.compile(r"^[*＊※†]+$")  # before words it begins the note that a mark in a cell points to
_GROUPS_BEFORE = re.compile(r"[1-9]\d{0,2}(?:[,，] ?\d{3})*[,，]")
_GROUP_BEHIND = re.compile(r"\d{3}(?!\d)")
_THOUSANDS = re.compile(r"\d [0-9]{3}(?!\d)")
_SINGLE_SHARE = 0.5  # that share of one-value strips makes a section a flattened one
_MIN_SINGLES = 8
_LONGEST_LABEL = 60
_LONGEST_COUNT = 12  # digits that are a number for sure
NARROW = 3  # columns; under a label of so narrow a table one value on a line of its own is its row
_SHORTEST_RUN = 4
_PAIR = 2  # a number alone and the row that it may be the total of
_TORN_AT_POINT = re.compile(r"\d+[.．] \d+|\d+ [.．]\d+")
_FEWEST_GLUED = 3  # rows; in fewer, what stands behind the label may be a mark of a note
_COUNT = "0"  # a row is cut alike whatever count a cell prints, also where words stand for its number
_BLANK_PIECE = 5  # columns of the least group of table 4
_BLANK_ROW = 13  # so many empty cells and nothing else are the row of table 4, left empty


def items_to_strips(items: Sequence[Item], *, width: int) -> tuple[Strip, ...]:
    """The strips of a table's section, in printed order. `width` is the widest block's number of columns."""
    strips = _part_glued(split_items(items, keep_blank=width >= _BLANK_ROW), width)
    strips = [_split_crowded(strip, width) for strip in strips]
    strips = _join_broken(strips, width)
    singles = sum(1 for strip in strips if _is_single(strip))
    several = sum(1 for strip in strips if len(strip.cells) > 1)
    if singles >= _MIN_SINGLES and singles >= _SINGLE_SHARE * (singles + several):
        return tuple(_assemble(strips, width))
    return tuple(_assemble_locally(strips, width))


def split_items(items: Sequence[Item], *, keep_blank: bool = False) -> list[Strip]:
    """Each item by itself as one strip or several, before what belongs together is joined.

    With `keep_blank` a row of empty cells that the file states is one, too: a piece of the row of table 4.
    """
    return [strip for item in items for strip in (_item_to_strips(item) or (_blank_piece(item) if keep_blank else []))]


def locate_cells(strip: Strip) -> tuple[RawCell, ...]:
    """The strip's cells, each with the page and the line where it stands: those it is joined to stand elsewhere."""
    return tuple(
        [cell if cell.line else replace(cell, page=cell.page or strip.page, line=strip.number) for cell in strip.cells]
    )


def _blank_piece(item: Item) -> list[Strip]:
    if isinstance(item, Line) or any(cell.text for cell in item.cells):
        return []
    stated = sum(cell.stated for cell in item.cells)
    return [Strip((), item.cells, 0, item.table, item.page, item.number)] if stated >= _BLANK_PIECE else []


def _part_glued(strips: list[Strip], width: int) -> list[Strip]:
    """Where rows print their first value in the cell of their label, it is a cell before the others: in a table most of
    whose rows do so, and in a row by itself that lacks one value and adds up with that one.
    """
    rows = [strip for strip in strips if strip.texts and strip.cells]
    glued = {id(strip): match for strip in rows if (match := _find_glued(strip.texts[-1]))}
    if not glued:
        return strips
    others = sum(1 for strip in rows if id(strip) not in glued and _filled(strip))
    alike = len(glued) >= max(_FEWEST_GLUED, others)
    kept = alike and all(_has_own_blank(strip) for strip in rows if id(strip) in glued)
    parted = {id(strip): _part_value(strip, glued[id(strip)], kept=kept) for strip in rows if id(strip) in glued}
    return [
        parted[id(strip)] if id(strip) in parted and (alike or _is_made_whole(parted[id(strip)], width)) else strip
        for strip in strips
    ]


def _is_made_whole(strip: Strip, width: int) -> bool:
    values = [parse_cell(cell.text).value for cell in _filled(strip)]
    return width > NARROW and len(values) == width and any(values) and adds_up(values)


def holds_number(strip: Strip) -> bool:
    """Whether a number is left over in the label of a row that lacks one: it may be any of its values."""
    return bool(strip.texts) and not all(cell.text for cell in strip.cells) and _find_glued(strip.texts[-1]) is not None


@lru_cache(maxsize=1024)  # all reports print the same labels
def _find_glued(text: str) -> re.Match[str] | None:
    """The label and the value behind it, where a text is both."""
    return _GLUED_VALUE.match(text)


def _has_own_blank(strip: Strip) -> bool:
    """Whether the cell that the file states right behind the label is blank: the number's own, from which it slid."""
    return next((not cell.text for cell in strip.cells if cell.text or cell.place), False)


def _part_value(strip: Strip, glued: re.Match[str], *, kept: bool) -> Strip:
    """The row with the value that stands in its label's cell as its first one: in its own blank cell where the rows
    have `kept` these, otherwise before the cells that the file states.
    """
    begin = next((k for k, cell in enumerate(strip.cells) if cell.text or cell.place), 0)
    cells = (RawCell(glued[2]), *strip.cells[begin + kept :])
    return replace(strip, texts=(*strip.texts[:-1], glued[1]), cells=cells, first=strip.first + begin - 1 + kept)


def _join_broken(strips: list[Strip], width: int) -> list[Strip]:
    """A row whose last values stand on the next line or lines is one row, where they make just `width` cells."""
    joined: list[Strip] = []
    k = 0
    while k < len(strips):
        if strips[k].texts and count_printed(strips[k]) in (0, width):  # as most
            joined.append(strips[k])
            k += 1
            continue
        end = _end_between_labels(strips, k, width)
        if cells := _by_columns(strips[k:end], width) if end else ():
            beside = len(cells) - 1 if _is_beside_blank(strips[k:end]) else 0
            joined.append(replace(strips[k], cells=cells, apart=True, pieced=beside))
            k = end
            continue
        if _is_total_before(joined[-1] if joined else None, strips[k : k + 3], width):
            own = strips[k + 1]
            cells = (*_filled(own), *locate_cells(strips[k]))
            joined.append(replace(own, cells=cells, pieced=len(cells) - 1))
            k += 2
            continue
        end = _end_of_row(strips, k, width)
        cells = _by_columns(strips[k:end], width) if end > k + 1 else ()
        joined.append(replace(strips[k], cells=cells, pieced=len(_filled(strips[k]))) if cells else strips[k])
        k = end if cells else k + 1
    return joined


def _by_columns(strips: Sequence[Strip], width: int) -> tuple[RawCell, ...]:
    """The cells of one row that was broken; of a drawn table from left to right, none where two stand in one column,
    as none of rows that show all their cells.

    A number that stands left of the values of the first row, under its label, was broken off behind them.
    """
    placed = [(strip.first + k, cell) for strip in strips for k, cell in enumerate(locate_cells(strip)) if cell.text]
    columns = [column for column, _ in placed]
    together = len({(strip.table, strip.page) for strip in strips}) == 1 and strips[0].table > 0
    drawn = together and all(cell.bbox for _, cell in placed)
    whole = together and all(len(strip.cells) >= width for strip in strips)
    if not (drawn or whole) or min(columns) < strips[0].first:
        return tuple(cell for _, cell in placed)
    return tuple(cell for _, cell in sorted(placed, key=itemgetter(0))) if len(set(columns)) == len(columns) else ()


def _end_of_row(strips: Sequence[Strip], k: int, width: int) -> int:
    """Where the strips end that make one row with strip `k`: behind it, unless those after it just fill it up."""
    count = len(_filled(strips[k]))
    half = count > 1 and width > NARROW  # of a row whose label stands elsewhere
    if not (strips[k].texts or half) or strips[k].pieced or not 0 < count < width:
        return k + 1
    end = k + 1
    while end < len(strips) and count < width and not strips[end].texts and _filled(strips[end]):
        count += len(_filled(strips[end]))
        end += 1
    goes_on = end > k + 2 and end < len(strips) and _is_single(strips[end])
    return end if count == width and not goes_on and is_legible(strips[k]) else k + 1


def _is_total_before(before: Strip | None, strips: Sequence[Strip], width: int) -> bool:
    """Whether the number alone on the first line is what the labelled row on the next one lacks: the sum of its values.

    Not where that row has a cell that is empty, the row before lacks a value, or the number behind is as much.
    """
    if width <= NARROW or len(strips) < _PAIR or not _is_single(strips[0]):
        return False
    lone, own, *behind = strips
    if not own.texts or not len(own.cells) == len(_filled(own)) == width - 1:
        return False
    if before and 0 < len(_filled(before)) < width:
        return False
    values = [parse_cell(cell.text).value for cell in _filled(own)]
    totals = [parse_cell(strip.cells[0].text).value for strip in (lone, *behind) if _is_single(strip)]
    first, *others = [adds_up([*values, total]) for total in totals]
    return first and not any(others)


def _end_between_labels(strips: Sequence[Strip], k: int, width: int) -> int:
    """Where the lines of numbers end that stand between two lines of words and are just one row, several to a line; 0
    where there are none. A number alone on the first or last line is one of them only where the row adds up with it.
    """
    if not k or not strips[k - 1].texts or has_values(strips[k - 1]):
        return 0
    end = k
    while end < len(strips) and not strips[end].texts and has_values(strips[end]):
        end += 1
    sizes = list(map(count_printed, strips[k:end]))
    before_words = end == len(strips) or not has_values(strips[end])
    if not (before_words and sum(sizes) == width and 1 < max(sizes) < width):
        return 0
    values = [parse_cell(cell.text).value for strip in strips[k:end] for cell in _filled(strip)]
    return end if 1 not in (sizes[0], sizes[-1]) or adds_up(values) else 0


def _is_beside_blank(strips: Sequence[Strip]) -> bool:
    """Whether one line holds a number alone, and the file states an empty cell on another: it may be of no row."""
    return any(map(_is_single, strips)) and any(len(strip.cells) > count_printed(strip) for strip in strips)


def _split_crowded(strip: Strip, width: int) -> Strip:
    """A row with too few cells that hold just `width` numbers, some of them two: each number in a cell of its own.

    A number in groups of three digits may as well be one: it is split only where the last number is the others' sum.
    """
    filled = _filled(strip)
    few = 0 if width > NARROW else 1  # three numbers in one cell may be one number that is printed wide
    if not few < len(filled) < width or not any(" " in cell.text for cell in filled):
        return strip
    parts = [RawCell(word, cell.bbox) for cell in filled for word in cell.text.split()]
    values = [parse_cell(part.text) for part in parts]
    clear = all(value.state in (State.READ, State.DASH) and value.quality == CLEAN for value in values)
    if len(parts) != width or not clear:
        return strip
    if any(_THOUSANDS.search(cell.text) for cell in filled) and not adds_up([value.value for value in values]):
        return strip
    return replace(strip, cells=tuple(parts), pieced=width)


def adds_up(values: Sequence[Decimal | None]) -> bool:
    """Whether the last value is what the others add up to; without a value, or with one alone, it is not."""
    *parts, whole = values
    return bool(parts) and None not in values and sum(part for part in parts if part is not None) == whole


def is_legible(strip: Strip) -> bool:
    """Whether any of it could be read: of a row of a picture that has none, nothing says that it holds numbers."""
    return any(parse_cell(cell.text).state is not State.ILLEGIBLE for cell in _filled(strip))


def count_printed(strip: Strip | None) -> int:
    """How many of its cells print something."""
    return len([cell for cell in strip.cells if cell.text]) if strip else 0


def has_values(strip: Strip) -> bool:
    """Whether one of its cells prints something."""
    for cell in strip.cells:  # noqa: SIM110 - asked a thousand times a report: a loop is thrice as fast as any() here
        if cell.text:
            return True
    return False


def _filled(strip: Strip) -> tuple[RawCell, ...]:
    return tuple([cell for cell in strip.cells if cell.text])


def _is_single(strip: Strip) -> bool:
    return len(strip.cells) == 1 and not strip.texts


def _assemble_locally(strips: list[Strip], width: int) -> list[Strip]:
    """One-value lines right under a label are its row, in a table that is laid out otherwise elsewhere."""
    rows: list[Strip] = []
    shortest = 1 if width <= NARROW else _SHORTEST_RUN
    start = 0
    for single, group in groupby(strips, key=_is_single):
        run = list(group)
        if single and start and len(run) >= shortest and rows and not rows[-1].cells:
            rows = rows[:-1] + _assemble([rows[-1], *run], width)
        else:
            rows += run
        start += len(run)
    return rows


def _item_to_strips(item: Item) -> list[Strip]:
    if isinstance(item, Line):
        cells = [RawCell(text, item.bbox) for text in _split_line(item.text)]
        return _cells_to_strips(_join_decimals(cells), 0, item.page, item.number) if cells else []
    cells = list(item.cells)
    filled = [cell for cell in cells if cell.text]
    if len(filled) > 1 + NARROW:  # as most rows
        return _cells_to_strips(cells, item.table, item.page, item.number)
    if len(filled) == 1 and (not stands_for_value(filled[0].text) or _is_run(filled[0].text)):
        split = _split_line(filled[0].text)
        empty = sum(1 for cell in cells if cell.readings and not cell.text)
        blank = empty > NARROW  # a scan's row of empty number cells: a digit behind its label is dirt
        if sum(map(stands_for_value, split)) > blank:
            cells = [replace(filled[0], text=text) for text in split]
    elif filled and not stands_for_value(filled[0].text) and len(cells) <= 3:
        cells = [replace(cell, text=text) for cell in cells for text in (_split_line(cell.text) or ("",))]
    return _cells_to_strips(_join_decimals(cells), item.table, item.page, item.number)


def _join_decimals(cells: list[RawCell]) -> list[RawCell]:
    """The cells; `412.` and `5` behind it, or `412` and `.5`, are one amount where the row has a label and few cells.

    Neither piece is a number, so the other one alone would be taken for the row's.
    """
    filled = [k for k, cell in enumerate(cells) if cell.text.strip()]
    if not _PAIR < len(filled) <= 1 + NARROW or stands_for_value(cells[filled[0]].text):
        return cells
    for left, right in pairwise(filled[1:]):
        text = f"{cells[left].text.strip()} {cells[right].text.strip()}"
        if _TORN_AT_POINT.fullmatch(text) and not cells[left].readings:
            joined = replace(cells[left], text=text.replace(" ", ""), bbox=_around(cells[left], cells[right]))
            return [*cells[:left], joined, *cells[right + 1 :]]
    return cells


def _around(left: RawCell, right: RawCell) -> BBox | None:
    if not left.bbox or not right.bbox:
        return left.bbox or right.bbox
    (a, b, c, d), (e, f, g, h) = left.bbox, right.bbox
    return min(a, e), min(b, f), max(c, g), max(d, h)


def _is_run(text: str) -> bool:
    """Whether numbers and blanks are a row of values in one cell, for there are more than one number is broken into."""
    words = text.split()
    return len(words) >= _SHORTEST_RUN and all(map(stands_for_value, words))


def _cells_to_strips(cells: list[RawCell], table: int, page: int, number: int) -> list[Strip]:
    """Texts up to the last label before the first value make the label; what follows are the cells."""
    texts = [_COUNT if cell.worded else cell.text for cell in cells]
    cut = _cut_row(make_alike(texts))
    if cut is None:
        return _split_two_rows(cells, tell_kinds(texts), table, page, number)
    label, first, end = cut
    if not label and first == end:
        return []
    return [Strip(tuple([texts[k] for k in label]), tuple(cells[first:end]), first, table, page, number)]


@lru_cache(maxsize=4096)  # most rows of all reports print the same labels, whatever their numbers
def _cut_row(texts: tuple[str, ...]) -> tuple[tuple[int, ...], int, int] | None:
    """(places of the label's texts, first and end of the cells); None where the texts are two rows."""
    kinds = _kinds_of(texts)
    values = [k for k, kind in enumerate(kinds) if kind == "value"]
    words = [k for k, kind in enumerate(kinds) if kind == "text"]
    if not values:
        is_row = bool(words) or len(texts) >= _BLANK_ROW
        return tuple(words), words[-1] + 1 if words else 0, len(texts) if is_row else 0
    before = [k for k in words if k < values[0]]
    after = [k for k in words if k > values[-1]]
    if not after and any(values[0] < k for k in words):
        return None
    return tuple(before or after), before[-1] + 1 if before else 0, after[0] if after else len(texts)


def _split_two_rows(cells: list[RawCell], kinds: Sequence[str], table: int, page: int, number: int) -> list[Strip]:
    """`规章 0 0 0 规范性文件 1 0 5` on one line is two rows."""
    strips, start = [], 0
    for k in range(1, len(cells)):
        if kinds[k] == "text" and kinds[k - 1] != "text" and "value" in kinds[start:k]:
            strips += _cells_to_strips(cells[start:k], table, page, number)
            start = k
    return strips + (_cells_to_strips(cells[start:], table, page, number) if start else [])


def tell_kinds(texts: Iterable[str]) -> tuple[str, ...]:
    """Per cell blank, value or text. A Chinese numeral is a value only behind a label: elsewhere it numbers one."""
    return _kinds_of(make_alike(texts))


def make_alike(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts of a row with the same count for any: most rows of all reports then print the same."""
    return tuple([_COUNT if text.isdecimal() and len(text) <= _LONGEST_COUNT else text for text in texts])


@lru_cache(maxsize=64)  # asked twice of a report's own rows
def _kinds_of(texts: tuple[str, ...]) -> tuple[str, ...]:
    kinds: list[str] = []
    for text in map(str.strip, texts):
        if not text:
            kinds.append("blank")
        elif not stands_for_value(text) or ("text" not in kinds and _NUMERAL.match(text)):
            kinds.append("text")
        else:
            kinds.append("value")
    return tuple(kinds)


@lru_cache(maxsize=4096)  # as _cut_row
def _split_line(text: str) -> tuple[str, ...]:
    """`label 1 0 0` → [label, 1, 0, 0]; words that are no values stay together; a digit glued to a label comes off."""
    text = text.strip().strip("|").strip()
    words = _join_units(text.split())
    if not words:
        return ()
    if len(words) == 1:
        glued = _GLUED.match(text) if not stands_for_value(text) else None
        return (glued[1], glued[2]) if glued and len(glued[1]) <= _LONGEST_LABEL else (text,)
    values = [stands_for_value(word) for word in words]
    tail = len(words) - next((k for k, value in enumerate(reversed(values)) if not value), len(words))
    last_value = max((k for k, value in enumerate(values) if value), default=-1)
    parts: list[str] = []
    for k, (word, value) in enumerate(zip(words, values, strict=True)):
        inside = value and k < tail and k == last_value  # a lone number within words belongs to them
        headed = _NUMBERED_WORD.match(word) and not value
        if parts and not (value and not inside) and not stands_for_value(parts[-1]) and not headed:
            parts[-1] += word
        else:
            parts.append(word)
    if _NOTE_MARK.match(parts[0]) and len(parts) > 1 and not stands_for_value(parts[1]):
        return (text,)
    last = _GLUED.match(parts[0])
    if last and len(parts) > 1 and not stands_for_value(parts[0]) and stands_for_value(parts[1]):
        parts[0:1] = [last[1], last[2]]
    return tuple(parts)


def _join_units(words: Sequence[str]) -> list[str]:
    """The words; a unit that stands apart from its number joins it, and what follows a comma: 9 件, 1, 921."""
    joined: list[str] = []
    for word in words:
        if joined and _UNIT.match(word) and stands_for_value(joined[-1]):
            joined[-1] += word
        elif joined and _GROUPS_BEFORE.fullmatch(joined[-1]) and _GROUP_BEHIND.match(word):
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _assemble(strips: list[Strip], width: int) -> list[Strip]:
    """Flattened text: runs of one-value strips become rows of `width` cells between their labels."""
    step = _line_step(strips)
    runs: dict[int, list[RawCell]] = {}  # by the place of their first strip
    end = 0
    for is_run, group in groupby(strips, key=_is_unlabelled):
        start, end = end, end + len(list(group))
        if is_run:
            lead = start - 1 if start and not _filled(strips[start - 1]) else start
            gaps = [_blanks(a, b, step, width) for a, b in pairwise(strips[lead : end + 1])]
            pieces = [[*locate_cells(strips[k]), *gap] for k, gap in zip(range(lead, end), [*gaps, []], strict=False)]
            runs[start] = list(chain.from_iterable(pieces))
    sizes = Counter(sum(1 for cell in run if cell.text) for run in runs.values())
    if width > NARROW and sizes[width - 1] > sum(sizes.values()) // 2:
        width -= 1  # rows that all lack a number
    rows: list[Strip] = []
    for k, strip in enumerate(strips):
        if not _is_unlabelled(strip):
            rows.append(strip)
        elif k in runs:
            rows += _cut_run(strip, runs[k], width)
    return rows


def _is_unlabelled(strip: Strip) -> bool:
    return bool(strip.cells) and not strip.texts


def _blanks(before: Strip, behind: Strip, step: int, width: int) -> list[RawCell]:
    """The blank cells that empty lines between the two stand for."""
    count = max(0, min((behind.number - before.number) // step - 1, width))
    return [RawCell("", page=before.page, line=before.number + k * step) for k in range(1, count + 1)]


def _line_step(strips: Sequence[Strip]) -> int:
    """From one cell to the next, in lines: some converters set an empty line between any two.

    The most common step: blank cells make longer ones, and each of these is rarer than the next shorter one.
    """
    steps = Counter(b.number - a.number for a, b in pairwise(strips) if _is_single(a) or _is_single(b))
    return max(1, min(steps, key=lambda step: (-steps[step], step), default=1))


def _cut_run(first: Strip, run: list[RawCell], width: int) -> list[Strip]:
    """The run that begins with this strip, cut into rows of `width`.

    The label before it may as well be another's: a converter that sorts lines by height sets the numbers that are a
    little higher than their label before it.
    """
    while len(run) > width and not run[-1].text:
        run = run[:-1]
    filled = [cell for cell in run if cell.text]
    run = filled if len(filled) >= width else run
    rows = [run[k : k + width] for k in range(0, len(run), width)] if len(run) > width + 2 else [run]
    heaped = len(rows) > 1 and not _is_cut_right(rows, width)
    return [Strip((), tuple(row), 0, 0, first.page, first.number, heaped=heaped, apart=True) for row in rows]


def _is_cut_right(rows: Sequence[Sequence[RawCell]], width: int) -> bool:
    """Whether numbers in one run are rows one after the other and not columns: all rows add up, or all are alike."""
    values = [[parse_cell(cell.text).value for cell in row] for row in rows]
    if any(len(row) != width for row in values):
        return False
    return len({value for row in values for value in row}) == 1 or (width > NARROW and all(map(adds_up, values)))
