"""PDF files that are no readable report: an error of our own, in bounded time, that says what to do."""

from __future__ import annotations

import base64
import math
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from extract.errors import NotAReportError, SourceError, UnreadableError, UnsupportedError
from extract.pages import read_content
from extract.pages.pdf import pdf_to_pages
from extract.pages.pdf.source import read_drawings
from extract.pages.pdf.unpacked import unpacked_length
from extract.pages.pdf.usable import find_unusable
from extract.quick import replace
from extract.records import Page
from extract.settings import load_settings
from tests.pages.pdf_builder import Sheet, attach, fill_form, make_pdf, stream, to_pdf

TEXT = "二、主动公开政府信息情况。行政规范性文件本年制发件数为三件。"
REPORT = to_pdf(
    Sheet().text(50, 60, TEXT).table((50, 200, 260), (80, 100, 120), [["行政许可", "1"], ["行政处罚", "2"]])
)


def read(content: bytes) -> tuple[Page, ...]:
    return pdf_to_pages(content, file="a.pdf", settings=load_settings())


def page_of(instructions: bytes, resources: bytes = b"<<>>", *more: bytes) -> bytes:
    return make_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %b>>" % resources,
            stream(instructions),
            *more,
        ]
    )


def forms_in_forms(depth: int, calls: int) -> bytes:
    """A page that calls a form that calls a form …: drawn `calls` to the power of `depth` times."""
    forms = [
        stream(
            b"/F Do " * calls if k < depth else b"0 0 m 9 9 l S ",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>" % (6 + k),
        )
        for k in range(1, depth + 1)
    ]
    return page_of(b"/F Do ", b"<</XObject<</F 6 0 R>>>>", b"null", *forms)


MANY = b"0 0 m 9 9 l S\n" * 3_000_000


def packed_as(filters: bytes, packed: bytes, *more: bytes, contents: bytes = b"4 0 R") -> bytes:
    """A page whose instructions are packed in the way that the entries say."""
    return make_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %b/Resources<<>>>>" % contents,
            b"<</Length %d%b>>stream\n%b\nendstream" % (len(packed), filters, packed),
            *more,
        ]
    )


@pytest.mark.parametrize(
    "content",
    [
        packed_as(b"/Filter/Flate#44ecode", zlib.compress(MANY)),
        packed_as(b"/Filter 5 0 R", zlib.compress(MANY), b"/FlateDecode"),
        packed_as(b"/Length1 9/Filter/FlateDecode", zlib.compress(b"true " + MANY)),
        packed_as(b"/Filter[/ASCIIHexDecode/FlateDecode]", zlib.compress(MANY).hex().encode() + b">"),
        packed_as(b"/Filter[/ASCII85Decode/FlateDecode]", base64.a85encode(zlib.compress(MANY)) + b"~>"),
        packed_as(b"/Filter/FlateDecode", zlib.compress(MANY[:5_000_000]), contents=b"[%b]" % (b"4 0 R " * 40)),
        packed_as(
            b"/Filter/FlateDecode",
            zlib.compress(MANY[:5_000_000]),
            b"[4 0 R 4 0 R 4 0 R 4 0 R 4 0 R]",
            contents=b"5 0 R",
        ),
    ],
    ids=[
        "escaped name",
        "filter elsewhere",
        "as a font",
        "hex",
        "base 85",
        "drawn again and again",
        "listed elsewhere",
    ],
)
def test_instructions_are_counted_however_they_are_packed(content: bytes) -> None:
    assert unpacked_length(content, 20_000_000) > 20_000_000


@pytest.mark.parametrize(
    "content",
    [b">>% " * 500_000, b"[1 0 R " * 500_000, b">>" + b" " * 2_000_000, b"1" * 5_000_000],
    ids=["comments", "lists", "blanks", "digits"],
)
def test_counting_takes_bounded_time_on_endless_beginnings(content: bytes) -> None:
    started = time.monotonic()
    unpacked_length(content, 20_000_000)
    assert time.monotonic() - started < 10


def defects(content: bytes) -> dict[int, str]:
    return find_unusable(read_drawings(content, file="a.pdf", settings=load_settings()), file="a.pdf")


def test_a_scanned_page_is_named_and_the_command_that_installs_what_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.pages.image.find_spec", lambda name: None)
    with pytest.raises(UnsupportedError, match=r"page 2: this is a scan.*pip install 'gouji\[scan\]'"):
        read(to_pdf(Sheet().text(50, 60, TEXT), Sheet().picture(0, 0, 595, 842)))


