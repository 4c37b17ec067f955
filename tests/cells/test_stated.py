"""Where the file's own grid states every cell, it tells the columns; where it does not, nothing is taken from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

import pytest

from extract.alignment import align_table
from extract.cells import place_cells
from extract.pages.html import html_to_pages
from extract.pipeline import extract_content
from extract.quick import replace
from extract.records import Field, Place, RawCell, Row, State
from extract.settings import load_settings
from tests.pages.pdf_builder import Sheet, to_pdf
from tests.pages.statutory import FORM, VALUES, challenge_rows, disclosure_rows, report_html, request_rows, table_html
from tests.report_2019 import make_printed, to_html
from tests.text_builders import HEAD
from tests.text_builders import read as read_text

ROW = "requests.granted"
ROWS = ("regulations", "normative_documents")
LABEL = ">（一）予以公开</td>"


def row_of(markup: str) -> str:
    """The markup of the row's cells behind its label."""
    return markup.split(LABEL)[1].split("</tr>")[0]


def with_row(cells: Iterable[str]) -> str:
    markup = report_html()
    return markup.replace(row_of(markup), "".join(f"<td>{cell}</td>" for cell in cells))


def read(markup: str) -> dict[str, Field]:
    return dict(extract_content(markup.encode(), file="a.html").fields)


def values(fields: dict[str, Field]) -> list[object]:
    return [fields[name].value for name in VALUES if name.startswith(f"{ROW}.")]


def test_blank_cells_keep_their_columns_and_raise_no_doubt_about_them() -> None:
    fields = read(with_row(["0", "", "0", "", "4", "", ""]))
    assert values(fields) == [0, None, 0, None, 4, None, None]
    assert fields[f"{ROW}.business"].state is State.BLANK
    assert not any("应有" in note for name in fields if name.startswith(ROW) for note in fields[name].evidence)


@pytest.mark.parametrize("cells", [["1", "0", "0", "0", "0", "1"], ["1", "0", "0", "0", "0", "0", "0", "1"]])
def test_a_row_with_a_cell_too_few_or_too_many_is_for_a_person(cells: list[str]) -> None:
    fields = read(with_row(cells))
    assert not any(fields[name].accepted for name in VALUES if name.startswith(f"{ROW}."))


def test_a_cell_that_a_row_lacks_stands_in_its_row_and_is_no_blank_one() -> None:
    fields = read(with_row(["1", "0", "", "0", "0", "1"]))
    own = [fields[name] for name in VALUES if name.startswith(f"{ROW}.")]
    (row,) = {field.place.row for field in own if field.place}
    lacking = [field.place for field in own if field.state is State.MISSING]
    assert lacking == [Place(2, row, None)]


@pytest.mark.parametrize(("printed", "codes"), [("1 0 _ 0 0 1", ["S003"]), ("1 0 _ 0 0 _ 1", []), ("5", [])])
def test_a_row_that_lacks_a_cell_has_a_finding(printed: str, codes: list[str]) -> None:
    cells = [text.replace("_", "") for text in printed.split()]
    items = html_to_pages(with_row(cells).encode(), file="a", settings=load_settings())[0].items
    deviations = align_table(
        [item for item in items if isinstance(item, Row) and item.table == 2], FORM.tables[1]
    ).deviations
    assert [item.code for item in deviations if item.fields[0].startswith(ROW)] == codes


def test_blank_cells_of_a_narrow_table_keep_their_columns() -> None:
    markup = report_html()
    for label, own in (("规章", ["", "", ""]), ("行政规范性文件", ["", "", "9"])):
        start = markup.index(f">{label}</td>") + len(f">{label}</td>")
        end = markup.index("</tr>", start)
        markup = markup[:start] + "".join(f"<td>{text}</td>" for text in own) + markup[end:]
    fields = read(markup)
    found = [fields[f"disclosure.normative_documents.{name}"] for name in ("issued", "repealed", "in_force")]
    assert [field.value for field in found] == [None, None, 9]


def test_a_cell_that_covers_two_columns_proves_nothing() -> None:
    markup = with_row(["5", "0", "0", "0", "0", "0"]).replace("<td>5</td>", "<td colspan=2>5</td>")
    assert not read(markup)[f"{ROW}.natural_person"].accepted


