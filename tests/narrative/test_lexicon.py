"""The words of the lexicon in text: what is found quickly is what a slow look at every span finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.narrative.lexicon import Term, find_mentions, load_terms

PHRASES = sorted(phrase for phrase in load_terms() if not {*phrase} & {*"（复"})  # several may be joined then
PIECES = st.one_of(st.sampled_from(PHRASES), st.text("申请不予公开给有，其他处理", max_size=4))


def find_slowly(text: str) -> list[tuple[int, int, tuple[Term, ...]]]:
    terms = load_terms()
    spans = [(i, k) for i in range(len(text)) for k in range(i + 1, len(text) + 1) if text[i:k] in terms]

    def rank(span: tuple[int, int]) -> tuple[int, bool, int]:
        first = terms[text[slice(*span)]][0]
        return span[0] - span[1], first.kind == "filler" or first.near, span[0]

    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=rank):
        if all(end <= left or right <= start for left, right in kept):
            kept.append((start, end))
    return [(start, end, terms[text[start:end]]) for start, end in sorted(kept)]


@given(st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=3))
def test_the_longest_phrases_are_found_in_every_text(texts: list[str]) -> None:
    found = [[(own.start, own.end, own.terms) for own in mentions] for mentions in find_mentions(texts)]
    assert found == [find_slowly(text) for text in texts]


def test_a_phrase_of_one_character_is_found_before_any_other() -> None:
    (one,) = (phrase for phrase in load_terms() if len(phrase) == 1)
    (mentions,) = find_mentions([f"{one}你{one}"])
    assert [(own.start, own.end) for own in mentions] == [(0, 1), (2, 3)]
