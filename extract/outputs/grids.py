"""Fields → the three statutory tables, each cell with a mark that needs no colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.forms import load_form
from extract.forms.places import number_text
from extract.numerals import CHINESE_DIGITS
from extract.records import Axis, Block, Field, Report, Severity, State, TableSpec

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

SIGNS = {State.BLANK: "□", State.DASH: "—", State.MISSING: "×", State.ILLEGIBLE: "#"}
_WORDS = {State.BLANK: "空格", State.DASH: "以符号代替数字", State.MISSING: "未找到", State.ILLEGIBLE: "无法辨认"}
_SIDE_BY_SIDE = 92  # columns that the three groups of table 4 need beside one another


def build_tables(report: Report, width: int) -> Iterator[RenderableType]:
    """Tables 2, 3 and 4 with their captions, ready to print."""
    form = load_form(report.template.id)
    headings = {section.number: section.heading for section in form.sections}
    for spec in form.tables:
        yield f"\n表{CHINESE_DIGITS[spec.number]}　{headings[spec.number]}"
        if len(spec.blocks) > 1:
            yield _stacked_table(spec, report)
        elif len(spec.blocks[0].rows) > 1:
            yield _long_table(spec.blocks[0], report)
        else:
            yield _grouped_table(spec.blocks[0], report, width)


def legend(report: Report) -> list[str]:
    """What the marks mean, those that occur."""
    states = {field.state for field in report.fields.values()}
    parts = [f"{SIGNS[state]} {_WORDS[state]}" for state in SIGNS if state in states]
    if any(not field.accepted for field in report.fields.values()):
        parts.append(f"? 存疑，需核对（未采信：出错的风险高于 {_risk_text(report)}，或所在行、列不能确定）")
    if blamed_fields(report):
        parts.append("! 与勾稽关系不符，或不是有效数字")
    if any(not report.fields[name].accepted for name in blamed_fields(report) if name in report.fields):
        parts.append("!? 两者兼有")
    return parts


def _risk_text(report: Report) -> str:
    """The risk that the document was made with, as people say it: 1/2000."""
    return f"1/{round(1 / report.made_by.risk)}"


def cell_text(field: Field, blamed: bool) -> Text:
    """18, 18? where doubtful, 18! where a sum blames it; □ — × # for what is no number."""
    from rich.text import Text

    sign = SIGNS.get(field.state) or number_text(field.value)
    mark = "!" * blamed + "?" * (not field.accepted)
    style = "bold red" if blamed else "bold yellow" if mark else "dim" if field.value == 0 else "default"
    return Text(sign + mark, style=style)


def blamed_fields(report: Report) -> frozenset[str]:
    """The cells that a failed sum, a V001 or a Y001 names first; of an A005 the likeliest two."""
    named: set[str] = set()
    for finding in report.findings:
        if finding.code == "A005":
            named.update(finding.fields[:2])
        elif finding.code[0] in "AVY" and finding.severity is Severity.ERROR:
            named.update(finding.fields[:1])
    return frozenset(named)


def _cells(report: Report, row: Axis, columns: tuple[Axis, ...]) -> list[Text]:
    names = [f"{row.id}.{column.id}" for column in columns]
    blamed = blamed_fields(report)
    return [cell_text(report.fields[name], name in blamed) for name in names]


def _empty_table() -> Table:
    from rich import box
    from rich.table import Table

    return Table(box=box.SQUARE, show_lines=False, padding=(0, 1), header_style="bold")


def _stacked_table(spec: TableSpec, report: Report) -> Table:
    """Blocks under one another, each with its own heads (table 2)."""
    table = _empty_table()
    table.show_header = False
    width = max(len(block.columns) for block in spec.blocks)
    table.add_column(justify="left")
    for _ in range(width):
        table.add_column(justify="right")
    for block in spec.blocks:
        heads = [column.label for column in block.columns]
        table.add_row(block.caption, *_padded(heads, width), style="bold")
        for number, row in enumerate(block.rows, start=1):
            cells = _padded(_cells(report, row, block.columns), width)
            table.add_row(f"  {row.label}", *cells, end_section=number == len(block.rows))
    return table


def _padded(cells: list[str] | list[Text], width: int) -> list[str | Text]:
    return [*cells, *[""] * (width - len(cells))]


def _long_table(block: Block, report: Report) -> Table:
    """Rows with their group as a line above them (table 3)."""
    table = _empty_table()
    table.add_column("", justify="left", ratio=1)
    for column in block.columns:
        table.add_column(_two_lines(column.label), justify="right", min_width=4)
    groups = {""}
    for row in block.rows:
        if row.group not in groups:
            groups.add(row.group)
            table.add_row(_indent(row.group, group_line=True) + row.group, style="bold")
        table.add_row(_indent(row.group) + row.label, *_cells(report, row, block.columns))
    return table


def _indent(group: str, *, group_line: bool = False) -> str:
    """Groups within a group (（三）不予公开) stand under （一）and （二）, their rows one step further in."""
    steps = group.startswith("（") + (bool(group) and not group_line)
    return "  " * steps


def _grouped_table(block: Block, report: Report, width: int) -> Table:
    """Groups of columns beside one another, or under one another where the width does not suffice (table 4)."""
    from rich.table import Table

    groups = list(dict.fromkeys(column.group for column in block.columns))
    parts = [_group(block, group, report) for group in groups]
    grid = Table.grid(padding=(0, 1))
    if width >= _SIDE_BY_SIDE:
        grid.add_row(*parts)
    else:
        for part in parts:
            grid.add_row(part)
    return grid


def _group(block: Block, group: str, report: Report) -> Table:
    columns = tuple(column for column in block.columns if column.group == group)
    table = _empty_table()
    table.title, table.title_style, table.padding = group, "bold", (0, 0, 0, 1)
    for column in columns:
        table.add_column(_two_lines(column.label), justify="right", min_width=4)
    table.add_row(*_cells(report, block.rows[0], columns))
    return table


def _two_lines(label: str) -> str:
    """结果维持 → 结果/维持, so that number columns stay narrow."""
    return "\n".join(label[start : start + 2] for start in range(0, len(label), 2)) if len(label) > 3 else label
