"""Numbers of several years in one list, and shares that stand in brackets behind their counts."""

from __future__ import annotations

import pytest

from tests.narrative.builders import claims_of, codes_of, make_cells

CELLS = make_cells(
    {
        "requests.received.total": 85,
        "requests.received.natural_person": 80,
        "requests.handled.total": 84,
        "requests.granted.total": 1,
        "requests.partially_granted.total": 7,
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "2023年、2024年分别收到政府信息公开申请66件和89件。",
        "2024年、2023年分别收到政府信息公开申请89件和66件。",
        "近三年（2022、2023、2024年）收到政府信息公开申请分别为51件、66件、79件。",
        "2023年和2024年，我局分别办结政府信息公开申请66件、89件。",
        "2022年至2024年，收到政府信息公开申请分别为51件、66件、79件。",
        "收到政府信息公开申请2022年51件、2023年66件、2024年79件。",
    ],
)
def test_of_a_list_of_years_the_number_of_the_reports_year_is_held_against_its_cell(text: str) -> None:
    assert codes_of(text, cells=CELLS) == ["T001"]


@pytest.mark.parametrize(
    "text",
    [
        "2023年、2024年分别收到政府信息公开申请66件和85件。",
        "2021年、2022年、2023年分别收到政府信息公开申请51件、66件、79件。",
        "2023年、2024年分别收到涉及征地的政府信息公开申请6件和9件。",
        "2023年、2024年分别收到信访件66件和89件。",
        "收到政府信息公开申请2023年66件、2024年85件。",
        "收到涉及征地的政府信息公开申请2023年6件、2024年9件。",
        "2023年和2024年收到、办结政府信息公开申请分别为66件和64件。",
        "2024年较2022年、2023年分别多收到政府信息公开申请19件和30件。",
    ],
)
def test_a_list_of_years_that_is_right_or_counts_other_things_is_no_fault(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


def test_numbers_of_other_years_in_a_list_are_of_no_cell() -> None:
    told = claims_of("2023年、2024年分别收到政府信息公开申请66件和85件。")
    assert told == [("66件", ""), ("85件", "requests.received.total")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("办结申请84件，其中予以公开1件（1.2%），部分公开7件（14.3%）。", ["T004"]),
        ("收到申请85件，其中自然人80件（占比84.1%）。", ["T004"]),
        ("办结申请84件，其中予以公开1件（1.2%），部分公开7件（8.3%）。", []),
        ("办结申请84件，部分公开7件（14.3%），同比有所上升。", []),
        ("办结申请84件，同比增长5%，其中部分公开7件（14.3%）。", []),
        ("收到申请85件（12.3%），其中部分公开7件（按时答复率100%）。", []),
    ],
)
def test_a_percentage_alone_in_a_bracket_is_the_share_of_the_count_before(text: str, codes: list[str]) -> None:
    assert codes_of(text, cells=CELLS) == codes
