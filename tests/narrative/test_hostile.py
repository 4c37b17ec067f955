"""Texts made to break the reading of claims: other scopes and periods, absurd numbers, endless sentences."""

from __future__ import annotations

import time

import pytest

from extract.narrative.labelling import label_sentences
from extract.narrative.making import make_claims
from extract.narrative.sentences import cut_sentences
from extract.records import Claim, Label, Sentence

AGENCY = "清河市水务局"


def read_claims(text: str) -> tuple[Claim, ...]:
    sentences = tuple(
        Sentence(f"s{number:03d}", 1, part, Label.STATISTIC, 1.0, 1)
        for number, part in enumerate(cut_sentences(text), 1)
    )
    return make_claims(sentences, AGENCY, 2023)


@pytest.mark.parametrize(
    "text",
    [
        "局本级收到政府信息公开申请9件，下属单位收到93件。",
        "局属单位收到政府信息公开申请93件。",
        "市水利局收到政府信息公开申请93件。",
        "局属各单位均未收到政府信息公开申请。",
        "上半年收到政府信息公开申请40件，下半年收到62件。",
        "12月份收到政府信息公开申请9件。",
        "第一季度收到政府信息公开申请9件。",
        "截至6月30日，我局共收到政府信息公开申请40件。",
        "平均每月收到政府信息公开申请8件。",
        "近五年共收到政府信息公开申请560件。",
        "累计收到政府信息公开申请560件。",
        "条例施行以来，共收到政府信息公开申请560件。",
        "全市法院审理行政诉讼案件230件。",
        "立案查处水事违法案件52起，作出行政处罚12件。",
        "如未收到政府信息公开申请，应当零报告。",
        "若收到政府信息公开申请3件，须报备。",
        "对未收到政府信息公开申请的，应当零报告。",
        "收到政府信息公开申请不是99件。",
        "2023年全市各行政机关共收到政府信息公开申请430件。",
    ],
)
def test_a_statement_of_another_scope_is_not_certain(text: str) -> None:
    claims = read_claims(text)
    assert claims
    assert not any(claim.certain for claim in claims)


@pytest.mark.parametrize(
    "text",
    [
        "全年收到政府信息公开申请105件。",
        "2023年1月1日至12月31日，共收到政府信息公开申请105件。",
        "截至2023年12月31日，我局共收到政府信息公开申请105件。",
        "今年以来，市水务局共收到政府信息公开申请105件。",
        "2023年，全局累计收到政府信息公开申请105件。",
        "12月，我局开展培训2次；全年共收到政府信息公开申请105件。",
    ],
)
def test_a_statement_of_the_whole_year_stays_certain(text: str) -> None:
    last = read_claims(text)[-1]
    assert last.certain
    assert last.field == "requests.received.total"


@pytest.mark.parametrize("digits", ["1" * 29, "9" * 900, "0." + "3" * 40, "1亿亿亿亿亿", "九" * 500])
def test_a_run_of_digits_is_no_number(digits: str) -> None:
    assert not read_claims(f"收到政府信息公开申请{digits}件。")


@pytest.mark.parametrize(
    "text", ["共收到政府信息公开申请102件，" * 1000, "a" * 20_000, "1-" * 10_000, "《" * 20_000, "未收到，" * 5000]
)
def test_an_endless_sentence_is_read_in_time(text: str) -> None:
    read_claims("收到1件。")
    begun = time.process_time()
    read_claims(text)
    assert time.process_time() - begun < 2


def test_a_sentence_without_full_stops_is_cut_behind_a_comma() -> None:
    parts = cut_sentences("共收到政府信息公开申请102件，" * 600)
    assert all(len(part) <= 1000 and part.endswith("，") for part in parts)
    assert "".join(parts) == "共收到政府信息公开申请102件，" * 600


@pytest.mark.parametrize(
    "text",
    [
        "一年来工作取得一定成效，但公开的及时性还有不足。",
        "主要存在的问题是人手紧张。",
        "依申请公开工作经验不足。",
        "对照上级要求和群众期盼，还存在薄弱环节。",
    ],
)
def test_one_shortcoming_in_few_words_is_a_problem(text: str) -> None:
    texts = [text, "下一步将加强业务培训，提高公开质量。"]
    assert label_sentences(texts, [5, 5])[0][0] is Label.PROBLEM
