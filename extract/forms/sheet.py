"""A statutory table in the exact shape of the form: heads and stubs with their spans, each field in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.quick import record, replace
from extract.records import Axis, Block, TableSpec

Path = tuple[str, ...]
"""The heads over a column, or before a row, from the outermost to the label; empty where there is none."""


@record
class SheetCell:
    """One cell, merged over `rows` × `columns` from (`row`, `column`) on, both from 0. `field` is empty for a head."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    field: str = ""


@record
class Sheet:
    """A table of `rows` × `columns`; its cells cover it row by row, none overlaps another."""

    cells: tuple[SheetCell, ...]
    rows: int
    columns: int


def table_to_sheet(spec: TableSpec) -> Sheet:
    """The table as the form prints it: blocks under one another, or one block with all its heads."""
    return _stack_blocks(spec) if len(spec.blocks) > 1 else _lay_block(spec)


def _stack_blocks(spec: TableSpec) -> Sheet:
    """Caption, heads and rows of each block; the last column of a narrow block takes what is left of the width."""
    width = 1 + max(len(block.columns) for block in spec.blocks)
    cells: list[SheetCell] = []
    top = 0
    for block in spec.blocks:
        cells.append(SheetCell(block.caption, top, 0, columns=width))
        lines = [[SheetCell(text, 0, 0) for text in (spec.corner, *(column.label for column in block.columns))]]
        lines += [
            [SheetCell(row.label, 0, 0), *(SheetCell("", 0, 0, field=f"{row.id}.{own.id}") for own in block.columns)]
            for row in block.rows
        ]
        for k, line in enumerate(lines, start=top + 1):
            cells += [replace(cell, row=k, column=column) for column, cell in enumerate(line)]
            cells[-1] = replace(cells[-1], columns=width - len(block.columns))
        top += 1 + len(lines)
    return _make_sheet(cells, top, width)


def _lay_block(spec: TableSpec) -> Sheet:
    (block,) = spec.blocks
    heads = _drop_empty([_column_path(column, spec) for column in block.columns])
    stubs = _drop_empty(_row_paths(block.rows))
    depth, width = len(heads[0]), len(stubs[0])
    cells = [SheetCell(spec.corner, 0, 0, depth, width)] if width else []
    cells += [
        SheetCell(text, level, width + start, levels, count) for text, start, count, level, levels in _merge(heads)
    ]
    cells += [
        SheetCell(text, depth + start, level, count, levels) for text, start, count, level, levels in _merge(stubs)
    ]
    cells += _field_cells(block, depth, width)
    return _make_sheet(cells, depth + len(block.rows), width + len(block.columns))


def _make_sheet(cells: list[SheetCell], rows: int, columns: int) -> Sheet:
    return Sheet(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), rows, columns)


def _field_cells(block: Block, top: int, left: int) -> Iterator[SheetCell]:
    for i, row in enumerate(block.rows):
        for j, column in enumerate(block.columns):
            yield SheetCell("", top + i, left + j, field=f"{row.id}.{column.id}")


def _column_path(column: Axis, spec: TableSpec) -> Path:
    over = next((label for label, groups in spec.over if column.group in groups), "")
    return over, column.group, column.label


def _row_paths(rows: Sequence[Axis]) -> list[Path]:
    """A group that begins with a bracket stands inside the last one that does not."""
    paths: list[Path] = []
    outer = ""
    for row in rows:
        inner = row.group if row.group.startswith("（") else ""
        outer = outer if inner else row.group
        paths.append((outer, inner, row.label))
    return paths


def _drop_empty(paths: Sequence[Path]) -> list[Path]:
    """The paths without the levels that no path has."""
    kept = [level for level in range(len(paths[0])) if any(path[level] for path in paths)]
    return [tuple(path[level] for level in kept) for path in paths]


def _merge(paths: Sequence[Path]) -> Iterator[tuple[str, int, int, int, int]]:
    """(text, first path, number of paths, first level, number of levels) of every head.

    Neighbours under the same heads share them; a head takes the empty levels before it.
    """
    last = len(paths[0]) - 1
    for level in range(last + 1):
        numbered = enumerate(paths)
        for _, run in groupby(numbered, key=lambda item: item[0] if level == last else item[1][: level + 1]):
            (start, path), *others = run
            if path[level]:
                first = next((k + 1 for k in range(level - 1, -1, -1) if path[k]), 0)
                yield path[level], start, 1 + len(others), first, level - first + 1
