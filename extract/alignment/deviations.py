"""Where an aligned table departs from the form: labels in other words, rows and columns absent, moved or too short."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import cache
from typing import Any

from extract.alignment.cost import UNLIKE, label_costs
from extract.alignment.naming import Renamed
from extract.alignment.rows import Match
from extract.alignment.strips import count_printed
from extract.records import AlignedRow, Axis, Block, Deviation, Strip, TableSpec
from extract.rules import load_rules
from extract.textform import bare_label, squeeze

NOISY_LABELS = 4  # that many damaged labels are the work of OCR, not of the agency
WIDE_ROW = 7  # columns; in a narrower row a cell that reaches over two is as likely as one that is lacking
_SHORT_RUN = 3  # a run of values that many cells short is a short row, not one with blanks


def head_deviations(block: Block, found: Sequence[tuple[int, str, float]], heads: Container[str]) -> list[Deviation]:
    """L001 for column labels that are worded otherwise; `heads` are all texts that may name a column."""
    deviations = []
    for column, head, cost in found:
        axis = block.columns[column]
        if _differs(head, axis) and cost < UNLIKE and not _is_broken_up(head, axis.label, heads):
            ids = tuple(f"{row.id}.{axis.id}" for row in block.rows)
            deviations.append(Deviation("L001", head, axis.label, ids, note="column"))
    return deviations


def _is_broken_up(head: str, label: str, heads: Container[str]) -> bool:
    """Whether `head` is a piece of the label and what is missing stands on lines of its own: 商业企 | 业."""
    before, piece, behind = label.partition(head)
    return piece != label and bool(piece) and all(not part or part in heads for part in (before, behind))


def row_deviations(
    rows: Sequence[Axis],
    aligned: Sequence[AlignedRow],
    spec: TableSpec,
    names: Sequence[str],
    no_totals: Sequence[bool],
    spare: Sequence[Strip],
) -> list[Deviation]:
    """L001 for labels worded otherwise (`names`: those that say something else), S002 for absent rows, S005 for rows
    out of order, S003 for width. No row is absent where one of the strips to `spare` may be it.
    """
    deviations: list[Deviation] = []
    found_any = any(row.strip for row in aligned)
    strays = _find_strays(spare, rows) if any(row.strip is None for row in aligned) else ()
    for axis, row, name in zip(rows, aligned, names, strict=True):
        block = spec.blocks[row.block]
        width = len(block.columns)
        if row.strip is None:
            if found_any and not row.label_seen and not row.contested and width not in strays:
                deviations.append(Deviation("S002", "", axis.label, row_ids(axis, block), note="row"))
            continue
        page = row.strip.page
        worded = row.label if row.label_cost < UNLIKE and _differs(row.label, axis) else ""
        if name or worded:
            deviations.append(Deviation("L001", name or worded, axis.label, row_ids(axis, block), page, note="row"))
        if row.moved:
            found = Deviation("S005", row.label, axis.label, row_ids(axis, block), page, note="row out of order")
            deviations.append(found)
        if not (no_totals[row.block] and count_printed(row.strip) == width - 1):
            deviations += _width_deviation(row.strip, axis, block)
    return deviations


def row_ids(axis: Axis, block: Block) -> tuple[str, ...]:
    """The fields of a row of the block."""
    return tuple(f"{axis.id}.{column.id}" for column in block.columns)


def _find_strays(spare: Sequence[Strip], rows: Sequence[Axis]) -> set[int]:
    """How many numbers rows have that found no place and bear no row's label: each may be a row that seems absent."""
    own = [(squeeze("".join(strip.texts)), count) for strip in spare if (count := count_printed(strip)) > 1]
    costs = label_costs([words for words, _ in own], [row.label for row in rows]).min(axis=1).tolist()
    return {count for (_, count), cost in zip(own, costs, strict=True) if cost > _limits()["stray_least"]}


def _limits() -> Mapping[str, Any]:
    limits: Mapping[str, Any] = load_rules("labels.toml")["limits"]
    return limits


