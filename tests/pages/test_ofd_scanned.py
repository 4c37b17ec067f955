"""Scanned pages of OFD files, put together of their pictures and read as scans."""

from __future__ import annotations

import numpy as np
import pytest

from extract.errors import UnreadableError, UnsupportedError
from extract.pages.ofd import ofd_to_pages
from extract.records import Line, Page, Row
from extract.settings import load_settings
from tests.pages.image.builders import table_page, to_file
from tests.pages.ofd_builder import HEIGHT, WIDTH, build_ofd, text_object

pytest.importorskip("rapidocr")

VALUES = [["label", *(str((7 * row + 3 * column) % 13) for column in range(7))] for row in range(8)]
PAGE = table_page(VALUES)
MIDDLE = PAGE.shape[0] // 2


def placed(resource: int, boundary: str, matrix: str = "") -> str:
    ctm = f'CTM="{matrix}"' if matrix else ""
    return f'<ofd:ImageObject ID="3" Boundary="{boundary}" {ctm} ResourceID="{resource}"/>'


WHOLE = placed(50, f"0 0 {WIDTH} {HEIGHT}", f"{WIDTH} 0 0 {HEIGHT} 0 0")
HALF = HEIGHT / 2


def read(content: bytes) -> tuple[Page, ...]:
    return ofd_to_pages(content, file="a.ofd", settings=load_settings())


def numbers(page: Page) -> list[list[str]]:
    return [[cell.text for cell in item.cells[1:]] for item in page.items if isinstance(item, Row)]


@pytest.mark.parametrize(
    ("objects", "pictures"),
    [
        ([WHOLE], [PAGE]),
        ([placed(50, f"0 0 {WIDTH} {HEIGHT}")], [PAGE]),
        (
            [
                placed(50, f"0 0 {WIDTH} {HALF}", f"{WIDTH} 0 0 {HALF} 0 0"),
                placed(51, f"0 {HALF} {WIDTH} {HALF}", f"{WIDTH} 0 0 {HALF} 0 0"),
            ],
            [PAGE[:MIDDLE], PAGE[MIDDLE:]],
        ),
        ([placed(50, f"0 0 {WIDTH} {HEIGHT}", f"0 {HEIGHT} {-WIDTH} 0 {WIDTH} 0")], [np.rot90(PAGE)]),
    ],
    ids=["whole", "without a matrix", "in two strips", "turned by its matrix"],
)
def test_a_scanned_page_is_read_as_its_pictures_lie(objects: list[str], pictures: list[np.ndarray]) -> None:
    files = {str(50 + k): to_file(np.ascontiguousarray(picture)) for k, picture in enumerate(pictures)}
    (page,) = read(build_ofd([objects], pictures=files))
    assert page.scanned
    assert numbers(page) == [row[1:] for row in VALUES]


def test_pages_with_text_are_read_by_their_text_beside_scanned_ones() -> None:
    prose = "本局认真贯彻政府信息公开条例，主动公开各类信息。"
    first, second = read(build_ofd([[text_object(20, 30, prose)], [WHOLE]], pictures={"50": to_file(PAGE)}))
    assert [item.text for item in first.items if isinstance(item, Line)] == [prose]
    assert (first.scanned, second.scanned) == (False, True)
    assert numbers(second) == [row[1:] for row in VALUES]


def test_a_scan_whose_picture_is_not_there_or_unknown_is_refused() -> None:
    with pytest.raises(UnreadableError, match="picture of a scanned page"):
        read(build_ofd([[WHOLE]]))
    with pytest.raises(UnsupportedError, match="image is not known"):
        read(build_ofd([[WHOLE]], pictures={"50": b"no picture at all"}))
    with pytest.raises(UnsupportedError, match="JBIG2"):
        read(build_ofd([[WHOLE]], pictures={"50": b"\x97JB2\r\n\x1a\n" + bytes(40)}))


def test_text_that_a_recogniser_laid_unseen_over_a_scan_is_not_relied_on() -> None:
    unseen = [text_object(20, 30 + 8 * k, "重庆市政府信息公开报告认不出的字", attributes='Alpha="0"') for k in range(4)]
    (page,) = read(build_ofd([[WHOLE, *unseen]], pictures={"50": to_file(PAGE)}))
    assert page.scanned
    assert numbers(page) == [row[1:] for row in VALUES]


def test_a_page_too_long_to_be_drawn_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="more than a page needs"):
        read(build_ofd([[placed(50, "0 0 1 999999")]], box=(1.0, 999999.0), pictures={"50": to_file(PAGE)}))
