"""Entries of reports → the overview: charts, and a table to sort and filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.outputs.webpage.charts import confidence_chart, findings_chart, requests_chart
from extract.outputs.webpage.entries import Entry
from extract.outputs.webpage.markup import Markup, tag
from extract.outputs.webpage.shell import page_to_html
from extract.outputs.webpage.words import both, word, word_en
from extract.records import Severity

_COLUMNS = ("agency", "year", "score", "error", "warning", "doubtful", "file")
_NUMBERS = ("year", "score", "error", "warning", "doubtful")


def overview_to_html(entries: Sequence[Entry]) -> str:
    """The page over all reports."""
    return page_to_html(
        word("overview"),
        "overview",
        _masthead(entries),
        tag("main", _charts(entries), _reports(entries)),
        tag("footer", tag("p", both("meaning"))),
    )


def _masthead(entries: Sequence[Entry]) -> Markup:
    findings = [entry.score.findings for entry in entries]
    counts = {
        "reports": len(entries),
        "doubtful": sum(entry.score.doubtful for entry in entries),
        "error": sum(found[Severity.ERROR] for found in findings),
        "warning": sum(found[Severity.WARNING] for found in findings),
    }
    tallies = [
        tag("p", tag("b", f"{count:,}"), tag("span", both(key)), class_=f"tally {key}") for key, count in counts.items()
    ]
    return tag(
        "header",
        tag("div", tag("p", tag("b", "勾稽 gouji"), class_="kind"), class_="line"),
        tag("div", tag("h1", both("overview")), tag("div", tallies, class_="tallies"), class_="front"),
        class_="masthead",
    )


def _charts(entries: Sequence[Entry]) -> Markup:
    return tag("div", requests_chart(entries), confidence_chart(entries), findings_chart(entries), class_="charts")


def _reports(entries: Sequence[Entry]) -> Markup:
    heads = tag("tr", [_head(name) for name in _COLUMNS])
    lines = tag("tbody", [_row(entry) for entry in entries])
    table = tag("table", tag("thead", heads), lines, class_="list", id="reports")
    return tag(
        "section",
        tag("h2", both("reports")),
        tag("div", _filters(entries), tag("div", table, class_="scroll"), class_="whole"),
        id="list",
    )


def _row(entry: Entry) -> Markup:
    """A line that is found by its words, its year, and the codes of its findings."""
    return tag("tr", *_line(entry), data_year=str(entry.year or ""), data_codes=" ".join(sorted(entry.codes)))


def _head(name: str) -> Markup:
    number = "number" if name in _NUMBERS else None
    return tag("th", tag("button", both(name), type="button", title=word("sort_hint")), scope="col", class_=number)


def _line(entry: Entry) -> Iterator[Markup]:
    errors, warnings = entry.score.findings[Severity.ERROR], entry.score.findings[Severity.WARNING]
    yield tag("td", tag("a", entry.agency or word("absent"), href=entry.href))
    yield _number(entry.year or "", "")
    yield _number(entry.score.accepted_percent, "")
    yield _number(errors, "some-error")
    yield _number(warnings, "")
    yield _number(entry.score.doubtful, "some-doubt")
    yield tag("td", entry.file, class_="file")


def _number(value: str | int, kind: str) -> Markup:
    return tag("td", str(value), class_=f"number {kind}".strip() if value else "number")


def _filters(entries: Sequence[Entry]) -> Markup:
    years = sorted({entry.year for entry in entries if entry.year is not None})
    choices = [tag("option", word("all_years"), value=""), *(tag("option", str(year), value=year) for year in years)]
    hint = f"{word('filter_hint')} {word_en('filter_hint')}"
    return tag(
        "div",
        tag("label", both("filter"), " ", tag("input", type="search", id="search", placeholder=hint)),
        tag("select", choices, id="years", aria_label=f"{word('year')} {word_en('year')}"),
        tag("label", both("score_below"), " ", tag("input", type="number", id="below", min="0", max="100", step="any")),
        tag("label", tag("input", type="checkbox", id="only-errors"), " ", both("only_errors")),
        tag("label", tag("input", type="checkbox", id="only-doubts"), " ", both("only_doubts")),
        tag("output", tag("b", str(len(entries)), id="shown"), " ", both("shown")),
        class_="filters",
    )
