"""How an OFD object looks: its colour, by itself or by the drawing parameters that it names, and where it is cut off.

Source: GB/T 33190-2016, 8.2 (drawing parameters), 8.3 (colours), 8.4 (clips).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from extract.pages.colours import PAPER, Colour, is_unseen_on
from extract.pages.ofd.container import find_all, local_name
from extract.pages.ofd.numbers import Matrix, apply, multiply, read_box, read_matrix, read_number, read_outline
from extract.pages.pdf.drawing import Box
from extract.quick import record

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FALSE = ("false", "0")
_COLOURS, _INKS = 3, 4  # red, green and blue; cyan, magenta, yellow and black
OPAQUE, _SEEN = 255.0, 13.0  # of Alpha; what is less than a twentieth of opaque is not seen
_BLACK = Colour(0, 0, 0)
_MOST_PARAMS = 16  # drawing parameters that go back to others


@record
class Look:
    """What is filled and stroked, and the colours; None where none is stated: black."""

    filled: bool
    stroked: bool
    fill: Element | None
    stroke: Element | None
    alpha: float

    @property
    def colour(self) -> Element | None:
        """That of what is seen most of."""
        return self.fill if self.filled or not self.stroked else self.stroke


def look_of(item: Element, params: Mapping[str, Element], around: str = "") -> Look:
    """The look of a text or path; `params` are drawing parameters by id, `around` those of the layer."""
    is_text = local_name(item) == "TextObject"
    filled, stroked = ("true", "false") if is_text else ("false", "true")
    stated = list(_stated(item, params, item.get("DrawParam") or around))
    return Look(
        item.get("Fill", filled).lower() not in FALSE,
        item.get("Stroke", stroked).lower() not in ("", *FALSE),
        _first(stated, "FillColor"),
        _first(stated, "StrokeColor"),
        read_number(item.get("Alpha"), OPAQUE),
    )


def _stated(item: Element, params: Mapping[str, Element], named: str) -> Iterator[Element]:
    """What states colours of the object, the nearest first."""
    yield item
    for _ in range(_MOST_PARAMS):
        param = params.get(named)
        if param is None:
            return
        yield param
        named = param.get("Relative", "")


def _first(stated: Sequence[Element], name: str) -> Element | None:
    return next((child for own in stated for child in own if local_name(child) == name), None)


def is_painted(look: Look, *, opaque: bool = False) -> bool:
    """Whether something is seen: filled or stroked, and not wholly transparent; `opaque`, not at all so."""
    least = OPAQUE if opaque else _SEEN
    alpha = None if look.colour is None else look.colour.get("Alpha")
    return (look.filled or look.stroked) and look.alpha >= least and read_number(alpha, OPAQUE) >= least


def is_white(look: Look) -> bool:
    """Whether an object has the colour of paper."""
    return is_unseen_on(colour_of(look), PAPER)


def colour_of(look: Look) -> Colour | None:
    """The colour of an object, black where none is stated; None where nobody knows it: a pattern, several colours."""
    if look.colour is None or not (look.colour.get("Value") or len(look.colour)):
        return _BLACK
    stated = {own.get("Value", "") for own in look.colour.iter() if own.get("Value")}  # those of a shading, too
    return _read_colour(stated.pop().split()) if len(stated) == 1 else None


def _read_colour(parts: Sequence[str]) -> Colour | None:
    """A shade of grey, RGB or CMYK, by the number of its channels: each 0 to 255, or hexadecimal behind a #."""
    try:
        values = [float(int(part[1:], 16) if part.startswith("#") else int(part)) for part in parts]
    except ValueError:
        return None
    if len(values) == _INKS:
        black = values.pop()
        values = [OPAQUE - min(ink + black, OPAQUE) for ink in values]
    values = values * _COLOURS if len(values) == 1 else values
    return Colour(*values) if len(values) == _COLOURS else None


def own_matrix(item: Element, around: Matrix, *, turned: bool = True) -> Matrix:
    """From the object's own coordinates to points: CTM, where `turned`, its boundary's corner, the surroundings."""
    box = read_box(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    own = read_matrix(item.get("CTM") if turned else None)
    return multiply(multiply(own, (1.0, 0.0, 0.0, 1.0, box[0], box[1])), around)


def outline_of(item: Element) -> str:
    return next((child.text or "" for child in item if local_name(child) == "AbbreviatedData"), "")


def clip_of(item: Element, around: Matrix, clip: Box | None = None) -> Box | None:
    """The box in points in which an object is seen, within `clip` around it; None where nothing cuts it off."""
    for clips in find_all(item, "Clips"):
        base = own_matrix(item, around, turned=clips.get("TransFlag", "true").lower() not in FALSE)
        for one in find_all(clips, "Clip"):
            areas = [_area_of(area, base) for area in find_all(one, "Area")]
            if areas and all(areas):
                box = hull([point for area in areas if area for point in (area[:2], area[2:])])
                clip = intersect(box, clip) if clip else box
    return clip


def _area_of(area: Element, base: Matrix) -> Box | None:
    """The hull of a clip's path; None for one of text, or without points."""
    around = multiply(read_matrix(area.get("CTM")), base)
    points = [
        apply(point, matrix)
        for path in find_all(area, "Path")
        for matrix in [own_matrix(path, around)]
        for start, end, _ in read_outline(outline_of(path))
        for point in (start, end)
    ]
    return hull(points) if points else None


def intersect(one: Box, other: Box) -> Box:
    """What both have in common; where that is nothing, a box that ends before it begins."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def hull(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
