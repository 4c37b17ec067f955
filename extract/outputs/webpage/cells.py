"""The statutory tables as the form prints them, and the card of each field: what was read, where, and how surely."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.forms.english import name_cell_en
from extract.forms.places import name_cell, number_text
from extract.forms.sheet import SheetCell, table_to_sheet
from extract.outputs.advice import confidence_text, place_text
from extract.outputs.grids import SIGNS
from extract.outputs.webpage.crops import Strip
from extract.outputs.webpage.findings import finding_link, named_finding_link
from extract.outputs.webpage.markup import Markup, join, tag
from extract.outputs.webpage.view import View
from extract.outputs.webpage.words import both, page_rules, with_english, word
from extract.records import Field, State, TableSpec

_AROUND = 2.2, 2.5  # widths of the cell, and heights of its row, that its picture shows on either side: the lesser
_UPRIGHT = 2  # lines from which on a stub has room for upright writing on a narrow screen


def table_to_html(spec: TableSpec, view: View) -> Markup:
    """The table with merged heads; each field is a cell that can be focused, its marks readable without colour.

    Heads that are all above the fields stand again on each page that is printed.
    """
    sheet = table_to_sheet(spec)
    rows = [list(cells) for _, cells in groupby(sheet.cells, key=lambda cell: cell.row)]
    lines = [tag("tr", _line_to_html(cells, view)) for cells in rows]
    held = [any(cell.field for cell in cells) for cells in rows]
    heads = held.index(True) if held == sorted(held) else 0
    top = tag("thead", lines[:heads]) if heads else None
    return tag("table", top, tag("tbody", lines[heads:]), class_=f"form form-{spec.number}")


def _line_to_html(cells: Sequence[SheetCell], view: View) -> Iterator[Markup]:
    """The cells of a line; what stands before fields is a stub, the rest are heads."""
    stubs = any(cell.field for cell in cells)
    for cell in cells:
        yield _field_to_html(cell, view) if cell.field else _head_to_html(cell, stub=stubs)


def _head_to_html(cell: SheetCell, *, stub: bool) -> Markup:
    scope = f"row{'group' * (cell.rows > 1)}" if stub else f"col{'group' * (cell.columns > 1)}"
    kind = ("stub upright" if cell.rows > _UPRIGHT else "stub") if stub else "head"
    return tag("th", cell.text, class_=kind, scope=scope, **_spans(cell))


def _spans(cell: SheetCell) -> dict[str, int]:
    spans = {"rowspan": cell.rows, "colspan": cell.columns}
    return {name: count for name, count in spans.items() if count > 1}


def _field_to_html(cell: SheetCell, view: View) -> Markup:
    field = view.report.fields[cell.field]
    marked = cell.field in view.marked
    return tag(
        "td",
        *_value_and_marks(cell.field, view),
        id=f"c-{cell.field}",
        class_=_classes(cell.field, view),
        tabindex=0 if marked else -1,
        data_row=cell.row,
        data_column=cell.column,
        data_marked=marked,
        aria_label=f"{name_cell(view.form, cell.field)}：{_spoken(field, view, cell.field)}" if marked else None,
        **_spans(cell),
    )


def _value_and_marks(name: str, view: View) -> tuple[Markup, ...]:
    """18, then ? where it is doubtful and ! where a sum blames it; □ — × # for what is no number."""
    field = view.report.fields[name]
    shown = tag("span", SIGNS.get(field.state) or number_text(field.value), class_="value")
    blame = finding_link(view.findings_of_cell[name][0], view, "!", "mark") if name in view.blamed else Markup("")
    doubt = Markup("") if field.accepted else tag("span", "?", class_="mark")
    return shown, blame, doubt


def _classes(name: str, view: View) -> str:
    """The state, and how sure: d0 less than most, d1 a little in doubt, d3 very much."""
    field, levels = view.report.fields[name], page_rules()["levels"]
    kinds = [f"state-{field.state.value}"]
    if not field.accepted:
        kinds.append(f"d{1 + sum(field.confidence < level for level in levels['cells'])}")
    elif field.confidence < levels["sure"]:
        kinds.append("d0")
    kinds += ["blamed"] if name in view.blamed else []
    kinds += ["zero"] if field.value == 0 else []
    return " ".join(kinds)


def _spoken(field: Field, view: View, name: str) -> str:
    """The cell for those who hear the page."""
    parts = [state_word(field)[0] if field.state is not State.READ else number_text(field.value)]
    parts += (
        [] if field.accepted else [f"{word('sign_doubt')}，{word('confidence')} {confidence_text(field.confidence)}"]
    )
    parts += [word("sign_blame")] if name in view.blamed else []
    return "，".join(parts)


def state_word(field: Field) -> tuple[str, str]:
    """The state in Chinese and English."""
    chinese, english = page_rules()["states"][field.state.value]
    return chinese, english


def card_to_html(name: str, view: View) -> Markup:
    """All that is known of a field."""
    field = view.report.fields[name]
    return join(
        [
            tag("h4", name_cell(view.form, name), tag("span", name_cell_en(view.form, name), class_="en", lang="en")),
            _reading(name, field, view),
            _picture(name, view),
            tag("dl", *_facts(name, field)),
            _said_of(name, view),
        ]
    )


