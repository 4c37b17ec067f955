"""Image files → the pictures of their pages, upright as their maker meant them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from extract.errors import UnreadableError, UnsupportedError
from extract.pages.image.ink import Picture
from extract.pages.kind import IMAGES
from extract.settings import Settings

if TYPE_CHECKING:
    from PIL.Image import Image

_JBIG2 = b"\x97JB2\r\n"
_AGAIN = "scan or download it again"


def open_pictures(content: bytes, *, file: str, settings: Settings) -> dict[int, Callable[[], Picture]]:
    """The pages of an image file, each opened when it is called: UnreadableError, UnsupportedError where it can't be.

    Raises: UnreadableError (broken), UnsupportedError (more pages than a report has, an unknown format).
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd tags, and of sizes that are refused below
            image = Image.open(io.BytesIO(content))
            count = int(getattr(image, "n_frames", 1))
    except UnidentifiedImageError as error:
        if content.startswith(_JBIG2):
            remedy = "open the file in its own reader and print it to a PDF"
            raise UnsupportedError(file, "this picture is in JBIG2, which is not read", remedy) from error
        if content.startswith(IMAGES):
            raise UnreadableError(file, "this image is broken (its head is damaged)", _AGAIN) from error
        raise UnsupportedError(file, "this kind of image is not known", "save it as PNG, JPEG, TIFF or PDF") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableError(file, f"this image is broken ({error})", _AGAIN) from error
    if count > settings.max_pdf_pages:
        cause = f"{count} pages, more than the {settings.max_pdf_pages} that a report may have"
        raise UnsupportedError(file, cause, "cut the report out of the volume, or raise max_pdf_pages in the settings")
    return {number: partial(_read_frame, image, number, file, settings) for number in range(1, count + 1)}


def _read_frame(image: Image, number: int, file: str, settings: Settings) -> Picture:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if number > 1:
                image.seek(number - 1)
            width, height = image.size
            if width * height > settings.max_image_pixels:
                cause = f"{width} × {height} pixels, more than a page needs"
                raise UnsupportedError(file, cause, "scan it at 200 to 300 dots an inch", page=number)
            upright = ImageOps.exif_transpose(image)
            return np.asarray(_on_white(upright))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise UnreadableError(file, f"this image is broken ({error})", _AGAIN, page=number) from error


def _on_white(image: Image) -> Image:
    """The image in red, green and blue, what is transparent on white paper, 16 bits of grey as 8."""
    from PIL import Image

    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, dtype=np.float64)
        top = 65535.0 if values.max(initial=0) > 255 else 255.0
        return Image.fromarray((values * (255.0 / top)).clip(0, 255).astype(np.uint8)).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, layered).convert("RGB")
    return image.convert("RGB")
