"""Percentages: which cells are the part, which the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.narrative.binding import NAMING, Context, read_mentions
from extract.narrative.lexicon import Mention
from extract.narrative.mending import mended_forms
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.sums import Counted, sum_before
from extract.narrative.targets import RECEIVED, REQUESTS, Fields, challenge_fields, request_fields
from extract.narrative.windows import Window
from extract.rules import load_rules

_WHOLES = (
    (re.compile(r"占[^，；。]*(?:办结|办理|答复|处理|结果)"), request_fields(("handled",), ())),
    (re.compile(r"占[^，；。]*(?:应办|待办|办理总量)"), request_fields(("carried",), ())),
    (re.compile(r"占[^，；。]*(?:申请|收到|新收|受理)"), request_fields(("received",), ())),
)
_CHALLENGE_WHOLES = (
    (re.compile(r"占[^，；。]*复议"), challenge_fields(("reconsideration",), ())),
    (re.compile(r"占[^，；。]*(?:诉讼|应诉)"), challenge_fields(("litigation",), ())),
)
_OF = re.compile(r"占")
_INSIDE = re.compile(r"[在于][^，；。]*[中内里]")  # 在全部办结申请中占: the whole stands before 占
_ELSEWHERE = re.compile(r"占(?:全[省市县区州镇]|当月|上年|去年|同期)|各占?$")
_OTHER_RATES = re.compile(r"率|增|降|升|减|同比|环比|满意|完成|翻")


def read_share(
    text: str, window: Window, left: Sequence[Mention], context: Context, before: Counted
) -> tuple[Fields, Fields] | None:
    """(cells of the part, cells of the whole; none where the text does not name it), or None for another percentage."""
    words = _as_share(text[window.left : window.number.start])
    if any(mention.of_kind("scope") for mention in left):
        return None
    if _is_bracketed(text, window, before):
        return before[-1][1], ()
    spoken = re.search(r"申请|予以公开率|部分公开率", text) is not None or any(
        field.startswith("requests.") for _, fields in before for field in fields
    )
    if context.subject == REQUESTS and re.search(
        load_rules(CLAIMS_FILE)["rates"]["with_partly"], text[: window.number.start]
    ):
        return request_fields(("disclosed",), ()), request_fields(("handled",), ())
    asked = any((term := mention.of_kind("subject")) and term.value == REQUESTS for mention in left)
    if (asked or context.subject == REQUESTS) and spoken and (rate := _read_rate(words)):
        return rate
    if _ELSEWHERE.search(words) or (words.endswith("的") and "占" not in words):
        return None
    if _OTHER_RATES.search(words) or not _is_share(words, left) or not _is_whole_known(words):
        return None
    own = words.partition("占")[0]
    if re.search(load_rules(CLAIMS_FILE)["rates"]["several"], own):
        return None
    if before and _ends_whole(text, window, own, before):
        part, whole = before[-2][1] if len(before) > 1 else (), before[-1][1]
        return (part, whole) if part and part[0].startswith("requests.") and part != whole else None
    if _INSIDE.fullmatch(own):
        part = before[-1][1] if before and text[before[-1][0].end : window.left] in ("", "，") else ()
        whole = next((fields for pattern, fields in _WHOLES if pattern.search(f"占{own}")), ())
        return (part, whole) if part and part[0].startswith("requests.") and part != whole else None
    named = [mention for mention in left if mention.of_kind(*NAMING) and mention.end <= window.left + len(own)]
    part = read_mentions(named, text, context).fields if named else _last_counted(text, window, before)
    part = part or sum_before(own, before)
    if not part or part == request_fields(RECEIVED, ()):
        return None  # all that came in is a part of nothing that the tables show
    wholes = _CHALLENGE_WHOLES if part[0].startswith("challenges.") else _WHOLES
    whole = next((fields for pattern, fields in wholes if pattern.search(words)), ())
    return part, whole


def _is_bracketed(text: str, window: Window, before: Counted) -> bool:
    """办结84件，其中予以公开7件（8.3%）: nothing but the share of the count right before stands in the bracket.

    A whole stands before it, and no word tells of a change.
    """
    rules, number = load_rules(CLAIMS_FILE)["rates"], window.number
    counted = [counts for counts, fields in before if fields and counts.value]
    return (
        len(counted) > 1
        and counted[-1] is before[-1][0]
        and before[-1][1] != request_fields(RECEIVED, ())
        and max(counts.value for counts in counted[:-1]) >= counted[-1].value
        and re.fullmatch(rules["bracketed"], text[counted[-1].end : number.start]) is not None
        and text.startswith("）", number.end)
        and re.search(rules["changes"], text[: number.start]) is None
        and re.search(rules["changes_behind"], text[number.end :]) is None
    )


def _as_share(words: str) -> str:
    """相当于办结件的, 在新收件中比重为: 占办结件的, 占新收件 (what stands before stays as it is)."""
    rules = load_rules(CLAIMS_FILE)["rates"]
    match = re.search(rules["as_share"], words)
    whole = match and (match["within"] or match["of"])
    if not match or not whole or not re.search(rules["as_whole"], whole) or "占" in words[: match.start()]:
        return words
    return f"{words[: match.start()]}占{whole}的"


def _ends_whole(text: str, window: Window, own: str, before: Counted) -> bool:
    """全部公开7件，在二十三件办结件中占: the count right before is the whole."""
    start = before[-1][0].start
    return (
        before[-1][0].end == window.left
        and text[start - 1 : start] in ("在", "于")
        and own.endswith(("中", "里", "内"))
    )


def _read_rate(words: str) -> tuple[Fields, Fields] | None:
    """办结率 is what was handled of what was to be handled, 公开率 what was granted of what was handled."""
    rules = load_rules(CLAIMS_FILE)["rates"]
    if not re.search(rules["pattern"], words) or re.search(rules["of_other"], words):
        return None
    if re.search("分别|依次", words):
        return None  # 公开率与部分公开率分别为
    if any(word in words for word in rules["handled"]):
        return request_fields(("handled",), ()), request_fields(("carried",), ())
    row = "partially_granted" if "部分公开" in words else "denied" if "不予" in words else "granted"
    return request_fields((row,), ()), request_fields(("handled",), ())


def _is_whole_known(words: str) -> bool:
    """True where 占 names no whole, or one of the statutory tables: not 占全市的, 占省直部门总量的."""
    _, share, whole = words.rpartition("占")
    pattern = re.compile(load_rules(CLAIMS_FILE)["rates"]["whole"])
    return not share or any(map(pattern.fullmatch, (whole, *mended_forms(whole))))


def _is_share(words: str, left: Sequence[Mention]) -> bool:
    return bool(_OF.search(words)) or any(mention.of_kind("row", "column", "result") for mention in left)


def _last_counted(text: str, window: Window, before: Counted) -> Fields:
    """The cells of the count right before, where nothing but a comma or a bracket stands between the two."""
    if not before:
        return ()
    number, fields = before[-1]
    gap = _as_share(text[number.end : window.number.start])
    return fields if gap.strip("，（、约均共的").startswith("占") else ()
