"""Rows whose numbers may be another row's, as the lines around them show: a person has to look at them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from extract.alignment.behind import find_behind
from extract.alignment.cost import UNLIKE, label_costs
from extract.alignment.displaced import find_displaced
from extract.alignment.naming import known_labels
from extract.alignment.rows import Match, is_crowded
from extract.alignment.stacked import is_stack
from extract.alignment.staggered import find_staggered
from extract.alignment.strips import NARROW, adds_up, count_printed, holds_number
from extract.celltext import parse_cell
from extract.records import AlignedRow, Axis, Block, Strip, TableSpec

_FEWEST = 2  # numbers that may be those of a row that has as many: its total is one of them


def find_doubtful(
    strips: Sequence[Strip], matches: Sequence[Match], found: Sequence[AlignedRow], spec: TableSpec
) -> set[int]:
    """Those of the rows `found` (as indexes) that may have another's numbers; each is as its match says."""
    rows = [row for block in spec.blocks for row in block.rows]
    widths = [len(block.columns) for block in spec.blocks for _ in block.rows]
    placed = {k: strips[match.strip] for k, match in enumerate(matches) if match.strip is not None}
    lines = {k: strip.number for k, strip in placed.items() if not strip.texts}
    beside = _are_beside(strips, matches) and _have_amounts(found, spec)
    claimed = Counter(match.label for match in matches if match.label)
    return {
        *_find_turned(strips, matches, widths),
        *_find_halved(strips, matches, widths),
        *find_displaced(strips, rows, known_labels(spec), lines),
        *_find_misnamed(rows, found),
        *find_staggered(strips, matches, spec),
        *find_behind(found, spec.blocks),
        *_find_unclaimed(strips, matches, widths),
        *_find_broken_numbers(strips, matches, widths),
        *(k for k, row in enumerate(found) if _is_unsure(row, spec, claimed, beside=beside)),
    }


def _are_beside(strips: Sequence[Strip], matches: Sequence[Match]) -> bool:
    """Whether the labels of all rows whose numbers stand on other lines are right before them, or right behind."""
    apart = [(match.label, match.strip) for match in matches if match.strip is not None and strips[match.strip].apart]
    if not apart:
        return True
    lines = [
        strip.texts[-1] if strip.texts and not count_printed(strip) else ""
        for strip in (*strips, Strip((), (), 0, 0, 0, 0))
    ]
    before = all(lines[k - 1] and label.endswith(lines[k - 1]) for label, k in apart)
    return before or all(lines[k + 1] and label.startswith(lines[k + 1]) for label, k in apart)


def _find_turned(strips: Sequence[Strip], matches: Sequence[Match], widths: Sequence[int]) -> set[int]:
    """The rows whose numbers stand on lines without words and may be those of the label on their other side.

    All, of numbers one to a line, where a whole row of them is left over above or below, or where some have their label
    before them, others behind, and a row is short or not there. Where a row is not there, those that have their label
    on the side where few have it, and those that stand one below the other between labelled rows. Where most have it
    beside them, those that only order places although their label stands somewhere: another may be lost or printed
    twice. Where only order places most, all, if one is not there or prints nothing.
    """
    alone = {k: match for k, match in enumerate(matches) if match.strip is not None and not strips[match.strip].texts}
    places = [match.strip for match in alone.values() if match.strip is not None]
    if not places:
        return set()
    beyond = [strip for k, strip in enumerate(strips) if not min(places) <= k <= max(places) and strip.apart]
    before, behind = ({k for k, match in alone.items() if match.side == side} for side in (-1, 1))
    lost = any(match.strip is None for match in matches)
    apart = {k for k, match in alone.items() if strips[match.strip or 0].apart}
    short = lost or any(count_printed(strips[match.strip or 0]) != widths[k] for k, match in alone.items())
    mixed = not apart.isdisjoint(before) and not apart.isdisjoint(behind)
    mostly = 2 * max(len(before), len(behind)) > sum(match.strip is not None for match in matches)
    doubtful = min(before, behind, key=len) if lost or mostly else set()
    if (short and mixed) or any(count_printed(strip) in widths for strip in beyond):
        doubtful |= apart
    doubtful |= _find_heaped(strips, matches)
    ordered = {k for k, match in alone.items() if match.cost >= UNLIKE and match.seen}
    found = [strips[match.strip] for match in matches if match.strip is not None]
    if 2 * len(ordered) > len(found) and (lost or any(not count_printed(strip) for strip in found)):
        doubtful |= alone.keys()  # labels are rows without numbers, and one of them was taken for a row left empty
    return doubtful | (ordered if mostly else set())


def _find_halved(strips: Sequence[Strip], matches: Sequence[Match], widths: Sequence[int]) -> set[int]:
    """The rows short of numbers right above or below a whole row of them that was given to no row: they may be the
    rest of it that a page break cut off, with dirt for numbers.
    """
    spare = {k for k, strip in enumerate(strips) if count_printed(strip)} - {match.strip for match in matches}
    return {
        row
        for row, match in enumerate(matches)
        if match.strip is not None
        and count_printed(strips[match.strip]) < widths[row]
        and any(count_printed(strips[k]) >= widths[row] for k in spare & {match.strip - 1, match.strip + 1})
    }


