"""A page that cannot be read is left empty, with the cause; the others are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.errors import SourceError
from extract.guard import guard
from extract.pages.pdf.drawing import Drawing

_SIZE = (1.0, 1.0)  # of a page of which nothing is known
_AS_SHOWN = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def draw_guarded(draw: Callable[[], Drawing], number: int, *, file: str, seconds: float | None = None) -> Drawing:
    """What `draw` gives, or an empty drawing that says why it could not be drawn; `seconds` as in `guard`."""
    try:
        with guard(file, page=number, seconds=seconds):
            return draw()
    except SourceError as error:
        return unread_drawing(number, error)


def unread_drawing(number: int, error: SourceError, *, scanned: bool = False) -> Drawing:
    """The drawing of a page of which nothing could be read."""
    return Drawing(number, *_SIZE, (), (), to_shown=_AS_SHOWN if scanned else None, unread=error)


def refuse_unread(drawings: Sequence[Drawing]) -> None:
    """Raises: SourceError, the first of the pages that could not be read, where all the others are empty."""
    errors = [drawing.unread for drawing in drawings if drawing.unread]
    if errors and not any(drawing.glyphs or drawing.picture_share for drawing in drawings):
        raise errors[0]
