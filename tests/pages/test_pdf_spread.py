"""Two pages that were printed on one sheet are read one after the other."""

from __future__ import annotations

from extract.pages.pdf import drawings_to_pages
from extract.pages.pdf.drawing import Drawing, Edge, Glyph, Mark
from extract.pages.pdf.spread import split_spread
from extract.records import Line


def text(x: float, y: float, characters: str) -> list[Glyph]:
    return [Glyph(own, (x + 10 * k, y, x + 10 * k + 10, y + 10), y + 8.6) for k, own in enumerate(characters)]


def spread(*more: Glyph) -> Drawing:
    lines = [own for k in range(5) for x in (40, 461) for own in text(x, 100 + 20 * k, "政府信息公开工作情况" * 3)]
    edges = (Edge(True, 300, 461, 761), Edge(False, 461, 300, 400), Edge(True, 300, 40, 340))
    return Drawing(1, 842, 595, (*lines, *more), edges, marks=(Mark((500, 350, 505, 357)),))


def test_the_right_page_has_the_columns_of_the_left_one() -> None:
    left, right = split_spread(spread())
    assert [glyph.box for glyph in right.glyphs] == [glyph.box for glyph in left.glyphs]
    assert right.edges == (Edge(True, 300, 40, 340), Edge(False, 40, 300, 400))
    assert [mark.box for mark in (*left.marks, *right.marks)] == [(79, 350, 84, 357)]


def test_boxes_of_the_right_page_are_those_of_the_sheet() -> None:
    (page,) = drawings_to_pages([spread()], file="a.pdf")
    boxes = [item.bbox for item in page.items if isinstance(item, Line)]
    assert [round(box[0] * 842) for box in boxes if box] == [40] * 5 + [461] * 5
