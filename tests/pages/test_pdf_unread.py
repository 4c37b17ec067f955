"""PDF pages that cannot be read: each is named with its cause, the others are read, no table goes on over them."""

from __future__ import annotations

import time

import pytest

from extract.errors import SourceError, UnreadableError, UnsupportedError
from extract.pages.pdf import layout, pdf_to_pages
from extract.pages.pdf.clock import start_clock
from extract.pages.pdf.drawing import Drawing
from extract.pages.pdf.source import read_drawings
from extract.quick import replace
from extract.records import Page, Row
from extract.settings import load_settings
from tests.pages.pdf_builder import Sheet, to_pdf

TEXT = "二、主动公开政府信息情况。行政规范性文件本年制发件数为三件。"
PROSE = Sheet().text(50, 300, TEXT)
XS = (50, 300, 360, 420)
HEAD = Sheet().table(XS, (700, 720, 740, 760), [["", "甲", "乙"], ["行政许可", "1", "2"], ["行政处罚", "", ""]])
TAIL = Sheet().table(XS, (60, 80, 100), [["", "7", "8"], ["行政强制", "3", "4"]])


def read(content: bytes) -> tuple[Page, ...]:
    return pdf_to_pages(content, file="a.pdf", settings=load_settings())


def without_page(content: bytes, number: int) -> bytes:
    """The file, the object of a page overwritten."""
    start = [k for k in range(len(content)) if content.startswith(b"<</Type/Page/", k)][number - 1]
    end = content.index(b"\nendobj", start)
    return content[:start] + b"null".ljust(end - start) + content[end:]


def rows(page: Page) -> list[list[str]]:
    return [[cell.text for cell in item.cells] for item in page.items if isinstance(item, Row)]


def test_a_broken_page_is_named_and_the_others_are_read() -> None:
    pages = read(without_page(to_pdf(PROSE, PROSE, PROSE), 2))
    assert [(page.number, bool(page.items), page.unread) for page in pages] == [
        (1, True, ""),
        (2, False, "this page is broken and cannot be read"),
        (3, True, ""),
    ]


@pytest.mark.parametrize("sheets", [[PROSE], [Sheet(), PROSE]], ids=["one page", "beside an empty one"])
def test_a_file_of_which_no_page_can_be_read_says_why(sheets: list[Sheet]) -> None:
    with pytest.raises(UnreadableError, match=f"page {len(sheets)}: this page is broken"):
        read(without_page(to_pdf(*sheets), len(sheets)))


@pytest.mark.unforeseen
def test_whatever_goes_wrong_with_a_page_spoils_that_page_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = layout.edges_to_grids

    def fail(edges: object) -> object:
        if edges:
            raise ZeroDivisionError
        return whole(edges)  # type: ignore[arg-type]

    monkeypatch.setattr(layout, "edges_to_grids", fail)
    pages = read(to_pdf(PROSE, HEAD))
    assert [(bool(page.items), "ZeroDivisionError" in page.unread) for page in pages] == [(True, False), (False, True)]


def test_a_page_with_more_objects_than_a_report_needs_spoils_that_page_alone() -> None:
    crowded = Sheet(instructions=[b"0 0 m 9 9 l S\n" * 250_000])
    assert [page.unread for page in read(to_pdf(PROSE, crowded))] == [
        "",
        "more drawn objects than the page of a report needs",
    ]


def test_values_behind_an_unread_page_do_not_go_into_the_row_before_it() -> None:
    joined, parted = read(to_pdf(HEAD, TAIL)), read(without_page(to_pdf(HEAD, PROSE, TAIL), 2))
    assert rows(joined[0])[-1] == ["行政处罚", "7", "8"]
    assert rows(parted[0])[-1] == ["行政处罚", "", ""]
    assert rows(parted[2])[0] == ["", "7", "8"]


def test_a_page_that_was_not_read_is_told_to_its_caller_as_an_error() -> None:
    drawing = Drawing(1, 595, 842, (), (), unread=SourceError("a.pdf", "cause", "remedy", page=1))
    with pytest.raises(SourceError, match="cause"):
        layout.drawings_to_pages([drawing], file="a.pdf")


def test_the_time_of_a_pdf_holds_for_drawing_its_pages() -> None:
    settings = replace(load_settings(), max_pdf_seconds=1e-6)
    with pytest.raises(UnsupportedError, match=r"page 1: reading took longer .* raise max_pdf_seconds"):
        pdf_to_pages(to_pdf(PROSE), file="a.pdf", settings=settings)


@pytest.mark.parametrize("stage", ["edges_to_grids", "split_columns"])
def test_the_time_of_a_pdf_holds_for_reading_what_was_drawn(monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    whole = getattr(layout, stage)

    def tarry(own: object) -> object:
        end = time.process_time() + 0.2
        while time.process_time() < end:
            pass
        return whole(own)

    drawings = read_drawings(to_pdf(PROSE, PROSE, PROSE), file="a.pdf", settings=load_settings())
    monkeypatch.setattr(layout, stage, tarry)
    with pytest.raises(UnsupportedError, match=r"page 2: reading took longer than 0\.3 seconds"):
        layout.drawings_to_pages(drawings, file="a.pdf", clock=start_clock("a.pdf", 0.3))


def test_a_page_that_takes_all_the_time_of_its_pdf_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(edges: object) -> object:
        while True:
            pass

    drawings = read_drawings(to_pdf(PROSE, PROSE), file="a.pdf", settings=load_settings())
    monkeypatch.setattr(layout, "edges_to_grids", hang)
    with pytest.raises(UnsupportedError, match=r"page 1: reading took longer than 0\.3 seconds"):
        layout.drawings_to_pages(drawings, file="a.pdf", clock=start_clock("a.pdf", 0.3))
