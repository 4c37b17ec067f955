"""Numbers of one sentence that make up an account of the table, or do so but for one: that one is a slip.

收到6件，公开5件，内部事务1件，未掌握1件, where the table has 6 = 4 + 1 + 1: the whole and all other parts agree, what
the sentence says does not add up, and what the table says does. No word needs to be known for that; but enough of the
numbers that agree must have been understood so, and none otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate, groupby, pairwise
from typing import Any

from extract.narrative.divisions import Part, divide, show, wholes
from extract.narrative.likely import find_slip
from extract.narrative.numbers import CLAIMS_FILE, form_units
from extract.narrative.shown import claim_fields, give_cells
from extract.narrative.targets import Fields, request_fields
from extract.quick import record, replace
from extract.records import Cells, Claim, Qualifier, Sentence, Verdict
from extract.rules import load_rules

_FEWEST = 3  # numbers that make an account
_PAIR = 2
_DUE = request_fields(("carried",), ())


@record
class Entry:
    """A claim with the cells that it stands for in the account."""

    claim: Claim
    fields: Fields


Entries = tuple[Entry, ...]


def settle_accounts(claims: Iterable[Claim], sentences: Sequence[Sentence], cells: Cells) -> Iterator[Claim]:
    """The claims; those of an account stand for its cells: one that alone spoils it contradicts them."""
    texts = {sentence.id: sentence.text for sentence in sentences}
    for sentence, group in groupby(claims, key=lambda claim: claim.sentence):
        own = list(group)
        settled = {entry.claim.id: entry.fields for entry in _find_entries(own, texts[sentence], cells)}
        for claim in own:
            yield _settle(claim, settled[claim.id], cells) if claim.id in settled else claim


def _settle(claim: Claim, fields: Fields, cells: Cells) -> Claim:
    verdict = Verdict.SUPPORTED if claim.value == show(fields, cells) else Verdict.CONTRADICTED
    return replace(give_cells(claim, fields), verdict=verdict, certain=True, note="")


@cache
def _rules() -> Mapping[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["account"]
    return rules


def _find_entries(claims: Sequence[Claim], text: str, cells: Cells) -> Entries:
    """The claims of the sentence that an account settles: one slip, or several that were understood otherwise."""
    counted = [
        claim
        for claim in claims
        if claim.note != "none" and claim.unit in form_units() and not claim.share_of
        if claim_fields(claim) or not _is_elsewhere(text, claim)
    ]
    if len(counted) < _FEWEST or all(claim.verdict is Verdict.SUPPORTED for claim in counted):
        return ()
    if any(claim.qualifier is not Qualifier.EXACT for claim in counted):
        return ()
    return _of_parts(counted, text, cells) or _of_whole(counted, text, cells) or _of_balance(counted, cells)


def _is_elsewhere(text: str, claim: Claim) -> bool:
    """Whether the words before a number that was not understood speak of another year."""
    return re.search(_rules()["elsewhere"], text[: claim.start]) is not None


def _of_parts(counted: Sequence[Claim], text: str, cells: Cells) -> Entries:
    """The parts that follow a whole which the table bears out, where they are settled."""
    for place, whole in enumerate(counted[:-_PAIR]):
        if whole.verdict is Verdict.SUPPORTED and whole.value:
            for parts in divide(claim_fields(whole), whole.value, cells):
                run = _run(counted, place + 1, len(parts), text)
                entries = _match(run, parts, whole.value, closed=_is_closed(run, text))
                if entries and not any(_is_another_whole(entry, cells) for entry in entries):
                    return entries
    return ()


def _is_another_whole(entry: Entry, cells: Cells) -> bool:
    """登记申请13件，上年结转2件，合计办结13件：予以公开5件…: whether a number of no words is that of a stock itself."""
    claim = entry.claim
    named = claim_fields(claim) or claim.value == show(entry.fields, cells)
    return not named and claim.value >= _FEWEST and claim.value in _honest_wholes(cells)


def _run(counted: Sequence[Claim], start: int, size: int, text: str) -> Sequence[Claim]:
    """So many numbers from the place on that are not 0; empty where the list goes on behind them, or holds another."""
    run: list[Claim] = []
    for position in range(start, len(counted)):
        if counted[position].value:
            run.append(counted[position])
        if len(run) == size:
            behind = counted[position + 1] if position + 1 < len(counted) else None
            ends = behind is None or any(mark in text[run[-1].end : behind.start] for mark in "；。）")
            return run if ends and _is_one_list(run, text) else ()
    return ()


def _is_one_list(run: Sequence[Claim], text: str) -> bool:
    """Whether its members stand side by side: none heads a list of its own, none begins another statement."""
    gaps = [text[one.end : other.start] for one, other in pairwise(run)]
    parted = {"；" in gap for gap in gaps}
    return len(parted) == 1 and not any(word in gap for gap in gaps for word in _rules()["nested"])


def _is_closed(run: Sequence[Claim], text: str) -> bool:
    """三件复议，维持两件，另一件…: whether the last number is said to be all that is left of the whole."""
    if not run:
        return False
    words, one = text[: run[-1].start], run[-1].value == 1
    return re.search(_rules()["other_one" if one else "what_is_left"], words) is not None


def _match(run: Sequence[Claim], parts: Sequence[Part], whole: Decimal, *, closed: bool) -> Entries:
    """The one number of the run that no part shows, for the part that no number states; or all, where all are shown.

    A list that is closed adds up, whatever its words.
    """
    said, shown = Counter(claim.value for claim in run), Counter(part.shown for part in parts)
    odd, lost = said - shown, shown - said
    if run and not odd and len(shown) == len(run):
        return _take_otherwise(run, parts)
    if odd.total() != 1 or sum(claim.value for claim in run) == whole:
        return ()
    (value,), (meant,) = odd, lost
    claim = min((own for own in reversed(run) if own.value == value), key=lambda own: own.verdict is Verdict.SUPPORTED)
    others = [other for other in run if other is not claim]
    if claim.verdict is Verdict.SUPPORTED or not all(_agrees(other, parts) for other in others):
        return ()
    taken = {claim_fields(other) for other in others if _stands_for(other, parts)}
    free = [part.fields for part in parts if part.shown == meant and part.fields not in taken]
    own = next((fields for fields in free if _is_near(claim, fields)), None)
    short = closed and find_slip(claim.value, meant) == "single"
    if own is None and not short and not _is_slip_of_list(claim, run, parts, meant):
        return ()
    least = 0 if closed else 1 if own or sum(other.value for other in run) > whole else _PAIR
    enough = len(taken) >= least or len(run) >= _rules()["many"]
    return (Entry(claim, own or free[0]),) if enough and (own or (free and not claim.certain)) else ()


def _take_otherwise(run: Sequence[Claim], parts: Sequence[Part]) -> Entries:
    """当年办结50件，个人44件，企业6件: the parts of those that were dealt with, not of those that came in.

    Where all others were understood so, the last one is what is left of the parts, whatever its words.
    """
    open_ = [claim for claim in run if claim.verdict is not Verdict.SUPPORTED]
    taken = {claim_fields(claim) for claim in run if claim.verdict is Verdict.SUPPORTED}
    last = len(open_) == 1 and len(taken) >= _PAIR and taken < {part.fields for part in parts}
    return tuple(
        Entry(claim, part.fields)
        for claim in open_
        for part in parts
        if part.shown == claim.value and (_is_near(claim, part.fields) or (last and part.fields not in taken))
    )


def _is_slip_of_list(claim: Claim, run: Sequence[Claim], parts: Sequence[Part], meant: Decimal) -> bool:
    """Whether a number that was not understood is one of the list: not the whole of those that follow it.

    诉讼12件，审结10件，维持9件、纠正1件. It must look like a slip of the pen; both may have one digit in a longer list,
    or where the words nearest to it name another part: 三件申请，两件是个人的，还有两件是协会的.
    """
    if claim.value in accumulate(other.value for other in run[run.index(claim) + 1 :]):
        return False
    short = (len(run) > _PAIR or _is_guessed_part(claim, parts)) and find_slip(claim.value, meant) == "single"
    return short or _is_slip(claim.value, meant)


def _is_guessed_part(claim: Claim, parts: Sequence[Part]) -> bool:
    return bool(claim.guess) and any(claim.guess == part.fields for part in parts)


def _is_slip(said: Decimal, meant: Decimal) -> bool:
    return find_slip(said, meant) in _rules()["slips"]


def _agrees(claim: Claim, parts: Sequence[Part]) -> bool:
    """Whether it was not understood as something outside of the account."""
    same = any(set(claim_fields(claim)) & set(part.fields) for part in parts if part.shown == claim.value)
    return same or claim.verdict is not Verdict.SUPPORTED


def _stands_for(claim: Claim, parts: Sequence[Part]) -> bool:
    """Whether it was bound to the part that it states, or to a cell of the same column."""
    return any(_is_near(claim, part.fields) for part in parts if part.shown == claim.value)


def _is_near(claim: Claim, fields: Fields) -> bool:
    own = claim_fields(claim)
    columns = {field.rpartition(".")[2] for field in own}
    beside = len(own) == len(fields) == 1 and columns == {fields[0].rpartition(".")[2]} and "total" not in columns
    return bool(set(own) & set(fields)) or beside


def _of_whole(counted: Sequence[Claim], text: str, cells: Cells) -> Entries:
    """The whole of parts that the table bears out, before them, or behind them with 共."""
    for place, claim in enumerate(counted):
        if claim.verdict is Verdict.SUPPORTED or claim.certain or claim.value in _honest_wholes(cells):
            continue
        fields = claim_fields(claim)
        for whole in (own for own in wholes() if fields in ((), own)):
            shown = show(whole, cells)
            known = fields or _is_slip(claim.value, shown)
            if not known or shown < _FEWEST or any(other.value == shown for other in counted):
                continue
            for parts in divide(whole, shown, cells):
                runs = (
                    [_run(counted, place + 1, len(parts), text)] if _leads_on(claim, counted[place + 1 :], text) else []
                )
                together = "all_due" if whole == _DUE else "together"
                if re.search(_rules()[together], text[counted[place - 1].end : claim.start]):
                    runs.append(counted[max(0, place - len(parts)) : place])
                if any(_bears_out(run, parts) for run in runs):
                    return (Entry(claim, whole),)
    return ()


def _leads_on(claim: Claim, behind: Sequence[Claim], text: str) -> bool:
    """需另制1件；信访类14件；重复2件: whether the numbers behind it may be its parts, and not the next of its list."""
    return bool(behind) and "；" not in text[claim.end : behind[0].start]


def _bears_out(run: Sequence[Claim], parts: Sequence[Part]) -> bool:
    if not run or Counter(claim.value for claim in run) != Counter(part.shown for part in parts):
        return False
    understood = sum(1 for claim in run if claim.verdict is Verdict.SUPPORTED)
    return understood >= max(_PAIR, len(run) - 1) and all(_agrees(claim, parts) for claim in run)


def _honest_wholes(cells: Cells) -> set[Decimal]:
    """What the stocks of requests show: the number may be one of them."""
    return {
        show(request_fields((row,), ()), cells)
        for row in ("received", "handled", "carried", "carried_in", "carried_out")
    }


def _of_balance(counted: Sequence[Claim], cells: Cells) -> Entries:
    """One of 收到, 结转, 办结 and what is left, where these are all that is counted and the others are right."""
    came, old, done, left = (
        Part(fields, show(fields, cells))
        for row in ("received", "carried_in", "handled", "carried_out")
        for fields in [request_fields((row,), ())]
    )
    due = came.shown + old.shown
    if due != done.shown + left.shown:
        return ()
    run = [claim for claim in counted if claim.value]
    for first in ((came, old), (old, came)):
        parts = [part for part in (*first, done, left) if part.shown]
        for numbers in (run, _without_due(run, due)):
            if len(numbers) == len(parts) >= _FEWEST and (entries := _odd_one(numbers, parts, cells)):
                return entries
    return ()


def _odd_one(run: Sequence[Claim], parts: Sequence[Part], cells: Cells) -> Entries:
    pairs = list(zip(run, parts, strict=True))
    odd = [(claim, part) for claim, part in pairs if claim.value != part.shown]
    if len(odd) != 1:
        return ()
    claim, part = odd[0]
    others = [(other, beside) for other, beside in pairs if other is not claim]
    stated = {other.value for other, _ in others if other.verdict is Verdict.SUPPORTED}
    if claim.value in _honest_wholes(cells) - stated:
        return ()  # 收件13件，办结13件，结转1件: what came in has a number of its own
    if claim.verdict is Verdict.SUPPORTED or not all(_agrees(other, (beside,)) for other, beside in others):
        return ()
    known = bool(set(claim_fields(claim)) & set(part.fields)) or (
        not claim_fields(claim) and _is_slip(claim.value, part.shown)
    )
    understood = sum(1 for other, _ in others if other.verdict is Verdict.SUPPORTED)
    least = 1 if len(run) >= _rules()["many"] else _PAIR
    return (Entry(claim, part.fields),) if known and understood >= least else ()


def _without_due(run: Sequence[Claim], due: Decimal) -> Sequence[Claim]:
    """Without the third number where it adds up the first two."""
    return [*run[:_PAIR], *run[_FEWEST:]] if len(run) >= _FEWEST and run[_PAIR].value == due else run
