"""Word files → lines and rows: the text as its author sees it with all changes accepted."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import extract_report
from extract.errors import SourceError, UnreadableError, UnsupportedError
from extract.pages.counting import chinese_numeral, format_number
from extract.pages.docx import docx_to_pages
from extract.pipeline import extract_content
from extract.quick import replace
from extract.records import Line, Row
from extract.settings import load_settings
from tests.pages.golden import golden_files, wrong_fields
from tests.pages.statutory import (
    VALUES,
    WORD,
    challenge_rows,
    disclosure_rows,
    document_xml,
    paragraph,
    report_word,
    request_rows,
    run,
    word_cell,
    word_file,
    word_table,
)

SETTINGS = load_settings()
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def read(body: str, **parts: str) -> list[str | list[str]]:
    """A string per line, a list per row."""
    found = docx_to_pages(word_file(body, **parts), file="a.docx", settings=SETTINGS)[0].items
    return [item.text if isinstance(item, Line) else [cell.text for cell in item.cells] for item in found]


def numbered(text: str, level: int, list_id: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(number: int, style: str, text: str, more: str = "") -> str:
    inner = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{number}">{inner}</w:lvl>'


def number_list(levels: str) -> str:
    """The list 1 with these levels."""
    listed = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{listed}'


LEVELS = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
LISTS = number_list(LEVELS)


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    "runs",
    [
        run("1") + run("2"),
        run("1") + '<w:proofErr w:type="spellStart"/>' + run("2"),
        f'<w:ins w:id="1">{run("12")}</w:ins><w:del w:id="2"><w:r><w:delText>99</w:delText></w:r></w:del>',
        f'<w:moveFrom w:id="1">{run("99")}</w:moveFrom><w:moveTo w:id="2">{run("12")}</w:moveTo>',
        run("12") + run("99", "<w:vanish/>"),
        run("9", "<w:strike/>") + run("12", '<w:strike w:val="0"/>') + run("9", "<w:dstrike/>"),
        run("12") + run("①", '<w:vertAlign w:val="superscript"/>'),
        run("12") + run("1", '<w:vertAlign w:val="subscript"/>'),
        run("12") + run("1", '<w:position w:val="8"/><w:sz w:val="12"/>'),
        run("12") + '<w:r><w:footnoteReference w:id="8"/></w:r>',
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('12')}</w:sdtContent></w:sdt>",
        f'<w:fldSimple w:instr=" =SUM(LEFT) ">{run("12")}</w:fldSimple>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(LEFT) </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        f'<w:hyperlink w:anchor="a">{run("12")}</w:hyperlink>',
        "<w:r><w:t>1</w:t><w:softHyphen/><w:t>2</w:t></w:r>",
        run("99", "<w:del/>") + run("12", '<w:vanish w:val="0"/>'),
        run("12") + run("3", '<w:color w:val="FFFFFF"/>'),
        run("12") + run("3", '<w:color w:val="fefefe" w:themeColor="background1"/>'),
        run("12") + run("3", '<w:color w:val="333333"/><w:shd w:val="clear" w:color="auto" w:fill="333333"/>'),
        run("12", '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>') + run("3", '<w:sz w:val="2"/>'),
        run("12") + run("3", '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>'),
        run("12") + run("3", '<w:w w:val="1"/>'),
        run("12", '<w:color w:val="FFFFFF"/><w:shd w:val="pct50" w:color="auto" w:fill="FFFFFF"/>'),
        run("1", '<w:color w:val="auto"/>') + run("2", '<w:color w:val="FF0000"/>'),
    ],
)
def test_a_value_reads_as_it_is_seen(runs: str) -> None:
    assert read(f"<w:tbl><w:tr>{word_cell('规章')}{word_cell(paragraph(runs))}</w:tr></w:tbl>") == [["规章", "12"]]


def test_text_whose_style_hides_it_or_strikes_it_out_is_left_out() -> None:
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:basedOn w:val="{base}"/><w:rPr>{look}</w:rPr></w:style>'
        for kind, key, base, look in [
            ("character", "Hidden", "", "<w:vanish/>"),
            ("character", "Struck", "Hidden", "<w:b/>"),
            ("character", "Shown", "Hidden", '<w:vanish w:val="0"/>'),
            ("table", "Table", "", "<w:strike/>"),
        ]
    )
    runs = [("8", "Hidden", ""), ("9", "Struck", ""), ("1", "Shown", ""), ("2", "Hidden", '<w:vanish w:val="0"/>')]
    body = "".join(run(text, f'<w:rStyle w:val="{key}"/>{look}') for text, key, look in runs)
    assert read(paragraph(body), styles=styles) == ["12"]


def test_white_text_is_seen_on_a_dark_cell_and_text_of_the_colour_of_its_cell_is_not() -> None:
    dark = '<w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/>'
    white, own = '<w:color w:val="FFFFFF"/>', '<w:color w:val="1F4E79"/>'
    cells = word_cell(paragraph(run("规章", white) + run("3", own)), dark) + word_cell(paragraph(run("3", white)))
    assert read(f"<w:tbl><w:tr>{cells}{word_cell('1')}</w:tr></w:tbl>") == [["规章", "", "1"]]


@pytest.mark.parametrize(
    ("rule", "height", "shown"), [("exact", 280, "8\ufffc"), ("exact", 480, "8"), ("atLeast", 280, "8")]
)
def test_a_line_that_a_row_of_exact_height_cuts_off_is_not_known(rule: str, height: int, shown: str) -> None:
    row = f'<w:trPr><w:trHeight w:val="{height}" w:hRule="{rule}"/></w:trPr>'
    cells = word_cell("规章") + word_cell(paragraph("") + paragraph(run("8"))) + word_cell("3")
    (found,) = read(f"<w:tbl><w:tr>{row}{cells}</w:tr></w:tbl>")
    assert found == ["规章", shown, "3"]


def test_white_text_is_seen_in_a_table_whose_style_shades_and_in_a_box() -> None:
    shaded = '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="4472C4"/></w:tcPr>'
    styles = (
        f'<w:style w:type="table" w:styleId="T"><w:tblStylePr w:type="firstRow">{shaded}</w:tblStylePr></w:style>'
        '<w:style w:type="paragraph" w:styleId="White"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    )
    white = paragraph(run("规章"), '<w:pStyle w:val="White"/>')
    table = f"<w:tbl><w:tblPr>{{}}</w:tblPr><w:tr>{word_cell(white)}{word_cell('1')}</w:tr></w:tbl>"
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{white}</w:txbxContent></v:textbox></w:pict></w:r>"
    body = table.format('<w:tblStyle w:val="T"/>') + paragraph(box) + table.format("")
    assert read(body, styles=styles) == [["规章", "1"], "规章", ["", "1"]]


def test_a_style_of_paragraphs_may_hide_their_text() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    runs = "<w:r><w:t>3</w:t></w:r>" + run("8", "<w:b/>") + run("12", '<w:vanish w:val="0"/>')
    assert read(paragraph(runs, '<w:pStyle w:val="Gone"/>'), styles=styles) == ["12"]


def test_the_mark_of_a_note_may_be_raised_by_its_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Own"><w:basedOn w:val="Mark"/></w:style>'
    )
    marks = [run("1", f'<w:rStyle w:val="{name}"/>') for name in ("Mark", "Own", "Other")]
    level = run("3", '<w:rStyle w:val="Mark"/><w:vertAlign w:val="baseline"/>')
    assert read(paragraph(run("12") + "".join(marks) + level), styles=styles) == ["1213"]


def test_the_number_of_a_list_before_a_number_is_not_printed_into_it() -> None:
    lists = number_list(level(0, "decimal", "%1."))
    assert read(numbered("12", 0) + numbered("规章", 0), numbering=lists) == ["12", "2.规章"]


def test_a_symbol_is_the_character_of_its_font_and_a_picture_is_none() -> None:
    symbols = [("Symbol", "F031"), ("Symbol", "0032"), ("Wingdings", "F0FE"), ("", "x")]
    marks = "".join(f'<w:sym w:font="{font}" w:char="{char}"/>' for font, char in symbols)
    assert read(paragraph(f"<w:r>{marks}</w:r>")) == ["12"]


def test_a_sign_of_a_picture_font_alone_in_a_cell_is_no_blank() -> None:
    sign = paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>')
    table = f"<w:tbl><w:tr>{word_cell('规章')}{word_cell(sign)}{word_cell('')}</w:tr></w:tbl>"
    items = docx_to_pages(word_file(table), file="a.docx", settings=SETTINGS)[0].items
    (row,) = (item for item in items if isinstance(item, Row))
    assert [bool(cell.text) for cell in row.cells] == [True, True, False]


def test_a_value_in_superscript_alone_is_a_value() -> None:
    assert read(paragraph(run("3", '<w:vertAlign w:val="superscript"/>'))) == ["3"]


def test_a_digit_in_superscript_alone_in_a_cell_is_doubted() -> None:
    value = paragraph(run("3", '<w:vertAlign w:val="superscript"/>'))
    table = f"<w:tbl><w:tr>{word_cell('规章')}{word_cell(value)}</w:tr></w:tbl>"
    (row,) = docx_to_pages(word_file(table), file="a.docx", settings=SETTINGS)[0].items
    assert isinstance(row, Row)
    assert row.cells[1].text == "3\ufffc"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    assert read(paragraph("全年收到", "<w:rPr><w:del w:id='1'/></w:rPr>") + paragraph("申请3件。")) == [
        "全年收到申请3件。"
    ]


def test_a_break_makes_a_line_and_no_blank_in_a_cell() -> None:
    broken = "<w:r><w:t>结果</w:t><w:br/><w:t>维持</w:t></w:r>"
    assert read(paragraph(broken)) == ["结果", "维持"]
    assert read(f"<w:tbl><w:tr>{word_cell(paragraph(broken))}{word_cell('1')}</w:tr></w:tbl>") == [["结果维持", "1"]]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('框中标题')}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert read(paragraph(f"<w:r>{both}</w:r>") + paragraph("正文")) == ["框中标题", "正文"]


def test_a_footnote_follows_its_paragraph() -> None:
    notes = f'<w:footnote w:id="0" w:type="separator"/><w:footnote w:id="8">{paragraph("不含乡镇。")}</w:footnote>'
    body = paragraph(run("全年3件。") + '<w:r><w:footnoteReference w:id="8"/></w:r>') + paragraph("后文。")
    assert read(body, footnotes=notes) == ["全年3件。", "不含乡镇。", "后文。"]


def test_lines_of_figures_between_tabs_are_rows() -> None:
    line = "<w:r><w:t>规章</w:t><w:tab/><w:t>0</w:t><w:tab/><w:tab/><w:t>3</w:t></w:r>"
    assert read(paragraph(line) + paragraph(line)) == [["规章", "0", "", "3"]] * 2


@pytest.mark.parametrize("look", ["<w:b/>", '<w:sz w:val="24"/>', '<w:rFonts w:hint="eastAsia" w:ascii="宋体"/>'])
def test_how_text_looks_is_passed_over(look: str) -> None:
    assert read(paragraph(run("1", f"<w:rPr>{look}</w:rPr>") + look + run("2"), f"<w:pPr>{look}</w:pPr>")) == ["12"]


def test_styles_of_tables_are_passed_over_and_those_of_paragraphs_are_not() -> None:
    table = '<w:style w:type="table" w:styleId="T"><w:name w:val="T"/></w:style>'
    numbers = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    styled = paragraph("总体", '<w:pStyle w:val="H"/>')
    assert read(styled, numbering=LISTS, styles=table + numbers + table) == ["一、总体"]


# ---------------------------------------------------------------- numbers


def test_automatic_numbers_are_written_out_and_deeper_levels_begin_again() -> None:
    places = [("总体", 0), ("主动公开", 1), ("依申请", 1), ("问题", 0), ("一", 1), ("不足", 2), ("改进", 2)]
    body = "".join(numbered(text, place) for text, place in places)
    assert read(body, numbering=LISTS) == [
        "一、总体",
        "（一）主动公开",
        "（二）依申请",
        "二、问题",
        "（一）一",
        "1.不足",
        "2.改进",
    ]


def test_a_list_that_starts_anew_and_one_that_goes_on() -> None:
    anew = '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    anew += '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    on = '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    body = numbered("甲", 0) + numbered("乙", 0, 3) + numbered("丙", 0, 2) + numbered("丁", 0, 2) + numbered("戊", 0, 0)
    assert read(body, numbering=LISTS + anew + on) == ["一、甲", "二、乙", "五、丙", "六、丁", "戊"]


def test_a_heading_style_brings_its_number() -> None:
    linked = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2）", '<w:pStyle w:val="H2"/>')
    lists = number_list(linked)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{more}</w:style>'
        for name, more in (
            ("H1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
            ("H2", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
            ("Own", '<w:basedOn w:val="H1"/>'),
            ("TOC", '<w:name w:val="x"/>'),
        )
    )
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="{style}"/>') for text, style in (("甲", "H1"), ("乙", "H2"), ("丙", "Own"))
    )
    assert read(body, numbering=lists, styles=styles) == ["一、甲", "1）乙", "二、丙"]


def test_bullets_are_no_numbers_and_deleted_paragraphs_do_not_count() -> None:
    bullets = f'<w:abstractNum w:abstractNumId="7">{level(0, "bullet", "■")}</w:abstractNum>'
    assert read(numbered("甲", 0), numbering=bullets + '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>') == [
        "甲"
    ]
    gone = '<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph(gone, f"{place}<w:rPr><w:del w:id='2'/></w:rPr>") + numbered("甲", 0)
    assert read(body, numbering=LISTS) == ["一、甲"]


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (10, "chineseCountingThousand", "十"),
        (11, "chineseCounting", "十一"),
        (20, "japaneseCounting", "二十"),
        (103, "chineseCounting", "一百零三"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (2, "decimalEnclosedParen", "⑵"),
        (12, "decimalFullWidth", "１２"),
        (3, "chineseLegalSimplified", "叁"),
        (27, "lowerLetter", "aa"),
        (14, "upperRoman", "XIV"),
        (4, "ideographTraditional", "丁"),
        (4, "bullet", ""),
        (7, "unheard of", "7"),
        (0, "chineseCounting", "0"),
    ],
)
def test_a_number_is_printed_in_its_style(number: int, style: str, printed: str) -> None:
    assert format_number(number, style) == printed


@given(st.integers(1, 9999))
def test_a_chinese_numeral_reads_back(number: int) -> None:
    from extract.numerals import parse_number

    assert parse_number(chinese_numeral(number)) == number


# ---------------------------------------------------------------- tables


def test_merged_cells_are_one_text_and_empty_cells() -> None:
    rows = [[("三", 1, 2), ("一", 2, 1), ("1", 1, 1)], [("1.", 1, 1), ("甲", 1, 1), ("2", 1, 1)]]
    assert read(word_table(rows)) == [["三", "一", "", "1"], ["", "1.", "甲", "2"]]


def test_a_deleted_row_and_a_deleted_cell_are_gone() -> None:
    deleted = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{word_cell('旧')}{word_cell('9')}</w:tr>"
    kept = f"<w:tr>{word_cell('规章')}{word_cell('9', '<w:cellDel/>')}{word_cell('1')}</w:tr>"
    assert read(f"<w:tbl>{deleted}{kept}</w:tbl>") == [["规章", "1"]]


def test_a_row_that_begins_later_keeps_its_columns() -> None:
    later = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{word_cell("甲")}{word_cell("2")}</w:tr>'
    assert read(f"<w:tbl><w:tr>{word_cell('三')}{word_cell('乙')}{word_cell('1')}</w:tr>{later}</w:tbl>") == [
        ["三", "乙", "1"],
        ["", "甲", "2"],
    ]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    cell = f"<w:sdt><w:sdtContent>{word_cell('1')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{word_cell('规章')}{cell}</w:tr></w:sdtContent></w:sdt>"
    assert read(f"<w:sdt><w:sdtContent><w:tbl>{row}</w:tbl></w:sdtContent></w:sdt>") == [["规章", "1"]]


def test_a_table_in_a_frame_is_a_table_and_a_small_one_in_a_cell_is_text() -> None:
    inner = word_table(disclosure_rows())
    assert read(f"<w:tbl><w:tr>{word_cell(inner)}</w:tr></w:tbl>") == read(inner)
    small = word_cell(word_table([[("1", 1, 1)]]))
    assert read(f"<w:tbl><w:tr>{word_cell('规章')}{small}</w:tr></w:tbl>") == [["规章", "1"]]


# ---------------------------------------------------------------- whole reports


def flat(content: bytes) -> bytes:
    """The same document as one XML file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    stored = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{text}</pkg:xmlData></pkg:part>' for name, text in parts.items()
    )
    return f'<?xml version="1.0"?><pkg:package xmlns:pkg="p">{stored}</pkg:package>'.encode()


