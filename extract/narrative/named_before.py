"""Which words before a word for all name what all are: 收到申请8件，自然人7件、企业1件，均予以公开."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.narrative.clauses import Span, is_request
from extract.narrative.numbers import CLAIMS_FILE, Number
from extract.narrative.plainness import is_known
from extract.narrative.scopes import came_one_way
from extract.narrative.spoken import Spoken, words_of
from extract.narrative.targets import RECEIVED, request_fields
from extract.narrative.windows import mentions_between, split_pieces
from extract.rules import rule_pattern

_LEAST_PARTS = 2
_RECEIVED = request_fields(RECEIVED, ())
_DUE = ("received", "carried_in")
_IN_ALL = re.compile("(?:全年|今年|年内)?(?:共|共计|合计|总计|一共)(?:有|为)?")


def find_named(spoken: Spoken, start: int, begin: int) -> tuple[Span, int, Decimal | None]:
    """(where they stand, from where on all words must be known, how many requests were due if they count these).

    `start` is where the piece of the word for all begins, `begin` where the word itself does.
    """
    own = start if _names_anything(spoken, (start, begin)) else piece_start_before(spoken, start)
    if own == start:
        return (start, begin), start, None
    own, stop = _before_done(spoken, own, begin)
    place = min(stop, start)
    if due := _find_due(spoken, place):  # 收到申请20件，上年结转1件，均予以公开
        return due[0], due[0][0], due[1]
    if whole := whole_of_parts(spoken, place):  # 收到申请8件，自然人7件、企业1件，均予以公开
        return whole, whole[0], None
    if not _names_anything(spoken, (own, begin)):
        further = piece_start_before(spoken, own)  # 收到的8件申请，镇里逐件研究，全部予以公开
        return (further, begin), begin, None
    return (own, stop), own, None


def whole_of_parts(spoken: Spoken, begin: int) -> Span | None:
    """The piece of the number before `begin` that all those between add up to: they are all its parts."""
    statement = max(spoken.text.rfind(mark, 0, begin) for mark in "；。") + 1
    counted = [number for number in spoken.numbers if statement <= number.start < begin]
    for place in range(len(counted) - _LEAST_PARTS - 1, -1, -1):
        whole, parts = counted[place], counted[place + 1 :]
        if whole.value == sum(part.value for part in parts):
            return next((piece for piece in split_pieces(spoken.text) if piece[0] <= whole.start <= piece[1]), None)
    return None


def piece_start_before(spoken: Spoken, begin: int) -> int:
    """Where the piece before the place begins; the place itself where there is none."""
    return max((left for left, right in split_pieces(spoken.text) if right < begin), default=begin)


def _names_anything(spoken: Spoken, span: Span) -> bool:
    counted = any(span[0] <= number.start < span[1] for number in spoken.numbers)
    return counted or any(not m.of_kind("filler", "name", "scope") for m in mentions_between(spoken.mentions, *span))


def _before_done(spoken: Spoken, own: int, begin: int) -> Span:
    """收到申请20件，均已办结，全部予以公开: where the piece begins that names what all are, and where it ends.

    Pieces between which say that all were dealt with are passed over.
    """
    stop = begin
    while rule_pattern(CLAIMS_FILE, "all", "all_dealt_with").match(spoken.text[own : stop - 1]):
        stop, own = own, piece_start_before(spoken, own)
        if stop == own:
            break
    return own, stop


def _find_due(spoken: Spoken, begin: int) -> tuple[Span, Decimal] | None:
    """Where the pieces right before `begin` count all requests that were due, and how many: 收到申请20件，上年结转1件.

    None where what stands behind them may be said of those left over alone: of one it can't be said that all are alike.
    """
    pieces = [piece for piece in split_pieces(spoken.text) if piece[1] < begin and not _compares(spoken, piece)]
    if len(pieces) > len(_DUE) and _sums_up(spoken, pieces[-3:]):
        new, _, whole = (_counted(spoken, piece)[0] for piece in pieces[-3:])
        return ((pieces[-3][0], begin), whole.value) if _are_due(spoken, pieces[-3:-1]) else None
    pieces = pieces[-2:]
    if len(pieces) < len(_DUE) or not _are_due(spoken, pieces):
        return None
    new, old = (_counted(spoken, piece)[0] for piece in pieces)
    lone = old.value == 1 or (len(spoken.numbers) == len(_DUE) and "；" not in spoken.text)
    return ((pieces[0][0], begin), new.value + old.value) if lone else None


def _are_due(spoken: Spoken, pieces: Sequence[Span]) -> bool:
    """Whether the first piece counts all requests that came in, the second those left over, in known words."""
    for piece, row in zip(pieces, _DUE, strict=True):
        named = mentions_between(spoken.mentions, *piece)
        others = [m for m in named if not m.of_kind("filler", "name", "topic") and not is_request(m.terms[0])]
        rows = [term.value for mention in others if (term := mention.of_kind("row"))]
        if rows != [row] or len(others) > 1 or len(_counted(spoken, piece)) != 1:
            return False
        if not is_known(words_of(spoken), piece) or came_one_way(spoken.text[slice(*piece)], _RECEIVED):
            return False
    return True


def _compares(spoken: Spoken, piece: Span) -> bool:
    """同比减少7件, between the two."""
    return any(mention.of_kind("change") for mention in mentions_between(spoken.mentions, *piece))


def _sums_up(spoken: Spoken, pieces: Sequence[Span]) -> bool:
    """收到申请20件，上年结转1件，共21件."""
    counted = [_counted(spoken, piece) for piece in pieces]
    if any(len(numbers) != 1 for numbers in counted):
        return False
    new, old, whole = (numbers[0] for numbers in counted)
    bare = _IN_ALL.fullmatch(spoken.text, pieces[-1][0], whole.start) is not None and whole.end == pieces[-1][1]
    return bare and new.value + old.value == whole.value


def _counted(spoken: Spoken, piece: Span) -> list[Number]:
    return [number for number in spoken.numbers if piece[0] <= number.start < piece[1]]
