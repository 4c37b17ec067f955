"""Findings about words say where these stand: the line of a text, the place on a page, the cell of a table."""

from __future__ import annotations

import pytest

from extract.findings import find_spots
from extract.quick import replace
from extract.records import (
    BBox,
    Document,
    Finding,
    Item,
    Line,
    Page,
    Place,
    RawCell,
    Row,
    Section,
    SectionedDocument,
    Severity,
    Source,
    Spot,
)
from tests.builders import make_cells, make_lines, make_narrative, make_sentence

ISSUED = "disclosure.regulations.issued"


def document(*items: Item, kind: str = "text") -> Document:
    return Document(Source("年报", "", kind, 1, False), (Page(1, items),))


def label(found: str, *names: str) -> Finding:
    return Finding("L001", Severity.INFO, "", "", names, (), "规章", found)


def test_a_sentence_is_found_on_the_line_on_which_the_words_meant_begin() -> None:
    sentence = make_sentence("我局收到申请3件，全部办结，公开信息120条，答复留言12条。")
    lines = make_lines("一、总体情况", "**我局收到申请3件，全部办结，公开", "信息120条，答复留言12", "条。**")
    told = Finding("T003", Severity.WARNING, "", "", (), (sentence.id,), None, "公开信息")
    (found,) = find_spots((told,), document(*lines), make_narrative(sentence), {})
    assert found.spots == (Spot(1, 2),)
    (found,) = find_spots((replace(told, found="答复留言"),), document(*lines), make_narrative(sentence), {})
    assert found.spots == (Spot(1, 3),)


def test_of_two_equal_sentences_each_has_its_own_line_and_a_page_number_within_one_does_no_harm() -> None:
    first, second = (make_sentence("本年没有收费。", number=number) for number in (1, 2))
    third = make_sentence("机关收到的申请件数与上一年持平，另有三件结转。", number=3)
    lines = make_lines(first.text, second.text, "机关收到的申请件数", "— 2 —", "与上一年持平，另有三件结转。")
    told = Finding("T005", Severity.ERROR, "", "", (), (second.id, third.id))
    (found,) = find_spots((told,), document(*lines), make_narrative(first, second, third), {})
    assert [spot.line for spot in found.spots] == [2, 3]


@pytest.mark.parametrize(("kind", "line"), [("text", 4), ("pdf", None)])
def test_a_label_is_found_beside_its_numbers_and_not_in_the_prose(kind: str, line: int | None) -> None:
    box: BBox = (0.1, 0.4, 0.2, 0.5)
    lines = (*make_lines("本年制定规章科二件。", "", ""), Line("规章科", 1, 4, box), *make_lines("0", first=5))
    cells = {ISSUED: replace(make_cells()[ISSUED], line=5)}
    (found,) = find_spots((label("规章科", ISSUED),), document(*lines, kind=kind), make_narrative(), cells)
    assert found.spots == (Spot(1, line, box),)


def test_a_label_in_a_table_is_found_in_its_cell_and_a_damaged_one_nowhere() -> None:
    row = Row((RawCell("规章科", place=Place(2, 3, 1)), RawCell("0", place=Place(2, 3, 2))), 1, 1, 7)
    own = document(row, kind="html")
    (found,) = find_spots((label("规章科", ISSUED),), own, make_narrative(), make_cells())
    assert found.spots == (Spot(1, place=Place(2, 3, 1)),)
    (found,) = find_spots((label("章规", ISSUED),), own, make_narrative(), make_cells())
    assert found.spots == ()


def test_a_label_whose_words_do_not_stand_together_is_found_where_it_begins() -> None:
    lines = make_lines("规章", "1.申请人无正当理由逾期", "0 0 1", "不补正、行政机关不再处理")
    (found,) = find_spots((label("1.申请人无正当理由逾期不补正"),), document(*lines), make_narrative(), make_cells())
    assert found.spots == (Spot(1, 2),)


def sectioned(front: tuple[Item, ...], first: tuple[Item, ...], *, headed: bool = True) -> SectionedDocument:
    heading = make_lines("一、总体情况")[0] if headed else None
    return SectionedDocument(front, (Section(1, heading, first),), ())


@pytest.mark.parametrize(
    ("kind", "place", "headed", "section", "paragraph"),
    [
        ("html", 2, True, 1, 2),
        ("docx", 2, True, 1, 2),
        ("html", 0, True, 0, 1),
        ("html", 2, False, None, None),
        ("text", 2, True, None, None),
    ],
)
def test_a_sentence_without_line_and_page_of_its_own_is_in_a_paragraph_below_a_heading(
    kind: str, place: int, headed: bool, section: int | None, paragraph: int | None
) -> None:
    lines = make_lines("特此公布，受理8件。", "（一）公开情况", "全年公开信息120条，答复留言12条。")
    sentence = make_sentence(lines[place].text)
    told = Finding("T003", Severity.WARNING, "", "", (), (sentence.id,))
    own = sectioned(lines[:1], lines[1:], headed=headed)
    (found,) = find_spots((told,), document(*lines, kind=kind), make_narrative(sentence), {}, own)
    assert [(spot.of_section, spot.paragraph) for spot in found.spots] == [(section, paragraph)]
