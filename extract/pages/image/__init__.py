"""Scans and photos → pages: the page is set upright, its rules make the tables, cells and lines are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from extract.errors import SourceError, UnsupportedError
from extract.guard import guard
from extract.records import Page
from extract.settings import Settings

if TYPE_CHECKING:
    from extract.pages.image.ink import Picture
    from extract.pages.pdf.clock import Clock
    from extract.pages.pdf.drawing import Drawing
    from extract.pages.pdf.layout import PageText

__all__ = ["can_read", "image_to_pages", "read_scanned", "read_with_scans"]

_PACKAGES = ("cv2", "PIL", "rapidocr")


def can_read() -> bool:
    """Whether the packages that read scans are installed."""
    return all(find_spec(name) is not None for name in _PACKAGES)


def require_packages(file: str, *, page: int | None = None) -> None:
    """Raises: UnsupportedError where the packages that read scans are missing; `page` is the first scanned one."""
    if not can_read():
        cause = "this is a scan, and the packages that read scans are not installed"
        raise UnsupportedError(
            file,
            cause,
            "install them: pip install 'gouji[scan]', in gouji's own folder pip install '.[scan]'",
            page=page,
        )
    import cv2

    cv2.setNumThreads(1)  # many files are read in many processes


def image_to_pages(content: bytes, *, file: str, settings: Settings) -> tuple[Page, ...]:
    """The pages of an image file, each with its lines and rows in reading order and their boxes.

    Raises: UnreadableError (broken), UnsupportedError (the extra is not installed, over a limit).
    """
    require_packages(file)
    from extract.pages.image.pictures import open_pictures
    from extract.pages.pdf.layout import texts_to_pages

    texts = read_scanned(open_pictures(content, file=file, settings=settings), file=file, settings=settings)
    return texts_to_pages([text for own in texts.values() for text in own])


def read_with_scans(
    drawings: Sequence[Drawing],
    pictures: Mapping[int, Callable[[], Picture]],
    partly: Collection[int] = (),
    *,
    file: str,
    settings: Settings,
    clock: Clock | None = None,
) -> tuple[Page, ...]:
    """The pages of a document: those that `pictures` opens are read as scans, the others by their drawings.

    Of those in `partly` the text is read by the drawing and only the pictures as scans. The `clock` holds for the
    drawings alone.

    Raises: UnsupportedError where pages have no text and the extra that reads scans is not installed; where no page can
    be read, why not; where the time of the clock is up.
    """
    from extract.pages.image.beside import read_beside
    from extract.pages.pdf.layout import read_each, read_text, texts_to_pages

    scanned = {number: open_picture for number, open_picture in pictures.items() if number not in partly}
    if scanned or can_read():
        require_packages(file, page=min(scanned, default=None))
    printed = [drawing for drawing in drawings if drawing.number not in scanned]
    texts = read_each(printed, file=file, clock=clock)
    texts |= read_scanned(scanned, file=file, settings=settings)
    whole = {drawing.number: drawing for drawing in drawings}
    for number in partly:
        own = read_text(whole[number], file=file)
        texts[number] = read_beside(own, pictures[number], file=file, drawn=settings.debug_images)
    return texts_to_pages([text for number in sorted(texts) for text in texts[number]])


def read_scanned(
    pictures: Mapping[int, Callable[[], Picture]], *, file: str, settings: Settings
) -> dict[int, list[PageText]]:
    """What the pages print, by page number, or why they could not be read: one bad page spoils no file."""
    from extract.pages.image.scan import read_picture
    from extract.pages.pdf.layout import PageText
    from extract.pages.pdf.unread import unread_drawing

    texts: dict[int, list[PageText]] = {}
    for place, (number, open_picture) in enumerate(pictures.items(), 1):
        if settings.on_page:
            settings.on_page(place, len(pictures))
        try:
            with guard(file, page=number):
                texts[number] = read_picture(open_picture(), number, drawn=settings.debug_images)
        except SourceError as error:
            texts[number] = [PageText(unread_drawing(number, error, scanned=True), (), ())]
    return texts
