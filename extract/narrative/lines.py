"""Printed items of a narrative section → paragraphs, without marks, headings, page marks, title and signature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import zip_longest
from typing import Any

from extract.quick import record
from extract.records import Item, Line
from extract.rules import load_rules, needed_characters, rule_patterns

LAYOUT_FILE = "narrative.toml"
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")  # of markdown: 99\.7%, 1\. 主动公开

_OTHER_MARKS = frozenset("*_\\")  # of bold type and escapes


@record
class Paragraph:
    """One paragraph as printed, its lines joined; `topic` is the heading that it stands under.

    `scores`: where each of its lines ends in its text, and the line's score (records.Line).
    """

    text: str
    page: int
    topic: str = ""
    scores: tuple[tuple[int, float], ...] = ()


@record
class Printed:
    """One line without its marks; `heading` where a markdown mark says so, `score` as in records.Line."""

    text: str
    page: int
    heading: bool
    score: float = 1.0


@cache
def _rules() -> dict[str, Any]:
    return load_rules(LAYOUT_FILE)


_pattern = rule_patterns(LAYOUT_FILE, "patterns")


def clean_items(items: Iterable[Item]) -> tuple[Printed, ...]:
    """The lines of the items without markdown marks; none for page marks, rules and empty lines."""
    own = tuple(items)
    lines = []
    for place, item in enumerate(own):
        if line := _clean(item):
            lines.append(line)
        elif isinstance(item, Line) and _is_broken_off(item, own[place + 1 : place + 2], lines):
            lines.append(Printed(item.text.strip(), item.page, False, item.score))
    return tuple(lines)


def _is_broken_off(item: Line, behind: Sequence[Item], before: Sequence[Printed]) -> bool:
    """企业 / 16 / 件: whether a number alone on its line is none of a page but one of the text, broken by its width."""
    if _pattern("lone_number").fullmatch(item.text) is None or not before or not behind:
        return False
    following = behind[0]
    goes_on = isinstance(following, Line) and following.page == item.page and _pattern("counted").match(following.text)
    return bool(goes_on) and _pattern("open_end").search(before[-1].text) is not None and before[-1].page == item.page


def find_paragraphs(
    lines: Iterable[Printed], *, running_heads: frozenset[str] = frozenset(), page_width: float = 0
) -> tuple[Paragraph, ...]:
    """The paragraphs of one section, in order; headings on lines of their own are dropped, but name the topic.

    `page_width` is where the lines of the other sections are broken; it counts where this one is too short to tell.
    """
    printed = [line for line in lines if _squeeze(line.text) not in running_heads]
    width = _wrap_width(printed) or page_width
    paragraphs: list[Paragraph] = []
    topic, open_ = "", False
    for line, following in zip_longest(printed, printed[1:]):
        if not open_ and (_is_heading(line, width) or (following and not width and _heads_longer(line, following))):
            topic = line.text
            continue
        if open_ and not _begins_anew(line, width):
            last = paragraphs[-1]
            text = _join(last.text, line.text)
            paragraphs[-1] = Paragraph(text, last.page, topic, (*last.scores, (len(text), line.score)))
        elif _is_heading(line, width):
            topic, open_ = line.text, False
            continue
        else:
            paragraphs.append(Paragraph(line.text, line.page, topic, ((len(line.text), line.score),)))
        open_ = _continues(line, width)
    return tuple(paragraphs)


def find_page_width(lines: Sequence[Printed]) -> float:
    """The width at which the page breaks the lines of the narrative, in characters; 0 where it does not."""
    return _wrap_width(lines)


def find_running_heads(lines: Iterable[Printed]) -> frozenset[str]:
    """Short lines without punctuation that the narrative repeats: titles and agency names at the page's edge."""
    texts = Counter(_squeeze(line.text) for line in lines)
    limit = _rules()["limits"]
    return frozenset(
        text
        for text, count in texts.items()
        if count >= limit["running_head_repeats"]
        and len(text) <= limit["running_head_length"]
        and not _pattern("punctuation").search(text)
        and _pattern("running_head").search(text)
    )


def _clean(item: Item) -> Printed | None:
    """The text of an item without markdown marks; None for page marks, rules and empty lines."""
    if isinstance(item, Line):
        text = item.text
    else:
        cells = [cell.text.strip() for cell in item.cells if cell.text.strip()]
        if sum(_pattern("figure").fullmatch(cell) is not None for cell in cells) * 2 >= max(len(cells), 1):
            return None
        text = "".join(cells)
    bare, heading = _read_marks(text)
    return Printed(bare, item.page, heading, item.score) if bare else None