def twice_deviations(aligned: Sequence[AlignedRow], matches: Sequence[Match], spec: TableSpec) -> list[Deviation]:
    """S005 for rows that are printed twice; none where there are so many that they are another table's."""
    twice = [(row, match) for row, match in zip(aligned, matches, strict=True) if match.twice and row.strip]
    if len(twice) > _limits()["twice_most"]:
        return []
    found = []
    for row, match in twice:
        block = spec.blocks[row.block]
        axis = block.rows[row.row]
        ids = row_ids(axis, block)
        note = "row printed twice with other numbers" if match.rival else "row printed twice"
        found.append(Deviation("S005", axis.label, "", ids, row.strip.page if row.strip else 1, note=note))
    return found


def column_deviations(spec: TableSpec, renamed: Sequence[Sequence[Renamed]]) -> list[Deviation]:
    """L001 for columns under another name."""
    return [
        Deviation(
            "L001",
            own.found,
            own.expected,
            tuple(f"{row.id}.{block.columns[column].id}" for row in block.rows for column in own.columns),
            note="column",
        )
        for block, found in zip(spec.blocks, renamed, strict=True)
        for own in found
    ]


def group_deviations(rows: Sequence[Axis], block: Block, misnamed: dict[str, str]) -> list[Deviation]:
    """L001 for groups of rows under another name."""
    return [
        Deviation(
            "L001",
            found,
            group,
            tuple(f"{axis.id}.{column.id}" for axis in rows if axis.group == group for column in block.columns),
            note="row",
        )
        for group, found in misnamed.items()
    ]


def _width_deviation(strip: Strip, axis: Axis, block: Block) -> list[Deviation]:
    """S003 where more cells are printed than the row has columns, or fewer with no blank cell in their place.

    A web page or a Word file states its cells: what stands behind the last one is no blank cell.
    """
    printed, width = count_printed(strip), len(block.columns)
    if not printed or printed == width:
        return []
    stated = sum(cell.place is not None for cell in strip.cells)
    lacks_one = width >= WIDE_ROW and stated == width - 1
    if printed < width <= len(strip.cells) and not lacks_one:
        return []
    return [Deviation("S003", str(printed), str(width), row_ids(axis, block), strip.page, note=axis.label)]


def run_deviation(strip: Strip, axis: Axis, block: Block) -> list[Deviation]:
    """S003 also where the values stand in one run that is several short: its blanks are no cells of the row."""
    printed, width = count_printed(strip), len(block.columns)
    filled = [k for k, cell in enumerate(strip.cells) if cell.text]
    short_run = printed == filled[-1] - filled[0] + 1 and width - printed >= _SHORT_RUN if filled else False
    if short_run and printed > _SHORT_RUN:
        return [Deviation("S003", str(printed), str(width), row_ids(axis, block), strip.page, note=axis.label)]
    return _width_deviation(strip, axis, block)


def _differs(printed: str, axis: Axis) -> bool:
    """Whether the statutory label does not stand in the printed one; what stands around it is a neighbour's."""
    return bare_label(axis.label) not in squeeze(printed)


def _is_alias(deviation: Deviation, spec: TableSpec) -> bool:
    return bare_label(deviation.found) in _aliases(spec)


@cache
def _aliases(spec: TableSpec) -> frozenset[str]:
    axes = (axis for block in spec.blocks for axis in (*block.rows, *block.columns))
    return frozenset(bare_label(alias) for axis in axes for alias in axis.aliases)


def quiet_noise(deviations: list[Deviation], spec: TableSpec, names: Container[str]) -> list[Deviation]:
    """Where many labels are damaged, reading damaged them: then only other words and known wordings stand as L001."""
    labels = [item for item in deviations if item.code == "L001" and item.found not in names]
    if len(labels) < NOISY_LABELS:
        return deviations
    return [item for item in deviations if item not in labels or _is_alias(item, spec)]
