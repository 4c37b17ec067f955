"""Reports → 问题清单, the list of findings that an office sends back: about the report, never about its reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from extract.forms import load_form
from extract.forms.places import name_cell, name_cells, number_text, places, share_sides
from extract.numerals import CHINESE_DIGITS
from extract.outputs.advice import place_text, table_text
from extract.outputs.conversion import may_be_conversion
from extract.outputs.quotes import quote_pieces, shorten
from extract.quick import record
from extract.records import Field, Finding, Form, Report, Severity
from extract.rules import LinearRule, linear_rules, load_rules

_BALANCE, _PAIR = "A002", "A005"
_TOLD, _TOLD_TWICE = "T001", "T002"
_LABEL, _SHARE, _WORDING, _YEARS, _REUSED, _INVALID = "L001", "T004", "T005", "D001", "Y003", "V001"
_SHOWN = "SV"  # kinds of findings that say themselves what is printed
_DOWN = (_BALANCE, "A003")
_SUMS = ("A001", *_DOWN, "A004")
_SHORT_SUM = 8  # cells of a sum all of which are shown: any may be the wrong one
_EXACTLY = 1e-9
_ROUNDED = 0.6  # of the last digit of a percentage, with what was rounded off the figure beside it
_GROUPED = 4  # the table whose columns are named by their groups


@record
class Issue:
    """One line of the list, in the order of its columns."""

    number: int
    agency: str
    year: int | str
    file: str
    severity: str
    title: str
    place: str
    standing: str
    printed: str
    reason: str
    source: str
    code: str


def list_issues(reports: Iterable[Report], *, apart: bool = False) -> Iterator[Issue]:
    """One issue per cause, numbered through; findings about reading quality (Q codes) are left out.

    What a converter or the reading may be to blame for is left out, too; `apart`: nothing but that.
    """
    words, catalogue = load_rules("outputs.toml")["issues"], load_rules("findings.toml")
    number = 0
    for report in reports:
        for group in _group(report, apart=apart):
            number += 1
            entries = [catalogue[finding.code] for finding in group]
            notice = load_form(report.template.id).notice
            yield Issue(
                number,
                str(report.report["agency"].value or report.source.file),
                report.report["year"].value or "",  # type: ignore[arg-type]
                report.source.file,
                words[min((own.severity for own in group), key=list(Severity).index).value],
                _joined((entry["title"] for entry in entries), "、"),
                _place(group, report),
                _standing(group, report),
                _printed(group, report),
                _reason(group, entries, report),
                _joined(entry["source"].format(notice=notice) for entry in entries),
                _joined((finding.code for finding in group), "、"),
            )


def _group(report: Report, *, apart: bool) -> list[list[Finding]]:
    """The findings of each line of the list, or of what is `apart` from it."""
    listed = [
        finding
        for finding in report.findings
        if not finding.code.startswith("Q") and may_be_conversion(finding, report) is apart
    ]
    return _of_one_cause(listed, report)


def sum_up(reports: Iterable[Report], unread: Sequence[str] = ()) -> list[str]:
    """What stands below the list: how many findings its lines join, in which reports nothing was found, how many
    issues of which reports were left out, to be looked at first, and where they stand, and the files that are `unread`.
    """
    words = load_rules("outputs.toml")["issues"]
    clear, left, count, lines, joined = [], [], 0, 0, 0
    every = list(reports)
    names = Counter(map(_name_report, every))
    for report in every:
        name = _name_report(report)
        if names[name] > 1 and name != report.source.file:
            name = words["of_file"].format(name=name, file=report.source.file)
        own = _group(report, apart=False)
        lines, joined = lines + len(own), joined + sum(map(len, own))
        if apart := list(list_issues([report], apart=True)):
            places = dict.fromkeys(issue.standing or issue.place for issue in apart)
            shown = _some(places, words["places_most"], "；")
            left.append(words["left_of_report"].format(name=name, n=len(apart), places=shown))
            count += len(apart)
        elif not own:
            unchecked = sum(not field.accepted for field in report.fields.values())
            clear.append(name + (words["unchecked"].format(n=unchecked) if unchecked else ""))
    said = (("none", len(clear), clear), ("left", count, left), ("unread", len(unread), unread))
    below = [words[key].format(n=n, names=_some(told, words["reports_most"])) for key, n, told in said if told]
    return [*([words["joined"].format(n=lines, findings=joined)] if joined > lines else []), *below]


def _name_report(report: Report) -> str:
    agency, year = report.report["agency"].value, report.report["year"].value
    return f"{agency}{year}年" if agency and year else report.source.file


def _some(texts: Iterable[str], most: int, between: str = "、") -> str:
    """The first of the texts, and that there are more."""
    every = list(texts)
    return between.join(every[:most]) + ("等" if len(every) > most else "")


def _of_one_cause(findings: Sequence[Finding], report: Report) -> list[list[Finding]]:
    """The findings, those together that one wrong cell makes: the sums that it breaks, and what the text says of it;
    those of a column and of the column of totals that miss by the same; and what another year's report says.
    """
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_cause(finding, findings, report), []).append(finding)
    return [
        sorted(group, key=lambda own: (own.code != _PAIR, own.suspect is None, own.code == _TOLD_TWICE))
        for group in groups.values()
    ]


def _cause(finding: Finding, findings: Sequence[Finding], report: Report) -> object:
    """What findings of one cause have in common: the suspect cell, a code, or the gap of a column and of the totals."""
    if finding.suspect:
        return finding.suspect
    if finding.code in load_rules("outputs.toml")["issues"]["together"]:
        return finding.code
    if pair := next((other for other in findings if _is_offset(finding, other)), None):
        return id(pair)
    same = next((other for other in findings if _is_of(finding, other, report)), None)
    return _cause(same, findings, report) if same else _gap_with_total(finding, findings) or id(finding)


def _is_offset(finding: Finding, pair: Finding) -> bool:
    """Whether the sum fails by one of two cells that offset each other."""
    one_of_two = finding.code in _SUMS and len({*pair.fields[:2]} & {*finding.fields}) == 1
    return pair.code == _PAIR and one_of_two and abs(_gap(finding)) == abs(float(pair.found or 0))


def _is_of(finding: Finding, other: Finding, report: Report) -> bool:
    return _mends(finding, other, report) or _tells_as(finding, other) or _is_mended(finding, other, report)


def _gap_with_total(finding: Finding, findings: Sequence[Finding]) -> tuple[str, float] | None:
    """Column and gap of a sum down a column, where of all columns just this and that of the totals miss by this gap:
    the numbers of one row are wrong in both, of 总计 where two sums down these columns miss by it.
    """
    if finding.code not in _DOWN:
        return None
    same = [own for own in findings if own.code == finding.code and not own.suspect and _gap(own) == _gap(finding)]
    columns = sorted((own.fields[0].rpartition(".")[2] for own in same), key="total".__eq__)
    return (columns[0], _gap(finding)) if len(same) == 2 and columns[1] == "total" else None


def _gap(finding: Finding) -> float:
    return float(finding.found or 0) - float(finding.expected or 0)


def _mends(told: Finding, broken: Finding, report: Report) -> bool:
    """Whether a sum would hold if what the text tells stood in the table: in the suspect cell of a sum that has one."""
    rule = _rule_of(broken, report)
    if told.code != _TOLD or rule is None or not isinstance(told.found, int | float):
        return False
    own = set(told.fields) & set(rule.fields)
    on_one_side = bool(own) and (own <= set(rule.whole) or own <= set(rule.parts))
    change = _gap(told) if own <= set(rule.whole) else -_gap(told)
    return on_one_side and (not broken.suspect or broken.suspect in own) and abs(_gap(broken) + change) < _EXACTLY


def _is_mended(finding: Finding, broken: Finding, report: Report) -> bool:
    """Whether what is said of a cell that sums blame would be right, too, if that were mended: that it holds no valid
    number, a percentage, or words for none or all.
    """
    if not broken.suspect or broken.mended is None:
        return False
    if finding.code == _INVALID:
        return broken.suspect in finding.fields
    printed = {name: float(field.value or 0) for name, field in report.fields.items()}
    mended = printed | {broken.suspect: broken.mended}
    if finding.code == _SHARE:
        shares = [claim.share_of for claim in report.claims if claim.id in finding.claims and claim.share_of]
        return any(_makes(share, finding, printed, mended) for share in shares)
    if finding.code != _WORDING or broken.suspect not in _meant(finding):
        return False
    first, *others = (mended[name] for name in _meant(finding))
    return set(others) == {first} if others else first == 0


def _makes(
    share: tuple[tuple[str, ...], tuple[str, ...]],
    finding: Finding,
    printed: Mapping[str, float],
    mended: Mapping[str, float],
) -> bool:
    """Whether the percentage follows, to its digits, from the mended cells; what is no cell (no side) stays."""
    if not isinstance(finding.found, int | float) or not isinstance(finding.expected, int | float):
        return False
    part, whole = (_change(side, printed, mended) for side in share_sides(share))
    if not whole:
        return False
    digits = len(str(finding.found).partition(".")[2].rstrip("0"))
    return abs(finding.expected * part / whole - finding.found) <= _ROUNDED * 10.0**-digits


def _change(side: Sequence[str], printed: Mapping[str, float], mended: Mapping[str, float]) -> float:
    """The sum of the mended cells by that of the printed ones; 1 without cells, 0 where these print nothing."""
    before, after = (sum(values[name] for name in side) for values in (printed, mended))
    return after / before if before else float(not side)


def _tells_as(twice: Finding, told: Finding) -> bool:
    """Whether a T002 is about the words that a T001 or T005 holds against the same cells, or about its number."""
    if twice.code != _TOLD_TWICE or not _is_told(told) or not {*twice.sentences} & {*told.sentences}:
        return False
    return bool({*twice.fields} & {*told.fields}) or (told.code == _TOLD and told.found == twice.found)


def _joined(texts: Iterable[str], between: str = "；") -> str:
    return between.join(dict.fromkeys(texts))


def _reason(group: Sequence[Finding], entries: Sequence[dict[str, Any]], report: Report) -> str:
    """What is expected and why; of several findings what is wrong with the cell first, then each of them."""
    if len(group) == 1:
        return f"{group[0].message}{entries[0]['matters']}"
    words, note = load_rules("outputs.toml")["issues"], ""
    usual = "one_number" if any(own.code == _TOLD_TWICE for own in group) else "one_gap"
    head = words["together"].get(group[0].code, words[usual]).format(n=len(group))
    if suspect := group[0].suspect:
        shown = {
            "cell": name_cell(load_form(report.template.id), suspect),
            "value": number_text(report.fields[suspect].value),
            "mended": number_text(group[0].mended),
        }
        note = load_rules("findings.toml")["texts"]["suspect"].format(**shown)
        head = words["one_cause"].format(n=len(group), **shown)
    each = (f"（{k}）{own.message.replace(note, '') if note else own.message}" for k, own in enumerate(group, start=1))
    return f"{head}{''.join(each)}{entries[0]['matters']}"


def _place(group: Sequence[Finding], report: Report) -> str:
    """The cells and the pieces of text that the findings speak of, else the section, else what the code speaks of."""
    form = load_form(report.template.id)
    finding = group[0]
    cells = [_name_label(finding, form)] if finding.code == _LABEL else [_name_fields(own, form) for own in group]
    if finding.suspect:
        cells = [name_cell(form, finding.suspect)]
    elif len(group) > 1 and finding.code not in (*_DOWN, _PAIR) and finding.code[0] not in _SHOWN:
        cells = [name_cells(form, list(dict.fromkeys(name for own in group for name in _meant(own))))]
    quotes = [piece for own in group for piece in _quotes(own, report)]
    headings = [spec.heading for own in group for spec in form.sections if spec.heading in str(own.expected)]
    sections = [f"“{heading}”部分" for heading in headings]
    other = load_rules("outputs.toml")["issues"]["places"].get(finding.code, "")
    return _joined([*filter(None, cells), *quotes] or sections or [other])


def _quotes(finding: Finding, report: Report) -> tuple[str, ...]:
    return _repeated(finding, report) if finding.code == _REUSED else quote_pieces(finding, report, standing=False)


def _repeated(finding: Finding, report: Report) -> tuple[str, ...]:
    """How many sentences of each section the year before has, and the first of them."""
    words = load_rules("outputs.toml")["issues"]["repeated_in"]
    own = [sentence for sentence in report.sentences if sentence.id in finding.sentences]
    sections = [(section, list(group)) for section, group in groupby(own, key=lambda sentence: sentence.section)]
    return tuple(
        words.format(section=CHINESE_DIGITS[section], n=len(group), first=shorten(group[0].text))
        for section, group in sections
    )


def _name_fields(finding: Finding, form: Form) -> str:
    fields = _meant(finding)
    name = name_cells(form, fields) if fields else ""
    column, found, _ = name.partition("列（")
    return f"{column}列" if found and finding.code in _DOWN else name


def _meant(finding: Finding) -> tuple[str, ...]:
    """The cells that the reason speaks of: of two that offset each other these, of a wording that denies a 总计 no
    cells that make it up.
    """
    if finding.code == _PAIR:
        return finding.fields[:2]
    totals = [place for place, name in enumerate(finding.fields, start=1) if name.endswith(".total")]
    return finding.fields[: totals[-1]] if finding.code == _WORDING and totals else finding.fields


def _name_label(finding: Finding, form: Form) -> str:
    """The row or column whose label deviates: also where it has one cell only."""
    known = [places(form.id)[name] for name in finding.fields]
    columns = {place.column for place in known}
    name = name_cells(form, finding.fields)
    if len(known) == 1 and columns == {finding.expected}:
        return name.partition("“")[0] + f"“{finding.expected}”列"
    return name.partition("行“")[0] + "行" if len(known) == 1 else name


def _standing(group: Sequence[Finding], report: Report) -> str:
    """Where in the file the label or heading stands, or the first cells and the sentences, of these at least the page;
    of a D001 about them the title and the period. Empty where nothing of that is known.
    """
    most, shows = load_rules("outputs.toml")["issues"]["places_most"], group[0].code[0] in _SHOWN
    spots = [spot for finding in group for spot in finding.spots]
    worded = spots and not any(finding.sentences for finding in group)
    cells = [] if worded else [report.fields[name] for name in _group_cells(group, report)]
    if group[0].code == _YEARS and not spots:
        cells = [report.report[name] for name in ("title", "period_start", "period_end")]
    line = "" if shows and len(cells) > most else _common_line(cells)
    places = [line] if line else [place_text(cell) for cell in cells]
    shown = list(dict.fromkeys(filter(None, [*places, *map(place_text, spots)])))
    if not shown and report.source.pages > 1:
        pages = {sentence.id: sentence.page for sentence in report.sentences}
        own = [name for finding in group for name in finding.sentences]
        shown = list(dict.fromkeys(f"第 {pages[name]} 页" for name in own if name in pages))
    if len(shown) > most and shows:
        return f"{shown[0]}至{shown[-1].removeprefix('文件')}"
    return _some(shown, most, "；")


def _common_line(cells: Sequence[Field]) -> str:
    """第 2 个表格第 20 行 or 第 20、24 行第 7 列, where cells stand in one row or column of one table; of a text
    文件第 20、24 行; else empty.
    """
    found = [cell.place for cell in cells if cell.place]
    lines = dict.fromkeys(cell.line for cell in cells if cell.line)
    if not found and lines and all(cell.line for cell in cells):
        return f"文件{_rows(lines)}"
    if len(cells) < 2 or len(found) < len(cells) or len({place.table for place in found}) > 1:
        return ""
    rows, columns = sorted({place.row for place in found}), {place.column for place in found}
    if len(rows) > 1 and len(columns) > 1:
        return ""
    column = f"第 {found[0].column} 列" if len(rows) > 1 and found[0].column else ""
    return f"{table_text(found[0])}{_rows(rows)}{column}"


def _rows(numbers: Iterable[int | None]) -> str:
    every, most = list(map(str, numbers)), load_rules("outputs.toml")["issues"]["places_most"]
    return f"第 {'、'.join(every[:most])}{' 等' if len(every) > most else ''} 行"


def _printed(group: Sequence[Finding], report: Report) -> str:
    """What was found, or the characters of the first cell; both numbers where the text tells two, of sums the suspect
    cell and the totals, of a pair both cells.
    """
    finding = group[0]
    if len(group) > 1 and finding.code[0] in _SHOWN:
        return _joined(number_text(own.found) for own in group if own.found is not None)
    if finding.code == _REUSED:
        words = load_rules("outputs.toml")["issues"]["repeated"]
        return str(words.format(n=len(finding.sentences), share=finding.found))
    cells = _group_cells(group, report)
    if cells and (finding.code == _PAIR or _rule_of(finding, report) or (len(group) > 1 and not _is_told(finding))):
        shown = _show_cells(cells, report, alone=finding.suspect is not None)
        told = [f"正文：{number_text(own.found)}" for own in group if own.code == _TOLD]
        return _joined([*shown, *told])
    if finding.code == _TOLD and finding.expected is not None:
        return f"正文：{number_text(finding.found)}；表格：{number_text(finding.expected)}"
    if finding.code == _TOLD_TWICE and len(finding.sentences) > 1:
        return f"{number_text(finding.expected)}；{number_text(finding.found)}"  # as the text tells them
    if finding.found is not None:
        return number_text(finding.found)
    return next((report.fields[name].raw for name in cells if report.fields[name].raw), "")


def _is_told(finding: Finding) -> bool:
    return finding.code in (_TOLD, _WORDING)


def _show_cells(names: Sequence[str], report: Report, *, alone: bool) -> list[str]:
    """What the cells print; `alone`: the first is the one that the place names, the others stand in its row or column.

    Where they stand in one row or column each by what tells them apart.
    """
    form = load_form(report.template.id)
    known = places(form.id)
    first = known[names[0]]
    one_row = all(known[name].row_id == first.row_id for name in names)
    one_column = all(known[name].column_id == first.column_id for name in names)
    groups = {known[name].column.rpartition("—")[0] for name in names}
    shown = []
    for name in names:
        own, raw = known[name], report.fields[name].raw
        if alone and name == names[0]:
            shown.append(raw)
        elif len(names) == 1:
            shown.append(f"{name_cell(form, name)}：{raw}")
        elif own.row_id == first.row_id and own.column and (alone or one_row):
            column = own.column.rpartition("—")[2] if len(groups) == 1 else own.column
            shown.append(f"“{column}”{'' if own.table == _GROUPED else '列'}：{raw}")
        elif own.column_id == first.column_id and (alone or one_column):
            shown.append(f"“{own.row}”行：{raw}")
        else:
            shown.append(f"{name_cell(form, name)}：{raw}")
    return shown


def _group_cells(group: Sequence[Finding], report: Report) -> list[str]:
    """The cells of the sums, where several findings have one cause; of two sums that miss by the same the first's."""
    sums = [own for own in group if own.suspect] or group[: 1 if group[0].code in (*_DOWN, _PAIR) else None]
    return list(dict.fromkeys(name for own in sums for name in _main_cells(own, report)))


def _main_cells(finding: Finding, report: Report) -> list[str]:
    """The cells that the finding speaks of; of two that offset each other these; of a sum that does not hold the
    suspect cell and the total; without a suspect all cells of a short one, of a long one the total.
    """
    names = [name for name in _meant(finding) if name in report.fields]
    rule = _rule_of(finding, report)
    if rule is None:
        return names
    if finding.suspect:
        return list(dict.fromkeys([finding.suspect, *(rule.fields if finding.code == _BALANCE else rule.whole)]))
    return list(rule.fields if len(rule.fields) <= _SHORT_SUM else rule.whole)


def _rule_of(finding: Finding, report: Report) -> LinearRule | None:
    """The form's sum that the finding says does not hold."""
    rules = linear_rules(load_form(report.template.id))
    own = set(finding.fields)
    return next((rule for rule in rules if rule.code == finding.code and own == set(rule.fields)), None)
