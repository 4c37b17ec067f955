"""Figures that changed by more than their own years and their peers explain (Y004)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from statistics import median

from extract.history.figures import Figure, Years, is_year_disputed, same_figure
from extract.records import Contrast
from extract.rules import load_rules


def find_jumps(agencies: Mapping[str, Years]) -> Iterator[Contrast]:
    """Y004, one for each agency, year and field."""
    for field in load_rules("history.toml")["jump"]["fields"]:
        series = {agency: _series(years, field) for agency, years in agencies.items()}
        for agency, figures in series.items():
            for before, year in pairwise(figures):
                if year == before + 1 and _is_jump(figures, year, _peer_steps(series, agency, year)):
                    found, expected = figures[year].value, figures[before].value
                    template, earlier = agencies[agency][year].template.id, agencies[agency][before].source.file
                    yield Contrast(
                        "Y004", agency, year, template, (field,), expected, found, sure=True, earlier=earlier
                    )


def _series(years: Years, field: str) -> dict[int, Figure]:
    """Year → figure, where it was surely read and means what the latest template means by it."""
    latest = years[max(years)].template.id
    figures = {
        year: same_figure(report, field, latest) for year, report in years.items() if not is_year_disputed(report)
    }
    return {year: figure for year, figure in figures.items() if figure is not None and figure.sure}


def _step(figures: Mapping[int, Figure], year: int) -> float:
    """By how much the figure grew over the year before, as a logarithm; small numbers count from `offset`."""
    offset = load_rules("history.toml")["jump"]["offset"]
    after, before = (math.log(offset + max(0.0, float(figures[own].value))) for own in (year, year - 1))
    return after - before


def _peer_steps(series: Mapping[str, Mapping[int, Figure]], agency: str, year: int) -> list[float]:
    return [
        _step(figures, year)
        for other, figures in series.items()
        if other != agency and year in figures and year - 1 in figures
    ]


def _is_jump(figures: Mapping[int, Figure], year: int, peers: list[float]) -> bool:
    rule = load_rules("history.toml")["jump"]
    if abs(figures[year].value - figures[year - 1].value) < rule["least"]:
        return False
    step = _step(figures, year)
    usual = median(peers) if len(peers) >= rule["peers_least"] else 0.0
    earlier = [abs(_step(figures, own)) for own in figures if own < year and own - 1 in figures]
    least = max(math.log(rule["factor"]), rule["volatility"] * max(earlier, default=0.0))
    return bool(min(abs(step), abs(step - usual)) >= least)
