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
