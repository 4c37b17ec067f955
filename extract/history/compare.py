"""All comparisons, agency by agency and year by year."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from extract.forms import load_form
from extract.forms.places import name_cells
from extract.history.carry import find_broken_carry_overs, find_broken_stocks
from extract.history.children import find_other_sums
from extract.history.figures import Years, is_year_disputed, text_of
from extract.history.jumps import find_jumps
from extract.history.reuse import find_reuse
from extract.history.units import AgencyNames, normalize_agency, without_place
from extract.quick import record
from extract.records import Contrast, Report, Source


@record
class Comparison:
    """What was found, each under the later report's year, and what could not be compared and why (Chinese).

    `sources`: the reports by agency and year, of several on one year the one that was taken; `compared`: how many of
    them were compared with another one.
    """

    contrasts: tuple[Contrast, ...]
    remarks: tuple[str, ...]
    sources: Mapping[tuple[str, int], Source]
    compared: int


def compare_reports(
    reports: Sequence[Report], *, names: AgencyNames, parts: Mapping[str, Sequence[str]] | None = None
) -> Comparison:
    """Y001 to Y004 for each agency with reports on several years; H001 for the governments in `parts`."""
    remarks: list[str] = []
    told = names.tell_apart((text_of(own.report.get("agency")), own.report["year"].value) for own in reports)
    for agency, others in names.merged(told):
        why = "在同一年度各有报告，不当作同一机关 / report on one year: taken for agencies of their own"
        remarks.append(f"{agency}：{'、'.join(others)} {why}")
    names = told
    agencies = _by_agency(reports, names, remarks)
    contrasts: list[Contrast] = []
    compared: set[tuple[str, int]] = set()
    for agency, years in agencies.items():
        for (before, earlier), (year, later) in pairwise(years.items()):
            if year != before + 1:
                gap = f"缺 {before + 1} 年报告，{before} 年与 {year} 年不比较"
                remarks.append(f"{agency}：{gap} / no report on {before + 1}: {before} and {year} are not compared")
                continue
            compared |= {(agency, before), (agency, year)}
            disputed = [own for own in (earlier, later) if is_year_disputed(own)]
            for contrast in _compare_years(agency, earlier, later):
                _sort_in(contrast, contrasts, remarks, disputed)
    contrasts += find_jumps(agencies)
    for families, found in find_other_sums(agencies, parts or {}, names, remarks):
        compared |= families
        for contrast in found:
            _sort_in(contrast, contrasts, remarks, ())
    _name_alike(agencies, remarks)
    _name_lonely(agencies, compared, remarks)
    sources = {(agency, year): own.source for agency, years in agencies.items() for year, own in years.items()}
    return Comparison(tuple(contrasts), tuple(remarks), sources, len(compared))


def _name_alike(agencies: Mapping[str, Years], remarks: list[str]) -> None:
    """One remark on each agency that another year may name without the province or city before it."""
    known = {normalize_agency(agency): agency for agency in agencies}
    for plain, agency in known.items():
        for tail in without_place(plain):
            short = known.get(tail)
            if short and agencies[agency].keys().isdisjoint(agencies[short]):
                hint = "可能是同一机关：如是，请列入 --aliases 文件 / may be one agency: if so, list them for --aliases"
                remarks.append(f"{short}、{agency}：{hint}")


def _name_lonely(agencies: Mapping[str, Years], compared: Container[tuple[str, int]], remarks: list[str]) -> None:
    """One remark on all agencies with one report that nothing was compared with, in the order of files."""
    lonely = sorted(
        (report.source.file, f"{agency} {year} 年")
        for agency, years in agencies.items()
        for year, report in years.items()
        if len(years) == 1 and (agency, year) not in compared
    )
    if lonely:
        what = "该机关只有这一年的报告，没有可比的 / the only report of its agency: nothing to compare it with"
        named = "、".join(f"{name}（{file}）" for file, name in lonely)
        remarks.append(f"{what}（{len(lonely)}）：{named}")


def _compare_years(agency: str, earlier: Report, later: Report) -> Iterator[Contrast]:
    yield from find_broken_carry_overs(agency, earlier, later)
    yield from find_broken_stocks(agency, earlier, later)
    yield from find_reuse(agency, earlier, later)


def _sort_in(contrast: Contrast, contrasts: list[Contrast], remarks: list[str], disputed: Sequence[Report]) -> None:
    """To the findings where years and figures are sure, else to what a person should look at first."""
    if disputed:
        files = "、".join(own.source.file for own in disputed)
        reason = f"年度不能确定（{files}） / not judged: the years of these files are in doubt"
        remarks.append(f"{contrast.agency} {contrast.year} 年：{contrast.code} 未判定，{reason}")
    elif contrast.sure:
        contrasts.append(contrast)
    else:
        fields = name_cells(load_form(contrast.template), contrast.fields)
        ids = ", ".join(contrast.fields)
        reason = f"所涉各格读数存疑（{fields}） / not judged: cells in doubt ({ids})"
        remarks.append(f"{contrast.agency} {contrast.year} 年：{contrast.code} 未判定，{reason}")


def _doubts(report: Report) -> tuple[bool, int]:
    """Whether its year is disputed, and how many of its fields were not read surely."""
    return is_year_disputed(report), sum(not field.accepted for field in report.fields.values())


def _by_agency(reports: Sequence[Report], names: AgencyNames, remarks: list[str]) -> dict[str, Years]:
    """The agency's name in its latest report → its reports by year."""
    found: dict[str, dict[int, Report]] = {}
    for report in sorted(reports, key=_doubts):  # of two on one year the surer one is taken
        agency, year = text_of(report.report.get("agency")), report.report["year"].value
        if not agency or not isinstance(year, int) or isinstance(year, bool):
            remarks.append(
                f"{report.source.file}：未读到机关名称或年度，不参加比较 / agency or year not found: left out"
            )
            continue
        years = found.setdefault(names.key(agency), {})
        if year in years:
            first = years[year]
            also = text_of(first.report["agency"])
            same = f"{agency}与 {first.source.file} 的{also}视为同一机关，" if also != agency else f"{agency} "
            same_file = report.source.sha256 == first.source.sha256
            there = f"{year} 年{'内容相同的' if same_file else '另'}一份报告，比较时采用 {first.source.file}，略去此件"
            kind = "the same report" if same_file else "another report"
            taken = f"{kind} on {year}: {first.source.file} was taken, this one left out"
            remarks.append(f"{report.source.file}：{same}{there} / {taken}")
            continue
        years[year] = report
    ordered = {key: dict(sorted(years.items())) for key, years in found.items()}
    return {
        names.official.get(key) or text_of(years[max(years)].report["agency"]): years for key, years in ordered.items()
    }
