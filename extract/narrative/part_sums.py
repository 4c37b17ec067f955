"""T002 for parts that do not make their whole: counts of a sentence, or of sentences in a row, of which one divides.

Whether counts are all the parts of a whole is learned: how the list is marked and parted, what its names share, what is
said of the whole, what is left over. The numbers themselves are not looked at: those of right texts say which lists of
the corpus add up, and, later, whether a slip of the pen keeps one from it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extract.artifacts import load_session
from extract.narrative.counted import find_channels
from extract.narrative.described_divisions import are_opposite, describe_division, is_complete
from extract.narrative.likely import find_slip
from extract.narrative.parted_counts import Division, Item, is_bound, list_divisions, part_pattern, part_rules
from extract.records import Claim

MODEL = "part-sums"
_COPIED = Decimal("1.25")  # how many times the whole its channels are, from which on they publish the same
_NAME = 2  # characters that name a part


def least_odds() -> Mapping[str, float]:
    """Side on which parts miss their whole → the log-odds from which on it is told where the numbers tell nothing."""
    least: dict[str, float] = part_rules()["least"]
    return least


def least_of(division: Division) -> float:
    """The log-odds from which on a division that does not add up is told; lower where chance hardly makes parts that
    miss their whole like this, and by `ease_by_names`."""
    rules = part_rules()
    fault = name_fault(division)
    least = least_odds()[fault] - float(rules["numbers_are"]) * weigh_numbers(division)
    return max(least, float(rules["least_words"][fault])) - ease_by_names(division, fault)


def ease_by_names(division: Division, fault: str) -> float:
    """The log-odds that the names of the parts are worth: where they are all of a kind, and where they stand before
    all numbers of parts that are too few (11处规范，2处破损 has none)."""
    rules, parts = part_rules(), division.parts
    complete = is_complete(parts) or part_pattern("rest").match(parts[-1].name) is not None
    named = fault == "less" and all(len(part.name) >= _NAME for part in parts)
    return float(rules["complete_is"]) * complete + float(rules["named_is"]) * named


def weigh_numbers(division: Division) -> float:
    """The log-odds that a slip of the pen, and not chance, keeps the parts from their whole; `-inf` where none does.

    A kind of slip makes few numbers of one: two by one more or less, but nine of each digit. By chance the parts make
    any number up to the whole.
    """
    slips: dict[str, list[float]] = part_rules()["slips"]
    excess = division.total() - division.whole.value
    pairs = [(division.whole.value, division.total())]
    pairs += [(part.value, part.value - excess) for part in division.parts]
    odds = float(part_rules()["one_off"]) if abs(excess) == 1 else 0.0
    for said, meant in pairs:
        slip = find_slip(said, meant) if meant > 0 else ""
        if slip in slips:
            share, of_one, of_each_digit = slips[slip]
            odds += share / (of_one + of_each_digit * len(f"{meant:f}")) / len(pairs)
    if 0 < excess * 2 <= division.whole.value and not division.is_behind():
        odds += float(part_rules()["any_more"]) / float(division.whole.value)
    return math.log(odds * float(division.whole.value)) if odds > 0 else -math.inf


def find_wrong_sums(sentences: Sequence[Sequence[Item]]) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """(whole, parts) of each division that a slip of the pen keeps from adding up, the surest first.

    `sentences` are the counts of each sentence. No count is told in two divisions.

    Raises: ModelError where the model is missing or damaged.
    """
    divisions = list_divisions(sentences)
    free = (division for division in divisions if not is_bound(division.whole.claim) or _are_seasons(division.parts))
    asked = [
        d
        for d in free
        if name_fault(d) and not (is_vetoed(d) or _is_one_of_sorts(d) or _adds_up_with_others(d, sentences))
    ]
    if not asked:
        return
    sure = [
        (logit, division) for division, logit in zip(asked, judge(asked), strict=True) if logit >= least_of(division)
    ]
    if not sure:
        return
    rivals = list(zip(divisions, judge(divisions), strict=True))
    told: set[str] = set()
    for logit, division in sorted(sure, key=lambda own: -own[0]):
        own = {item.claim.id for item in (division.whole, *division.parts)}
        if not own & told and not any(is_beaten(division, logit, *rival) for rival in rivals):
            told |= own
            yield division.whole.claim, tuple(part.claim for part in _whole_list(division, rivals).parts)


def _adds_up_with_others(division: Division, sentences: Sequence[Sequence[Item]]) -> bool:
    """45条，包括法规12条、案例9个、动态24条: whether the parts make the whole with counts of other units among them."""
    whole, places = division.whole, {part.order for part in division.parts}
    run = range(min(places), max(places) + 1)
    own = next((items for items in sentences if whole in items), ())
    among = [item.value for item in own if item.order in run and item is not whole]
    return division.parts[0].place == whole.place and len(among) > len(places) and sum(among) == whole.value


def _whole_list(division: Division, rivals: Sequence[tuple[Division, float]]) -> Division:
    """The list up to its last likely part: where the first parts alone are more than the whole, all are told."""
    if division.total() <= division.whole.value:
        return division
    longer = [
        other
        for other, logit in rivals
        if logit >= 0 and other.whole is division.whole and other.parts[: len(division.parts)] == division.parts
    ]
    return max(longer, key=lambda other: len(other.parts), default=division)


def judge(divisions: Sequence[Division]) -> list[float]:
    """The log-odds that each is a whole with all its parts."""
    import numpy as np

    described = np.array([describe_division(division) for division in divisions], dtype=np.float32)
    (logits,) = load_session(MODEL).run(None, {"divisions": described})  # (n_divisions,)
    return [float(value) for value in logits]


def name_fault(division: Division) -> str:
    """On which side the parts miss the whole: `sum` where it stands behind them, else `more` or `less` than it.

    "" where they make it, or no slip of the pen explains it.
    """
    rules, total, whole = part_rules(), division.total(), division.whole.value
    odds = weigh_numbers(division) if whole and total != whole else -math.inf
    if odds == -math.inf:
        return ""
    if division.is_behind():
        return "sum"
    are_few = total < whole * Decimal(str(rules["least_share"])) and odds < rules["least_telling"]
    return "more" if total > whole else "" if are_few and not is_complete(division.parts) else "less"


def _is_opened(division: Division) -> bool:
    """Whether words, or a bracket, say that the parts of the whole follow."""
    first = division.parts[0].gap
    return first.startswith("（") or any(part_pattern(name).search(first) for name in ("of_which", "including"))


def _are_seasons(parts: Sequence[Item]) -> bool:
    """Whether the parts are of parts of the year, and are all of it."""
    return all(part_pattern("season").search(part.name) for part in parts) and is_complete(parts)


def _is_balanced(division: Division) -> bool:
    """建议9件、提案12件，公开19件，其余2件: the parts are those of the whole and of a count beside it."""
    whole = division.whole
    counts = [whole.value, *(part.value for part in division.parts)]
    before = (
        item
        for item in division.rest
        if (item.place, item.order) == (whole.place, whole.order - 1) and item not in division.parts
    )
    return any(sum(counts[:k]) == sum(counts[k:]) for k in range(2, len(counts))) or any(
        item.value + whole.value == division.total() for item in before
    )


def is_vetoed(division: Division) -> bool:
    """Whether a cell shows the whole or a part, or the words say that things are told twice."""
    if any(is_bound(part.claim) for part in division.parts) or (
        is_bound(division.whole.claim) and not (division.whole.claim.certain and _are_seasons(division.parts))
    ):
        return True
    if _is_balanced(division) or _is_of_other_years(division):
        return True
    last = division.parts[-1]
    between = "，".join(part.gap for part in division.parts[1:])
    trail = last.after.split("）")[0] if division.parts[0].gap.startswith("（") else last.after
    names = f"{between}，{trail}"
    complete = is_complete(division.parts)
    exceeds = division.total() > division.whole.value and not complete
    has_property = [part_pattern("property").search(part.name) is not None for part in division.parts]
    if exceeds and all(has_property):
        return True  # 单位6家，建有网站的2家，开通公众号的5家: some have both
    some = (
        (any(has_property) and not are_opposite(division.parts))
        or part_pattern("left_over").search(last.after) is not None
        or (not complete and all(part_pattern("some_kinds").search(part.name) for part in division.parts))
    )
    if some and division.total() < division.whole.value:
        return True  # 推送320条，其中原创79条，被转载151条; 单位29件，企业22件，律所5件; 检查100份，优秀61份，不合格3份
    if division.is_behind():
        if not part_pattern("total").search(division.whole.name) and _is_one_more(division):
            return True
    elif _is_first_of_list(division) or _is_outdone(division):
        return True
    elif _is_exceeded(division) and not (complete or _is_opened(division)):
        return True  # 财政信息13条，人事信息18条，其他信息15条
    if part_pattern("one_way").search(division.whole.name) and not division.is_behind():
        return True  # 从渠道看，信函87件，网络61件，当面6件
    channels = [find_channels(item.name) for item in (division.whole, *division.parts)]
    media = [part_pattern("media").search(item.name) is not None for item in (division.whole, *division.parts)]
    if channels[0] and any(own - channels[0] for own in channels[1:]):
        return True
    if media[0] and len(set(media[1:])) > 1 and not complete:
        return True  # 网站更新203条，新媒体推送165条
    if all(channels[1:]) and not division.is_behind() and division.total() > division.whole.value * _COPIED:
        return True  # 发布120条，其中网站118条、微信92条: one thing on both
    is_total = division.is_behind() and part_pattern("total").search(division.whole.name) is not None
    if not is_total and any(part.value == division.whole.value for part in division.parts):
        return True  # 四十二条信息里有七条: the whole again
    if part_pattern("of_last_year").search(division.parts[0].name + "，" + names):
        return True
    if part_pattern("people").search(names + division.parts[0].name) and not complete:
        return True
    partial = part_pattern("goes_on").match(last.after) and division.whole.order != last.order + 1
    behind = last.after if not complete else ""  # what comes behind all there are of a kind is no more of it
    return (
        bool(partial) or part_pattern("told_twice").search(f"{between}，{behind}，{division.whole.after}") is not None
    )


def _is_one_more(division: Division) -> bool:
    """县建议134件、省建议21件，提案156件: whether what follows the parts is one more of the list.

    So is what bears another name, and makes one more than the parts: that is no more than chance.
    """
    whole = division.whole
    names = [part.name + part.behind for part in division.parts]
    named = {whole.name[place : place + 2] for place in range(len(whole.name) - 1)}
    of_another = bool(named) and not any(pair in name for pair in named for name in names)
    return whole.marks == "、" or (of_another and abs(division.total() - whole.value) == 1)


def _is_first_of_list(division: Division) -> bool:
    """公开142件、依申请公开61件、不予公开88件: whether the list of the parts begins with the whole."""
    first = division.parts[0]
    return (first.place, first.order) == (division.whole.place, division.whole.order + 1) and first.marks == "、"


def _is_of_other_years(division: Division) -> bool:
    """2023年新收143件；本年网上提交121件、当面提交26件: whether the whole is of several years, or of another one."""
    whole, first = division.whole.name, division.parts[0].name
    dated = part_pattern("dated").search(whole) and part_pattern("this_year").search(first)
    return bool(dated) or part_pattern("of_years").search(whole) is not None


def _is_outdone(division: Division) -> bool:
    """图解8篇、视频4个。26个部门、12个乡镇…: whether one of the parts, in another sentence, is more than the whole."""
    apart = division.whole.place != division.parts[0].place
    return apart and any(part.value > division.whole.value for part in division.parts)


def _is_exceeded(division: Division) -> bool:
    """Whether a part is more than the whole, and that by no digit too many (网站1409条，微信4338条 of 1847条)."""
    excess = division.total() - division.whole.value
    meant = [(part.value, part.value - excess) for part in division.parts if part.value > division.whole.value]
    return any(value <= 0 or find_slip(said, value) != "added" for said, value in meant)


def _is_one_of_sorts(division: Division) -> bool:
    """征地拆迁类12件，财政资金类7件，其他5件: the first of a list. No veto, for the model learns from such lists.

    一季度收到30件，一季度办结28件，二季度办结39件: a part of the year is no whole of its parts, either.
    """
    first = (division.whole, division.parts[0])
    return not division.is_behind() and any(
        all(part_pattern(kind).search(item.name) for item in first) for kind in ("sort", "season")
    )


def is_beaten(division: Division, logit: float, rival: Division, other: float) -> bool:
    """Whether another division of the same counts adds up, and is as good."""
    if rival.total() != rival.whole.value or other < logit - part_rules()["adds_up"]:
        return False
    parts, theirs = ({part.claim.id for part in own.parts} for own in (division, rival))
    whole, its = division.whole.claim.id, rival.whole.claim.id
    return whole == its or bool(parts & theirs) or (its in parts and whole in theirs)
