"""Characters that a pattern needs: a text without them is never one in which it would be found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.rules import needed_characters, outline_of, quick_pattern


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("申请", "申"),
        ("(?:件|份)[都均]未?收到", "收"),
        ("[甲乙]{1,2}|丙?丁", "甲乙丁"),
        ("甲|乙?", ""),
        ("[^甲]+", ""),
        (r"(?<=甲)\d+(?=乙)", ""),
        ("(?i)a", ""),
    ],
)
def test_each_choice_of_a_pattern_needs_one_of_its_characters(pattern: str, needed: str) -> None:
    assert needed_characters(pattern) == frozenset(needed)


def test_words_that_a_pattern_finds_hold_one_of_the_characters_that_it_needs() -> None:
    pattern = "(?:没有?|未曾?)(?:收到|接到)过?(?:任何)?申请|[无零]申请"
    for text in ("本年没收到过任何申请。", "年内未曾接到申请。", "全年零申请。"):
        found = re.search(pattern, text)
        assert found
        assert not needed_characters(pattern).isdisjoint(found[0])


@pytest.mark.parametrize(
    "pattern",
    [
        "(?<!甲)乙|甲+丙?",
        "(?:^|[，甲])(?P<own>乙|丙)",
        r"[丁-乙]?\d{1,2}甲|$",
        r"(?:甲|\s)*(?=乙)乙",
        "[^甲]乙|丙",
        "(?:甲|乙?)(?:丙|丁)+?",
        r"(甲|乙)\1|[\]^-]",
    ],
)
@given(text=st.text("甲乙丙丁，1 ]^-", max_size=12))
def test_a_quick_pattern_finds_what_the_pattern_finds(pattern: str, text: str) -> None:
    found = [(match.span(), match.groups()) for match in re.finditer(pattern, text)]
    assert [(match.span(), match.groups()) for match in quick_pattern(pattern).finditer(text)] == found


def test_a_quick_pattern_looks_only_where_a_match_may_begin() -> None:
    assert quick_pattern("(?<=乙)[甲丙]|丁").pattern.startswith("(?=[丁丙甲])")
    assert quick_pattern("甲?").pattern == "甲?"


def test_an_outline_begins_like_its_pattern_and_needs_the_same() -> None:
    words = "(?:乙|丙丁)甲?"
    assert needed_characters(f"{outline_of(words)}，") == frozenset("，")
    assert quick_pattern(f"{words}，", f"{outline_of(words)}，").pattern.startswith("(?=[丙乙])")
    assert outline_of("(?:甲乙)?").endswith("?")
