"""Strips → canonical rows: order-keeping minimum-cost assignment (dynamic programming over strips × rows).

Costs are in units of "one row skipped"; both strips and canonical rows may stay unmatched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain, product
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz

from extract.alignment.cost import Matrix, label_costs
from extract.alignment.strips import count_printed, has_values
from extract.quick import record, replace
from extract.records import Axis, Strip
from extract.textform import bare_label, squeeze

LABEL_WEIGHT = 3.0
UNLABELLED = 0.9
UNLABELLED_BUT_SEEN = 0.5
SKIP_CANONICAL = 0.8
SKIP_CANONICAL_SEEN = 1.0
SKIP_STRIP = 1.6
SKIP_BLANK_STRIP = 0.3
SKIP_LONE = 0.2
NAMED = 0.02
WRONG_WIDTH = 0.25
JOINED = 0.02
NEIGHBOUR, CROWDED_NEIGHBOUR = 0.06, 0.14  # a label line beside one value row, beside a run of them
BEHIND = 0.004  # a label behind its numbers where one stands before them as well
ONE_SIDED_MARGIN = 0.5  # how much dearer the labels of the other side must be, all in all, to be ruled out
TURNED = 0.12  # a label line on the side where fewer rows have theirs
SEEN_SIMILARITY = 80.0  # rapidfuzz scale; a label standing free in the text
SEEN_SHARE = 0.6  # of a label's characters; a text with fewer of them cannot be that similar
SOLID = 0.2
READABLE = 0.35  # a label that near to some row's is readable
UNREADABLE_LABEL = 0.6
RIVAL_COST = 0.2
MOVED_COST, MOVED_MARGIN = 0.15, 0.2
_SHORT = 4
_INNER_NUMBERING = re.compile(r"(?<=[\u4e00-\u9fff])\s*(?=[（(][一二三四五六七][)）]|[1-8]\s*[.．、,，])")
_MAX_PIECES = 3


@record
class Match:
    """Strip index for one canonical row, with the label that was compared and its costs."""

    strip: int | None
    label: str
    cost: float
    margin: float
    forced: bool
    moved: bool
    seen: bool
    rival: bool = False  # another strip bears the same label and other values, or may be meant by it
    twice: bool = False  # another strip with values bears the very same label
    side: int = 0  # where the label stands that no word on the strip's line is: on lines before (-1) or behind (1)


def match_rows(strips: Sequence[Strip], rows: Sequence[Axis], widths: Sequence[int]) -> list[Match]:
    """One Match per canonical row; `widths` is the number of columns of each row's block."""
    order = [k for k, strip in enumerate(strips) if strip.cells]
    distances = _strip_costs(strips, order, rows)
    seen = _seen_labels(strips, rows, set(order))
    skips = [_skip_cost(strips[k], near) for k, near in zip(order, distances.least, strict=True)]
    path, _ = _shortest_path(_step_costs(strips, order, distances, widths, seen), skips, seen)
    turned: set[int] = set()
    if sides := distances.mixed_sides(path):
        doubting = [distances.doubting(side) for side in sides]
        paths = [_shortest_path(_step_costs(strips, order, own, widths, seen), skips, seen) for own in doubting]
        best, other = (0, 1) if paths[0][1] <= paths[1][1] else (1, 0)
        distances, (path, cost) = doubting[best], paths[best]
        if paths[other][1] < cost + ONE_SIDED_MARGIN:
            turned = {row for row, (own, rival) in enumerate(zip(path, paths[other][0], strict=True)) if own != rival}
    costs = distances.costs
    places = _restore_moved(path, distances, order, strips)
    twice = _find_twice(places, costs, order, strips)
    rivals = _find_rivals(places, costs, order, strips) | turned | {row for row, other in twice.items() if other}
    matches = [_describe(row, places, distances, order, seen, strips) for row in range(len(rows))]
    return [
        replace(match, rival=row in rivals, twice=row in twice) if row in rivals or row in twice else match
        for row, match in enumerate(matches)
    ]


class _Wording(NamedTuple):
    """What a value strip's label may be, at an extra cost; `side` is where it stands without words on the strip's line:
    before (-1), behind (1); else 0.
    """

    text: str
    extra: float
    side: int = 0