def test_a_text_layer_laid_under_a_scan_is_not_trusted() -> None:
    found = defects(to_pdf(Sheet().picture(0, 0, 595, 842).text(50, 60, TEXT, mode=3)))
    assert "laid under a scanned picture" in found[1]


@pytest.mark.parametrize(("degrees", "leans"), [(0.0, False), (0.2, False), (0.35, True), (-2.0, True), (90.2, False)])
def test_rows_that_lean_are_not_told_apart_by_the_text_layer(degrees: float, leans: bool) -> None:
    along, up = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    page = Sheet().table((50, 200, 260), (80, 100, 120), [["行政许可的处理决定数量", "1"], ["行政处罚", "2"]])
    matrix = f"{along} {up} {-up} {along} {842 * up} 0"
    assert ("lean" in defects(to_pdf(page.turned(matrix), size=(842, 842))).get(1, "")) == leans


def test_a_scan_that_was_cut_into_strips_is_one_scan() -> None:
    strips = Sheet()
    for k in range(16):
        strips.picture(0, k * 842 / 16, 595, (k + 1) * 842 / 16)
    assert "laid under a scanned picture" in defects(to_pdf(strips.text(50, 60, TEXT, mode=3)))[1]


def test_scanned_and_printed_pages_come_in_the_order_of_the_file() -> None:
    pages = read(to_pdf(Sheet().picture(0, 0, 595, 842), Sheet().text(50, 60, TEXT), Sheet().picture(0, 0, 595, 842)))
    assert [(page.number, page.scanned, bool(page.items)) for page in pages] == [
        (1, True, False),
        (2, False, True),
        (3, True, False),
    ]


def test_text_that_a_picture_is_painted_over_is_not_trusted() -> None:
    assert "laid under a scanned picture" in defects(to_pdf(Sheet().text(50, 60, TEXT).picture(0, 0, 595, 842)))[1]


def test_a_picture_behind_printed_text_does_no_harm() -> None:
    assert read(to_pdf(Sheet().picture(0, 0, 595, 842).text(50, 60, TEXT)))[0].items


def test_a_scanned_annex_does_no_harm_where_all_tables_are_text() -> None:
    labels = ["行政事业性收费", "要求提供公开出版物", "重复申请", "四、结转下年度继续办理", *["尚未审结"] * 3]
    complete = Sheet().text(50, 60, TEXT)
    for k, label in enumerate(labels):
        complete.text(50, 80 + 20 * k, label)
    assert [page.scanned for page in read(to_pdf(complete, Sheet().picture(0, 0, 595, 842)))] == [False, False]


def test_a_scanned_page_is_read_where_only_the_prose_tells_of_its_table() -> None:
    prose = Sheet().text(50, 60, TEXT).text(50, 80, "行政事业性收费").text(50, 100, "结转下年度1件，尚未审结1件")
    assert [page.scanned for page in read(to_pdf(prose, Sheet().picture(0, 0, 595, 842)))] == [False, True]


@pytest.mark.parametrize(
    "text",
    ["".join(chr(0xE000 + k) for k in range(50)), "!#$%&*+AZBQ" * 7, "".join(chr(0x5E00 + 7 * k) for k in range(80))],
    ids=["private use", "signs", "shuffled"],
)
def test_a_text_layer_that_means_nothing_is_recognised(text: str) -> None:
    page = Sheet()
    for k in range(0, len(text), 30):
        page.text(50, 60 + k, text[k : k + 30])
    assert "the text layer of this page is unusable" in defects(to_pdf(page))[1]


def test_a_pdf_that_prints_nothing_is_no_report() -> None:
    with pytest.raises(NotAReportError):
        read(to_pdf(Sheet()))


def test_a_protected_pdf_says_what_to_do() -> None:
    lock = b"<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>" % (b"41" * 32, b"42" * 32)
    content = REPORT.replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[<00><00>]/Encrypt " + lock)
    with pytest.raises(UnsupportedError, match=r"password.*save a copy without one"):
        read(content)


def as_xfa(content: bytes, *, needs_drawing: bool) -> bytes:
    """The PDF with an XFA form, of which its pages may be but the notice to those who cannot draw it."""
    form = (
        b"/AcroForm<</Fields[]/XFA[(template)<</Length 0>>]>>/NeedsRendering %b" % str(needs_drawing).lower().encode()
    )
    return content.replace(b"/Type/Catalog", b"/Type/Catalog" + form)


