"""OFD files put together by hand from the standard → lines and rows with boxes."""

from __future__ import annotations

import io
import math
import re
import zipfile

import pytest

from extract.errors import NotAReportError, SourceError, UnreadableError, UnsupportedError
from extract.pages.kind import Kind, tell_kind
from extract.pages.ofd import ofd_to_pages
from extract.pages.ofd.numbers import read_deltas, read_matrix, read_number, read_outline
from extract.pipeline import extract_content
from extract.records import Item, Line, Row
from extract.settings import load_settings
from tests.pages.ofd_builder import SPACE, build_ofd, layer, line_object, pack, report_sheets, text_object
from tests.report_2019 import expected, make_printed

PROSE = "本局认真贯彻政府信息公开条例，主动公开各类信息。"


def read(content: bytes) -> list[Item]:
    pages = ofd_to_pages(content, file="a.ofd", settings=load_settings())
    return [item for page in pages for item in page.items]


def lines(content: bytes) -> list[str]:
    return [item.text for item in read(content) if isinstance(item, Line)]


def ruled(x: float, y: float, rows: list[list[str]], width: float = 40.0, height: float = 8.0) -> list[str]:
    right, bottom = x + width * len(rows[0]), y + height * len(rows)
    objects = [line_object(x, y + k * height, right, y + k * height) for k in range(len(rows) + 1)]
    objects += [line_object(x + k * width, y, x + k * width, bottom) for k in range(len(rows[0]) + 1)]
    for k, row in enumerate(rows):
        objects += [text_object(x + i * width + 2, y + k * height + 5, text) for i, text in enumerate(row) if text]
    return objects


@pytest.mark.parametrize("spaced", ["g", "list", "none"])
def test_text_is_read_however_its_steps_are_written(spaced: str) -> None:
    content = build_ofd(
        [[text_object(20, 30, PROSE, spaced=spaced), text_object(20, 40, "第二行2023年", spaced=spaced)]]
    )
    assert lines(content) == [PROSE, "第二行2023年"]


def test_a_ruled_table_becomes_rows_with_boxes_in_the_unit_square() -> None:
    content = build_ofd([[text_object(20, 20, PROSE), *ruled(21, 29.7, [["规章", "12"], ["行政许可", ""]])]])
    rows = [item for item in read(content) if isinstance(item, Row)]
    assert [[cell.text for cell in row.cells] for row in rows] == [["规章", "12"], ["行政许可", ""]]
    box = rows[0].cells[0].bbox
    assert box == pytest.approx((21 / 210, 29.7 / 297, 61 / 210, 37.7 / 297), abs=0.005)


