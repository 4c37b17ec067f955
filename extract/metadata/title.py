"""The title block → title, agency and year, although it may be broken, damaged, or repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.metadata.dates import YEAR, YEAR_BEGINS, parse_year
from extract.metadata.lines import Printed
from extract.quick import record
from extract.rules import load_rules

_YEAR_IN_NAME = re.compile(rf"[(（]?(?P<year>{YEAR})年?度?[)）]?的?")
_TAIL = re.compile(rf"[(（]?(?P<year>{YEAR})年?度?[)）]?$")
_TAIL_LENGTH = 8  # characters of the longest: （2024年度）
_INSIDE = re.compile(rf"(?P<year>{YEAR})(?=年度?(?:工作)?(?:报告|年报)$)")  # 政府信息公开工作2024年度报告
_SENTENCE = re.compile(r"[。；;：:，,、？！”]|\d{5}")
_PATH = re.compile(r"[>»›→|/\\]")  # 首页 > 政务公开 > 年报: a path of the web page, no title
_ABOVE = re.compile(r"[(（][^()（）]*[)）]|.*文件")  # （主动公开）, 某某厅文件: a mark or a letterhead above the title
_LAST = frozenset("年度报告")  # even a damaged title keeps one of its last characters


@record
class Title:
    """A title as read; `agency` is empty, `year` None where the title names none. `damage` counts mended characters."""

    text: str
    agency: str
    year: int | None
    damage: int
    page: int
    line: int


def find_titles(lines: tuple[Printed, ...]) -> tuple[Title, ...]:
    """Every run of lines that reads as a title."""
    return tuple(_titles(lines))


def best_title(titles: tuple[Title, ...], body: str) -> Title | None:
    """The best of the titles; `body` is the squeezed text of the rest, in which a whole agency name recurs."""
    titles = tuple(title for title in titles if not any(_is_glued(title, other) for other in titles))
    return max(titles, key=lambda title: _goodness(title, body), default=None)


def _is_glued(title: Title, earlier: Title) -> bool:
    """Whether the title is a running head that names the agency of an earlier one, with the line above it before it."""
    longer = title.agency != earlier.agency and title.agency.endswith(earlier.agency)
    comes_first = (earlier.page, earlier.line) < (title.page, title.line)
    return bool(earlier.agency) and comes_first and longer and title.year == earlier.year


def is_agency(text: str) -> bool:
    """Whether a squeezed line can be an agency's name."""
    rules = load_rules("metadata.toml")["agency"]
    if not rules["length_least"] <= len(text) <= rules["length_most"] or text in rules["not_agency"]:
        return False
    return text.endswith(tuple(rules["endings"])) and not re.search(r"[\d。；：，、？！:;,.>|“”]", text)


def parse_title(text: str) -> tuple[str, str, int | None, int] | None:
    """(title with its ending mended, agency, year, number of mended characters), None where the line is no title."""
    rules = load_rules("metadata.toml")["title"]
    tail = _find_tail(text)
    body, suffix = (text[: tail.start()], tail.group()) if tail else (text, "")
    if len(text) > rules["length_most"] or _LAST.isdisjoint(body[-len(_LAST) :]):
        return None
    inside = _INSIDE.search(body) if body.endswith(("报告", "年报")) else None
    body = _INSIDE.sub("", body) if inside else body
    ending, length, damage = _shorter_ending(body) or _best_ending(body, rules["endings"])
    if damage > rules["wrong_share"] * len(ending):
        return None
    name = body[: len(body) - length]
    if _SENTENCE.search(name):
        return None
    years = [match["year"] for match in (_YEAR_IN_NAME.search(name), inside, tail) if match]
    year = parse_year(years[0]) if years else None
    agency = re.sub(r"^关于|关于$|的$", "", _YEAR_IN_NAME.sub("", name, count=1))
    twice = agency and agency == agency[: len(agency) // 2] * 2  # a letterhead, then a title that names the agency
    if twice or any(words in agency for words in rules["of_titles"]) or agency.startswith(tuple(rules["not_agency"])):
        return None
    return name + ending + suffix if damage else text, agency, year, damage


def _find_tail(text: str) -> re.Match[str] | None:
    start = max(0, len(text) - _TAIL_LENGTH)
    return None if YEAR_BEGINS.isdisjoint(text[start:]) else _TAIL.search(text, start)


def _shorter_ending(text: str) -> tuple[str, int, int] | None:
    """The same of a title without 政府: 江州大学2021年信息公开年度报告; 政俯信息公开年度报告 is a damaged one."""
    rules = load_rules("metadata.toml")
    behind = (*rules["title"]["behind"], *rules["agency"]["endings"])
    endings = (ending for ending in rules["title"]["shorter"] if text.endswith(ending))
    ending = next((own for own in endings if text[: -len(own)].endswith(behind)), "")
    return (ending, len(ending), 0) if ending and not text.endswith("政府" + ending) else None


def _best_ending(text: str, endings: list[str]) -> tuple[str, int, int]:
    """(ending, how many characters of the text it takes, edit distance); the longest of the nearest."""
    from rapidfuzz.distance import Levenshtein

    exact = next((ending for ending in endings if text.endswith(ending)), "")
    if exact:
        return exact, len(exact), 0
    options = []
    for ending in endings:
        for length in (len(ending), len(ending) - 1, len(ending) + 1):
            distance = Levenshtein.distance(ending, text[-length:])
            options.append((distance, -len(ending), abs(length - len(ending)), ending, length))
    distance, _, _, ending, length = min(options)
    return ending, length, distance


def _titles(lines: tuple[Printed, ...]) -> Iterator[Title]:
    """Every run of up to `lines_most` lines that reads as a title."""
    rules = load_rules("metadata.toml")["title"]
    never = tuple(rules["not_title"])
    usable = [
        line
        for line in lines
        if len(line.text) <= rules["length_most"] and not line.text.startswith(never) and not _PATH.search(line.text)
    ]
    ends = [_may_end_title(line.text) for line in usable]
    for start, first in enumerate(usable):
        end = start + rules["lines_most"]
        if True not in ends[start:end] or _ABOVE.fullmatch(first.text):
            continue
        text = ""
        for line, may_end in zip(usable[start:end], ends[start:end], strict=True):
            text += line.text
            if len(text) > rules["length_most"]:
                break
            if may_end and (parsed := parse_title(text)):
                yield Title(*parsed, page=first.page, line=first.line)


def _may_end_title(text: str) -> bool:
    """Whether a title may end with that line; one too short to hold its last words may continue the line above."""
    tail = _find_tail(text)
    body = text[: tail.start()] if tail else text
    return len(body) <= len(_LAST) or not _LAST.isdisjoint(body[-len(_LAST) :])


def _goodness(title: Title, body: str) -> tuple[bool, bool, bool, int, int, int]:
    """Higher is better: a year, an agency, no bracket left open, little damage, the longest name that recurs."""
    recurs = bool(title.agency) and title.agency in body
    named = is_agency(title.agency)
    whole = title.text.count("(") == title.text.count(")")
    return (title.year is not None, named, whole, -title.damage, len(title.agency) if recurs else 0, -title.line)