@pytest.mark.parametrize("needs_drawing", [True, False])
def test_an_xfa_form_that_only_its_maker_draws_says_what_to_do(needs_drawing: bool) -> None:
    notice = to_pdf(Sheet().text(50, 60, "请稍候。如果此消息最终未被文档的正确内容替换，请升级阅读器。"))
    with pytest.raises(UnsupportedError, match=r"XFA.*print it to a new PDF"):
        read(as_xfa(notice, needs_drawing=needs_drawing))


def test_an_xfa_form_whose_pages_are_drawn_is_read() -> None:
    page = Sheet().table((50, 300, 360), (80, 100, 120), [["要求提供公开出版物", "1"], ["重复申请", "2"]])
    assert read(as_xfa(to_pdf(page), needs_drawing=False))[0].items


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00" * 500, REPORT[: len(REPORT) // 3]])
def test_a_broken_pdf_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="broken"):
        read(content)


def test_a_pdf_whose_table_of_objects_is_lost_is_still_read() -> None:
    assert read(REPORT[: REPORT.rindex(b"xref\n0")] + b"trailer<</Root 1 0 R>>")[0].items


@pytest.mark.parametrize(
    "content",
    [
        page_of(b"0 0 m 9 9 l S\n" * 250_000),
        page_of(b"0 0 m 9 9 l S\n" * 3_000_000),
        page_of(b" " * 100_000_000),
        forms_in_forms(9, 30),
        forms_in_forms(100, 1),
    ],
    ids=["objects", "instructions", "blanks", "forms calling forms", "deep forms"],
)
def test_a_bomb_is_refused_in_bounded_time(content: bytes) -> None:
    started = time.monotonic()
    with pytest.raises(SourceError):
        read(content)
    assert time.monotonic() - started < 20


def test_forms_are_counted_as_often_as_they_are_drawn() -> None:
    small, large = (unpacked_length(forms_in_forms(3, calls), 10**9) for calls in (2, 20))
    assert large > 50 * small
    assert unpacked_length(forms_in_forms(9, 30), 10**6) > 10**6


FORMS = [(b"/F Do /F Do ", b"<</XObject<</F 6 0 R>>>>"), (b"0 0 m 9 9 l S", b"<<>>")]


@pytest.mark.parametrize("resources", [b"<</XObject<</F 5 0 R>>>>", b"6 0 R", b"<</XObject 7 0 R>>"])
def test_a_form_that_calls_itself_is_refused_at_once(resources: bytes) -> None:
    own = stream(b"/F Do /F Do ", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources " + resources)
    content = page_of(b"/F Do ", b"<</XObject<</F 5 0 R>>>>", own, b"<</XObject 7 0 R>>", b"<</F 5 0 R>>")
    with pytest.raises(UnsupportedError, match="drawing instructions"):
        read(content)


def test_forms_of_one_name_that_do_not_call_themselves_are_drawn() -> None:
    calling, called = (
        stream(text, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources " + own) for text, own in FORMS
    )
    assert unpacked_length(page_of(b"/F Do ", b"<</XObject<</F 5 0 R>>>>", calling, called), 10**6) < 10**4


def test_a_path_of_very_many_points_is_passed_over() -> None:
    started = time.monotonic()
    with pytest.raises(NotAReportError):
        read(page_of(b"0 0 m " + b"9 9 l 5 5 l " * 300_000 + b"S"))
    assert time.monotonic() - started < 10


def test_too_many_pages_are_refused_before_they_are_read() -> None:
    settings = replace(load_settings(), max_pdf_pages=2)
    with pytest.raises(UnsupportedError, match="3 pages"):
        pdf_to_pages(to_pdf(*[Sheet().text(50, 60, TEXT)] * 3), file="a.pdf", settings=settings)


@pytest.mark.parametrize(
    "whole",
    [
        REPORT,
        fill_form(b"4711", drawn=False),
        attach(REPORT, ("a.pdf", REPORT)),
        attach(REPORT, ("a", b"1"), pinned=True),
    ],
    ids=["report", "form", "attachment", "pinned"],
)
@hypothesis_settings(max_examples=60, deadline=None)
@given(st.data())
def test_broken_bytes_never_crash(whole: bytes, data: st.DataObject) -> None:
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        content[place : place + length] = data.draw(st.binary(max_size=40))
    try:
        document = read_content(bytes(content), file="a.pdf", settings=load_settings())
    except SourceError:
        return
    assert all(isinstance(page, Page) for page in document.pages)


@hypothesis_settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_any_drawing_instructions_end_in_pages_or_in_an_error_of_ours(instructions: bytes) -> None:
    try:
        read(page_of(instructions))
    except SourceError:
        return
