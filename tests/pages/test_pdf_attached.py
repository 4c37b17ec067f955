"""A PDF with other files in it, and with the fields of a form."""

from __future__ import annotations

import pytest

from extract.errors import NotAReportError, UnsupportedError
from extract.pages import read_content
from extract.records import Document, Line, Row
from extract.settings import load_settings
from tests.pages.pdf_builder import Sheet, attach, fill_form, to_pdf

COVER = "临桥县统计局2023年政府信息公开工作年度报告，全文见附件。"
REPORT = (
    Sheet()
    .text(50, 60, "四、结转下年度继续办理")
    .table((50, 200, 260), (80, 100, 120), [["行政许可", "1"], ["规章", "2"]])
)


def read(content: bytes) -> Document:
    return read_content(content, file="cover.pdf", settings=load_settings())


@pytest.mark.parametrize("pinned", [False, True])
def test_a_report_that_is_attached_to_its_cover_is_read_behind_it(pinned: bool) -> None:
    files = ("名单.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("年度报告.pdf", to_pdf(REPORT))
    document = read(attach(to_pdf(Sheet().text(50, 60, COVER)), *files, pinned=pinned))
    rows = [item for item in document.items if isinstance(item, Row)]
    assert [[cell.text for cell in row.cells] for row in rows] == [["行政许可", "1"], ["规章", "2"]]
    assert [page.number for page in document.pages] == [1, 2]
    assert {row.page for row in rows} == {2}
    assert [item.number for item in document.items] == [1, 2, 3, 4]


def test_a_cover_that_speaks_of_what_a_table_counts_is_still_but_the_cover() -> None:
    cover = Sheet().text(50, 60, COVER).text(50, 90, "本年收到申请2件，结转下年度0件。")
    document = read(attach(to_pdf(cover), ("年度报告.pdf", to_pdf(REPORT))))
    assert [page.number for page in document.pages] == [1, 2]


def test_a_report_that_is_attached_to_an_empty_page_is_read() -> None:
    document = read(attach(to_pdf(Sheet()), ("年度报告.pdf", to_pdf(REPORT))))
    assert [len(row.cells) for row in document.items if isinstance(row, Row)] == [2, 2]


def test_an_empty_page_without_attachments_is_no_report() -> None:
    with pytest.raises(NotAReportError, match="no text and no pictures"):
        read(to_pdf(Sheet()))


def test_attachments_that_hold_no_report_are_named() -> None:
    content = attach(to_pdf(Sheet().text(50, 60, COVER)), ("报告.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    with pytest.raises(UnsupportedError, match=r"报告\.doc.*save the attached report"):
        read(content)


def test_attachments_of_a_report_are_left_alone() -> None:
    document = read(attach(to_pdf(REPORT), ("另一份.pdf", to_pdf(REPORT, REPORT))))
    assert len(document.pages) == 1


def test_an_attached_bomb_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="unpacked"):
        read(attach(to_pdf(Sheet().text(50, 60, COVER)), ("a.txt", b" " * 300_000_000)))


@pytest.mark.parametrize("drawn", [True, False])
def test_what_is_filled_into_a_form_is_read(drawn: bool) -> None:
    """With the appearance that the filling program has drawn, or without it."""
    content = fill_form(b"4711", drawn=drawn)
    words = " ".join(item.text for item in read(content).items if isinstance(item, Line))
    rows = [cell.text for item in read(content).items if isinstance(item, Row) for cell in item.cells]
    assert "4711" in words.split() + rows