def test_a_row_whose_label_lacks_its_span_has_its_places_by_its_own_cells() -> None:
    whole, label = report_html(), "结转下年度继续办理</td>"
    row = whole.split(label)[1].split("</tr>")[0]
    printed = ["", "0", "", "0", "", "0", "0"]
    markup = whole.replace(row, "".join(f"<td>{value}</td>" for value in printed))
    start = markup.rindex("<tr>", 0, markup.index(label))
    assert "colspan=3" in markup[start:]
    fields = read(markup[:start] + markup[start:].replace("colspan=3", "colspan=1", 1))
    found = [fields[name].value for name in VALUES if name.startswith("requests.carried_out.")]
    assert found == [None, 0, None, 0, None, 0, 0]


def test_rows_of_a_group_that_a_table_cut_in_two_leaves_have_their_places_by_their_own_cells() -> None:
    whole = report_html()
    start = whole.rindex("<tr>", 0, whole.index("7.属于行政执法案卷"))
    markup = f"{whole[:start]}</table><table>{whole[start:]}"
    for label, printed in (("7.属于行政执法案卷", ["6", *[""] * 5, "6"]), ("8.属于行政查询事项", [*[""] * 6, "0"])):
        cells = "".join(f"<td>{value}</td>" for value in printed)
        markup = re.sub(rf"({label}</td>).*?</tr>", rf"\1{cells}</tr>", markup, flags=re.DOTALL)
    fields = read(markup)
    found = [fields[name].value for name in VALUES if name.startswith("requests.denied.administrative_inquiry.")]
    assert found == [None] * 6 + [0]


def test_cells_of_a_row_do_not_tell_their_places_where_labels_are_followed_by_empty_cells() -> None:
    spaced = report_html().replace("colspan=3 rowspan='1'>", "colspan=2 rowspan='1'>")
    markup = re.sub(r"(<td colspan=2 rowspan='1'>[^<]*</td>)", r"\1<td></td>", spaced)
    row = markup.split("一、本年新收政府信息公开申请数量</td>")[1].split("</tr>")[0]
    short = "".join(f"<td>{value}</td>" for value in ["", "5", "0", "0", "0", "0", "0"])
    fields = read(markup.replace(row, short))
    assert not any(fields[name].accepted for name in VALUES if name.startswith("requests.received."))


def test_cells_that_no_row_states_have_no_place() -> None:
    items = html_to_pages(report_html().encode(), file="a", settings=load_settings())[0].items
    row = next(item for item in items if hasattr(item, "cells") and item.cells[0].text == "第二十条第（一）项")
    assert [cell.place is not None for cell in row.cells] == [True, False, False, False]


def test_an_empty_total_column_of_the_old_template_is_read_as_empty_and_moves_no_number() -> None:
    totals = [name for name in make_printed(3) if name.startswith("requests.") and name.endswith(".total")]
    fields = read(to_html(make_printed(3) | dict.fromkeys(totals, "")))
    assert {fields[name].state for name in totals} == {State.BLANK}
    assert all(fields[name.replace(".total", ".business")].accepted for name in totals)


def read_ruled(printed: list[str], *, label: str = "（一）予以公开") -> dict[str, Field]:
    """Table 3 as a ruled grid of a PDF, that row as `printed`."""
    block = FORM.tables[1].blocks[0]
    rows = [["", *(column.label for column in block.columns)]]
    for row in block.rows:
        own = [str(VALUES[f"{row.id}.{column.id}"]) for column in block.columns]
        rows.append([row.label, *(printed if row.label == label else own)])
    xs, ys = (10, 290, *range(330, 610, 40)), range(60, 60 + 25 * (len(rows) + 1), 25)
    page = Sheet().text(50, 40, "三、收到和处理政府信息公开申请情况").table(xs, ys, rows, size=5)
    return dict(extract_content(to_pdf(page, size=(650, 842)), file="a.pdf").fields)


def test_blank_cells_that_a_pdf_rules_keep_their_columns() -> None:
    fields = read_ruled(["0", "", "0", "", "4", "", ""])
    assert values(fields) == [0, None, 0, None, 4, None, None]
    assert not any("应有" in note for name in fields if name.startswith(ROW) for note in fields[name].evidence)