def leaning(objects: list[str], degrees: float) -> list[str]:
    """The objects turned clockwise about the corner of the page."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def turn(match: re.Match[str]) -> str:
        x, y = float(match[1]), float(match[2])
        corner = f"{x * cosine - y * sine} {x * sine + y * cosine}"
        return f'Boundary="{corner} {match[3]}" CTM="{cosine} {sine} {-sine} {cosine} 0 0"'

    return [re.sub(r'Boundary="(\S+) (\S+) ([^"]+)"', turn, item) for item in objects]


@pytest.mark.parametrize("degrees", [0.3, 1, 2, -1, 5])
def test_a_page_that_leans_as_a_whole_is_set_straight(degrees: float) -> None:
    rows = [["规章", str(k), "", str(7 * k)] for k in range(12)]
    content = build_ofd([leaning([text_object(40, 40, PROSE), *ruled(40, 50, rows, width=35)], degrees)])
    found = [[cell.text for cell in item.cells] for item in read(content) if isinstance(item, Row)]
    assert found == rows


def test_a_matrix_scales_and_moves_the_text() -> None:
    scaled = text_object(20, 30, PROSE, size=1.6).replace("Font=", 'CTM="2 0 0 2 0 0" Font=')
    (line,) = (item for item in read(build_ofd([[scaled]])) if isinstance(item, Line))
    assert line.text == PROSE
    assert line.bbox is not None
    assert line.bbox[2] - line.bbox[0] == pytest.approx(len(PROSE) * 3.2 / 210, rel=0.02)


def test_a_page_whose_text_lies_on_its_side_is_turned() -> None:
    turned = []
    for k, text in enumerate([PROSE, "第二行" + PROSE]):
        upright = text_object(0, 0, text).replace('Boundary="0 ', f'Boundary="{150 - 10 * k} ', 1)
        turned.append(upright.replace("Font=", 'CTM="0 1 -1 0 0 20" Font='))
    assert lines(build_ofd([turned])) == [PROSE, "第二行" + PROSE]


def test_what_the_template_page_prints_is_read_too() -> None:
    assert lines(build_ofd([[text_object(20, 60, PROSE)]], template=[text_object(20, 30, "临桥县水利局年度报告")])) == [
        "临桥县水利局年度报告",
        PROSE,
    ]


def test_blocks_within_blocks_and_drawn_units_are_read_and_hidden_text_is_not() -> None:
    hidden = text_object(20, 90, "看不见的字看不见的字", attributes='Visible="false"')
    block = f'<ofd:PageBlock ID="4"><ofd:PageBlock ID="5">{text_object(20, 30, PROSE)}</ofd:PageBlock></ofd:PageBlock>'
    unit = '<ofd:CompositeObject ID="6" ResourceID="77" Boundary="20 50 100 20"/>'
    content = build_ofd(
        [[block, unit, hidden]],
        replaced={
            "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
            "</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>"
            '<ofd:Page ID="1" BaseLoc="/Doc_0/Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Res.xml": f'<ofd:Res {SPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77">'
            f"{layer([text_object(0, 10, '复合图元里的字')])}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
            "</ofd:Res>",
        },
    )
    assert lines(content) == [PROSE, "复合图元里的字"]


@pytest.mark.parametrize(
    "look", ['Alpha="0"', 'Alpha="3"', 'Fill="false"', 'CTM="0.87 -0.5 0.5 0.87 0 0"', 'Fill="false" Stroke="false"']
)
def test_text_that_is_not_painted_or_crosses_the_page_is_left_out(look: str) -> None:
    printed = [text_object(20, 30, PROSE), text_object(20, 60, "第二段。" + PROSE)]
    assert lines(build_ofd([[*printed, text_object(40, 33, "2024", attributes=look)]])) == [PROSE, "第二段。" + PROSE]


@pytest.mark.parametrize("white", ["255 255 255", "255", "0 0 0 0", "#FF #FF #FF"])
@pytest.mark.parametrize(("ground", "read"), [("255 255 255", [PROSE]), ("0 60 120", [PROSE, "三"])])
def test_white_text_is_read_where_a_colour_is_behind_it(ground: str, read: list[str], white: str) -> None:
    white = text_object(20, 60, "三").replace("<ofd:TextCode", f'<ofd:FillColor Value="{white}"/><ofd:TextCode')
    area = '<ofd:PathObject ID="8" Boundary="15 50 40 20" Fill="true" Stroke="false">'
    area += f'<ofd:FillColor Value="{ground}"/><ofd:AbbreviatedData>M 0 0 L 40 0 L 40 20 L 0 20 C</ofd:AbbreviatedData>'
    assert lines(build_ofd([[area + "</ofd:PathObject>", text_object(20, 30, PROSE), white]])) == read


@pytest.mark.parametrize(("alpha", "read"), [("", [PROSE, "规章"]), ('Alpha="90"', [PROSE, "废止规章"])])
def test_text_under_an_area_that_was_filled_after_it_is_not_read(alpha: str, read: list[str]) -> None:
    area = f'<ofd:PathObject ID="9" Boundary="19 55 12 8" Fill="true" Stroke="false" {alpha}>'
    area += "<ofd:AbbreviatedData>M 0 0 L 12 0 L 12 8 L 0 8 C</ofd:AbbreviatedData></ofd:PathObject>"
    page = [text_object(20, 30, PROSE), text_object(20, 60, "废止"), area, text_object(26.4, 60, "规章")]
    assert lines(build_ofd([page])) == read


def test_characters_outside_the_boundary_of_their_text_are_not_read() -> None:
    cut = re.sub(r'Boundary="(\S+ \S+) \S+', r'Boundary="\1 3.3', text_object(20, 60, "1899"))
    assert lines(build_ofd([[text_object(20, 30, PROSE), cut]])) == [PROSE, "18"]


def test_text_in_a_wholly_transparent_colour_is_not_read() -> None:
    clear = text_object(20, 60, "三").replace("<ofd:TextCode", '<ofd:FillColor Value="0 0 0" Alpha="0"/><ofd:TextCode')
    assert lines(build_ofd([[text_object(20, 30, PROSE), clear]])) == [PROSE]


@pytest.mark.parametrize("form_id", ["2019", "2021"])
def test_every_field_of_a_report_comes_out_right(form_id: str) -> None:
    from extract.forms import load_form

    printed = (
        make_printed(3) if form_id == "2019" else {f: str(k % 7) for k, f in enumerate(load_form("2021").field_ids)}
    )
    content = build_ofd(report_sheets(printed, form_id=form_id, year=2020 if form_id == "2019" else 2023).pages)
    report = extract_content(content, file="报告.ofd")
    assert (report.source.format, report.source.pages, report.template.id) == ("ofd", 2, form_id)
    read_as = {field: (cell.state, cell.value) for field, cell in report.fields.items()}
    assert read_as == {field: expected(text) for field, text in printed.items()}
    assert report.report["agency"].value == "临桥县水利局"


@pytest.mark.parametrize("stated", ["GB18030", "gbk", "UTF-8"])
def test_parts_in_a_chinese_encoding_are_read(stated: str) -> None:
    parts = unpack(build_ofd([[text_object(20, 30, PROSE)]]))
    coded = {name: text.replace("UTF-8", stated).encode("gb18030") for name, text in parts.items()}
    assert lines(pack(coded)) == [PROSE]


def test_a_file_whose_parts_were_packed_with_their_folder_is_read() -> None:
    parts = unpack(build_ofd([[text_object(20, 30, PROSE)]]))
    content = pack({f"年报/{name}": text for name, text in parts.items()})
    assert tell_kind(content, file="a.zip") is Kind.OFD
    assert lines(content) == [PROSE]
    assert tell_kind(pack({"年报/OFD.xml": "", "b/c.txt": ""}), file="a.zip") is Kind.ZIP


def unpack(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_page_that_prints_nothing_is_no_report() -> None:
    with pytest.raises(NotAReportError):
        read(build_ofd([[]]))


@pytest.mark.parametrize(
    ("replaced", "error", "cause"),
    [
        ({"OFD.xml": "<ofd:OFD"}, UnreadableError, "OFD.xml is no valid XML"),
        ({"OFD.xml": f"<ofd:OFD {SPACE}/>"}, UnreadableError, "no pages"),
        ({"Doc_0/Document.xml": b"\x00\x01"}, UnreadableError, "Document.xml is no valid XML"),
        ({"Doc_0/Document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, UnsupportedError, "entities"),
        (
            {"Doc_0/Document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")},
            UnsupportedError,
            "entities",
        ),
        ({"Doc_0/Pages/Page_0/Content.xml": "<a" + "><a" * 100_000}, UnreadableError, "Content.xml"),
    ],
)
def test_a_part_that_is_broken_is_named(replaced: dict[str, str | bytes], error: type[SourceError], cause: str) -> None:
    with pytest.raises(error, match=cause):
        read(build_ofd([[text_object(20, 30, PROSE)]], replaced=replaced))


def test_a_missing_part_and_a_broken_archive_are_damage() -> None:
    with pytest.raises(UnreadableError, match=r"OFD\.xml is not in it"):
        read(pack({"other.xml": "<a/>"}))
    with pytest.raises(UnreadableError, match="no whole ZIP"):
        read(b"PK\x03\x04 and no more")


def test_more_xml_or_objects_than_a_report_has_are_refused() -> None:
    from extract.quick import replace

    content = build_ofd([[text_object(20, 30, PROSE)] * 50])
    for limit in ({"max_ofd_bytes": 2000}, {"max_ofd_objects": 300}, {"max_pdf_pages": 0}):
        with pytest.raises(UnsupportedError):
            ofd_to_pages(content, file="a.ofd", settings=replace(load_settings(), **limit))


def test_blocks_nested_without_end_are_not_followed() -> None:
    deep = "<ofd:PageBlock>" * 5000 + text_object(20, 90, "太深") + "</ofd:PageBlock>" * 5000
    assert lines(build_ofd([[text_object(20, 30, PROSE), deep]])) == [PROSE]


def test_numbers_are_read_as_the_standard_writes_them() -> None:
    assert read_deltas("g 3 2.5 1 g 2 4", most=10) == [2.5, 2.5, 2.5, 1.0, 4.0, 4.0]
    assert read_deltas("g 900000 1", most=4) == [1.0] * 4
    assert read_deltas("g 5", most=4) == [0.0, 5.0]
    assert read_matrix("1 2") == (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    assert [read_number(text, 7.0) for text in ("nan", "inf", "1e99", "x", None, "2.5")] == [7.0] * 5 + [2.5]


def test_an_outline_gives_its_pieces_with_those_that_close_it() -> None:
    pieces = list(read_outline("M 0 0 L 5 0 B 1 1 2 2 5 5 C L"))
    assert pieces == [((0, 0), (5, 0), True), ((5, 0), (5, 5), False), ((5, 5), (0, 0), True)]