def _read_marks(text: str) -> tuple[str, bool]:
    """(the text without markdown marks, whether they make it a heading); no text for page marks and rules."""
    heading, bare = False, text.strip()
    if _mark().search(text):
        heading = _pattern("markdown_heading").match(text) is not None
        bare = _pattern("marks").sub("", text).strip()
        bare = _ESCAPE.sub(r"\1", bare.replace("**", "").replace("__", "")).strip()
    is_mark = _pattern("page_mark").fullmatch(bare) or _pattern("rule").fullmatch(bare)
    return "" if is_mark else bare, heading


@cache
def _mark() -> re.Pattern[str]:
    """One of the characters without which a line has no marks of markdown."""
    needed = [needed_characters(_rules()["patterns"][name]) for name in ("markdown_heading", "marks")]
    every = "".join(sorted(_OTHER_MARKS.union(*needed)))
    return re.compile(f"[{re.escape(every)}]" if all(needed) else "")


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _wrap_width(lines: Sequence[Printed]) -> float:
    """The width that the page breaks lines at, in characters; 0 where paragraphs stand on one line each.

    Lines that go beyond it were not broken there: the short ones are headings, as long as one another.
    """
    limit = _rules()["limits"]
    open_ended = [_visible(line.text) for line in lines if not line.text.endswith(tuple(limit["ends"]))]
    if len(open_ended) < limit["wrap_least_lines"]:
        return 0
    longest = sorted(open_ended)[-max(1, len(open_ended) // 10)]
    near = sum(1 for length in open_ended if length >= longest * limit["wrap_near"])
    wrapped = near >= limit["wrap_least_lines"] and near * 2 >= len(open_ended)
    beyond = sum(1 for line in lines if _visible(line.text) * limit["wrap_near"] > longest)
    return (
        longest if wrapped and beyond * 2 <= near and limit["wrap_shortest"] <= longest <= limit["wrap_longest"] else 0
    )


def _visible(text: str) -> float:
    """Width in full-width characters."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def _is_heading(line: Printed, width: float) -> bool:
    """True for a heading on a line of its own."""
    text, limit = line.text, _rules()["limits"]
    if line.heading:
        return not _pattern("sentence_inside").search(text)
    if _pattern("sentence_end").search(text[:-1]) or text.endswith(tuple(limit["closing"])):
        return False
    if _pattern("broken_off").search(text) or _fills(text, width):
        return False
    if _pattern("numbered").match(text):
        return not _pattern("run_in").search(text) and _visible(text) <= limit["heading_length"] and "；" not in text
    if text.endswith(("：", ":", "；", ";", "，", "、")):
        return False
    short = _visible(text) <= limit["bare_heading_length"] and not _pattern("punctuation").search(text)
    return short and bool(width or _pattern("heading_words").search(text))


def _fills(text: str, width: float) -> bool:
    """Whether a line that begins a paragraph reaches the page's width; some pages count characters, however wide."""
    limit = _rules()["limits"]
    return bool(width) and len(text) + limit["indent"] >= width * limit["wrap_near"]


def _heads_longer(line: Printed, following: Printed) -> bool:
    """二是规范办理, without a full stop, above a longer line that begins no further item: no line was broken there."""
    limit = _rules()["limits"]
    return (
        _pattern("enumerated").match(line.text) is not None
        and _pattern("punctuation").search(line.text) is None
        and _pattern("broken_off").search(line.text) is None
        and following.text.endswith(tuple(limit["closing"]))
        and _pattern("enumerated").match(following.text) is None
        and _visible(line.text) <= min(limit["bare_heading_length"], limit["wrap_near"] * _visible(following.text))
    )


def _begins_anew(line: Printed, width: float) -> bool:
    """True where the line cannot continue the one before: it starts an enumeration or is a marked heading."""
    if line.heading:
        return True
    return bool(_pattern("enumerated").match(line.text)) if not width else bool(_pattern("numbered").match(line.text))


def _continues(line: Printed, width: float) -> bool:
    """True where the next line may belong to the same paragraph."""
    limit = _rules()["limits"]
    if line.text.endswith(tuple(limit["closing"])):
        return False
    if line.text.endswith(tuple(limit["half_closing"])):
        return bool(width) and _visible(line.text) >= width * limit["wrap_near"]
    return True


def _join(first: str, second: str) -> str:
    """The two parts of a line that the page's width broke; a blank stays between two Latin words."""
    latin = first[-1:].isascii() and first[-1:].isalpha() and second[:1].isascii() and second[:1].isalpha()
    return f"{first} {second}" if latin else first + second
