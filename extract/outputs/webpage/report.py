"""Report → its page: who and how surely, what to check first, the tables, the text, and the cells in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from extract.numerals import CHINESE_DIGITS
from extract.outputs.advice import ADVICE_LINES, Advice, confidence_text, list_advice
from extract.outputs.score import score_report
from extract.outputs.webpage.cells import (
    doubts_to_html,
    legend_to_html,
    strips_to_html,
    table_to_html,
    templates_to_html,
)
from extract.outputs.webpage.crops import GEOMETRY, NO_CROPS, Crops
from extract.outputs.webpage.findings import rail_to_html, sentence_place
from extract.outputs.webpage.markup import Child, Markup, tag
from extract.outputs.webpage.prose import sentences_to_html
from extract.outputs.webpage.shell import page_to_html
from extract.outputs.webpage.view import View
from extract.outputs.webpage.words import both, page_rules, with_english, word, word_en
from extract.records import Field, Report, Severity

_PROSE = (1, 5, 6)


def report_to_html(report: Report, crops: Crops = NO_CROPS, *, overview: str = "") -> str:
    """The whole page; `overview` is the address of the overview that it belongs to."""
    view = View(report, crops)
    title = str(report.report["title"].value or report.source.file)
    return page_to_html(
        f"{title} · {word('kind')}",
        "report",
        tag("a", word("skip"), href="#t3", class_="skip"),
        strips_to_html(view),
        _masthead(title, view, overview),
        _toolbar(view),
        tag("main", *_sections(view)),
        _footer(view),
        tag("aside", id="card", hidden=True, aria_live="polite", aria_label=word("why")),
        templates_to_html(view),
    )


def _masthead(title: str, view: View, overview: str) -> Markup:
    kind = tag("p", tag("b", "勾稽 gouji"), " ", both("kind"), class_="kind")
    back = tag("a", both("overview"), href=overview, class_="back") if overview else None
    return tag(
        "header",
        tag("div", kind, back, class_="line"),
        tag("h1", title),
        tag("div", _facts(view.report), _tallies(view.report), class_="front"),
        class_="masthead",
    )


def _facts(report: Report) -> Markup:
    head, template = report.report, report.template
    edition = word("edition", id=template.id, confidence=confidence_text(template.confidence))
    facts = {
        "agency": _head_text(head["agency"]),
        "year": _head_text(head["year"]),
        "published": _head_text(head["published"]),
        "period": " — ".join(_head_text(head[key]) for key in ("period_start", "period_end")),
        "source": report.source.file,
        "template": edition,
    }
    return tag("dl", [(tag("dt", both(key)), tag("dd", shown)) for key, shown in facts.items()], class_="facts")


def _head_text(field: Field) -> str:
    if field.value is None:
        return word("absent")
    return f"{field.value}" + ("" if field.accepted else "?")


def _tallies(report: Report) -> Markup:
    """How many cells are read reliably and how surely, and how many cells and findings there are to look at."""
    score = score_report(report)
    whole = tag("p", tag("b", f"{score.accepted}/{score.fields}"), tag("span", both("accepted")), class_="score")
    counts: list[tuple[str, int, str]] = [("doubtful", score.doubtful, "#doubts")]
    counts += [(severity.value, count, _first_of(severity, report)) for severity, count in score.findings.items()]
    tallies = [
        tag(
            "a",
            tag("b", str(count)),
            tag("span", both(key)),
            href=target,
            class_=f"tally {key}" if count else "tally none",
        )
        for key, count, target in counts
    ]
    sure = tag("p", both("all_right", share=score.all_right_text), class_="calm") if score.accepted else None
    return tag("div", whole, tag("div", tallies, class_="tallies"), sure, class_="figures-of")


def _first_of(severity: Severity, report: Report) -> str:
    """Where the first finding of that severity stands."""
    numbers = (number for number, finding in enumerate(report.findings) if finding.severity is severity)
    return f"#f-{number}" if (number := next(numbers, None)) is not None else "#first"


def _toolbar(view: View) -> Markup:
    """Ways to the parts, and from one doubtful cell to the next."""
    links = [("#first", word("first"))]
    links += [(f"#t{spec.number}", _table_name(spec.number)) for spec in view.form.tables]
    links += [("#s1", word("prose")), ("#doubts", word("doubtful"))]
    steps = [
        tag("button", sign, tag("kbd", key), type="button", id=name, title=f"{word(name)} {word_en(name)}")
        for name, sign, key in (("previous", "‹", "p"), ("next", "›", "n"))
    ]
    count = tag("span", _marked_counts(view), class_="calm")
    return tag(
        "nav",
        tag("div", [tag("a", shown, href=target) for target, shown in links], class_="ways"),
        tag("div", count, steps, class_="steps") if view.marked else None,
        class_="toolbar",
    )


def _marked_counts(view: View) -> str:
    """存疑格 2 · 有误格 3: what n and p go through; a cell that a sum blames may be read for sure."""
    doubtful = sum(not view.report.fields[name].accepted for name in view.marked)
    counts = {"doubtful": doubtful, "at_fault": len(view.marked) - doubtful}
    return " · ".join(f"{word(key)} {count}" for key, count in counts.items() if count)


def _table_name(number: int) -> str:
    return word("table", numeral=CHINESE_DIGITS[number])


def _sections(view: View) -> Iterator[Markup]:
    yield _section("first", both("first"), _advice(view), rail_to_html("all", view))
    headings = {spec.number: spec.heading for spec in view.form.sections}
    yield _prose_section(1, headings[1], view)
    for spec in view.form.tables:
        name = f"{_table_name(spec.number)}　{headings[spec.number]}"
        english = f"{word_en('table', number=spec.number)} · {page_rules()['tables'][str(spec.number)]}"
        table = tag("div", table_to_html(spec, view), class_="sheet")
        rails = [rail_to_html(f"{kind}{spec.number}", view) for kind in "ts"]
        legend = legend_to_html(view) if spec.number == 3 else None
        told = any(sentence.section == spec.number for sentence in view.report.sentences)
        prose = sentences_to_html(spec.number, view) if told else None
        yield _section(f"t{spec.number}", with_english(name, english), [table, legend, prose], rails)
    for number in _PROSE[1:]:
        yield _prose_section(number, headings[number], view)
    yield _section("doubts", both("doubts"), [doubts_to_html(view), _crop_note(view)], None)


def _prose_section(number: int, heading: str, view: View) -> Markup:
    name = f"{word('part', numeral=CHINESE_DIGITS[number])}　{heading}"
    title = with_english(name, page_rules()["sections"][str(number)])
    return _section(f"s{number}", title, sentences_to_html(number, view), rail_to_html(f"s{number}", view))


def _section(name: str, title: Markup, content: Child, rail: Child) -> Markup:
    """A part of the page: its content, and beside it what was found about it."""
    return tag(
        "section", tag("h2", title), tag("div", content, class_="content"), tag("div", rail, class_="rail"), id=name
    )


def _advice(view: View) -> Markup:
    advice = list_advice(view.report)
    if not advice:
        calm = tag("p", both("nothing_first"), class_="calm")
        return calm if view.report.findings else tag("div", calm, tag("p", both("no_findings"), class_="calm"))
    lines = tag("ol", [tag("li", _advice_line(one, view)) for one in advice[:ADVICE_LINES]], class_="advice")
    more = len(advice) - ADVICE_LINES
    return tag("div", lines, tag("p", both("more_first", n=more), class_="calm") if more > 0 else None)


def _advice_line(advice: Advice, view: View) -> Child:
    """A link to the cell, or to the sentence where there is no cell."""
    if advice.cell in view.report.fields:
        return tag("a", advice.text, href=f"#c-{advice.cell}")
    known = advice.sentence in view.sentence_ids
    return tag("a", advice.text, href=f"#{sentence_place(advice.sentence)}") if known else advice.text


def _crop_note(view: View) -> Markup | None:
    """How to get pictures of the page, where there are none."""
    if view.crops.strips:
        return tag("p", both("redrawn"), class_="calm note") if view.crops.strips[0].drawing else None
    drawable = view.report.source.format in GEOMETRY
    return tag("p", both("no_crops" if drawable else "no_geometry"), class_="calm note")


def _footer(view: View) -> Markup:
    report = view.report
    made = with_english(word("made", version=report.made_by.gouji), word_en("made", version=report.made_by.gouji))
    return tag(
        "footer",
        tag("p", both("meaning")),
        tag("p", both("keys"), class_="keys"),
        tag("p", made, " ", tag("code", report.source.sha256)),
    )
