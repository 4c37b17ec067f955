"""Reports → XLSX: the list of findings, the long panel, and a sheet per report in the shape of the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from io import BytesIO
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from extract.errors import UnwritableError, UsageError
from extract.forms import load_form
from extract.forms.sheet import SheetCell, table_to_sheet
from extract.outputs.grids import SIGNS, blamed_fields
from extract.outputs.issues import Issue, list_issues, sum_up
from extract.outputs.order import sort_reports
from extract.outputs.panel import NameUnit, long_columns, long_rows, plain_number
from extract.outputs.wrap import wrap_text
from extract.outputs.write import write_bytes
from extract.quick import as_tuple, record, replace
from extract.records import Field, Report
from extract.rules import load_rules

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_DOUBTFUL, _WRONG, _HEAD = "FFF2CC", "F8CBAD", "E7E6E6"  # fills: to be checked, blamed by a sum, heads
_LINES = "A6A6A6"
_GRID, _GRID_WIDTH = 30, 4.2  # columns of a report's sheet, which its tables share, and the characters in each
_STUB = (2, 4, 10)  # grid columns of the three columns of table 3 before its numbers
_LINE = 16.5  # points of one line, of the tallest usual typeface
_MARGIN = 0.6  # inches
_NAME_LENGTH = 31  # characters of a sheet's name, at most
_EXACT = 10**15  # spreadsheets keep fifteen digits of a number; a longer one is a text
_FORBIDDEN = str.maketrans("[]:*?/\\'", "（）：＊？／＼’")


def write_xlsx(reports: Sequence[Report], path: Path, name_unit: NameUnit = str, *, unread: Sequence[str] = ()) -> None:
    """A workbook of all reports, by agency and year; the files that are `unread` are named below the list.

    Doubtful cells are filled and say why; □ is an empty cell, — a dash, × not found.

    Raises: UsageError where the panel has more rows than a sheet can hold.
    """
    from lxml.etree import SerialisationError
    from openpyxl import Workbook

    limits = load_rules("outputs.toml")["sheets"]
    if sum(len(report.fields) for report in reports) > limits["rows_most"]:
        remedy = "用 --format parquet 或 csv / use --format parquet or csv"
        raise UsageError(f"{path}: {len(reports)} 份报告超出一张工作表的行数 / too many rows for a sheet; {remedy}")
    reports = sort_reports(reports, name_unit)
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "gouji"
    _write_issues(book, reports, unread)
    _write_apart(book, reports)
    _write_panel(book, reports, name_unit)
    _write_columns(book)
    if len(reports) <= limits["reports_most"]:
        for report in reports:
            _write_report(book, report)
    packed = BytesIO()  # a ZIP file that cannot be written complains a second time when it is thrown away
    try:
        book.save(packed)
    except (OSError, SerialisationError) as error:  # each sheet goes into a temporary file first
        raise UnwritableError(gettempdir(), str(error), hopeless=True) from error
    write_bytes(packed.getvalue(), path)


def _write_issues(book: Workbook, reports: Sequence[Report], unread: Sequence[str]) -> None:
    words = load_rules("outputs.toml")["issues"]
    sheet = _add_sheet(book, load_rules("outputs.toml")["sheets"]["issues"], words["columns"], words["widths"])
    top = _fill_with_issues(sheet, list_issues(reports)) + 2
    for row, text in enumerate(sum_up(reports, unread), start=top):
        _put(sheet, row, 1, text, wrap=True)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(words["widths"]))
        sheet.row_dimensions[row].height = _lines(text, sum(words["widths"])) * _LINE


def _write_apart(book: Workbook, reports: Sequence[Report]) -> None:
    """What may be the converter's fault, where there is any."""
    words, apart = load_rules("outputs.toml")["issues"], load_rules("outputs.toml")["apart"]
    issues = list(list_issues(reports, apart=True))
    if issues:
        sheet = _add_sheet(book, apart["title"], words["columns"], words["widths"])
        _put_row(sheet, _fill_with_issues(sheet, issues) + 2, [apart["says"]])


