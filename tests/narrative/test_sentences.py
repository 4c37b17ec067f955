"""Sentences are cut as the labelling guide says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.narrative.sentences import cut_sentences


def test_full_stop_question_and_exclamation_mark_cut() -> None:
    assert cut_sentences("先公开。谁负责？都负责！好") == ("先公开。", "谁负责？", "都负责！", "好")


def test_a_semicolon_does_not_cut() -> None:
    assert cut_sentences("一是建制度；二是抓培训。") == ("一是建制度；二是抓培训。",)


def test_marks_inside_book_titles_and_quotation_marks_do_not_cut() -> None:
    text = "开设“谁执法？谁普法！”专栏，解读《怎么办？》一文。"
    assert cut_sentences(text) == (text,)


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest() -> None:
    assert cut_sentences("实行“三审制度。每周通报。") == ("实行“三审制度。", "每周通报。")


def test_closing_marks_stay_with_their_sentence() -> None:
    assert cut_sentences("（详见附表。）其余照旧。") == ("（详见附表。）", "其余照旧。")


@given(st.text(alphabet="公开申请，。；“”《》！？ 3件"))
def test_nothing_printed_is_lost(text: str) -> None:
    kept = "".join("".join(cut_sentences(text)).split())
    assert set(kept) <= set(text)
    assert kept.count("公") == text.count("公")
    assert kept.count("3") == text.count("3")


def test_a_sentence_that_lost_its_full_stops_is_cut_behind_commas_into_short_parts() -> None:
    text = "收到申请3件，" * 200
    parts = cut_sentences(text)
    assert "".join(parts) == text
    assert max(map(len, parts)) <= 200
    assert all(part.endswith("，") for part in parts)