@record
class _Distances:
    """Label distance of each value strip to each row, shape (n_strips, n_rows), and of each of its wordings."""

    costs: Matrix
    least: list[float]  # of each strip: to the nearest row
    second: list[float]  # to the next one
    wordings: list[list[_Wording]]  # of each strip
    starts: list[int]  # of each strip: where its wordings begin among those of all
    nearest: Matrix  # (n_wordings, n_rows)

    def margin(self, position: int, row: int) -> float:
        """How much farther the strip is from the nearest other row."""
        own, least = float(self.costs[position, row]), self.least[position]
        return (self.second[position] if own == least else least) - own

    def wording(self, position: int, row: int) -> _Wording:
        """The wording of the strip that is nearest to the row; empty where all are as far as can be.

        Of some that are as near the longest is what is printed; a whole name needs no more.
        """
        own, start = self.wordings[position], self.starts[position]
        nearest: list[float] = self.nearest[start : start + len(own), row].tolist()
        least = min(nearest, default=1.0)
        if least >= 1.0:
            return _Wording("", 0.0)
        if not least:
            return own[nearest.index(least)]
        near = (wording for wording, cost in zip(own, nearest, strict=True) if cost == least)
        return max(near, key=lambda wording: len(wording.text))

    def mixed_sides(self, path: Sequence[int | None]) -> tuple[int, ...]:
        """The sides (-1, 1) on which the rows on the path have their labels, the rarer first; none where it is one."""
        if not any(wording.side for own in self.wordings for wording in own):
            return ()
        taken = [self.wording(position, row).side for row, position in enumerate(path) if position is not None]
        before, behind = taken.count(-1), taken.count(1)
        return () if not before or not behind else (-1, 1) if before < behind else (1, -1)

    def doubting(self, side: int) -> _Distances:
        """The distances with labels on that side dearer: between two rows a label is the one's or the other's."""
        turned = [TURNED if wording.side == side else 0.0 for own in self.wordings for wording in own]
        return _nearest(self.wordings, self.nearest + np.array(turned)[:, None])


def _strip_costs(strips: Sequence[Strip], order: list[int], rows: Sequence[Axis]) -> _Distances:
    solid = _solid_rows(strips, order, rows)
    wordings = [_wordings(strips, k, solid) for k in order]
    every = list(chain.from_iterable(wordings))
    extras = np.array([wording.extra for wording in every])
    costs = label_costs([wording.text for wording in every], *row_names(tuple(rows)))
    return _nearest(wordings, costs + extras[:, None])


def _nearest(wordings: list[list[_Wording]], nearest: Matrix) -> _Distances:
    """The distances of the strips from those of their wordings; a strip without any is as far as can be."""
    starts = list(accumulate(map(len, wordings), initial=0))
    costs = np.ones((len(wordings), nearest.shape[1]))
    if worded := [position for position, own in enumerate(wordings) if own]:
        least = np.minimum.reduceat(nearest, [starts[position] for position in worded], axis=0)
        costs[worded] = np.minimum(least, 1.0)
    least, second = np.partition(costs, 1, axis=1)[:, :2].T.tolist() if wordings else ([], [])
    return _Distances(costs, least, second, wordings, starts, nearest)