def _fill_with_issues(sheet: Worksheet, issues: Iterable[Issue]) -> int:
    """Writes the issues below the head row; how many they are."""
    widths = load_rules("outputs.toml")["issues"]["widths"]
    number = 0
    for number, issue in enumerate(issues, start=1):
        values = as_tuple(issue)
        _put_row(sheet, number + 1, values, wrap=True, framed=True)
        lines = max(_lines(str(value), width) for value, width in zip(values, widths, strict=True))
        sheet.row_dimensions[number + 1].height = lines * _LINE
    return number


def _write_panel(book: Workbook, reports: Sequence[Report], name_unit: NameUnit) -> None:
    names = [column.name for column in long_columns()]
    sheet = _add_sheet(book, load_rules("outputs.toml")["sheets"]["panel"], names, [14] * len(names))
    place = count(2)
    for report in reports:
        blamed = blamed_fields(report)
        for row in long_rows(report, name_unit):
            fill = _fill_of(report.fields[str(row["field"])], row["field"] in blamed)
            _put_row(sheet, next(place), [row[name] for name in names], fill=fill)
    sheet.auto_filter.ref = sheet.dimensions


def _write_columns(book: Workbook) -> None:
    """What the columns of the panel mean."""
    sheet = _add_sheet(book, load_rules("outputs.toml")["sheets"]["columns"], ["column", "type", "means"], [16, 10, 80])
    for row, column in enumerate(long_columns(), start=2):
        _put_row(sheet, row, [column.name, column.kind, column.means])


def _write_report(book: Workbook, report: Report) -> None:
    """The three tables of one report under one another."""
    from openpyxl.utils import get_column_letter

    head = report.report
    name = f"{head['agency'].value or report.source.file}{head['year'].value or ''}".translate(_FORBIDDEN)
    sheet = book.create_sheet(_free_title(book, "".join(filter(str.isprintable, name))))
    for column in range(1, _GRID + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _GRID_WIDTH
    sheet.sheet_view.showGridLines = False
    _set_page(sheet, landscape=False)
    sheet.page_setup.fitToHeight = 1
    form, top = load_form(report.template.id), 1
    headings = {section.number: section.heading for section in form.sections}
    _put(sheet, top, 1, str(head["title"].value or report.source.file), bold=True)
    for spec in form.tables:
        top += 2
        _put(sheet, top, 1, headings[spec.number], bold=True)
        table = table_to_sheet(spec)
        edges = _column_edges(table.columns)
        stubs = min(cell.column for cell in table.cells if cell.field)  # columns before the numbers
        for cell in table.cells:
            _put_cell(sheet, _on_grid(cell, edges), top + 1, report, centred=cell.column >= stubs)
        top += table.rows


def _free_title(book: Workbook, name: str) -> str:
    """The name, as short as a sheet's may be; a number behind it where another sheet has it, whatever its case."""
    taken = {title.casefold() for title in book.sheetnames}
    numbered = (
        f"{name[: _NAME_LENGTH - len(end)]}{end}" for end in ("", *(f"（{k}）" for k in range(2, len(taken) + 3)))
    )
    return next(title for title in numbered if title.casefold() not in taken)


def _column_edges(columns: int) -> list[int]:
    """Grid column at which each column of a table begins, and the end: the first ones are the wider."""
    stub = list(_STUB) if columns > len(_STUB) + 1 and columns * 2 < _GRID else []
    left, rest = _GRID - sum(stub), columns - len(stub)
    each = left // rest
    widths = [*stub, left - each * (rest - 1), *[each] * (rest - 1)]
    return [sum(widths[:k]) for k in range(columns + 1)]


def _on_grid(cell: SheetCell, edges: Sequence[int]) -> SheetCell:
    first, end = edges[cell.column], edges[cell.column + cell.columns]
    return replace(cell, column=first, columns=end - first)


def _put_cell(sheet: Worksheet, cell: SheetCell, top: int, report: Report, *, centred: bool) -> None:
    """A head, or a field with its sign, fill and evidence; merged, and in the middle, as the form has it."""
    row, column = top + cell.row, 1 + cell.column
    _frame(sheet, row, column, cell)
    if not cell.field:
        _put(sheet, row, column, cell.text, fill=_HEAD, wrap=True, framed=True, centred=centred)
        _make_room(sheet, row, cell)
        return
    field = report.fields[cell.field]
    number = plain_number(field)
    shown = number if number is not None else SIGNS.get(field.state, "")
    fill = _fill_of(field, cell.field in blamed_fields(report))
    _put(sheet, row, column, shown, fill=fill, note=_note(field), framed=True, centred=centred)


def _frame(sheet: Worksheet, row: int, column: int, cell: SheetCell) -> None:
    """Lines around a cell, on all cells that it is merged of."""
    for k in range(row, row + cell.rows):
        for j in range(column, column + cell.columns):
            _dress(sheet.cell(k, j), _Look(framed=True))
    if cell.rows > 1 or cell.columns > 1:
        ends = sheet.cell(row, column).coordinate, sheet.cell(row + cell.rows - 1, column + cell.columns - 1).coordinate
        sheet.merged_cells.add(":".join(ends))  # merge_cells looks at every style again, which takes seconds a report


def _make_room(sheet: Worksheet, row: int, cell: SheetCell) -> None:
    """Makes a row so high that the label of its own stands in it."""
    if cell.rows == 1:
        lines = _lines(cell.text, cell.columns * _GRID_WIDTH)
        sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height or _LINE, lines * _LINE)


