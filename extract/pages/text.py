"""Plain text → pages: markdown pipes, tabs, runs of spaces; page marks and running heads are taken out.

A form feed begins a page. Rows that follow one another are one raw table; so are rows with only blank lines between.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from extract.celltext import LINE_BREAK
from extract.pages.markup import read_formulas, strip_markup
from extract.pages.numbered import numbers_columns
from extract.quick import replace
from extract.records import Item, Line, Page, RawCell, Row
from extract.textform import fold_radicals

_DASH = "--"  # two may stand for a value; those of a rule are as long as their column
_DRAWN = "|:=+ \t-"
_LINE_BREAK = re.compile(r"<br\s*/?>")
_BROKEN_NUMBER = re.compile(r"(?<=\d)\s*<br\s*/?>\s*(?=\d)")  # one number, or two
_SINGLE_DASHES = re.compile(r"^\|(:?-:?\|)+$")  # below a table's heads a rule, further down a row of dashes
_BOX = "".join(map(chr, range(0x2500, 0x2580))) + " "
_OF_RULES = frozenset(_DRAWN + _BOX)
_HORIZONTAL = frozenset("─━═┄┅┈┉╌╍")
_LINE_ENDS = ("\r\n", *"\r\x0b\x85\u2028\u2029")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufeff\x00]")
_BARS = "｜│┃┆┇┊┋║"
_BAR = re.compile(f"[{_BARS}]")
_BARRED = re.compile(r"\|.*\||^[^|，。；]{2,40}\|\s*[\d.,%—–-]{1,12}$")  # two bars, or one before a value
_PAGE_MARK = re.compile(
    r"[-—–─―－~·•]+\s*\d{1,3}\s*[-—–─―－~·•]+|第\s*[\d一二三四五六七八九十]{1,3}\s*页(\s*[,，/]?\s*共\s*\d{1,3}\s*页)?"
    r"|[\[〔【~]\s*\d{1,3}\s*[\]〕】~]|\d{1,3}\s*/\s*\d{1,3}|[Pp]age\s*\d{1,3}(\s*of\s*\d{1,3})?|[-—–]{3,}"
)
_BARE_MARK = re.compile(r"\d{1,3}")  # beside a running head; elsewhere it may be a value
_BLANKS = " \u00a0\u3000"
_GAP = re.compile(rf"(?:\u3000|[ \u00a0]{{2,}})[{_BLANKS}]*")
_PARTED = re.compile(
    rf"[|{_BARS}\t{_BLANKS}](?:(?<![ \u00a0])|[ \u00a0])"
)  # a bar, a tab or a gap: a set first is quick
_VALUE_WORD = re.compile(r"^[\d０-９OoＯ\u039f\u03bf\u041e\u043e〇○lIＩ丨负|,，.．/／—–\-－一无件元万%()（）+＋]+$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ESCAPED_PIPE = "\ue000"
_ESCAPED_MARK = re.compile(r"\\([-+*_.#()\[\]{}!~`>])")  # some writers of markdown escape a dash, a sign, a list number
_ATTRIBUTES = re.compile(  # of pandoc's markdown: ::: {#main}, # 一、总体情况 {#s1 .unnumbered}, [12]{lang="EN-US"}
    r"^[ \t]*:{3,}.*$|[ \t]\{[.#][^{}\n]*\}[ \t]*$|\[([^\[\]\n]*)\]\{(?:[.#]|[\w-]+=)[^{}\n]*\}", re.MULTILINE
)
_COMMA_VALUES = r"[\d.+\-/—–－一无件元万%\"]*"
_COMMA_ROW = re.compile(
    rf"(?:[^,。；]*,){{0,2}}[^,。；]*[\u4e00-\u9fff][^,。；]*,(?:{_COMMA_VALUES},)*{_COMMA_VALUES}\s*"  # 规章,0,0,1
    rf"|\s*(?:{_COMMA_VALUES},){{6,}}{_COMMA_VALUES}\s*"
    rf"|,(?:{_COMMA_VALUES},)*{_COMMA_VALUES}|(?:{_COMMA_VALUES},){{2,}}"  # ,0,0,1 or 0,0,1,: without their label
)
_NOTED_VALUES = _COMMA_VALUES.replace("]*", r" \[\]()（）*＊①-⑳¹²³⁴-⁹注见附件]*")
_NOTED_ROW = re.compile(  # 规章,0 0,0,144 626,5 [1],0,0: of a text with other such rows
    rf"(?:[^,。；]*,){{0,2}}[^,。；]*[\u4e00-\u9fff][^,。；]*,(?:{_NOTED_VALUES},){{2,}}{_NOTED_VALUES}"
)
_COMMA_HEADS = re.compile(r"[^,。；\d]{1,40}(?:,[^,。；\d]{1,40}){2,}|[^,。；\d]{1,20},[^,。；\d]{1,20}")
_COMMA_ROWS = 8  # a text with so many rows of values between commas has its tables so
_COUNTED = 4  # columns whose heads are only counted: 0, 1, 2, 3
_EMPHASISED = re.compile(r"^__(?=\S)((?:(?!__).)+)(?<=\S)__$")  # a whole line; within one, __ may wait to be filled in
_FUSED_VALUES = 3  # a cell with a label and so many values holds a row of its own
_SHORTEST_ROW = 7  # characters: a name of two, three values and the blanks between
_REPORT_WORD = re.compile(r"年度报告|年报|政府信息公开$")
_TABLE_MARKUP = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_WRAPPED_BEFORE = re.compile(r"(?:<(?:html|body|div|center)\b[^<>]*>\s*)+$", re.IGNORECASE)
_WRAPPED_AFTER = re.compile(r"(?:\s*</(?:html|body|div|center)>)+", re.IGNORECASE)
_WRAPPED_WITHIN = 300  # characters before a table in which the elements around it are looked for
_BREAK = "\ue002"  # parts what stands on one line of the file
_LIFTED = "\ue001"  # stands for a piece of table markup while the lines around it are read
_LONGEST_LONE_CELL = 20  # one short cell beside an empty one is a row; a sentence with a stray tab is none
_RUNNING_HEAD_REPEATS = 3  # a short line that stands three times, never beside a table row, is a running head
_RUNNING_HEAD_LENGTH = 40
_FEWEST_PAGES, _SHORTEST_PAGE = 3, 8  # bare numbers that count pages, lines from one to the next
_LAST_FIRST = 3  # the first of them that is printed: a cover and a list of contents may have none
_TITLE_LINES = 8  # a running head that stands first among so many lines is the title itself


def text_to_pages(text: str) -> tuple[Page, ...]:
    """The pages of `text`, from 1, each with its lines and rows in printed order; line numbers count over the file."""
    text, lifted = _lift_tables(read_formulas(text))
    raw_lines = _number_lines(strip_markup(text))
    texts = [line.strip() for _, _, line in raw_lines]
    marks = _running_heads(texts) | _counted_pages(texts)
    commas = sum(1 for _, _, line in raw_lines if "," in line and _COMMA_ROW.fullmatch(line)) >= _COMMA_ROWS
    pages: dict[int, list[Item]] = {1: []}
    table, in_table, n_rows = 0, False, 0
    for position, (page, number, line) in enumerate(raw_lines):
        items = pages.setdefault(page, [])
        if lifted and line.startswith(_LIFTED):
            items += (found := _read_lifted(lifted.pop(0), page=page, number=number, table=table + 1))
            table, in_table = max([table, *(row.table for row in found if isinstance(row, Row))]), False
            continue
        stripped = texts[position]
        is_rule = _is_rule(stripped) or (n_rows <= 1 and bool(_SINGLE_DASHES.match(stripped)))
        if not stripped or position in marks or _PAGE_MARK.fullmatch(stripped):
            in_table = in_table and not is_rule
            continue
        if is_rule:
            continue
        if pieces := _split_lone_cell(stripped):
            items += [Line(piece, page, number) for piece in pieces]
            in_table = False
            continue
        rows = (_read_commas(line) if commas else None) or _read_rows(line)
        if rows is None:
            text = _EMPHASISED.sub(r"\1", stripped) if stripped.startswith("__") else stripped
            items.append(Line(text, page, number))
            in_table = False
            continue
        if not in_table:
            table, in_table, n_rows = table + 1, True, 0
            if _are_counts([cell.text for cell in rows[0]]):
                continue
        items += [Row(row, table, page, number) for row in rows if not numbers_columns([cell.text for cell in row])]
        n_rows += len(rows)
    return tuple(Page(number, tuple(_merge_repeated(items))) for number, items in sorted(pages.items()))


def _merge_repeated(items: Sequence[Item]) -> Iterator[Item]:
    """The items; where a converter wrote a merged cell once for each of its columns, its value stands once.

    That all columns behind the label are one, their head tells: 信息内容 | 本年处理决定数量 | 本年处理决定数量.
    """
    first, shape = 0, (0, 0)  # of the columns that are one, 0: none are; the table and width of their head
    for item in items:
        if isinstance(item, Row) and (first or _ends_alike(item)):
            texts = [cell.text for cell in item.cells]
            own = (item.table, len(texts))
            if not "".join(texts[1:]).isascii() and sum(1 for text in texts if _HAN.search(text)) > 1:
                first, shape = _first_of_run(texts), own
            elif first and own == shape and texts[first] and len(set(texts[first:])) == 1:
                item = replace(item, cells=item.cells[: first + 1])
        yield item


def _ends_alike(row: Row) -> bool:
    """Whether its last two cells say the same in words, as few rows do."""
    before, last = row.cells[-2:] if len(row.cells) > 1 else (None, None)
    return before is not None and last is not None and before.text == last.text and not last.text.isascii()


def _first_of_run(texts: Sequence[str]) -> int:
    """Where the run of equal words begins that ends the row behind its first cell; 0 where there is none."""
    *_, (last, run) = ((text, len(list(same))) for text, same in groupby(texts))
    return len(texts) - run if run > 1 and _HAN.search(last) else 0


def _are_counts(cells: Sequence[str]) -> bool:
    """Whether a table's first row only counts its columns: 0 | 1 | 2 | 3."""
    return len(cells) >= _COUNTED and all(cell == str(k) for k, cell in enumerate(cells))


