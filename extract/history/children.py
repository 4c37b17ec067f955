"""A government's figures against the sums over the units it is made of (H001)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extract.forms import load_form
from extract.forms.places import places
from extract.history.figures import Figure, Years, figure, is_year_disputed
from extract.history.units import AgencyNames
from extract.records import Contrast, Report


def find_other_sums(
    agencies: Mapping[str, Years], parts: Mapping[str, Sequence[str]], names: AgencyNames, remarks: list[str]
) -> Iterator[tuple[set[tuple[str, int]], list[Contrast]]]:
    """(agencies and year of the reports that were compared, H001 for each row, in table 4 each cell, that differs), one
    for each government and year in which all parts have reported.

    Names what is missing in `remarks`.
    """
    by_key = {names.key(agency): agency for agency in agencies}
    for government, units in parts.items():
        own = by_key.get(names.key(government))
        if own is None:
            remarks.append(f"{government}：没有它的报告，不与下级比较 / it has no report: not compared with its units")
            continue
        for year, report in agencies[own].items():
            found = {unit: agencies.get(by_key.get(names.key(unit), ""), {}).get(year) for unit in units}
            children = [child for child in found.values() if child is not None]
            absent = [unit for unit, child in found.items() if child is None]
            if reason := _why_not(report, children, absent):
                remarks.append(f"{government} {year} 年：{reason}")
                continue
            family = {(by_key[names.key(name)], year) for name in (government, *units)}
            yield family, list(_compare(own, year, report, dict(zip(units, children, strict=True))))


def _why_not(report: Report, children: Sequence[Report], absent: Sequence[str]) -> str:
    """Why a report cannot be compared with those of the units, of which some are `absent`; empty where it can."""
    if absent:
        return f"缺 {'、'.join(absent)} 的报告，不与下级比较 / reports of these units are missing: not compared"
    if any(child.template.id != report.template.id for child in children):
        return "下级报告的格式不同，不比较 / units on another template: not compared"
    disputed = [own.source.file for own in (report, *children) if is_year_disputed(own)]
    doubt = "的年度不能确定，不与下级比较 / years in doubt: not compared with its units"
    return f"{'、'.join(disputed)} {doubt}" if disputed else ""


def _compare(agency: str, year: int, report: Report, children: Mapping[str, Report]) -> Iterator[Contrast]:
    rows: dict[str, list[tuple[str, Figure, Figure]]] = {}
    known = places(report.template.id)
    for field in load_form(report.template.id).field_ids:
        own, others = figure(report, field), [figure(child, field) for child in children.values()]
        read = [other for other in others if other is not None]
        if own is None or len(read) < len(others):
            continue
        expected = sum(read[1:], read[0])
        if own.value != expected.value:
            row = known[field].row_id if known[field].table != 4 else field
            rows.setdefault(row, []).append((field, own, expected))
    for cells in rows.values():
        _, own, expected = cells[-1]  # the total, where the row has one
        sure = all((mine - theirs).sure for _, mine, theirs in cells)
        fields = tuple(field for field, _, _ in reversed(cells))
        parts = ((unit, figure(child, fields[0])) for unit, child in children.items())
        terms = tuple((unit, part.value) for unit, part in parts if part is not None and part.value)
        yield Contrast("H001", agency, year, report.template.id, fields, expected.value, own.value, sure, terms=terms)
