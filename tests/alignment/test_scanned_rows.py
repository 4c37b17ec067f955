"""Rows of a scan whose labels were lost: their cells were looked into, so that they are rows though most are empty."""

from __future__ import annotations

from extract.alignment import align_table
from extract.records import RawCell, Row
from tests.builders import FORM

TABLE_3 = FORM.tables[1]
LABELS = [row.label for row in TABLE_3.blocks[0].rows]


def test_a_row_of_empty_cells_without_a_label_keeps_its_place_among_others() -> None:
    lost = {4, 6}
    rows = []
    for k, label in enumerate(LABELS):
        values = ["", "", "", "", "", "", str(k)]
        cells = [RawCell(text, readings=((text, 0.999),)) for text in values]
        rows.append(Row((RawCell("" if k in lost else label), *cells), 1, 1, k + 1))
    found = align_table(rows, TABLE_3).rows
    assert [row.strip.cells[-1].text if row.strip else None for row in found] == [str(k) for k in range(len(LABELS))]


def test_empty_cells_of_columns_too_many_make_no_row_too_wide() -> None:
    rows = []
    for k, label in enumerate(LABELS):
        values = [str(k), "", "", "0", "", "", "0", "", "", "0", "", "", "0", "", "", "0", "", "", str(k)]
        cells = [RawCell(text, readings=((text, 0.999),)) for text in values]
        rows.append(Row((RawCell("" if k in (21, 22) else label), *cells), 1, 1, k + 1))
    found = align_table(rows, TABLE_3).rows
    assert [row.strip.cells[-1].text if row.strip else None for row in found] == [str(k) for k in range(len(LABELS))]


def labelled(changed: dict[int, str], *, unclear: bool) -> list[Row]:
    """The rows of table 3 with some labels as a reader of lines saw them."""
    value = RawCell("0", readings=(("0", 0.999),))
    return [
        Row((RawCell(changed.get(k, label), unclear=unclear and k in changed), *[value] * 7), 1, 1, k + 1)
        for k, label in enumerate(LABELS)
    ]


def test_a_label_that_was_hard_to_read_between_others_leaves_its_row_where_it_is() -> None:
    changed = {11: "8.属于行以登词事项", 20: "补正行再期政府信息公开申请"}
    assert not any(row.contested for row in align_table(labelled(changed, unclear=True), TABLE_3).rows)


def test_the_same_label_that_was_clear_to_read_is_a_persons() -> None:
    changed = {11: "8.属于行以登词事项"}
    assert align_table(labelled(changed, unclear=False), TABLE_3).rows[11].contested


def test_a_label_whose_lines_were_read_into_one_another_leaves_its_row_where_it_is() -> None:
    changed = {19: "5.要求行政机关确认取信息或重新出具已获", 20: "1.申请人无正当理由政机关不再处理其政逾期不补正"}
    assert not any(row.contested for row in align_table(labelled(changed, unclear=False), TABLE_3).rows)


def test_a_row_with_dirt_for_numbers_beside_its_other_half_with_all_is_left_to_a_person() -> None:
    k = next(k for k, label in enumerate(LABELS) if "逾期不补正" in label)
    rows = labelled({}, unclear=False)
    dirt = [RawCell(text, readings=((text, 0.6),)) for text in ("", "", "", "", "", "1", "")]
    halves = (RawCell("1.申请人无正当"), *rows[k].cells[1:]), (RawCell(LABELS[k].split("无正当")[1]), *dirt)
    printed = [*(row.cells for row in rows[:k]), *halves, *(row.cells for row in rows[k + 1 :])]
    found = align_table([Row(tuple(cells), 1, 1, n) for n, cells in enumerate(printed, 1)], TABLE_3).rows
    assert [row.row for row in found if row.contested] == [k]
