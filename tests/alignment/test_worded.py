"""Words in a cell where a number should stand."""

from __future__ import annotations

import pytest

from extract.records import State
from tests.text_builders import FORM, TABLE_2, TABLE_3, read, table_3_rows

FEE = "disclosure.fees.amount"


def table_2(fee: str, *, issued: str = "0", licensing: str = "5") -> str:
    return "\n".join(
        [
            "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
            f"| 规章 | {issued} | 0 | 3 |",
            "| 行政规范性文件 | 2 | 0 | 7 |",
            "| 信息内容 | 本年处理决定数量 |  |  |",
            f"| 行政许可 | {licensing} |  |  |",
            "| 行政处罚 | 1 |  |  |",
            "| 行政强制 | 0 |  |  |",
            "| 信息内容 | 本年收费金额（单位：万元） |  |  |",
            f"| 行政事业性收费 | {fee} |  |  |",
        ]
    )


@pytest.mark.parametrize("words", ["详见附件", "免收", "有", "暂无统计，待补"])
def test_words_are_what_the_cell_prints(words: str):
    cell = read(table_2(words), TABLE_2)[FEE]
    assert (cell.state, cell.raw) == (State.ILLEGIBLE, words)


def test_words_among_numbers_keep_these_in_their_columns():
    cells = read(table_2("1.5", issued="若干"), TABLE_2)
    row = [cells[f"disclosure.regulations.{column}"] for column in ("issued", "repealed", "in_force")]
    assert [(cell.state, cell.value) for cell in row] == [(State.ILLEGIBLE, None), (State.READ, 0), (State.READ, 3)]


def test_a_head_behind_a_label_is_no_value():
    cells = read(table_2("0", licensing="本年处理决定数量 | 5"), TABLE_2)
    assert cells["disclosure.licensing.decisions"].value == 5


def test_two_words_of_a_damaged_head_are_no_row():
    rows = table_3_rows({"requests.other.other": (1, 0, 0, 0, 0, 0, 1)})
    text = "| 自然人 | 其他 | 总汁 |\n" + "\n".join("| " + " | ".join(row) + " |" for row in rows)
    cells = read(text, TABLE_3)
    assert [cells[f"requests.other.other.{column.id}"].value for column in FORM.tables[1].blocks[0].columns] == [
        *(1, 0, 0, 0, 0, 0, 1)
    ]


@pytest.mark.parametrize("printed", ["XX", "**", "5以上", "见附件", "—/—"])
def test_what_is_no_number_keeps_its_cell_among_the_numbers_of_its_row(printed: str):
    rows = table_3_rows({"requests.other.other": (1, 0, 0, 0, 0, 0, 1)})
    rows[22][4] = printed
    cells = read("\n".join("| " + " | ".join(row) + " |" for row in rows), TABLE_3)
    own = [cells[f"requests.other.other.{column.id}"] for column in FORM.tables[1].blocks[0].columns]
    assert [cell.value for cell in own] == [1, 0, 0, None, 0, 0, 1]
    assert (own[3].state, own[3].raw) == (State.ILLEGIBLE, printed)


def test_marks_behind_a_damaged_label_keep_their_cell():
    rows = table_3_rows({"requests.handled": (1, 0, 0, 0, 0, 0, 1)})
    rows[23][0], rows[23][3] = "〔七〕总汁", "XX"
    cells = read("\n".join("| " + " | ".join(row) + " |" for row in rows), TABLE_3)
    assert cells["requests.handled.research"].raw == "XX"
    assert cells["requests.handled.total"].value == 1