def _reading(name: str, field: Field, view: View) -> Markup:
    """Value, marks, state and confidence."""
    sure = confidence_text(field.confidence)
    return tag(
        "p",
        tag("strong", *_value_and_marks(name, view), class_="read"),
        tag("span", with_english(*state_word(field)), class_="state"),
        tag("span", tag("meter", sure, min=0, max=1, value=f"{field.confidence:.4f}"), f" {sure}", class_="sure"),
        class_=f"reading {_classes(name, view)}",
    )


def _facts(name: str, field: Field) -> Iterator[Markup]:
    if field.raw:
        yield from _fact("raw", f"“{field.raw}”")
    if place := place_text(field):
        yield from _fact("place", place)
    if field.evidence:
        yield from _fact("why", [tag("span", reason, class_="reason") for reason in field.evidence])
    yield from _fact("field", tag("code", name))


def _fact(key: str, shown: str | list[Markup]) -> tuple[Markup, Markup]:
    return tag("dt", word(key)), tag("dd", shown)


def _said_of(name: str, view: View) -> Markup:
    """The findings about the cell and the places of the text that speak of it."""
    findings = [named_finding_link(number, view) for number in view.findings_of_cell.get(name, ())]
    claims = [view.report.claims[number] for number in view.claims_of_cell.get(name, ())]
    said = [
        tag("a", f"“{claim.text}”", page_rules()["verdicts"][claim.verdict.value][0], href=f"#k-{claim.id}")
        for claim in claims
        if claim.sentence in view.sentence_ids
    ]
    return join(
        [
            tag("p", findings, class_="about") if findings else None,
            tag("p", tag("span", word("in_text"), class_="lead"), said, class_="about") if said else None,
        ]
    )


def _picture(name: str, view: View) -> Markup:
    """The cell and its neighbours as printed, the cell framed."""
    if name not in view.crops.cells:
        return Markup("")
    number, (left, top, right, bottom) = view.crops.cells[name]
    strip = view.crops.strips[number]
    around = min(_AROUND[0] * (right - left), _AROUND[1] * strip.height)
    x0, x1 = max(0.0, left - around), min(float(strip.width), right + around)
    frame = tag(
        "rect",
        x=f"{left:.1f}",
        y=f"{top:.1f}",
        width=f"{right - left:.1f}",
        height=f"{bottom - top:.1f}",
        class_="frame",
    )
    return tag(
        "svg",
        tag("use", href=f"#strip-{number}"),
        frame,
        class_="crop",
        viewBox=f"{x0:.1f} 0 {x1 - x0:.1f} {strip.height}",
        role="img",
        aria_label=f"{word('crop')}：{name_cell(view.form, name)}",
    )


def strips_to_html(view: View) -> Markup:
    """The pictures of the rows, once; cards show pieces of them."""
    images = [_strip_to_svg(strip, f"strip-{number}") for number, strip in enumerate(view.crops.strips)]
    return (
        tag("svg", tag("defs", images), class_="strips", width=0, height=0, aria_hidden="true")
        if images
        else Markup("")
    )


def _strip_to_svg(strip: Strip, name: str) -> Markup:
    if strip.drawing:
        return tag("g", strip.drawing, id=name)
    source = f"data:image/jpeg;base64,{base64.b64encode(strip.jpeg).decode()}"
    return tag("image", id=name, width=strip.width, height=strip.height, href=source)


def legend_to_html(view: View) -> Markup:
    """What the marks and colours mean, those that occur."""
    fields = view.report.fields
    states = {field.state for field in fields.values()}
    items = [
        (SIGNS[state], page_rules()["states"][state.value], f"state-{state.value}")
        for state in SIGNS
        if state in states
    ]
    if any(field.accepted and field.confidence < page_rules()["levels"]["sure"] for field in fields.values()):
        items.append((" ", page_rules()["words"]["less_sure"], "d0"))
    items += [("?", page_rules()["words"]["sign_doubt"], "d2")] if any(not f.accepted for f in fields.values()) else []
    items += [("!", page_rules()["words"]["sign_blame"], "blamed")] if view.blamed else []
    return tag("ul", [_legend_item(*item) for item in items], class_="legend") if items else Markup("")


def _legend_item(sign: str, words: Sequence[str], kind: str) -> Markup:
    return tag("li", tag("span", sign, class_=f"sign {kind}"), with_english(words[0], words[1]))


def doubts_to_html(view: View) -> Markup:
    """The cards of all cells to look at, for paper and for browsers without scripts."""
    from extract.forms.places import name_cells

    cards = [tag("article", card_to_html(name, view), class_="card", id=f"d-{name}") for name in view.marked_found]
    lost = [name for name in view.marked if name not in set(view.marked_found)]
    gone = tag("p", word("missing_cells", cells=name_cells(view.form, lost))) if lost else None
    return join(
        [gone, tag("div", cards, class_="cards")] if view.marked else tag("p", both("no_doubts"), class_="calm")
    )


def templates_to_html(view: View) -> Markup:
    """The cards of the other cells, which are shown when a cell is chosen."""
    shown = set(view.marked_found)
    return join(
        tag("template", card_to_html(name, view), id=f"d-{name}") for name in view.report.fields if name not in shown
    )
