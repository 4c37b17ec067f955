"""Last year's table beside the report's own."""

from __future__ import annotations

import pytest

from extract.alignment import align_table
from tests.text_builders import TABLE_3, document, lines

ROWS = TABLE_3.blocks[0].rows


def table(value: str) -> str:
    return lines([[row.label, *[value] * 7] for row in ROWS])


def first_values(text: str, year: int | None) -> set[str]:
    rows = align_table(document(text).items, TABLE_3, year=year).rows
    return {row.strip.cells[0].text for row in rows if row.strip and not row.contested}


BEHIND = f"{table('8')}\n\n附：2022年收到和处理情况\n\n{table('3')}"
BEFORE = f"表三 2022年度申请情况\n\n{table('3')}\n\n表三 2023年度申请情况\n\n{table('8')}"


@pytest.mark.parametrize("text", [BEHIND, BEFORE])
def test_a_table_under_another_year_is_none_of_the_report_s(text: str) -> None:
    assert first_values(text, 2023) == {"8"}


def test_where_no_caption_parts_the_report_s_table_from_another_all_stay() -> None:
    assert first_values(BEHIND, 2022) != {"8"}
    assert first_values(BEFORE, None) != {"8"}


def test_a_year_above_the_only_table_takes_nothing_away() -> None:
    assert first_values(f"2022年度申请情况\n\n{table('8')}", 2023) == {"8"}
