"""Deviations from the template → L, S and D findings, and Q002 for what was lost in reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from extract.failures import say_in_chinese
from extract.findings.catalogue import limits, load_catalogue
from extract.findings.cells import count_cells
from extract.findings.deviations import deviation_finding
from extract.findings.make import make_finding
from extract.findings.merge import merge_deviations
from extract.forms.english import count_en, name_cells_en
from extract.forms.places import Place, name_cells, places, tables_of
from extract.numerals import CHINESE_DIGITS
from extract.records import (
    CUT,
    OTHER_REPORT,
    PART,
    Cells,
    Deviation,
    Finding,
    Form,
    Label,
    Narrative,
    SectionSpec,
    Sentence,
    State,
)

_MAY_BE_UNREAD = ("S001", "S002", "S005")  # what seems to be absent may stand on a page that could not be read
_UNREAD = (State.MISSING, State.ILLEGIBLE)


def layout_findings(
    deviations: tuple[Deviation, ...], cells: Cells, form: Form, narrative: Narrative, *, title: str
) -> Iterator[Finding]:
    """One finding per deviation that stands; rows of a table that is lost as a whole are one Q002.

    `title` is the report's, which a D001 may rest on.
    """
    unread = [item for item in deviations if is_unread_page(item)]
    yield from map(_page_finding, unread)
    left_out = [item for item in deviations if item.code == "Q002" and item.note.startswith(OTHER_REPORT)]
    yield from map(_other_report_finding, left_out)
    parts = list(filter(is_part, deviations))
    yield from map(_part_finding, parts)
    hidden = _MAY_BE_UNREAD if unread or parts else ()
    broken = [item for item in deviations if item.code == "Q002" and item.note == CUT]
    told = (*unread, *left_out, *parts, *broken)
    deviations = tuple(item for item in deviations if item not in told and item.code not in hidden)
    unseen = _unseen_cells(cells, form)
    lost = _lost_tables(deviations, unseen, form)
    gone: set[str] = set()
    absent: set[str] = set()
    for deviation in merge_deviations(deviations, form):
        if deviation.code == "S001":
            finding = _section_finding(deviation, cells, form, narrative)
            gone.update(finding.fields if finding else ())
            absent.add(deviation.expected if finding else "")
            yield from [finding] if finding else []
        elif deviation.code == "S002" and _table(deviation, form) in lost | tables_of(form, gone):
            continue
        elif deviation.code != "Q002":
            yield deviation_finding(deviation, form, narrative, title=title)
    pictures = sum(int(item.found) for item in deviations if item.code == "Q002")
    named = (item for item in deviations if item.code in ("S002", "S003") and _table(item, form) not in lost)
    pictured = list(_pictured_findings(cells, form, pictures))
    yield from pictured
    cut = list(_cut_finding(absent, cells, form, broken=bool(broken)))
    yield from cut
    gone.update(*(item.fields for item in named), *(item.fields for item in (*pictured, *cut)))
    yield from () if parts else _unread_findings(unseen, form, gone)


def is_unread_page(deviation: Deviation) -> bool:
    """Whether it tells of a page of which nothing could be read."""
    return deviation.code == "Q002" and deviation.note == "page"


def is_part(deviation: Deviation) -> bool:
    """Whether it tells that the file seems to be one page of a report."""
    return deviation.code == "Q002" and deviation.note == PART


def _part_finding(part: Deviation) -> Finding:
    """Q002 for a picture that seems to be one page of a report: `expected` are the numbers of the absent sections."""
    numbers = part.expected.split()
    shown = {
        "sections": "、".join(CHINESE_DIGITS[int(number)] for number in numbers),
        "sections_en": ", ".join(numbers),
    }
    return _reading_finding("part", shown, found=PART)


def _page_finding(unread: Deviation) -> Finding:
    """Q002 for a page of which nothing could be read."""
    shown = {"page": str(unread.page), "cause": say_in_chinese(unread.found) or unread.found, "cause_en": unread.found}
    return _reading_finding("page", shown)


def _reading_finding(
    what: str,
    shown: Mapping[str, str],
    *,
    fields: tuple[str, ...] = (),
    expected: str | None = None,
    found: str | None = None,
) -> Finding:
    """A Q002 in the words for a `part`, a `page`, a `report`, a `picture` or a `cut`, which `shown` fills."""
    extra = load_catalogue()["Q002"].extra
    message, message_en = extra[f"{what}_message"], extra[f"{what}_message_en"]
    return make_finding(
        "Q002",
        fields=fields,
        expected=expected,
        found=found,
        message=message,
        message_en=message_en,
        values=shown,
    )


def _other_report_finding(left_out: Deviation) -> Finding:
    """Q002 for what stands behind the report that was read: `note` says by what its place is counted."""
    extra = load_catalogue()["Q002"].extra
    unit = left_out.note.removeprefix(OTHER_REPORT)
    shown = {
        "place": extra["places"][unit].format(n=left_out.expected),
        "place_en": extra["places_en"][unit].format(n=left_out.expected),
        "name": left_out.found or extra["report_unnamed"],
        "name_en": left_out.found or extra["report_unnamed_en"],
    }
    return _reading_finding("report", shown, found=left_out.found or None)


def _section_finding(deviation: Deviation, cells: Cells, form: Form, narrative: Narrative) -> Finding | None:
    """S001, unless a sentence or a cell shows that the section's content is there."""
    number = next((spec.number for spec in form.sections if spec.heading in deviation.expected), 0)
    fields = tuple(field for field, place in places(form.id).items() if place.table == number)
    held = any(cells[field].state is not State.MISSING for field in fields if field in cells)
    if number == 0 or held or any(_shows_content(sentence, number) for sentence in narrative.sentences):
        return None
    numeral = CHINESE_DIGITS[number]
    shown = {"number": numeral, "number_en": str(number)}
    return make_finding("S001", fields=fields, expected=deviation.expected, values=shown)