def _read_commas(line: str) -> tuple[tuple[RawCell, ...], ...] | None:
    """The row of a line that has commas between its cells; None where it is none."""
    if "," not in line or not any(row.fullmatch(line.strip()) for row in (_COMMA_ROW, _COMMA_HEADS, _NOTED_ROW)):
        return None
    return (tuple(_raw_cell(cell.strip()) for cell in next(csv.reader([line.strip()]))),)


def _read_rows(line: str) -> tuple[tuple[RawCell, ...], ...] | None:
    """The rows that a line holds; None where it is prose."""
    return _cut_rows(line) if _PARTED.search(line.strip(_BLANKS)) else None


@lru_cache(maxsize=4096)  # reports share many lines of their tables
def _cut_rows(line: str) -> tuple[tuple[RawCell, ...], ...] | None:
    """The same of a line that bars, tabs or gaps part."""
    cells = _split_cells(line)
    return None if cells is None else tuple(tuple(map(_raw_cell, row)) for row in _split_rows(cells))


@lru_cache(maxsize=4096)  # most cells hold a small number or nothing
def _raw_cell(text: str) -> RawCell:
    return RawCell(text)


def _lift_tables(text: str) -> tuple[str, list[str]]:
    """The text with each table in markup by itself, as many lines as before; the markup in order."""
    if "<" not in text:
        return text, []
    pieces, tables, last = [], [], 0
    for start, end in _table_spans(text):
        before, markup = text[last:start], text[start:end]
        begins_line = not before.rpartition("\n")[2].strip()
        ends_line = text[end : end + 1] in ("", "\r", "\n")
        lines = "\n" * markup.count("\n")
        pieces += [before, "" if begins_line else _BREAK, _LIFTED, lines, "" if ends_line else _BREAK]
        tables.append(markup)
        last = end
    return "".join(pieces) + text[last:], tables


