"""Charts of the overview: requests and their outcomes, the distribution of confidence, findings by code."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extract.forms.places import number_text
from extract.outputs.webpage.drawing import BAR, LINE, bar_text, chart, figure, figures_table, rect
from extract.outputs.webpage.entries import Entry
from extract.outputs.webpage.markup import Markup, tag
from extract.outputs.webpage.words import both, page_rules, with_english, word
from extract.rules import load_rules

_WIDE, _NARROW = 660, 500  # widths of the charts in the first and second column
_LABELS = 196  # width of the labels before bars
_BEHIND = 74  # width of the figures behind bars
_YEAR, _RECEIVED, _SHARES = 184, (272, 76), (360, 300)  # where years begin; where two kinds of bars begin, their widths
_GAP = 0.8  # between two pieces of a bar
_NAME_LENGTH = 12  # characters of an agency's name beside its year
_TALL = 150  # height of the highest bar of an upright chart
_AXIS = 44  # width of the figures beside its axis
_OVER = 18  # height left over it for a figure
_ONE = 0.3  # height of a bar of one cell, as a power of ten: the logarithm of 1 is 0
_MOSTLY = 0.5  # from that share of a band on that is not accepted it is drawn as in doubt


def requests_chart(entries: Sequence[Entry]) -> Markup:
    """What was received and how it was decided, by agency and year; the agencies with the most requests first.

    Reports whose requests were not read stand at the end, with a dash; an outcome that was not read is a gap.
    """
    most = page_rules()["limits"]["requests_most"]
    shown = _by_agency(sorted(entries, key=_received, reverse=True)[:most])
    unread = sum(entry.received is None or not _are_shares(entry) for entry in entries)
    gaps = sum(_are_shares(entry) and None in entry.outcomes for entry in entries)
    if all(entry.received is None and not _are_shares(entry) for entry in shown):
        return figure("requests", None, tag("p", both("no_requests"), class_="calm"))
    top = max([Decimal(1), *map(_received, shown)])
    before = [None, *shown]
    lines = [
        _report_bars(entry, line, top, named=last is None or last.unit != entry.unit)
        for line, (last, entry) in enumerate(zip(before, shown, strict=False))
    ]
    notes = {
        "requests_more": len(entries) > len(shown),
        "requests_unread": unread > 0,
        "requests_gaps": gaps > 0,
        "requests_added_up": any(entry.added_up for entry in shown),
    }
    counts = {"n": len(shown), "all": len(entries), "unread": unread, "gaps": gaps}
    below = [tag("p", both(name, **counts), class_="calm") for name, said in notes.items() if said]
    drawn = [_outcome_key(), chart("requests", _WIDE, LINE * len(shown), lines), below]
    return figure("requests", drawn, _outcome_figures(shown))


def _received(entry: Entry) -> Decimal:
    """What orders the reports: those whose requests were not read come last."""
    return Decimal(-1) if entry.received is None else entry.received


def _are_shares(entry: Entry) -> bool:
    """Whether shares of the outcomes can be drawn: all were read, or some and the total that they are shares of."""
    known = [amount for amount in entry.outcomes if amount is not None]
    return len(known) == len(entry.outcomes) or (entry.handled is not None and sum(known) > 0)


def _by_agency(entries: Sequence[Entry]) -> list[Entry]:
    """The years of an agency beside one another, agencies in the order of their largest year."""
    order = {unit: k for k, unit in reversed(list(enumerate(entry.unit for entry in entries)))}
    return sorted(entries, key=lambda entry: (order[entry.unit], entry.year or 0))


def _outcome_key() -> Markup:
    outcomes = enumerate(page_rules()["outcomes"].values(), start=1)
    items = [tag("li", tag("span", class_=f"swatch c{k}"), with_english(zh, en)) for k, (zh, en, _) in outcomes]
    return tag("ul", items, class_="key")


def _outcome_figures(entries: Sequence[Entry]) -> Markup:
    outcomes = [chinese for chinese, _, _ in page_rules()["outcomes"].values()]
    heads = [word("agency"), word("year"), word("received"), *outcomes]
    rows = [
        [e.agency or word("absent"), str(e.year or ""), _received_text(e), *map(number_text, e.outcomes)]
        for e in entries
    ]
    return figures_table(heads, rows)


def _report_bars(entry: Entry, line: int, top: Decimal, *, named: bool) -> Markup:
    """One report: agency and year, what it received, and the shares of its outcomes."""
    y = line * LINE
    width = max(0.0, float(_received(entry) / top)) * _RECEIVED[1]
    return tag(
        "g",
        bar_text(_shorten(entry.agency or word("absent")), 0, y) if named else None,
        tag("a", bar_text(str(entry.year or "—"), _YEAR, y), href=entry.href),
        bar_text(_received_text(entry), _RECEIVED[0] - 6, y, "end"),
        rect(_RECEIVED[0], y, width, BAR, "received"),
        list(_outcome_pieces(entry, y)) if _are_shares(entry) else bar_text("—", _SHARES[0], y, "start", "quiet"),
        class_=None if entry.sure else "unsure",
    )


def _received_text(entry: Entry) -> str:
    """4122, 4122? where a number of the bars is in doubt, 4122* where a total was added up; — where none was read."""
    marks = "*" * entry.added_up + "?" * (not entry.sure)
    return number_text(entry.received) + (marks if entry.received is not None else "")


def _outcome_pieces(entry: Entry, y: float) -> Iterator[Markup]:
    """The outcomes beside one another, as shares of all; nothing where nothing was decided.

    Where some were not read, a gap at the end is what they leave of the printed total.
    """
    left, whole = float(_SHARES[0]), sum(amount for amount in entry.outcomes if amount and amount > 0)
    if None in entry.outcomes and entry.handled is not None:
        whole = max(whole, entry.handled)
    texts_of = page_rules()["outcomes"].values()
    for number, (amount, texts) in enumerate(zip(entry.outcomes, texts_of, strict=True), start=1):
        if amount and amount > 0:
            width = float(amount / whole) * _SHARES[1]
            title = tag("title", f"{texts[0]} {texts[1]} {number_text(amount)}")
            yield rect(left, y, max(0.5, width - _GAP), BAR, f"c{number}", title)
            left += width


def confidence_chart(entries: Sequence[Entry]) -> Markup:
    """How many cells there are in each band of confidence, on a logarithmic scale."""
    names = _band_names()
    counts = [sum(entry.bands[band] for entry in entries) for band in range(len(names))]
    doubts = [sum(entry.open_bands[band] for entry in entries) for band in range(len(names))]
    top = max(1.0, math.log10(max(1, *counts)))
    grid = [_gridline(power, top) for power in range(int(top) + 1)]
    bars = [_band_bar(band, len(names), pair, top) for band, pair in enumerate(zip(counts, doubts, strict=True))]
    rows = [[name, f"{count:,}", f"{doubt:,}"] for name, count, doubt in zip(names, counts, doubts, strict=True)]
    table = figures_table([word("confidence"), word("figures"), word("doubtful")], rows)
    return figure("confidence", chart("confidence", _NARROW, _TALL + _OVER + 22, [grid, bars]), table)


def _band_bar(band: int, bands: int, counts: tuple[int, int], top: float) -> Markup:
    """A bar with its count over it and its band under it; with another colour and a ? where most cells are in doubt.

    `counts`: (all cells of the band, those not accepted).
    """
    count, doubts = counts
    in_doubt = doubts > 0 and doubts >= _MOSTLY * count
    step = (_NARROW - _AXIS) / bands
    x, height = _AXIS + band * step, _height(math.log10(count), top) if count else 0.0
    middle = x + step / 2
    return tag(
        "g",
        rect(x + step * 0.12, _TALL + _OVER - height, step * 0.76, height, "c4" if in_doubt else "c1"),
        bar_text(f"{count:,}" + "?" * in_doubt, middle, _TALL - height, "middle"),
        bar_text(_band_names()[band], middle, _TALL + _OVER + 5, "middle", "quiet"),
    )


def _height(power: float, top: float) -> float:
    return (power + _ONE) / (top + _ONE) * _TALL


def _gridline(power: int, top: float) -> Markup:
    y = _TALL + _OVER - _height(power, top)
    line = tag("line", x1=_AXIS, x2=_NARROW, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="axis")
    return tag("g", line, bar_text(f"{10**power:,}", _AXIS - 5, y - 7, "end", "quiet"))


def _band_names() -> list[str]:
    levels = page_rules()["levels"]["bands"]
    between = [f"{low}–{high}" for low, high in pairwise(levels)]
    return [word("below", to=levels[0]), *between, f"≥ {levels[-1]}"]


def findings_chart(entries: Sequence[Entry]) -> Markup:
    """A bar for each code, the most frequent first."""
    counts: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    for entry in entries:
        counts.update(entry.codes)
        reports.update(entry.codes.keys())
    shown = counts.most_common(page_rules()["limits"]["codes_most"])
    if not shown:
        return figure("findings", None, tag("p", both("no_findings"), class_="calm"))
    most = shown[0][1]
    lines = [_code_bar(code, k, count / most, f"{count} ({reports[code]})") for k, (code, count) in enumerate(shown)]
    rows = [[code, _title(code), str(count), str(reports[code])] for code, count in shown]
    table = figures_table(["", word("findings"), word("figures"), word("reports")], rows)
    return figure("findings", chart("findings", _NARROW, LINE * len(shown), lines), table)


def _code_bar(code: str, line: int, share: float, counted: str) -> Markup:
    y, width = line * LINE, share * (_NARROW - _LABELS - _BEHIND)
    severity = load_rules("findings.toml")[code]["severity"]
    bar = rect(_LABELS, y, max(1.0, width), BAR, f"bar-{severity}")
    return tag("g", bar_text(f"{code} {_title(code)}", 0, y), bar, bar_text(counted, _LABELS + width + 5, y))


def _title(code: str) -> str:
    return str(load_rules("findings.toml")[code]["title"])


def _shorten(name: str) -> str:
    return name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1]}…"