def _find_unclaimed(strips: Sequence[Strip], matches: Sequence[Match], widths: Sequence[int]) -> set[int]:
    """The rows that print nothing, where numbers without words are left over, or without a label in their row."""
    told = {match.strip for match in matches if match.cost < UNLIKE or not match.seen}
    fewest = min(_FEWEST, *widths)
    if all(k in told or strip.texts or count_printed(strip) < fewest for k, strip in enumerate(strips)):
        return set()
    return {k for k, match in enumerate(matches) if match.strip is not None and not count_printed(strips[match.strip])}


def _find_broken_numbers(strips: Sequence[Strip], matches: Sequence[Match], widths: Sequence[int]) -> set[int]:
    """The rows whose last number may go on in the next line, where a number stands alone that is no row's: no total
    tells that it is whole.
    """
    used = {match.strip for match in matches}
    found = set()
    for row, match in enumerate(matches):
        behind = strips[match.strip + 1 : match.strip + 2] if match.strip is not None else ()
        if not behind or match.strip is None or match.strip + 1 in used:
            continue
        alone = not behind[0].texts and count_printed(behind[0]) == 1
        values = [parse_cell(cell.text).value for cell in strips[match.strip].cells if cell.text]
        if alone and values and values[-1] and (widths[row] <= NARROW or not adds_up(values)):
            found.add(row)
    return found


def _find_misnamed(rows: Sequence[Axis], found: Sequence[AlignedRow]) -> set[int]:
    """The rows on whose lines the label of a row next to them stands that is not there."""
    lost = {k for k, row in enumerate(found) if row.strip is None}
    return {
        k
        for k, row in enumerate(found)
        if row.strip and row.strip.texts and _names_other(row.strip.texts[-1], rows, k, lost & {k - 1, k + 1})
    }


def _names_other(text: str, rows: Sequence[Axis], own: int, others: Collection[int]) -> bool:
    """Whether a text is nearer to the label of one of the other rows than to its own row's."""
    if not others:
        return False
    labels = [label for other in others for label in rows[other].labels]
    other, near = (label_costs([text], names).min() for names in (labels, rows[own].labels))
    return bool(other < min(near, UNLIKE))


def _find_heaped(strips: Sequence[Strip], matches: Sequence[Match]) -> set[int]:
    """Rows without words on their lines that stand right below one another, and those from them to one that is lost;
    all of a run where most stand so and one is lost, or where one is left over.
    """
    found: set[int] = set()
    used = {match.strip for match in matches}
    spare = any(k not in used and not strip.texts and count_printed(strip) > 1 for k, strip in enumerate(strips))
    for labelled, run in groupby(enumerate(matches), key=lambda each: _bears_words(strips, each[1])):
        own = {k: match.strip for k, match in run}
        there = {k: strip for k, strip in own.items() if strip is not None}
        lost = own.keys() - there.keys()
        heaped = {k for k, strip in there.items() if is_crowded(strips, strip)}
        if labelled or not heaped:
            continue
        if spare or (lost and 2 * len(heaped) > len(there)):
            found |= there.keys()
        elif lost:
            ends = lost | heaped
            found |= {k for k in there if min(ends) <= k <= max(ends)}
    return found


def _bears_words(strips: Sequence[Strip], match: Match) -> bool:
    return match.strip is not None and bool(strips[match.strip].texts)


def _have_amounts(rows: Sequence[AlignedRow], spec: TableSpec) -> bool:
    """Whether all amounts are printed: then no fraction elsewhere is one of them."""
    return all(
        count_printed(row.strip) == len(spec.blocks[row.block].columns) for row in rows if spec.blocks[row.block].amount
    )


def _is_unsure(row: AlignedRow, spec: TableSpec, claimed: Mapping[str, int], *, beside: bool) -> bool:
    """Whether its numbers may be another's: its words hold a number or the labels of several rows, or of those on lines
    of their own several claim its label or are in no order that labels `beside` them show.
    """
    if (strip := row.strip) is not None and (
        holds_number(strip) or is_stack(strip.texts, spec, row.block) or (strip.apart and claimed[row.label] > 1)
    ):
        return True
    return not beside and _is_exchanged(row, spec.blocks[row.block])


def _is_exchanged(row: AlignedRow, block: Block) -> bool:
    """Whether values on lines of their own may be in another order: one that is no whole number where counts stand."""
    cells = [cell for cell in row.strip.cells if cell.text] if row.strip and row.strip.apart else []
    if block.amount or len(cells) != len(block.columns):
        return False
    values = [
        parse_cell(cell.text, amount=column.amount).value for cell, column in zip(cells, block.columns, strict=True)
    ]
    fractions = [value is not None and value != value.to_integral_value() for value in values]
    return any(fraction and not column.amount for fraction, column in zip(fractions, block.columns, strict=True))