def _table_spans(text: str) -> Iterator[tuple[int, int]]:
    """(begin, end) of each outermost table; one that is never closed stays text."""
    starts: list[int] = []
    for tag in _TABLE_MARKUP.finditer(text):
        if not tag[1]:
            starts.append(tag.start())
        elif starts:
            start = starts.pop()
            if not starts:
                before = _WRAPPED_BEFORE.search(text, max(0, start - _WRAPPED_WITHIN), start)
                after = _WRAPPED_AFTER.match(text, tag.end())
                yield before.start() if before else start, after.end() if after else tag.end()


def _read_lifted(markup: str, *, page: int, number: int, table: int) -> tuple[Item, ...]:
    from extract.pages.html import table_html_to_rows

    return table_html_to_rows(markup, page=page, number=number, table=table)


def _number_lines(text: str) -> list[tuple[int, int, str]]:
    """(page, line number, line) for each line; both count from 1."""
    text = _INVISIBLE.sub("", fold_radicals(text))
    if "\\" in text:
        text = _ESCAPED_MARK.sub(r"\1", text)
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    if "{" in text or ":::" in text:
        text = _ATTRIBUTES.sub(lambda found: found[1] or "", text)
    if "\f" not in text and _BREAK not in text:
        return [(1, number, line) for number, line in enumerate(text.split("\n"), 1)]
    numbered, page = [], 1
    for number, line in enumerate(text.split("\n"), 1):
        for place, own in enumerate(line.split("\f")):
            page += place > 0
            numbered += [(page, number, part) for part in own.split(_BREAK)]
    return numbered


