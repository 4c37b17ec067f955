"""The normal form of labels, and patterns of many words."""

from __future__ import annotations

import re
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from extract.textform import any_word, find_words, to_half_width, word_heads

_WORDS = st.lists(st.text("政府信息.", min_size=1, max_size=3), min_size=1, max_size=9)


def test_half_width_is_nfkc_for_every_character() -> None:
    every = [character for character in map(chr, range(sys.maxunicode + 1)) if not 0xD800 <= ord(character) < 0xE000]
    changed = [each for each in every if to_half_width(each) != unicodedata.normalize("NFKC", each)]
    assert changed == []


@given(st.text("政府，（）：；0９e\u0301か\u3099㎡ "))
def test_half_width_is_nfkc_for_characters_that_combine(text: str) -> None:
    assert to_half_width(text) == unicodedata.normalize("NFKC", text)


@given(_WORDS, st.text("政府信息.", max_size=20))
def test_a_pattern_of_words_finds_the_longest_at_each_place(words: list[str], text: str) -> None:
    obvious = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    assert re.findall(f"(?:{any_word(words)})", text) == re.findall(obvious, text)


@given(_WORDS, st.text("政府信息.", max_size=20))
def test_words_are_found_where_a_pattern_of_them_finds_them(words: list[str], text: str) -> None:
    spans = [match.span() for match in re.finditer(any_word(words), text)]
    assert [*find_words(text, word_heads(words))] == spans