@lru_cache(maxsize=16)  # the tables of all templates
def row_names(rows: tuple[Axis, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Every wording a row may have, with and without its group, and the place of each row's first."""
    names: list[str] = []
    firsts = []
    for row in rows:
        firsts.append(len(names))
        for label in row.labels:
            names += [label, row.group + label] if row.group else [label]
    return tuple(names), tuple(firsts)


def _solid_rows(strips: Sequence[Strip], order: list[int], rows: Sequence[Axis]) -> set[int]:
    """Strips of blank cells whose own label names a row: rows in their own right, no pieces of another's label."""
    blank = [k for k in order if not has_values(strips[k]) and strips[k].texts]
    if not blank:
        return set()
    names = row_names(tuple(rows))
    alone = label_costs([strips[k].texts[-1] for k in blank], *names).min(axis=1).tolist()
    named = {k: cost for k, cost in zip(blank, alone, strict=True) if cost < SOLID}
    below = [k for k in named if k and any(strips[k - 1].texts[-1:])]
    joined = label_costs([strips[k - 1].texts[-1] + strips[k].texts[-1] for k in below], *names)
    both = dict(zip(below, joined.min(axis=1).tolist(), strict=True))
    return {k for k, cost in named.items() if cost < both.get(k, 1.0)}


def _wordings(strips: Sequence[Strip], k: int, solid: set[int]) -> list[_Wording]:
    """What the label of a value strip may be: its own, all its texts, joined with the pieces beside it."""
    strip = strips[k]
    own = [_Wording(strip.texts[-1], 0.0)] if strip.texts else []
    if strip.texts and (inner := _behind_number(strip.texts[-1])):
        own.append(_Wording(inner, 0.0))
    if len(strip.texts) > 1:
        own.append(_Wording("".join(strip.texts), 0.0))
        own.append(_Wording("".join(strip.texts[-2:]), 0.0))
    before, after = _pieces(strips, k, -1, solid), _pieces(strips, k, +1, solid)
    head = strip.texts[-1] if strip.texts else ""
    crowded = not head and is_crowded(strips, k)
    near = strip.apart and not crowded
    extra = JOINED if head or near else CROWDED_NEIGHBOUR if crowded else NEIGHBOUR
    for count in range(1, len(before) + 1):
        own.append(_Wording("".join(before[-count:]) + head, 0.0 if near and count == 1 else extra, 0 if head else -1))
    for count in range(1, len(after) + 1):
        own.append(_Wording(head + "".join(after[:count]), BEHIND if near and count == 1 else extra, 0 if head else 1))
    if before and after:
        around = product((1, 2) if head else (1,), repeat=2)  # pieces before and behind
        own += [_Wording("".join((*before[-k:], head, *after[:n])), extra) for k, n in around]
    return own


@lru_cache(maxsize=1024)  # all reports print the same labels
def _behind_number(text: str) -> str:
    """What stands from the last number of a label on that stands within the text; empty where none does."""
    return "".join(_INNER_NUMBERING.split(text)[1:][-1:])


def is_crowded(strips: Sequence[Strip], k: int) -> bool:
    """Whether another row without a label stands right before or after this one."""
    beside = [strips[other] for other in (k - 1, k + 1) if 0 <= other < len(strips)]
    return any(has_values(strip) and not strip.texts for strip in beside)


def _pieces(strips: Sequence[Strip], k: int, step: int, solid: set[int]) -> list[str]:
    """Texts of the label pieces right before (step -1) or after (+1) a strip, in printed order."""
    found: list[str] = []
    position = k + step
    while 0 <= position < len(strips) and len(found) < _MAX_PIECES:
        if has_values(strips[position]) or position in solid:
            break
        found.append(strips[position].texts[-1] if strips[position].texts else "")
        position += step
    return found[::-1] if step < 0 else found


def _seen_labels(strips: Sequence[Strip], rows: Sequence[Axis], valued: set[int]) -> list[bool]:
    """Per row, whether its label stands free in text without values (pieces joined as they stand)."""
    free = [strip.texts for k, strip in enumerate(strips) if k not in valued or not has_values(strip)]
    pieces = [squeeze("".join(texts)) for texts in free]
    alone = {*pieces, *(squeeze(text) for texts in free for text in texts[:-1])}  # words may stand in the value's cell
    block = "".join(pieces)
    printed = frozenset(block)
    found = []
    for row in rows:
        plain = bare_label(row.label)
        if len(plain) <= _SHORT:
            found.append(squeeze(row.label) in alone)
        else:
            fits = len(block) >= len(plain)
            found.append(plain in block or (fits and _may_read(plain, printed) and _reads(plain, block)))
    return found


def _may_read(plain: str, printed: frozenset[str]) -> bool:
    """Whether so many of its characters are printed at all that some of the text may read as the label."""
    return sum(map(printed.__contains__, plain)) >= SEEN_SHARE * len(plain)


def _reads(plain: str, block: str) -> bool:
    return fuzz.partial_ratio(plain, block, score_cutoff=SEEN_SIMILARITY) > 0  # 0 below it


def _step_costs(
    strips: Sequence[Strip], order: list[int], distances: _Distances, widths: Sequence[int], seen: list[bool]
) -> Matrix:
    """Cost of giving strip i to row k, shape (n_strips, n_rows)."""
    unlabelled = np.array([UNLABELLED_BUT_SEEN if flag else UNLABELLED for flag in seen])
    kinds = tuple(sorted(set(widths)))
    kind_of = [kinds.index(width) for width in widths]
    own = [strips[k] for k in order]
    surplus = [_label_surplus(strip, near) for strip, near in zip(own, distances.least, strict=True)]
    gaps = [
        _width_gaps(count_printed(strip), _seen_cells(strip), len(strip.cells), bool(strip.texts), kinds)
        for strip in own
    ]
    free = unlabelled + np.array(surplus).reshape(-1, 1)
    width_costs = WRONG_WIDTH * np.array(gaps).reshape(-1, len(kinds))[:, kind_of]
    step: Matrix = np.minimum(LABEL_WEIGHT * distances.costs, free) + width_costs
    return step


def _label_surplus(strip: Strip, nearest: float) -> float:
    """What it costs to set a strip's label aside: little where it is unreadable, much where it names a row."""
    if not strip.texts:
        return 0.0
    return SKIP_STRIP if nearest < READABLE else UNREADABLE_LABEL


@lru_cache(maxsize=1024)  # most strips are as long as a row
def _width_gaps(printed: int, seen: int, cells: int, labelled: bool, widths: tuple[int, ...]) -> tuple[float, ...]:
    """How badly a strip's number of cells, of which so many are printed, or `seen` to be empty, fits rows so wide."""
    return tuple(_width_gap(max(printed, min(seen, width)), cells, width, labelled) for width in widths)


def _width_gap(printed: int, cells: int, width: int, labelled: bool) -> float:
    if printed <= width <= cells:
        return 0.0 if printed == width or labelled else 2.0 * (width - printed) / width
    gap = printed - width if printed > width else width - cells
    return float(gap) if labelled else 2.0 * gap


def _seen_cells(strip: Strip) -> int:
    """How many cells hold something, or were looked into by the reader of a scan and found empty."""
    return len([cell for cell in strip.cells if cell.text or cell.readings])


def _skip_cost(strip: Strip, nearest: float) -> float:
    """What it costs to give a strip to no row: next to nothing where its cells are empty, unless the file states these
    behind the very name of a row.
    """
    printed = _seen_cells(strip)
    if not printed:
        named = nearest <= NAMED and strip.cells[-1].stated
        return SKIP_STRIP if named else SKIP_BLANK_STRIP
    return SKIP_LONE if printed == 1 and not strip.texts else SKIP_STRIP


def _shortest_path(step: Matrix, skip_strip: list[float], seen: list[bool]) -> tuple[list[int | None], float]:
    """Per canonical row the position of its strip, or None, and what that costs; order is kept."""
    n, m = step.shape
    skip_row = [SKIP_CANONICAL_SEEN if flag else SKIP_CANONICAL for flag in seen]
    best = [list(accumulate(skip_row, initial=0.0))]
    matrix = step.tolist()
    for costs, skip in zip(matrix, skip_strip, strict=True):
        above = best[-1]
        least = above[0] + skip
        here = [least]
        for before, over, cost, left_out in zip(above, above[1:], costs, skip_row, strict=False):
            given, unused = before + cost, over + skip
            least += left_out
            if given < least:  # a thousand times a report: comparisons take half the time of min()
                least = given
            if unused < least:
                least = unused
            here.append(least)
        best.append(here)
    path: list[int | None] = [None] * m
    i, k = n, m
    while i and k:
        if best[i][k] == best[i - 1][k] + skip_strip[i - 1]:  # of two strips that fit alike, the first
            i -= 1
        elif best[i][k] == best[i - 1][k - 1] + matrix[i - 1][k - 1]:
            path[k - 1] = i - 1
            i, k = i - 1, k - 1
        else:
            k -= 1
    return path, best[n][m]


def _restore_moved(
    path: list[int | None], distances: _Distances, order: list[int], strips: Sequence[Strip]
) -> list[tuple[int | None, bool]]:
    """Where a strip's own label names another row beyond doubt, and no strip there is as clear, it goes there."""
    clear = _clear_rows(distances, order, strips)
    result: list[tuple[int | None, bool]] = [(position, False) for position in path]
    for position, row in clear.items():
        holder = path[row]
        if holder == position or (holder is not None and clear.get(holder) == row):
            continue
        if any(result[row][0] == other for other in clear if other != position and clear[other] == row):
            continue
        for k, (other, _) in enumerate(result):
            if other == position:
                result[k] = (None, False)
        result[row] = (position, True)
    return result


def _clear_rows(distances: _Distances, order: list[int], strips: Sequence[Strip]) -> dict[int, int]:
    """Position of each strip with values whose own label names one row and no other → that row."""
    rows = distances.costs.argmin(axis=1).tolist() if order else []
    return {
        position: row
        for position, (k, row, least, second) in enumerate(
            zip(order, rows, distances.least, distances.second, strict=True)
        )
        if least <= MOVED_COST and second - least >= MOVED_MARGIN and strips[k].texts and has_values(strips[k])
    }


def _find_rivals(
    path: Sequence[tuple[int | None, bool]], costs: Matrix, order: list[int], strips: Sequence[Strip]
) -> set[int]:
    """Rows for which another strip stands by with as good a label and other values: a doubled row, a second table."""
    used = {position for position, _ in path if position is not None}
    rivals = set()
    for position in range(len(order)):
        strip = strips[order[position]]
        if position in used or not (strip.texts or (strip.apart and has_values(strip))):
            continue
        row = int(costs[position].argmin())
        own = path[row][0]
        if own is None:
            continue
        if costs[position][row] <= RIVAL_COST and _differ(strip, strips[order[own]]):
            rivals.add(row)
    return rivals


def _find_twice(
    path: Sequence[tuple[int | None, bool]], costs: Matrix, order: list[int], strips: Sequence[Strip]
) -> dict[int, bool]:
    """The rows that are printed once more under the very same label, and whether with other values."""
    used = {position: row for row, (position, _) in enumerate(path) if position is not None}
    labels: dict[str, int] = {}  # of the strips in use
    for position, row in used.items():
        if strips[order[position]].texts:
            labels.setdefault(strips[order[position]].texts[-1], row)
    twice: dict[int, bool] = {}
    for position, k in enumerate(order):
        strip = strips[k]
        if position in used or not strip.texts or not has_values(strip):
            continue
        row = labels.get(strip.texts[-1], int(costs[position].argmin()))
        own = path[row][0]
        if own is None or not strips[order[own]].texts:
            continue
        if strip.texts[-1] in labels or max(costs[position][row], costs[own][row]) <= NAMED:
            twice[row] = twice.get(row, False) or _differ(strip, strips[order[own]])
    return twice


def _differ(other: Strip, own: Strip) -> bool:
    """Whether two rows print other values, or the same in other cells where the file states as many for both."""
    texts, own_texts = ([cell.text for cell in strip.cells if cell.text or cell.stated] for strip in (other, own))
    if any(texts) and len(texts) != len(own_texts):
        texts, own_texts = ([text for text in both if text] for both in (texts, own_texts))
    return bool(texts) and texts != own_texts


def _describe(
    row: int,
    path: list[tuple[int | None, bool]],
    distances: _Distances,
    order: list[int],
    seen: list[bool],
    strips: Sequence[Strip],
) -> Match:
    position, moved = path[row]
    if position is None:
        return Match(None, "", 1.0, 0.0, False, False, seen[row])
    wording = distances.wording(position, row)
    return Match(
        order[position],
        wording.text,
        float(distances.costs[position, row]),
        max(-1.0, distances.margin(position, row)),
        _is_forced(row, path),
        moved,
        seen[row] or bool(strips[order[position]].texts),
        side=wording.side,
    )


def _is_forced(row: int, path: list[tuple[int | None, bool]]) -> bool:
    """Whether the rows before and after hold neighbouring strips, so that no other place is left."""
    position, moved = path[row]
    if moved or position is None:
        return False
    before = row == 0 or path[row - 1][0] is not None
    after = row == len(path) - 1 or path[row + 1][0] is not None
    return before and after