def test_a_number_across_a_rule_leaves_its_row_to_the_sums() -> None:
    fields = read_ruled(["0", "", "00000000000000004", "", "0", "", ""])
    assert not any(fields[name].accepted for name in VALUES if name.startswith(f"{ROW}."))


@pytest.mark.parametrize("printed", ["", "3"])
def test_table_4_in_two_rows_keeps_the_columns_of_its_blank_cells(printed: str) -> None:
    outcomes = [column.label for column in FORM.tables[2].blocks[0].columns[:5]]
    litigation = [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)]
    rows = [
        [("行政复议", 10, 1)],
        [(outcome, 2, 1) for outcome in outcomes],
        [("", 2, 1)] * 5,
        [("行政诉讼", 10, 1)],
        litigation,
        [(outcome, 1, 1) for outcome in outcomes * 2],
        [(printed if k in (5, 9) else "", 1, 1) for k in range(10)],
    ]
    fields = read(report_html().replace(table_html(challenge_rows()), table_html(rows)))
    own = [fields[name] for name in VALUES if name.startswith("challenges.")]
    assert [field.raw for field in own] == [""] * 10 + [printed, "", "", "", printed]
    assert {field.state for field in own} <= {State.BLANK, State.READ}


def test_a_cell_that_reaches_over_two_columns_of_the_grid_leaves_no_gap_in_its_row() -> None:
    """As where the rules of other rows of the same table stand a little beside those of this one."""
    rows = [list(row) for row in disclosure_rows()]
    rows[1][1] = (rows[1][1][0], 2, 1)
    rows[2][1:] = [("", 2, 1), ("0", 1, 1), ("711", 1, 1)]
    rows[3][1:] = [("49", 2, 1), ("0", 1, 1), ("", 1, 1)]
    rows[4] = [(rows[4][0][0], 5, 1)]
    rows[5:7] = [[(row[0][0], 1, 1), ("", 1, 1), (row[1][0], 3, 1)] for row in rows[5:7]]
    fields = read(report_html().replace(table_html(disclosure_rows()), table_html(rows)))
    own = [fields[f"disclosure.{row}.{column}"] for row in ROWS for column in ("issued", "repealed", "in_force")]
    assert [field.value for field in own] == [None, 0, 711, 49, 0, None]


def test_blank_cells_that_the_reader_of_a_scan_looked_into_keep_their_columns() -> None:
    def seen(cell: RawCell) -> RawCell:
        looked_at = not cell.text or cell.text.isdigit()
        return replace(cell, place=None, readings=((cell.text, 0.999),) if looked_at else ())

    markup = with_row(["0", "", "0", "", "4", "", ""])
    items = html_to_pages(markup.encode(), file="a", settings=load_settings())[0].items
    rows = [item for item in items if isinstance(item, Row) and item.table == 2]
    scanned = [replace(row, cells=tuple(seen(cell) for cell in row.cells)) for row in rows]
    placed = {row.field_ids[0]: row for row in place_cells(align_table(scanned, FORM.tables[1]), FORM.tables[1])}
    (placement,) = placed[f"{ROW}.natural_person"].placements
    assert placement.stated
    assert [cell.raw for cell in placement.cells if cell] == ["0", "", "0", "", "4", "", ""]


def test_a_count_with_a_fraction_is_for_a_person() -> None:
    fields = read(with_row(["1.234", "0", "0", "0", "0", "0", "1.234"]))
    assert fields[f"{ROW}.natural_person"].value == Decimal("1.234")
    assert not fields[f"{ROW}.natural_person"].accepted


def test_no_row_is_made_of_hundreds_of_cells() -> None:
    cells = read_text(f"{HEAD}\n（一）予以公开\t" + "\t".join("1" * 300))
    assert not any(cells[name].value for name in VALUES if name.startswith(f"{ROW}."))


def test_a_column_of_another_year_leaves_the_rows_with_blanks_to_a_person() -> None:
    rows = [list(row) for row in disclosure_rows()]
    rows[1].insert(1, ("上年现行有效件数", 1, 1))
    rows[2][1:] = [("4", 1, 1), ("", 1, 1), ("", 1, 1), ("", 1, 1)]
    rows[3][1:] = [("4", 1, 1), ("", 1, 1), ("2", 1, 1), ("6", 1, 1)]
    fields = read(report_html().replace(table_html(disclosure_rows()), table_html(rows)))
    own = [fields[f"disclosure.{row}.{column}"] for row in ROWS for column in ("issued", "repealed", "in_force")]
    assert not any(field.accepted for field in own)
    assert fields["disclosure.licensing.decisions"].accepted