def _cut_finding(absent: set[str], cells: Cells, form: Form, *, broken: bool) -> Iterator[Finding]:
    """Q002 where no section behind one point is there: `expected` is the first absent heading, `fields` the cells.

    The last section alone is left out by agencies, too: then the text must be `broken` off within a sentence.
    """
    behind = list(takewhile(lambda spec: _is_absent(spec, absent), reversed(form.sections)))
    if not behind or (len(behind) == 1 and not broken):
        return
    first = behind[-1]
    at = {field: place for field, place in places(form.id).items() if place.table >= first.number - 1}
    lost = tuple(
        takewhile(lambda field: field not in cells or cells[field].state is State.MISSING, reversed(tuple(at)))
    )[::-1]
    shown = {"place": f"第{CHINESE_DIGITS[first.number]}部分“{first.heading}”", "place_en": f"section {first.number}"}
    if lost and at[lost[0]].table < first.number:
        row = [field for field in lost if at[field].row_id == at[lost[0]].row_id and at[field].table < first.number]
        shown = {"place": name_cells(form, row), "place_en": name_cells_en(form, row)}
    yield _reading_finding("cut", shown, fields=lost, expected=first.heading, found=CUT)


def _is_absent(spec: SectionSpec, absent: set[str]) -> bool:
    return any(spec.heading in heading for heading in absent)


def _shows_content(sentence: Sentence, number: int) -> bool:
    """Whether the sentence is of that section or can only be; the preamble counts as section 1, but states no work."""
    if any(word in sentence.text for word in limits("s001")["content"].get(str(number), ())):
        return sentence.section > 1
    if number == 5 and sentence.section == 6:
        return sentence.label is Label.PROBLEM
    return sentence.section == number and (number != 1 or sentence.label in (Label.STATISTIC, Label.MEASURE))


def _lost_tables(deviations: tuple[Deviation, ...], unseen: Sequence[Place], form: Form) -> set[int]:
    """Tables of which so many rows were not found, or found and not read, that the reading failed, not the report."""
    rows: dict[int, int] = defaultdict(int)
    named: set[str] = set()
    for deviation in deviations:
        if deviation.code == "S002":
            rows[_table(deviation, form)] += 1
            named.update(deviation.fields)
    unread: dict[int, int] = defaultdict(int)
    for (table, _), row in _unread_rows(unseen, named).items():
        unread[table] += len(row) >= limits("q002")["cells_least"]
    most, beside = limits("q002")["rows_most"], limits("q002")["rows_beside_most"]
    return {table for table, count in rows.items() if table and (count > most or unread[table] > beside)}


def _table(deviation: Deviation, form: Form) -> int:
    return min(tables_of(form, deviation.fields), default=0)


def _pictured_findings(cells: Cells, form: Form, pictures: int) -> Iterator[Finding]:
    """Q002 for each table that the file has as a picture only."""
    for spec in form.tables if pictures else ():
        fields = tuple(field for field, place in places(form.id).items() if place.table == spec.number)
        if all(field in cells and cells[field].state is State.ILLEGIBLE for field in fields):
            shown = {"place": f"表{'二三四'[spec.number - 2]}", "place_en": f"table {spec.number}"}
            shown |= {"pictures": str(pictures), "pictures_en": count_en(pictures, "picture")}
            yield _reading_finding("picture", shown, fields=fields)


def _unread_findings(unseen: Sequence[Place], form: Form, named: set[str]) -> Iterator[Finding]:
    """Q002 for each table of which a whole row or group could not be read and no S finding says why."""
    tables: dict[int, list[str]] = defaultdict(list)
    for (table, _), row in _unread_rows(unseen, named).items():
        if len(row) >= limits("q002")["cells_least"]:
            tables[table] += row
    for fields in tables.values():
        shown = {"place": count_cells(form, fields)}
        shown |= {"places_en": name_cells_en(form, fields), "count_en": count_en(len(fields), "cell")}
        yield make_finding("Q002", fields=tuple(fields), values=shown)


def _unseen_cells(cells: Cells, form: Form) -> list[Place]:
    """The places of the cells that were not read."""
    unread = {field for field, cell in cells.items() if cell.state in _UNREAD}
    return [place for field, place in places(form.id).items() if field in unread] if unread else []


def _unread_rows(unseen: Sequence[Place], named: set[str]) -> dict[tuple[int, str], list[str]]:
    """(table, row or group of columns of table 4) → its cells that were not read and are not `named`."""
    rows: dict[tuple[int, str], list[str]] = defaultdict(list)
    for place in unseen:
        if place.field not in named:
            rows[place.table, place.row_id + place.column.partition("—")[0] * (place.table == 4)].append(place.field)
    return rows
