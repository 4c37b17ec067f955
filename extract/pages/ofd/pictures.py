"""The pictures of a scanned OFD page → one picture of the page as it is shown, at the resolution of the largest.

Scanners cut a page into strips, and programs that stamp it lay seals over it: all pictures are drawn in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from extract.errors import SourceError, UnsupportedError
from extract.pages.ofd.container import Container
from extract.pages.ofd.numbers import Matrix, apply, multiply
from extract.pages.ofd.structure import OfdPage
from extract.settings import Settings

if TYPE_CHECKING:
    from extract.pages.image.ink import Picture

_LEAST_PIXELS, _MOST_PIXELS = 850, 1700  # of the short side of the page: 100 and 200 dots an inch of A4
_LOSSY = 0.7  # a picture that shrinks to less of its size is averaged first
_MOST_PICTURES = 200  # strips of one page


def draw_page(
    container: Container, page: OfdPage, placed: Sequence[tuple[str, Matrix]], *, settings: Settings
) -> Picture:
    """The page in red, green and blue; `placed` as Painter.find_pictures gives them. A picture that is not in the file
    or cannot be opened is left out.

    Raises: UnreadableError, UnsupportedError where none can be opened.
    """
    opened: list[tuple[Picture, Matrix]] = []
    failures: list[SourceError] = []
    for resource, matrix in placed[:_MOST_PICTURES]:
        path = page.media.get(resource, "")
        try:
            if container.has(path):
                opened.append((_open_picture(container, path, settings), matrix))
        except SourceError as error:
            failures.append(error)
    if not opened:
        raise failures[0] if failures else container.damaged("the picture of a scanned page is not in it")
    scale = _scale(page, opened)
    size = (max(1, round(page.box[2] * scale)), max(1, round(page.box[3] * scale)))
    if size[0] * size[1] > settings.max_image_pixels:
        cause = f"{size[0]} × {size[1]} pixels, more than a page needs"
        raise UnsupportedError(container.file, cause, "scan it at 200 to 300 dots an inch")
    canvas = np.full((size[1], size[0], 3), 255, dtype=np.uint8)
    for picture, matrix in opened:
        _lay_on(canvas, picture, multiply(matrix, (scale, 0.0, 0.0, scale, 0.0, 0.0)))
    return canvas


def _open_picture(container: Container, path: str, settings: Settings) -> Picture:
    from extract.pages.image.pictures import open_pictures

    content = container.read_picture(path)
    return open_pictures(content, file=container.file, settings=settings)[1]()


def _scale(page: OfdPage, opened: Sequence[tuple[Picture, Matrix]]) -> float:
    """Pixels a millimetre of the picture that covers most of the page, within what reading needs."""
    picture, (a, b, *_) = max(opened, key=lambda own: abs(own[1][0] * own[1][3] - own[1][1] * own[1][2]))
    shortest = min(page.box[2], page.box[3])
    width = np.hypot(a, b) or shortest
    return float(min(max(picture.shape[1] / width, _LEAST_PIXELS / shortest), _MOST_PIXELS / shortest))


def _lay_on(canvas: Picture, picture: Picture, matrix: Matrix) -> None:
    """Draws the picture; `matrix` leads from its unit square to the pixels of the canvas."""
    import cv2

    height, width = picture.shape[:2]
    shrink = max(np.hypot(*matrix[0:2]) / width, np.hypot(*matrix[2:4]) / height)
    if 0 < shrink < _LOSSY:
        size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        height, width = picture.shape[:2]
    corners = [apply(corner, matrix) for corner in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))]
    source = np.array([(0, 0), (width, 0), (0, height)], dtype=np.float32) - 0.5  # middles of pixels
    affine = cv2.getAffineTransform(source, np.array(corners, dtype=np.float32) - 0.5)
    cv2.warpAffine(
        picture, affine, canvas.shape[1::-1], dst=canvas, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT
    )