def _running_heads(texts: Sequence[str]) -> frozenset[int]:
    """The places of short lines of words that stand at least three times: heads and feet that a converter left in; the
    title beside a page mark is one, too, also where it is printed on two lines.

    The first of them is kept where the title stands, whose words a running head repeats.
    """
    counts = Counter(filter(None, texts))
    printed = [position for position, text in enumerate(texts) if text]
    broken = {f"{texts[upper]}{texts[lower]}" for upper, lower in pairwise(printed[:_TITLE_LINES])}
    repeated = {text for text, count in counts.items() if (count > 1 or text in broken) and _is_head(text)}
    if not repeated:
        return frozenset()
    front = {texts.index(text) for text in repeated - broken} & set(printed[:_TITLE_LINES])
    titles = {texts[position] for position in front} | broken
    marks = [
        k for k, place in enumerate(printed) if _PAGE_MARK.fullmatch(texts[place]) or _BARE_MARK.fullmatch(texts[place])
    ]
    beside = {k for mark in marks for k in (mark - 1, mark + 1)}
    heads = (
        position
        for k, position in enumerate(printed)
        if texts[position] in repeated
        and (counts[texts[position]] >= _RUNNING_HEAD_REPEATS or (texts[position] in titles and k in beside))
    )
    return frozenset(heads) - front


def _counted_pages(texts: Sequence[str]) -> frozenset[int]:
    """The places of bare numbers that count the pages: all that stand between empty lines do, one after the other.

    A single value that stands so, too, leaves open which of them is one.
    """
    around = ["", *texts, ""]
    alone = [
        place
        for place, text in enumerate(texts)
        if not around[place] and not around[place + 2] and _BARE_MARK.fullmatch(text)
    ]
    numbers = [int(texts[place]) for place in alone]
    apart = all(later - earlier >= _SHORTEST_PAGE for earlier, later in pairwise(alone))
    counted = len(numbers) >= _FEWEST_PAGES and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return frozenset(alone) if counted and apart and numbers[0] <= _LAST_FIRST else frozenset()


def _is_head(text: str) -> bool:
    fits = 0 < len(text) <= _RUNNING_HEAD_LENGTH
    return fits and _REPORT_WORD.search(text) is not None and not re.search(r"[|│\t]", text)


def _is_rule(line: str) -> bool:
    """Whether a line is drawn and says nothing: | --- | --- |, +---+===+, ├──┼──┤."""
    if not line or line[0] not in _OF_RULES:
        return False
    in_box = not line.strip(_BOX)
    if not in_box and line.strip(_DRAWN):
        return False
    words = line.split()
    if len(words) > 1 and all(word == _DASH for word in words):
        return False  # a row of dashes
    if in_box:
        return not _HORIZONTAL.isdisjoint(line)
    return "--" in line or "==" in line


