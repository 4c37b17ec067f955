"""Word files whose tables are pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from extract.pages.docx import docx_to_pages
from extract.records import Line, Page, RawCell, Row
from extract.settings import load_settings
from tests.pages.statutory import FORM, paragraph, report_word, word_file

ROWS = [[row.label, "1"] for row in FORM.tables[1].blocks[0].rows]
RELATION = (
    '<Relationships><Relationship Id="p1" Target="media/a.png"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
)
PICTURE = paragraph('<w:r><w:drawing><a:blip r:embed="p1"/></w:drawing></w:r>')


def with_picture(body: str, picture: bytes) -> bytes:
    """The Word file, its picture `p1` in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file(body))) as plain, zipfile.ZipFile(buffer, "w") as archive:
        for name in plain.namelist():
            if not name.endswith("document.xml.rels"):
                archive.writestr(name, plain.read(name))
        archive.writestr("word/_rels/document.xml.rels", RELATION)
        archive.writestr("word/media/a.png", picture)
    return buffer.getvalue()


def table(rows: list[list[str]]) -> tuple[Page, ...]:
    """What a recogniser reads in a picture of the rows."""
    items = (Row(tuple(map(RawCell, row)), 1, 1, number) for number, row in enumerate(rows, 1))
    return (Page(1, tuple(items), scanned=True),)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Page, ...]]:
    """The pages of a Word file of that body, its picture's rows as a recogniser would read them."""
    monkeypatch.setattr("extract.pages.image.can_read", lambda: True)

    def read_file(body: str, rows: list[list[str]]) -> tuple[Page, ...]:
        def recognise(content: bytes, **_: object) -> tuple[Page, ...]:
            assert content == b"picture"
            return table(rows)

        monkeypatch.setattr("extract.pages.image.image_to_pages", recognise)
        return docx_to_pages(with_picture(body, b"picture"), file="a.docx", settings=load_settings())

    return read_file


def test_a_table_in_a_picture_is_read_where_the_picture_stands(read: Callable[..., tuple[Page, ...]]) -> None:
    pages = read(paragraph("前") + PICTURE + paragraph("后"), ROWS)
    assert [(page.number, page.scanned) for page in pages] == [(1, False), (2, True), (3, False)]
    assert not any(page.pictures for page in pages)
    items = [item for page in pages for item in page.items]
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    assert [item.text for item in items if isinstance(item, Line)] == ["前", "后"]
    assert [[cell.text for cell in item.cells] for item in items if isinstance(item, Row)] == ROWS


def test_a_sentence_that_names_rows_of_a_table_is_not_that_table(read: Callable[..., tuple[Page, ...]]) -> None:
    prose = paragraph("行政事业性收费12万元，结转下年度继续办理2件；尚未审结1件。")
    assert [page.scanned for page in read(prose + PICTURE, ROWS)] == [False, True]


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        (report_word() + PICTURE, ROWS),
        (paragraph("一、总体情况") + paragraph("二、主动公开政府信息情况") + PICTURE, [["访问量", "12"]]),
    ],
    ids=["the tables are there as text", "it is another table"],
)
def test_a_picture_that_adds_no_table_is_counted(
    read: Callable[..., tuple[Page, ...]], body: str, rows: list[list[str]]
) -> None:
    (page,) = read(body, rows)
    assert (page.scanned, page.pictures) == (False, 1)