def strict(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(buffer, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, archive.read(name).replace(WORD.encode(), STRICT.encode()))
    return buffer.getvalue()


@pytest.mark.parametrize("kind", [bytes, flat, strict])
def test_every_field_of_a_report_is_right(tmp_path: Path, kind: type[bytes]) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(kind(word_file(report_word())))
    report = extract_report(path)
    assert {key: field.value for key, field in report.fields.items()} == VALUES
    assert report.source.format == "docx"


def test_every_field_of_a_file_made_with_python_docx_is_right(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("临桥县统计局2023年政府信息公开工作年度报告", style="Title")
    document.add_paragraph("二、主动公开政府信息情况", style="Heading 1")
    rows = disclosure_rows()
    table = document.add_table(len(rows), 4)
    for k, row in enumerate(rows):
        column = 0
        for text, columns, _ in row:
            table.cell(k, column).merge(table.cell(k, column + columns - 1)).text = text
            column += columns
    document.sections[0].header.paragraphs[0].text = "页眉 1 2 3"
    document.save(str(tmp_path / "a.docx"))
    fields = extract_report(tmp_path / "a.docx").fields
    disclosed = [key for key in VALUES if key.startswith("disclosure.")]
    assert {key: fields[key].value for key in disclosed} == {key: VALUES[key] for key in disclosed}


@pytest.mark.parametrize("path", golden_files("docx"), ids=lambda path: path.name)
def test_every_field_of_a_file_that_another_tool_made_is_right(path: Path) -> None:
    assert wrong_fields(path) == []


# ---------------------------------------------------------------- what is refused


PICTURE = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"


def test_a_file_that_is_pictures_only_says_how_many() -> None:
    with pytest.raises(UnsupportedError, match="2 pictures"):
        read(paragraph("年度报告") + paragraph(PICTURE) + paragraph(PICTURE))


def test_tables_that_are_pictures_are_illegible_and_named_in_q002() -> None:
    body = report_word()
    for rows in (request_rows(), challenge_rows()):
        body = body.replace(word_table(rows), paragraph(PICTURE))
    report = extract_content(word_file(body), file="a.docx")
    unread = [finding for finding in report.findings if finding.code == "Q002"]
    assert [finding.message[:2] for finding in unread] == ["表三", "表四"]
    assert all("2 幅图片" in finding.message and "2 pictures" in finding.message_en for finding in unread)
    states = {name: field.state.value for name, field in report.fields.items()}
    assert {states[name] for name in unread[0].fields + unread[1].fields} == {"illegible"}
    assert len(unread[0].fields + unread[1].fields) == 190
    assert not any(finding.code in ("S001", "S002") for finding in report.findings)
    assert {states[name] for name in states if name.startswith("disclosure.")} == {"read"}


def test_a_picture_beside_the_tables_is_no_matter() -> None:
    report = extract_content(word_file(paragraph(PICTURE) + report_word()), file="a.docx")
    assert {name: field.value for name, field in report.fields.items()} == VALUES
    assert not any(finding.code == "Q002" for finding in report.findings)


def with_document(xml: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_before_it_is_read(encoding: str) -> None:
    bomb = f'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]>{document_xml(paragraph("甲"))}'
    with pytest.raises(UnsupportedError, match="document type"):
        docx_to_pages(with_document(bomb.encode(encoding)), file="a", settings=SETTINGS)


@pytest.mark.parametrize(
    ("body", "limit", "cause"),
    [
        ("<w:sdt><w:sdtContent>" * 300 + "</w:sdtContent></w:sdt>" * 300, {}, "deep inside"),
        (f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc></w:tr>' * 40}</w:tbl>", {"max_table_cells": 30}, "30 table cells"),
        (" " * 5000, {"max_docx_bytes": 4000}, "unpacks to more"),
    ],
)
def test_what_is_beyond_a_limit_is_refused(body: str, limit: dict[str, int], cause: str) -> None:
    with pytest.raises(UnsupportedError, match=cause):
        docx_to_pages(word_file(body), file="a", settings=replace(SETTINGS, **limit))


def test_the_limit_holds_for_all_parts_of_a_file_together() -> None:
    content = word_file(paragraph("甲" * 3000), numbering=LISTS)
    with pytest.raises(UnsupportedError, match=r"unpacks to more .* raise max_docx_bytes"):
        docx_to_pages(content, file="a", settings=replace(SETTINGS, max_docx_bytes=10_000))
    assert docx_to_pages(word_file(paragraph("甲" * 3000)), file="a", settings=replace(SETTINGS, max_docx_bytes=10_000))


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04rest", with_document(b"<a"), with_document(b'<?xml encoding="x"?><a/>')]
)
def test_a_damaged_file_is_named(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^a\.docx: .*damaged"):
        docx_to_pages(content, file="a.docx", settings=SETTINGS)


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
@settings(max_examples=80)
def test_broken_bytes_give_pages_or_an_error_of_our_own(place: int, noise: bytes) -> None:
    content = bytearray(word_file(word_table(disclosure_rows()), numbering=LISTS))
    place %= len(content)
    content[place : place + len(noise)] = noise
    with suppress(SourceError):
        docx_to_pages(bytes(content), file="a", settings=SETTINGS)


@given(
    st.lists(
        st.sampled_from(
            ["<w:p>", "<w:r>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:del>", "<w:ins>", "<w:sdt>", "<w:drawing>"]
        )
    )
)
def test_elements_in_any_order_are_read(tags: list[str]) -> None:
    closing = "".join(tag.replace("<", "</") for tag in reversed(tags))
    for item in docx_to_pages(word_file("".join(tags) + "<w:t>甲</w:t>" + closing), file="a", settings=SETTINGS)[
        0
    ].items:
        assert isinstance(item, Line | Row)


MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
BEGIN, MIDDLE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
INSTRUCTION = "<w:r><w:instrText>{}</w:instrText></w:r>"
UNREAD = {
    "chart": "<w:r><w:drawing><chart/></w:drawing></w:r>",
    "ink": "<w:r><w:drawing><contentPart/></w:drawing></w:r>",
    "shape": "<w:r><w:drawing><a:custGeom/></w:drawing></w:r>",
    "lettering": '<w:r><w:pict><v:shape><v:textpath string="12"/></v:shape></w:pict></w:r>',
    "boxed formula": f"<m:oMath {MATH}><m:box><m:e><m:r><m:t>12</m:t></m:r></m:e></m:box></m:oMath>",
    "field without a result": BEGIN + INSTRUCTION.format(r" EQ \x(12) ") + END,
    "field with an empty result": BEGIN + INSTRUCTION.format("=1+1") + MIDDLE + END,
    "simple field without a result": '<w:fldSimple w:instr=" QUOTE 12 "/>',
    "digit and sign": run("1") + '<w:r><w:sym w:font="Wingdings" w:char="F08C"/></w:r>',
}


def cell_of(inner: str, **parts: str) -> str:
    """The text of the second cell of a table's only row."""
    heads = paragraph("一、总体情况") + paragraph("二、主动公开政府信息情况")
    table = f"<w:tbl><w:tr>{word_cell('规章')}{word_cell(inner)}{word_cell('3')}</w:tr></w:tbl>"
    return read(heads + table, **parts)[2][1]


@pytest.mark.parametrize("drawn", UNREAD.values(), ids=UNREAD)
def test_what_nobody_has_read_in_a_cell_leaves_no_blank(drawn: str) -> None:
    assert cell_of(paragraph(drawn)).endswith("\ufffc")


def test_an_index_mark_hides_nothing_behind_it() -> None:
    assert cell_of(paragraph(BEGIN + INSTRUCTION.format(' XE "a" ') + END + run("12"))) == "12"
    assert cell_of(paragraph('<w:fldSimple w:instr=" TC a "/>')) == ""


def test_an_automatic_number_alone_in_a_cell_is_no_blank() -> None:
    assert cell_of(numbered("", 1), numbering=LISTS) == "\ufffc"


def test_a_first_column_of_automatic_numbers_holds_no_values() -> None:
    lines = "".join(
        f"<w:tr>{word_cell(numbered('', 1))}{word_cell(text)}{word_cell('3')}</w:tr>" for text in ("甲", "乙", "丙")
    )
    assert read(f"<w:tbl>{lines}</w:tbl>", numbering=LISTS) == [["", text, "3"] for text in ("甲", "乙", "丙")]


def test_numbers_in_two_paragraphs_of_a_cell_are_kept_apart() -> None:
    assert cell_of(paragraph("1") + paragraph("3")) == "1\u20283"
