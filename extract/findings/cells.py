"""Cells → what they show, in the words of the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from extract.forms import load_form
from extract.forms.english import name_cell_en
from extract.forms.places import Place, name_cell, name_cells, number_text, places
from extract.numerals import CHINESE_DIGITS
from extract.records import Cells, Form, ReadCell, State

_FEW = 4  # cells that are told one by one, also their zeros
_WORDS = {State.BLANK: "（空格）", State.DASH: "（符号）"}
_WORDS_EN = {State.BLANK: "is blank", State.DASH: "holds a mark"}


def show_cells(form: Form, fields: Sequence[str], cells: Cells) -> str:
    """表四“行政复议”：结果维持 1 件、总计 2 件; one cell alone as 表三“…”行“总计”列为 2 件; the zeros of many as
    其余 5 项均为 0.
    """
    known = [place for field in fields if (place := places(form.id).get(field))]
    if len(known) == 1:
        return name_cell(form, known[0].field) + _alone(known[0].field, cells, form)
    groups: dict[str, list[Place]] = {}
    by_row = len({(place.table, place.row_id) for place in known}) < len(known)
    for place in known:
        groups.setdefault(_split(place, by_row=by_row)[0], []).append(place)
    return "；".join(f"{head}{_list(own, cells, form, by_row=by_row)}" for head, own in groups.items())


def _list(known: Sequence[Place], cells: Cells, form: Form, *, by_row: bool) -> str:
    """Each cell by its own name; of many the zeros together."""
    told, zeros = _part_zeros([place.field for place in known], cells)
    shown = [
        _split(place, by_row=by_row)[1] + _shown(place.field, cells, form) for place in known if place.field in told
    ]
    rest = [f"{'其余 ' if shown else ''}{len(zeros)} 项均为 0"] if zeros else []
    return "、".join([*shown, *rest])


def _part_zeros(fields: Sequence[str], cells: Cells) -> tuple[list[str], list[str]]:
    """(the cells that are told one by one, the zeros that are only counted: of many cells all of them)."""
    zeros = [field for field in fields if field in cells and cells[field].value == 0]
    if len(fields) <= _FEW or len(zeros) < 2:
        return list(fields), []
    return [field for field in fields if field not in zeros], zeros


def count_cells(form: Form, fields: Sequence[str]) -> str:
    """Where several cells are, and how many, said once: 表三“总计”列（…）共 5 格; 表三 40 格."""
    name = name_cells(form, fields)
    counted = len(fields) == 1 or name.endswith((" 格", " 处）"))
    return name if counted else f"{name}共 {len(fields)} 格"


def show_cells_en(form: Form, fields: Sequence[str], cells: Cells) -> str:
    """The same in English."""
    told, zeros = _part_zeros(fields, cells)
    rest = [f"{f'the other {len(zeros)}' if told else f'all {len(zeros)}'} are 0"] if zeros else []
    return "; ".join([*(f"{name_cell_en(form, field)} {_shown_en(cells.get(field))}" for field in told), *rest])


def sum_cells(fields: Iterable[str], cells: Cells) -> Decimal | None:
    """The sum of the cells, None where one of them was not read, or where there is none."""
    values = [cells[field].value if field in cells else None for field in fields]
    read = [value for value in values if value is not None]
    return sum(read, Decimal(0)) if values and len(read) == len(values) else None


def show_sum(fields: Sequence[str], cells: Cells, expected: object) -> str:
    """，两项合计为 0: where the sum of several cells is what the sentence speaks of."""
    total = sum_cells(fields, cells) if len(fields) > 1 else None
    if total is None or total != expected:
        return ""
    count = "两" if len(fields) == 2 else f"{len(fields)} "
    return f"，{count}项合计为 {number_text(total)}"


def unit_of(form: Form, field: str) -> str:
    """件 or 万元, as the form has it."""
    return _units(form.id).get(field, "")


@cache
def _units(form_id: str) -> dict[str, str]:
    blocks = [block for table in load_form(form_id).tables for block in table.blocks]
    return {
        f"{row.id}.{column.id}": column.unit or block.unit
        for block in blocks
        for row in block.rows
        for column in block.columns
    }


def _split(place: Place, *, by_row: bool) -> tuple[str, str]:
    """What several cells share, and the cell's own name."""
    head = f"表{CHINESE_DIGITS[place.table]}"
    if place.table == 4:
        group, _, outcome = place.column.partition("—")
        return f"{head}“{group}”：", outcome
    return (f"{head}“{place.row}”行：", place.column) if by_row else (f"{head}“{place.column}”列：", place.row)


def _alone(field: str, cells: Cells, form: Form) -> str:
    shown = _shown(field, cells, form)
    return f"为{shown}" if shown.startswith(" ") else shown


def _shown(field: str, cells: Cells, form: Form) -> str:
    cell = cells.get(field)
    if cell is None or (cell.value is None and cell.state not in _WORDS):
        return "（未读到）"
    return _WORDS[cell.state] if cell.value is None else f" {number_text(cell.value)} {unit_of(form, field)}".rstrip()


def _shown_en(cell: ReadCell | None) -> str:
    if cell is None or (cell.value is None and cell.state not in _WORDS):
        return "was not read"
    return _WORDS_EN[cell.state] if cell.value is None else f"is {number_text(cell.value)}"
