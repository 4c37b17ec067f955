"""The numbers of a sentence that count something: value, unit and qualifier; dates, names and references left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from extract.narrative.lexicon import Mention
from extract.numerals import parse_number
from extract.quick import record
from extract.records import Qualifier
from extract.rules import load_rules
from extract.textform import any_word

CLAIMS_FILE = "claims.toml"
COUNTED_FILE = "counted.toml"
COUNTED_KINDS = ("channels", "deeds", "nouns")
_ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PERCENT_WORDS = (
    r"百分之(?P<percent>[零〇一二三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?|\d+(?:\.\d+)?)"
    r"|(?P<tenths>[一二三四五六七八九]成[一二三四五六七八九])"
)
_HAN_DIGITS = "零〇一二两三四五六七八九十百千万亿"
_HAN = f"[{_HAN_DIGITS}]+"
_BLOCKED = re.compile(
    rf"(?=[A-Za-z\d_.+〔\[【第笫《“〈（({_HAN_DIGITS}-])(?:"  # few characters begin one: the rest need no closer look
    r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[\w.]+|https?：?//[\w./?=&%：-]+|www\.[\w./-]+|(?<!\d)\d{3,4}-\d{7,8}(?:-\d+)?|(?<!\d)\d+(?:-\d+){2,}"
    r"|(?<![A-Za-z])[A-Za-z]+-?\d+[A-Za-z\d]*|(?:19|20)\d\d(?:年度?|[-—－–~～至](?=\d{4})|/)|\d{1,2}[：:]\d{2}(?!\d)"
    r"|(?:19|20)\d\d(?=[-—－–~～至]*(?:年|〕|】|\]))|\d{1,2}月份?(?:\d{1,2}[日号])?|(?<=[月至-])\d{1,2}[日号]"
    r"|[〔\[【]\d{4}[〕\]】]|[第笫]"
    + _HAN
    + "(?:[、和至]"
    + _HAN
    + r")*|第\d+|《[^》]{0,200}》|“[^”]{0,40}”|〈[^〉]{0,200}〉"
    r"|(?:^|(?<=[。；：，、]))(?:\d{1,2}[.．、](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]+)[）)]|[一二三四五六七八九十]+(?:是|、|，))"
    r"|[零〇一二三四五六七八九]{4}年|[\d一二三四五六七八九十]{1,3}[时点][\d一二三四五六七八九十]{1,3}分"
    r"|(?!百分之)[一二三四五六七八九十百千万]+分之[一二三四五六七八九十]+)"
)

_LEAST_LISTED = 2  # numbers without a unit that make a list
_LABEL = re.compile(r"[^，。；：、（）\d]{1,16}?[数量]：")  # of a number without a unit
_SLASHED_BEFORE = re.compile(r"(?<![\d.])(?:\d+[件份起宗]?/)+$")
_SLASHED_BEHIND = re.compile(r"(?:/\d+)+(?P<unit>[件份起宗])")
_LISTED_BEFORE = re.compile(r"(?:分别|依次)[为是有达共计：]{0,3}(?:\d+、)*$")
_LISTED_BEHIND = re.compile(r"(?:[、和及与]\d+)+(?P<unit>[件份起宗])")


@record
class Number:
    """A number in the plain text. `end` is behind its unit; `value` is expanded, money stays in its printed unit."""

    start: int
    end: int
    value: Decimal
    unit: str
    qualifier: Qualifier


@cache
def word_pattern(*path: str) -> re.Pattern[str]:
    """Any of the words that claims.toml lists at this place, the longest first."""
    words: Any = load_rules(CLAIMS_FILE)
    for key in path:
        words = words[key]
    return re.compile(any_word(words))


@cache
def _number_rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["numbers"]
    return {key: tuple(value) if isinstance(value, list) else value for key, value in rules.items()}


@cache
def form_units() -> frozenset[str]:
    """The units of what the cells of the form count, applicants among them; two universities (两所) are in none."""
    rules = _number_rules()
    return frozenset({*rules["cell_units"], *rules["applicant_units"]})


@cache
def _number_pattern() -> re.Pattern[str]:
    units = sorted(_number_rules()["units"], key=len, reverse=True)
    return re.compile(
        rf"(?=[\d{_HAN_DIGITS}])(?:{_PERCENT_WORDS}|(?P<arabic>{_ARABIC})(?P<more1>[余多来]?)(?P<scale>[百千万亿]*(?!元)|[百千万]*(?=[万亿]元)|)"
        rf"(?P<more2>[余多来几]?)(?P<unit>{'|'.join(units)})?|(?P<han>{_HAN}?(?:点[零〇一二三四五六七八九]+)?(?=[万亿]元)|{_HAN})"
        rf"(?P<more3>[余多来几]?)(?P<unit2>{'|'.join(units)})?)"
    )


def find_numbers(text: str, mentions: Sequence[Mention]) -> tuple[Number, ...]:
    """The counting numbers of a plain sentence, in order."""
    found = list(_number_pattern().finditer(text))
    if not found:
        return ()
    blocked = _blocked_places(text, mentions)
    free = [match for match in found if not blocked[match.start()]]
    read = [(match, _read_number(text, match)) for match in free]
    if all(number is not None for _, number in read):
        return tuple(number for _, number in read if number)
    listed = _listed_numbers(text, [match for match, number in read if number is None], mentions)
    numbers = (number or listed.get(match.start()) for match, number in read)
    return tuple(number for number in numbers if number is not None)


def _listed_numbers(text: str, found: Sequence[re.Match[str]], mentions: Sequence[Mention]) -> dict[int, Number]:
    """自然人139，商业企业17，申请数：170；办结数：165: each right behind a member of a list, or its label."""
    named = [mention for mention in mentions if mention.of_kind("subject", "column", "row", "result", "rest")]
    members = {mention.end for mention in named}
    if "申请" in text and not any(mention.of_kind("foreign") for mention in mentions):
        members |= {_end_of_label(text, mention) for mention in named}
    bare = [match for match in found if match["arabic"] and match.start() in members and _ends_member(text, match)]
    if len(bare) < _LEAST_LISTED:
        return {}
    values = ((match, parse_number(match["arabic"])) for match in bare)
    return {
        match.start(): Number(match.start(), match.end(), value or Decimal(0), "", Qualifier.EXACT)
        for match, value in values
    }


def _end_of_label(text: str, mention: Mention) -> int:
    """Where the label ends that begins with the mention and tells a number (申请受理数：)."""
    label = _LABEL.match(text, mention.start)
    return label.end() if label and label.end() > mention.end else mention.end


def _ends_member(text: str, match: re.Match[str]) -> bool:
    return match.end() == match.end("arabic") and text[match.end() : match.end() + 1] in ("", *"，、；。）")


def _blocked_places(text: str, mentions: Sequence[Mention]) -> bytearray:
    """1 for each character that belongs to a date, a reference, a quotation, a name, a label of the form."""
    blocked = bytearray(len(text) + 1)
    spans = [match.span() for match in _BLOCKED.finditer(text)]
    spans += [(mention.start, mention.end) for mention in mentions if mention.of_kind("name", "row", "subject")]
    for start, end in spans:
        blocked[start:end] = b"\1" * (end - start)
    return blocked


def _read_number(text: str, match: re.Match[str]) -> Number | None:
    if match["percent"] or match["tenths"]:
        return _read_percent_words(text, match)
    arabic = match["arabic"] is not None
    unit = (match["unit"] if arabic else match["unit2"]) or ""
    digits = match["arabic"] + (match["scale"] or "") if arabic else match["han"]
    more = (match["more1"] or match["more2"]) if arabic else match["more3"]
    before, after = text[: match.start()], text[match.end() :]
    if arabic and (slashed := _read_slashed(before, after, unit)):
        before, unit = slashed
    elif arabic and not unit and _LISTED_BEFORE.search(before) and (listed := _LISTED_BEHIND.match(after)):
        unit = listed["unit"]  # 分别为21、1、0件
    if not digits or len(digits) > _number_rules()["longest"]:
        return None
    if not _counts(digits, unit, before, after, arabic=arabic):
        return None
    value = parse_number(digits) or (_bare_scale(digits) if more or _about(before) else None)
    if (value is None and parse_number(digits) != 0) or (value or 0) > _number_rules()["largest"]:
        return None
    end = match.end() if match["unit"] or match["unit2"] else match.end() - len(match["more3"] or "") * (not arabic)
    qualifier = _qualifier(before, after, more or "")
    number = value if value is not None else Decimal(0)
    if unit == "成":
        return Number(match.start(), end, number * 10, unit, _qualify_tenths(after, qualifier))
    return Number(match.start(), end, number, unit, qualifier)


def _qualify_tenths(after: str, qualifier: Qualifier) -> Qualifier:
    """三成 is about 30 %, and 三成多 is more."""
    if qualifier is not Qualifier.EXACT:
        return qualifier
    return Qualifier.AT_LEAST if after.startswith(("多", "余")) else Qualifier.ABOUT


def _read_slashed(before: str, after: str, unit: str) -> tuple[str, str] | None:
    """(the words before, the unit) of a number in 92/7/89件, whose last has the unit of all; None for others."""
    if not before.endswith("/") and not after.startswith("/"):
        return None
    first, behind = _SLASHED_BEFORE.search(before), _SLASHED_BEHIND.match(after)
    unit = unit or (behind["unit"] if behind else "")
    if not unit or not (first or behind):
        return None
    return (before[: first.start()] if first else before), unit


def _read_percent_words(text: str, match: re.Match[str]) -> Number | None:
    """百分之百, 百分之三十, 九成六."""
    words = match["percent"] or match["tenths"].replace("成", "十")
    value = parse_number("一百" if words == "百" else words)
    qualifier = _qualifier(text[: match.start()], text[match.end() :], "")
    return None if value is None else Number(match.start(), match.end(), value, "%", qualifier)


def _bare_scale(digits: str) -> Decimal | None:
    """近百 is 100, 上千 is 1000."""
    return parse_number("一" + digits) if digits[:1] in "百千万亿" else None


def _about(before: str) -> bool:
    return before.endswith((*_number_rules()["about_before"], "上", "超", "逾", "超过"))


def _counts(digits: str, unit: str, before: str, after: str, *, arabic: bool) -> bool:
    """True where the number counts something, and is no year, floor, telephone number or idiom."""
    rules = _number_rules()
    if before.endswith(rules["never_before"]) and not (unit and before.endswith(rules["counted_behind"])):
        return False
    if not unit and after.startswith(rules["no_unit_words"]):
        return False
    if before and before[-1].isascii() and (before[-1].isalnum() or before[-1] in ".-/"):
        return False
    if not arabic:
        vague = re.match(rules["split_unit"], digits) or (before.endswith("几") and digits[0] in "十百千万")
        named = unit not in ("", *rules["no_han"]) and not vague
        return named and not (digits == "一" and _is_idiom(unit, before, after))
    if unit:
        return not (unit == "部分" and before.endswith("第"))
    scaled = digits[-1] in "万亿" and after[:1] in tuple("，。；、）")
    return scaled or (before.endswith(rules["bare_after"]) and not after[:1].isalnum())


def _is_idiom(unit: str, before: str, after: str) -> bool:
    """一 that counts nothing: 每一件, 没有一件, 一起办理, 一条, 一件一件."""
    rules = _number_rules()
    if unit and (after.startswith(f"一{unit}") or before.endswith(f"一{unit}")):
        return True
    together = unit == "起" and after[:1] not in tuple("，。；、）的")
    listed = (
        unit in rules["single_listed"] and after[:1] in tuple("，。；、）") and before[-1:] not in tuple("，。；：、有")
    )
    none = after.startswith(rules["none_behind"]) or re.match(rules["none_behind_noun"], after) is not None
    return not (unit in rules["single_one"] or listed) or together or none or _is_one_of_many(before)


def _is_one_of_many(before: str) -> bool:
    rules = _number_rules()
    denied = re.search(rules["none_before_one"], before) is not None
    return denied or (before.endswith(rules["never_before_one"]) and not before.endswith(rules["one_after"]))


def _qualifier(before: str, after: str, more: str) -> Qualifier:
    rules = _number_rules()
    if before.endswith(rules["most_before"]) or after.startswith(rules["most_after"]):
        return Qualifier.AT_MOST
    if more in ("余", "多") or before.endswith(rules["least_before"]) or after.startswith(rules["least_after"]):
        return Qualifier.AT_LEAST
    if more or before.endswith(rules["about_before"]) or after.startswith(rules["about_after"]):
        return Qualifier.ABOUT
    return Qualifier.EXACT
