"""Report → what a person should look at, the gravest and the most doubtful first."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from extract.forms import load_form
from extract.forms.places import name_cell, name_cells, number_text, places
from extract.numerals import CHINESE_DIGITS
from extract.outputs.quotes import line_text, paragraph_text, quote_pieces
from extract.quick import record
from extract.records import Field, Finding, Place, Report, Severity, Spot, State

_COUNTABLE = 12  # nobody counts more tables than this, on a page that is laid out by tables
ADVICE_LINES = 20  # lines of advice; a longer list is not read
_WORDS = {State.BLANK: "空格", State.DASH: "符号", State.MISSING: "未找到", State.ILLEGIBLE: "无法辨认"}
_PROSE_WARNINGS = ("T003", "T004")


@record
class Advice:
    """One line of advice, and the cell and the sentence to look at first (empty: none)."""

    text: str
    cell: str = ""
    sentence: str = ""


@dataclass(slots=True)
class _Spot:
    """One thing to look at: a cell, the doubtful cells of a row, or a piece of text, and all that is said of it."""

    name: str
    cell: str = ""
    sentence: str = ""
    cells: list[str] = field(default_factory=list)  # doubtful ones, in the order in which to check them
    codes: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)


def advise(report: Report) -> tuple[str, ...]:
    """The first lines of the advice; a last one says how many more there are."""
    lines = [advice.text for advice in list_advice(report)]
    more = len(lines) - ADVICE_LINES
    return tuple(lines) if more <= 0 else (*lines[:ADVICE_LINES], f"其余 {more} 处见 JSON 报告")


def list_advice(report: Report) -> tuple[Advice, ...]:
    """What to look at, in order: what errors point to, doubtful head data, doubtful cells by confidence.

    A row that a finding says is not there is one line: its cells, which were not found and which Q001 leaves out, are
    none besides.
    """
    doubtful = {name for finding in report.findings if finding.code == "Q001" for name in finding.fields}
    rows = {row: names for row, names in _doubtful_rows(report).items() if not _are_gone(names, doubtful, report)}
    spots: dict[str, _Spot] = {}
    for finding in report.findings:
        if finding.severity is Severity.ERROR or finding.code in _PROSE_WARNINGS:
            _note_finding(finding, report, rows, spots)
    told = list(spots.values())
    for names in rows.values():
        spots.setdefault(_key(names[0], rows, report), _Spot(_name(names, report), names[0])).cells = names
    rest = [spot for spot in spots.values() if spot not in told]
    head = (Advice(line) for line in _head(report))
    return (*(_advice(spot, report) for spot in told), *head, *(_advice(spot, report) for spot in rest))


def confidence_text(confidence: float) -> str:
    """Never rounded up: 0.97; 0.9962 where two digits would hide the doubt; 不足 0.01."""
    if confidence < 0.01:
        return "不足 0.01"
    digits = 2 if confidence < 0.99 else 4
    return f"{min(int(confidence * 10**digits + 1e-9), 10**digits - 1) / 10**digits:.{digits}f}"


def place_text(cell: Field | Spot) -> str:
    """Where a person finds a cell: in which table of the file, how far down which page, on which line of a text, words
    of a web page or Word file in which paragraph of a section; empty where nothing of that is known.
    """
    if isinstance(cell, Spot) and cell.of_section is not None:
        return paragraph_text(cell.of_section, cell.paragraph)
    if cell.place:
        column = f"第 {cell.place.column} 列" if cell.place.column else ""
        return f"{table_text(cell.place)}第 {cell.place.row} 行{column}"
    if cell.page and cell.bbox:
        return f"第 {cell.page} 页距页顶 {100 * cell.bbox[1]:.0f}% 处"
    return line_text(cell.line) if cell.line else ""


def table_text(place: Place) -> str:
    """Which table of the file it is, as a person counts."""
    return f"第 {place.table} 个表格" if place.table <= _COUNTABLE else "该表"


def _doubtful_rows(report: Report) -> dict[tuple[int, str], list[str]]:
    """The cells that are not accepted, by table and row: first those that settle most, then the most doubtful.

    A table of which nothing was found is one row.
    """
    first = {name: rank for rank, name in enumerate(report.score.check_first)}
    known = places(report.template.id)
    rows: dict[tuple[int, str], list[str]] = {}
    lost = _lost_tables(report)
    unsure = (name for name in report.fields if not report.fields[name].accepted)
    for name in sorted(unsure, key=lambda name: (first.get(name, len(first)), report.fields[name].confidence)):
        table = known[name].table
        rows.setdefault((table, "" if table in lost else known[name].row_id), []).append(name)
    return rows


def _are_gone(names: Sequence[str], doubtful: Set[str], report: Report) -> bool:
    """Whether none of the cells was found, in a row that is not there."""
    return doubtful.isdisjoint(names) and all(report.fields[name].state is State.MISSING for name in names)


def _lost_tables(report: Report) -> frozenset[int]:
    """The tables of which no cell was found."""
    known = places(report.template.id)
    found = {known[name].table for name, field in report.fields.items() if field.state is not State.MISSING}
    return frozenset(place.table for place in known.values()) - found


def _row_of(name: str, rows: dict[tuple[int, str], list[str]], report: Report) -> tuple[int, str]:
    """The key of the doubtful cells among which a cell is, or would be."""
    place = places(report.template.id)[name]
    return (place.table, "") if (place.table, "") in rows else (place.table, place.row_id)


def _key(name: str, rows: dict[tuple[int, str], list[str]], report: Report) -> str:
    """What names the spot of a cell: its row where the cell is one of several doubtful ones, else the cell."""
    row = _row_of(name, rows, report)
    cells = rows.get(row, [])
    return f"{row[0]} {row[1]}" if len(cells) > 1 and name in cells else name


def _name(names: Sequence[str], report: Report) -> str:
    """A cell, or the row (in table 4 the group) that the cells share, or their table."""
    known = [places(report.template.id)[name] for name in names]
    if len(names) == 1:
        return name_cell(load_form(report.template.id), names[0])
    groups = {place.column.partition("—")[0] for place in known}
    head = f"表{CHINESE_DIGITS[known[0].table]}"
    if known[0].table == 4:
        return f"{head}“{groups.pop()}”" if len(groups) == 1 else f"{head}数据行"
    return f"{head}“{known[0].row}”行" if len({place.row_id for place in known}) == 1 else head


def _note_finding(
    finding: Finding, report: Report, rows: dict[tuple[int, str], list[str]], spots: dict[str, _Spot]
) -> None:
    """Adds what the finding points to first: a missing part, a cell, or a piece of text."""
    known = places(report.template.id)
    cell = next((name for name in finding.fields if name in known), None)
    if finding.code in ("S001", "S002"):
        key, name = f"{finding.code} {finding.expected} {cell}", _missing(finding, report)
    elif cell:
        key = _key(cell, rows, report)
        several = name_cells(load_form(report.template.id), finding.fields) if finding.code.startswith("T") else ""
        name = _name(rows[_row_of(cell, rows, report)], report) if key != cell else several
        name = name or _name([cell], report)
    else:
        key, name = (finding.sentences or (finding.message,))[0], ""
    spot = spots.setdefault(key, _Spot(name, cell or "", next(iter(finding.sentences), "")))
    spot.codes += [finding.code] if finding.code not in spot.codes else []
    pieces = quote_pieces(finding, report) or ((_shorten(finding.message),) if not name else ())
    spot.pieces += [piece for piece in pieces if piece not in spot.pieces]


def _missing(finding: Finding, report: Report) -> str:
    """缺第六部分“…”, 缺表三“…”行."""
    form = load_form(report.template.id)
    if finding.code == "S001":
        numbers = [spec.number for spec in form.sections if spec.heading in str(finding.expected)]
        return f"缺第{CHINESE_DIGITS[numbers[0]]}部分“{finding.expected}”" if numbers else f"缺“{finding.expected}”"
    known = [places(form.id)[name] for name in finding.fields if name in places(form.id)]
    if not known:
        return f"缺“{finding.expected}”"
    kind = "行" if len({place.row_id for place in known}) == 1 and known[0].table != 4 else "列"
    return f"缺表{CHINESE_DIGITS[known[0].table]}“{finding.expected}”{kind}"


def _advice(spot: _Spot, report: Report) -> Advice:
    return Advice(_line(spot, report), spot.cell, spot.sentence)


def _line(spot: _Spot, report: Report) -> str:
    seen = "、".join(spot.pieces)
    head = f"{seen}，对照{spot.name}" if seen and spot.name else seen or spot.name
    codes = f"（{'、'.join(spot.codes)}）" if spot.codes else ""
    return f"{head}{codes}{_reading(spot, report)}"


def _reading(spot: _Spot, report: Report) -> str:
    """What was read in the doubtful cells, where it stands, how sure it is and why no surer."""
    known = places(report.template.id)
    if not spot.cells:
        return ""
    if len({known[name].row_id for name in spot.cells}) > 1:
        return f"：{len(spot.cells)} 格都未找到"
    fields = [report.fields[name] for name in spot.cells]
    first = fields[0]
    place = place_text(first)
    page = f"，{place}" if place else ""
    reasons = list(dict.fromkeys(reason for field in fields for reason in field.evidence))[:2]
    why = f"（{'；'.join(reasons)}）" if reasons else ""
    sure = confidence_text(min(field.confidence for field in fields))
    sure = sure if sure.startswith("不足") else f" {sure}"
    if len(fields) == 1:
        return f"：{_value(first)}{page}，可信度{sure}{why}"
    return f"：{len(fields)} 格存疑（{_values(spot.cells, report)}）{page}，可信度最低{sure}{why}"


def _value(cell: Field) -> str:
    read = f"读作 {number_text(cell.value)}" if cell.state is State.READ else _WORDS[cell.state]
    return read + (f"，印作“{cell.raw}”" if cell.raw and cell.raw != number_text(cell.value) else "")


def _values(names: Sequence[str], report: Report) -> str:
    """自然人 2、总计空格, in the order of the form; in table 4 by group where there are several."""
    known = places(report.template.id)
    groups: dict[str, list[str]] = {}
    for name in (name for name in known if name in set(names)):
        group, _, column = (
            known[name].column.rpartition("—") if known[name].table == 4 else ("", "", known[name].column)
        )
        cell = report.fields[name]
        shown = f" {number_text(cell.value)}" if cell.state is State.READ else _WORDS[cell.state]
        groups.setdefault(group, []).append(column + shown)
    named = len(groups) > 1
    return "；".join((f"{group}：" if named else "") + "、".join(shown) for group, shown in groups.items())


def _head(report: Report) -> list[str]:
    names = {"agency": "机关", "year": "年度"}
    doubtful = {name: report.report[key] for key, name in names.items() if not report.report[key].accepted}
    return [f"{name}：{cell.value or '未找到'}" for name, cell in doubtful.items()]


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
