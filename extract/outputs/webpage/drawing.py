"""Pieces of charts: bars, texts, and the figure around them with its numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence

from extract.outputs.webpage.markup import Child, Markup, tag
from extract.outputs.webpage.words import both, word, word_en

LINE = 21  # height of a bar with its gap, in units of the drawing: CSS pixels where there is room
BAR = 13
FOOT = 11  # from the top of a bar to the foot of the text beside it


def figure(name: str, drawn: Child, below: Child) -> Markup:
    """A chart under its title; `name` is the key of its texts without `_chart` and `_says`."""
    says = tag("span", both(f"{name}_says"), class_="calm")
    return tag("figure", tag("figcaption", both(f"{name}_chart"), says), drawn, below, id=f"{name}-chart")


def chart(name: str, width: int, height: float, content: Child) -> Markup:
    """The drawing; whoever does not see it hears its title, and finds its numbers in the table."""
    label = f"{word(f'{name}_chart')} {word_en(f'{name}_chart')}"
    size = f"0 0 {width} {height:.0f}"
    drawn = tag("svg", content, viewBox=size, width=width, class_="chart", role="img", aria_label=label)
    return tag("div", drawn, class_="scroll")


def figures_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """The figures of a chart, folded."""
    head = tag("tr", [tag("th", text, scope="col") for text in heads])
    body = [tag("tr", [tag("td", text) for text in row]) for row in rows]
    table = tag("div", tag("table", head, body, class_="list"), class_="scroll")
    return tag("details", tag("summary", both("figures")), table)


def rect(x: float, y: float, width: float, height: float, kind: str, title: Child = None) -> Markup:
    return tag("rect", title, x=f"{x:.1f}", y=f"{y:.1f}", width=f"{width:.1f}", height=f"{height:.1f}", class_=kind)


def bar_text(text: str, x: float, y: float, anchor: str = "start", kind: str = "") -> Markup:
    """A line of text beside the bar whose top is at `y`."""
    return tag("text", text, x=f"{x:.1f}", y=f"{y + FOOT:.1f}", text_anchor=anchor, class_=kind or None)