def _lines(text: str, width: float) -> int:
    """How many lines the text takes in a column of so many characters, Chinese ones two wide."""
    return max(1, len(wrap_text(text, max(2, int(width) - 2))))


def _note(field: Field) -> str:
    """Why a person should look at the cell."""
    return "" if field.accepted else "；".join([f"可信度 {field.confidence:.4f}", *field.evidence])


def _fill_of(field: Field, blamed: bool) -> str:
    return _WRONG if blamed else "" if field.accepted else _DOUBTFUL


def _add_sheet(book: Workbook, name: str, heads: Iterable[str], widths: Iterable[int]) -> Worksheet:
    """A sheet with a head row that stays in view."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    for column, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
        _put(sheet, 1, column, head, bold=True, fill=_HEAD)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _set_page(sheet, landscape=True)
    return sheet


def _set_page(sheet: Worksheet, *, landscape: bool) -> None:
    """On A4, as wide as the page and as long as it takes; below each its name and number."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, _MARGIN)
    sheet.page_margins.footer = _MARGIN / 2
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"


def _put_row(
    sheet: Worksheet, row: int, values: Iterable[Any], *, fill: str = "", wrap: bool = False, framed: bool = False
) -> None:
    """What is None leaves its cell as it is, or only framed."""
    for column, value in enumerate(values, start=1):
        if value is not None or framed:
            _put(sheet, row, column, value, fill=fill, wrap=wrap, framed=framed)


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Any,
    *,
    bold: bool = False,
    fill: str = "",
    wrap: bool = False,
    framed: bool = False,
    centred: bool = False,
    note: str = "",
) -> None:
    """A text is always a text, also where it begins like a formula; so is a number with more digits than are kept."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.comments import Comment

    if isinstance(value, int) and abs(value) >= _EXACT:
        value = str(value)
    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    _dress(cell, _Look(bold, fill, wrap, framed, centred))
    if note:
        cell.comment = Comment(note, "gouji")


@record
class _Look:
    """How a cell looks; `fill` is a colour, none where empty."""

    bold: bool = False
    fill: str = ""
    wrap: bool = False
    framed: bool = False
    centred: bool = False


_Looks = dict[_Look, Any]
_looks: WeakKeyDictionary[Workbook, _Looks] = WeakKeyDictionary()  # per workbook: the style that each look has in it


def _dress(cell: Any, look: _Look) -> None:
    """Gives the cell its look. To set it anew costs a hundred times as much as to copy what the workbook has of it."""
    known = _looks.setdefault(cell.parent.parent, {})
    if look not in known:
        _set_look(cell, look)
        known[look] = copy(cell._style)
    cell._style = copy(known[look])


def _set_look(cell: Any, look: _Look) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    if look.bold:
        cell.font = Font(bold=True)
    if look.fill:
        cell.fill = PatternFill("solid", start_color=look.fill)
    if look.centred:
        cell.alignment = Alignment(horizontal="center", wrap_text=look.wrap, vertical="center")
    elif look.wrap:
        cell.alignment = Alignment(horizontal="left", wrap_text=True, vertical="top")
    if look.framed:
        line = Side(style="thin", color=_LINES)
        cell.border = Border(line, line, line, line)