def _split_lone_cell(line: str) -> list[str]:
    """The lines of a row's only cell that is not empty, where a converter found no columns between their values; empty
    for other rows, such as one whose label alone is printed.
    """
    if "<br" not in line:
        return []
    filled = [cell for cell in line.strip("|").split("|") if cell.strip()]
    pieces = _LINE_BREAK.split(filled[0]) if len(filled) == 1 else []
    has_values = any(len(_split_values(piece)) > _FUSED_VALUES for piece in pieces if piece.strip())
    return [piece.strip() for piece in pieces if piece.strip()] if has_values else []


def _split_cells(line: str) -> list[str] | None:
    """The cells of a table row, or None where the line is no row."""
    stripped = line.strip().replace("\\|", _ESCAPED_PIPE)
    drawn = not stripped.isascii() and _BAR.search(stripped) is not None
    if drawn:
        line, stripped = _even_bars(line), _even_bars(stripped)
    if drawn or stripped.startswith("|") or stripped.endswith("|") or " | " in stripped or _BARRED.search(stripped):
        framed = line.startswith("|") or line.endswith("|")
        inner = stripped.removeprefix("|").removesuffix("|") if framed else stripped  # `a | b | ` ends in an empty cell
        cells = inner.split("|")
    elif "\t" in line.rstrip("\n"):
        cells = line.split("\t")
        if sum(1 for cell in cells if cell.strip()) < 2 and len(cells) < 3 and len(line.strip()) > _LONGEST_LONE_CELL:
            return None
    else:
        return _split_aligned(line)
    if _ESCAPED_PIPE in stripped or "<br" in line:
        cells = [
            _LINE_BREAK.sub("", _BROKEN_NUMBER.sub(LINE_BREAK, cell.replace(_ESCAPED_PIPE, "|"))) for cell in cells
        ]
    return [cell.strip() for cell in cells]


def _even_bars(line: str) -> str:
    for bar in _BARS:  # in a fifth of the time of translate(), which looks up each character
        line = line.replace(bar, "|")
    return line


def _split_rows(cells: list[str]) -> Iterator[list[str]]:
    """The rows that one line holds: | 规章  0  1  66 | 行政许可  12 |, or with tables in cells | | --- | | 0 |."""
    if not _holds_tables(cells) and not any(map(_holds_row, cells)):
        yield cells
        return
    for cell in cells:
        if cell and not _is_rule(cell):
            parts = _split_values(cell) if len(cell) > _SHORTEST_ROW else [cell]
            yield parts if _HAN.search(parts[0]) and len(parts) > 1 else [part for part in _GAP.split(cell) if part]


def _holds_row(cell: str) -> bool:
    if len(cell) <= _SHORTEST_ROW:
        return False
    parts = _split_values(cell)
    return len(parts) > _FUSED_VALUES and _HAN.search(parts[0]) is not None


def _holds_tables(cells: list[str]) -> bool:
    """Whether rules are drawn between the cells: before a label, or each between empty cells; a dash is a value."""
    if "---" not in cells:
        return False
    rules = [k for k, cell in enumerate(cells) if cell == "---"]
    around = {text for k in rules for text in cells[max(0, k - 1) : k + 2 : 2]}
    return any(map(_HAN.search, cells[rules[0] :])) or (len(rules) > 1 and around == {""})


def _split_aligned(line: str) -> list[str] | None:
    """Cells of a line laid out with runs of blanks; prose with an indent or a stray double blank is no row."""
    parts = [part.strip(" \\") for part in _GAP.split(line.strip(_BLANKS)) if part.strip(" \\")]
    if len(parts) < 2:
        return None
    values = sum(1 for part in parts if all(_VALUE_WORD.match(word) for word in part.split()))
    long_prose = any(len(part) > 40 or "。" in part for part in parts)
    if long_prose or (values == 0 and len(parts) < 3 and not _looks_like_heads(parts)):
        return None
    return [cell for part in parts for cell in _split_values(part)]


def _looks_like_heads(parts: list[str]) -> bool:
    return all(len(part) <= 12 and _HAN.search(part) and not re.search(r"[，。；：]", part) for part in parts)


def _split_values(part: str) -> list[str]:
    """`3.其他 0 12` inside one aligned part is three cells: the values at its end come off, single blanks or not."""
    words = part.split()
    last = next((k for k in range(len(words), 0, -1) if not _VALUE_WORD.match(words[k - 1].strip("*"))), 0)
    return [" ".join(words[:last]), *words[last:]] if last else words