def test_an_empty_cell_too_many_in_one_row_leaves_its_blanks_to_a_person() -> None:
    fields = read(with_row(["", "", "1", "", "2", "", "", "3"]))
    assert not any(fields[name].accepted for name in VALUES if name.startswith(f"{ROW}."))


def test_rows_that_one_cell_each_holds_are_for_a_person() -> None:
    rows = request_rows()
    first = next(k for k, row in enumerate(rows) if any("国家秘密" in text for text, _, _ in row))
    names = "".join(row[-8][0] for row in rows[first : first + 8])
    stack = [(*rows[first][0][:2], 1), (names, 1, 1), *[("1 1", 1, 1)] * 6, ("1 1 1", 1, 1)]
    markup = table_html([*rows[:first], stack, *rows[first + 8 :]])
    fields = read(report_html().replace(table_html(request_rows()), markup))
    assert not any(fields[name].accepted for name in VALUES if name.startswith("requests.denied."))


def test_groups_of_table_4_in_another_order_leave_one_number_among_blanks_to_a_person() -> None:
    heads, groups, outcomes, _ = challenge_rows()
    printed = [("2" if k in (2, 4) else "", 1, 1) for k in range(15)]
    rows = [heads, [*groups[:5], groups[6], groups[5]], outcomes, [*printed[5:], *printed[:5]]]
    fields = read(report_html().replace(table_html(challenge_rows()), table_html(rows)))
    assert not any(fields[name].accepted for name in VALUES if name.startswith("challenges."))


def test_two_tables_of_which_one_prints_blanks_leave_the_rows_to_a_person() -> None:
    twice = with_row(["2", "", "0", "", "4", "", "6"])
    blank = with_row([""] * 7)
    start = blank.index("<table>", blank.index("三、收到"))
    other = blank[start : blank.index("</table>", start) + len("</table>")]
    fields = read(twice.replace("<p><strong>四、", f"{other}<p><strong>四、"))
    assert not any(fields[name].accepted for name in VALUES if name.startswith(f"{ROW}."))


def test_labels_and_values_in_tables_side_by_side_are_for_a_person() -> None:
    rows = request_rows()
    labels = table_html([row[:-7] if k > 2 else row for k, row in enumerate(rows)])
    numbers = table_html([[("", 1, 1)] * 7 if k % 2 else row[-7:] for k, row in enumerate(rows) if k > 2])
    beside = f"<table><tr><td>{labels}</td><td>{numbers}</td></tr></table>"
    fields = read(report_html().replace(table_html(rows), beside))
    blank = [name for name in VALUES if name.startswith("requests.") and fields[name].state is State.BLANK]
    assert not any(fields[name].accepted for name in blank)


def test_an_empty_cell_behind_a_full_row_moves_none_of_its_numbers() -> None:
    fields = read(with_row(["1", "0", "0", "0", "0", "2", "3", ""]))
    own = [fields[name] for name in VALUES if name.startswith(f"{ROW}.")]
    assert [field.value for field in own] == [1, 0, 0, 0, 0, 2, 3]
    assert not any("不能由标签确定" in note for field in own for note in field.evidence)


@pytest.mark.parametrize("cell", ["4元", "￥4", "$4", "4万元", "增加4", "减少4", "↓4", "4（应为6）", "4|"])
def test_money_a_change_or_a_correction_in_a_cell_of_counts_is_for_a_person(cell: str) -> None:
    name, markup = "disclosure.penalties.decisions", report_html()
    put = re.compile(r"(>行政处罚</td><td[^>]*>)\d+")
    assert read(put.sub(r"\g<1>4件", markup))[name].accepted
    assert not read(put.sub(lambda match: match[1] + cell, markup))[name].accepted


def test_a_change_in_words_is_what_the_form_of_2019_asks_for() -> None:
    name = "disclosure.penalties.items_change"
    printed = make_printed(1) | {name: "减少4"}
    assert (field := read(to_html(printed))[name]).accepted
    assert field.value == -4
