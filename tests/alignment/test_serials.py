"""Columns that number the rows stand between labels and values."""

from __future__ import annotations

import pytest

from extract.records import State
from tests.text_builders import TABLE_2, TABLE_3, read, table_3_rows

COLUMNS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_organisation", "total")


@pytest.mark.parametrize("head", ["行次", "序 号", ""])
def test_the_number_of_a_row_is_none_of_its_values(head: str):
    given = {"requests.received": (3, "", "", "", "", "", 3), "requests.handled": ("", "", 2, "", "", "", 2)}
    rows = [[label, str(k), *values] for k, (label, *values) in enumerate(table_3_rows(given), 1)]
    heads = ["申请人情况", head, "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    cells = read("\n".join("| " + " | ".join(row) + " |" for row in [heads, *rows]), TABLE_3)
    for row, values in given.items():
        assert [cells[f"{row}.{column}"].value for column in COLUMNS] == [value or None for value in values]


def test_a_short_column_in_that_order_without_a_head_of_its_own_is_kept():
    rows = ["规章 | 1 | 0 | 4", "行政规范性文件 | 2 | 0 | 7", "行政许可 | 3 | | "]
    cells = read("\n".join(f"| {row} |" for row in ["信息内容 | 制发 | 废止 | 有效", *rows]), TABLE_2)
    assert cells["disclosure.regulations.issued"].value == 1
    assert cells["disclosure.licensing.decisions"].state is State.READ


@pytest.mark.parametrize(("place", "number"), [(9, "11"), (9, "9"), (9, ""), (9, "1"), (9, "l0")])
def test_a_number_that_does_not_count_on_makes_no_values_of_the_others(place: int, number: str):
    given = {"requests.received": (3, 0, 0, 0, 0, 0, 3), "requests.handled": (0, 0, 2, 0, 0, 0, 2)}
    numbers = [str(k) for k in range(1, 26)]
    numbers[place] = number
    rows = [[label, own, *values] for own, (label, *values) in zip(numbers, table_3_rows(given), strict=True)]
    cells = read("\n".join("| " + " | ".join(row) + " |" for row in rows), TABLE_3)
    for row, values in given.items():
        assert [cells[f"{row}.{column}"].value for column in COLUMNS] == list(values)
        assert not cells[f"{row}.total"].scores["unsettled"]
