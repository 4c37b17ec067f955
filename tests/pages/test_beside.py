"""Pages of text some of whose tables are pictures: PDF and OFD alike."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from extract.errors import UnreadableError
from extract.pages.ofd import ofd_to_pages
from extract.pages.pdf import pdf_to_pages
from extract.pages.pdf.drawing import Drawing, table_pictures
from extract.pages.pdf.layout import PageText
from extract.pages.pdf.ruled import Table, TextCell
from extract.records import Line, Page, RawCell, Row
from extract.settings import load_settings
from tests.pages.image.builders import to_file
from tests.pages.ofd_builder import build_ofd, text_object
from tests.pages.pdf_builder import Sheet, to_pdf
from tests.pages.statutory import FORM, PROSE

pytest.importorskip("rapidocr")

LABELS = [row.label for row in FORM.tables[1].blocks[0].rows]
BEFORE, AFTER = f"前文。{PROSE}", f"后文。{PROSE}"
PLACE = '<ofd:ImageObject ID="3" Boundary="20 100 170 60" CTM="170 0 0 60 0 0" ResourceID="50"/>'


def read_pdf() -> tuple[Page, ...]:
    sheet = Sheet().text(50, 60, BEFORE, size=7).picture(50, 200, 545, 400).text(50, 500, AFTER, size=7)
    return pdf_to_pages(to_pdf(sheet), file="a.pdf", settings=load_settings())


def read_ofd() -> tuple[Page, ...]:
    objects = [text_object(20, 40, BEFORE), PLACE, text_object(20, 200, AFTER)]
    pictures = {"50": to_file(np.full((60, 170, 3), 200, dtype=np.uint8))}
    return ofd_to_pages(build_ofd([objects], pictures=pictures), file="a.ofd", settings=load_settings())


def reader(labels: list[str]) -> Callable[..., list[PageText]]:
    """Reads a ruled table of these labels where the page has anything but paper."""

    def read(picture: np.ndarray, number: int, **_: object) -> list[PageText]:
        ys, xs = np.nonzero(picture.min(axis=2) < 250)
        height, width = picture.shape[:2]
        x0, x1, y0, y1 = xs.min(), xs.max() + 1, ys.min(), ys.max() + 1
        box = (float(x0 / width), float(y0 / height), float(x1 / width), float(y1 / height))
        rows = tuple((TextCell(label, box), TextCell("1", box, (("1", 0.99),))) for label in labels)
        drawing = Drawing(number, 1.0, 1.0, (), (), to_shown=((1, 0, 0), (0, 1, 0), (0, 0, 1)))
        return [PageText(drawing, (Table(rows, box),), ())]

    return read


def texts(page: Page) -> list[str]:
    return [item.text if isinstance(item, Line) else item.cells[0].text for item in page.items]


@pytest.mark.parametrize("read", [read_pdf, read_ofd])
def test_a_table_in_a_picture_stands_where_the_picture_stands(
    read: Callable[[], tuple[Page, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.pages.image.scan.read_picture", reader(LABELS))
    (page,) = read()
    assert texts(page) == [BEFORE, *LABELS, AFTER]
    assert not page.scanned
    assert page.pictures == 0
    (part,) = page.scans
    cell = next(item for item in page.items if isinstance(item, Row)).cells[1]
    assert isinstance(cell, RawCell)
    assert cell.bbox == pytest.approx(part, abs=0.002)


def fail(*_: object, **__: object) -> list[PageText]:
    raise UnreadableError("a", "this image is broken", "scan it again")


@pytest.mark.parametrize("read", [read_pdf, read_ofd])
@pytest.mark.parametrize("reading", [reader(["访问量"]), fail], ids=["another table", "broken"])
def test_a_picture_that_adds_no_table_is_counted(
    read: Callable[[], tuple[Page, ...]], reading: Callable[..., list[PageText]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.pages.image.scan.read_picture", reading)
    (page,) = read()
    assert (texts(page), page.pictures, page.scans) == ([BEFORE, AFTER], 1, ())


def test_without_the_packages_the_text_is_read_and_the_picture_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.pages.image.can_read", lambda: False)
    (page,) = read_pdf()
    assert (texts(page), page.pictures) == ([BEFORE, AFTER], 1)


def test_strips_of_one_picture_are_one_and_small_ones_hold_no_table() -> None:
    strips = [(50.0, 100.0 + 10 * k, 550.0, 110.0 + 10 * k) for k in range(10)]
    assert table_pictures([*strips, (50.0, 300.0, 100.0, 350.0)], 595, 842) == ((50.0, 100.0, 550.0, 200.0),)
