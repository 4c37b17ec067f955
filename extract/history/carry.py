"""Stocks that one report hands on to the next: requests carried over (Y001), documents in force (Y002)."""

from __future__ import annotations

from collections.abc import Iterator

from extract.forms import load_form
from extract.history.figures import Figure, figure, same_figure, total
from extract.quick import replace
from extract.records import Contrast, Report
from extract.rules import load_rules


def find_broken_carry_overs(agency: str, earlier: Report, later: Report) -> Iterator[Contrast]:
    """Y001, one for each column whose 上年结转 is not the year before's 结转下年度."""
    rule = load_rules("history.toml")["carry_over"]
    head = rule["after"].replace("{column}", "")
    for after in load_form(later.template.id).field_ids:
        if after.startswith(head):
            column = after.removeprefix(head)
            handed_on = same_figure(earlier, rule["before"].replace("{column}", column), later.template.id)
            contrast = _contrast("Y001", agency, later, (after,), handed_on, figure(later, after))
            yield from () if contrast is None else [replace(contrast, earlier=earlier.source.file)]


def find_broken_stocks(agency: str, earlier: Report, later: Report) -> Iterator[Contrast]:
    """Y002, one for each kind of document whose stock does not follow from the year before's."""
    rule = load_rules("history.toml")["in_force"]
    for row in rule["rows"]:
        stock, grows, shrinks = (f"{row}.{rule[column]}" for column in ("stock", "grows", "shrinks"))
        before, repealed = same_figure(earlier, stock, later.template.id), figure(later, shrinks)
        issued, in_force = figure(later, grows), total(later, (stock,))
        if before and issued and repealed:
            contrast = _contrast("Y002", agency, later, (stock,), before + issued - repealed, in_force)
            terms = (("before", before.value), ("issued", issued.value), ("repealed", repealed.value.copy_negate()))
            yield from () if contrast is None else [replace(contrast, earlier=earlier.source.file, terms=terms)]


def _contrast(
    code: str, agency: str, later: Report, fields: tuple[str, ...], expected: Figure | None, found: Figure | None
) -> Contrast | None:
    """One where both figures are there and differ."""
    if expected is None or found is None or expected.value == found.value:
        return None
    sure = (found - expected).sure
    year = int(str(later.report["year"].value))
    return Contrast(code, agency, year, later.template.id, fields, expected.value, found.value, sure)
