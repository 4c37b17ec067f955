"""Findings beside what they speak of, linked with the cells and sentences both ways."""

from __future__ import annotations

from collections.abc import Sequence

from extract.forms.places import name_cell, name_cells, number_text
from extract.outputs.quotes import quote_pieces
from extract.outputs.webpage.markup import Markup, tag
from extract.outputs.webpage.view import View
from extract.outputs.webpage.words import word, word_en
from extract.records import Finding
from extract.rules import load_rules

_CELLS_LINKED = 3  # so many cells of a finding get a link each; of more only the first, and all light up with it


def rail_to_html(place: str, view: View) -> Markup:
    """The findings of one place, the gravest first; nothing where there are none."""
    numbers = view.findings_by_place.get(place, ())
    return (
        tag("ol", [_finding_to_html(number, view) for number in numbers], class_="findings") if numbers else Markup("")
    )


def finding_link(number: int, view: View, shown: str = "", kind: str = "badge") -> Markup:
    """A link to the finding: its code, or what is to be `shown`."""
    finding = view.report.findings[number]
    title = title_of(finding)
    return tag("a", shown or finding.code, href=f"#f-{number}", class_=f"{kind} {finding.severity.value}", title=title)


def named_finding_link(number: int, view: View) -> Markup:
    """A link to the finding: its code and its title."""
    finding = view.report.findings[number]
    badge = tag("span", finding.code, class_=f"badge {finding.severity.value}")
    return tag("a", badge, title_of(finding), href=f"#f-{number}", class_="named")


def sentence_place(sentence: str) -> str:
    """The id of the sentence on the page."""
    return f"sentence-{sentence}"


def title_of(finding: Finding) -> str:
    return str(load_rules("findings.toml")[finding.code]["title"])


def _finding_to_html(number: int, view: View) -> Markup:
    finding = view.report.findings[number]
    entry = load_rules("findings.toml")[finding.code]
    kind = finding.severity.value
    return tag(
        "li",
        tag(
            "h4",
            tag("span", finding.code, class_=f"badge {kind}"),
            tag("span", word(kind), class_="severity"),
            entry["title"],
            tag("span", entry["title_en"], class_="en", lang="en"),
        ),
        tag("p", finding.message),
        tag("p", finding.message_en, class_="en", lang="en") if finding.message_en else None,
        _figures(finding),
        _places(finding, view),
        id=f"f-{number}",
        class_=f"finding {kind}",
        tabindex=-1,
        data_cells=" ".join(name for name in finding.fields if name in view.report.fields) or None,
    )


def _figures(finding: Finding) -> Markup | None:
    """What stands there and the figure that it was compared with, where both are figures."""
    if isinstance(finding.expected, str | None) or isinstance(finding.found, str | None):
        return None
    is_sum = finding.code.startswith("A")  # which of its numbers is wrong the message says
    pairs = (("found", finding.found), ("added_up" if is_sum else "compared", finding.expected))
    return tag(
        "p",
        [tag("span", word(key), " ", tag("b", number_text(value)), title=word_en(key)) for key, value in pairs],
        class_="figures",
    )


def _places(finding: Finding, view: View) -> Markup | None:
    """Links to the cells and sentences."""
    cells = [name for name in finding.fields if name in view.report.fields]
    few = len(cells) <= _CELLS_LINKED
    links = [tag("a", name_cell(view.form, name), href=f"#c-{name}") for name in (cells if few else cells[:1])]
    rest = "" if few else name_cells(view.form, cells)
    known = [name for name in finding.sentences if name in view.sentence_ids]
    pieces: Sequence[str] = quote_pieces(finding, view.report)
    links += [tag("a", piece, href=f"#{sentence_place(name)}") for name, piece in zip(known, pieces, strict=False)]
    if not links:
        return None
    return tag("p", links, tag("span", rest, class_="rest") if rest else None, class_="places")
