"""Scans and photos → pages: the page is set upright, its rules make the tables, cells and lines are read."""

from __future__ import annotations

from importlib.util import find_spec

from extract.errors import UnsupportedError
from extract.records import Page
from extract.settings import Settings

__all__ = ["can_read", "image_to_pages", "require_packages"]

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
    from extract.pages.image.scan import read_picture
    from extract.pages.pdf.layout import texts_to_pages

    pictures = open_pictures(content, file=file, settings=settings)
    drawn = settings.debug_images
    texts = (text for number, picture in enumerate(pictures, 1) for text in read_picture(picture, number, drawn=drawn))
    return texts_to_pages(tuple(texts))
