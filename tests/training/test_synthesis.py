"""The synthetic documents agree with their own truths."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from training.synthesis import GENERATORS, LEVELS, make_documents
from training.synthesis.agencies import sample_agency
from training.synthesis.balance import is_broken, judge_balances, rules
from training.synthesis.compose import load_surroundings, make_draft
from training.synthesis.confusion import confuse_text, confuse_value, load_confusions
from training.synthesis.draft import Draft, Printed
from training.synthesis.figures import form, sample_figures
from training.synthesis.grammar import Voice, expand, holds, to_chinese
from training.synthesis.grids import challenge_grid, disclosure_grids, request_grid, sample_shape
from training.synthesis.paging import Flow, break_pages
from training.synthesis.phrasing import load_bank, make_voice
from training.synthesis.renderers import RENDERERS
from training.synthesis.truth import truth_entry
from training.synthesis.typeset import sample_style, wrap_text

SEEDS = range(60)


def drafts(level: str = "text-0", generator: str = "train") -> Iterator[Draft]:
    return (make_draft(random.Random(f"{seed}"), level, generator) for seed in SEEDS)


def read_folder(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def decode(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_obey_all_sums(seed: int) -> None:
    rng = random.Random(seed)
    figures = sample_figures(rng, sample_agency(rng))
    assert list(figures) == list(form().field_ids)
    assert all(value >= 0 for value in figures.values())
    for rule in rules():
        assert sum(figures[f] for f in rule.left) == sum(figures[f] for f in rule.right), rule


def test_unplanted_drafts_deserve_no_error_finding() -> None:
    for draft in drafts():
        if not draft.plants:
            truth_entry(draft, "x")
            assert not any(is_broken(draft, rule) for rule in rules())
            assert [entry for entry in draft.expected if entry["code"] != "S003"] == []


def test_rules_of_the_form_are_all_there() -> None:
    codes = [rule.code for rule in rules()]
    assert {code: codes.count(code) for code in codes} == {"A001": 25, "A002": 7, "A003": 7, "A004": 3}


@pytest.mark.parametrize("generator", GENERATORS)
def test_rows_before_noise_print_the_truth(generator: str) -> None:
    for draft in drafts(generator=generator):
        shape = sample_shape(draft)
        grids = [*disclosure_grids(draft, shape), request_grid(draft, shape), challenge_grid(draft, shape)]
        printed = {f: v for grid in grids for row in grid.rows for f, v in zip(row.fields, row.values, strict=True)}
        for field_id, text in printed.items():
            cell = draft.cells[field_id]
            assert text == cell.text
            assert cell.value is None or float(text) == float(cell.value)
        for field_id in draft.cells.keys() - printed.keys():
            assert draft.cells[field_id].state == "missing"


@pytest.mark.parametrize("generator", GENERATORS)
def test_every_renderer_keeps_the_digits_in_order(generator: str) -> None:
    rows = [["（三）不予公开", "1.属于国家秘密", "12", "0", "3"], ["", "2.其他", "4", "", "7"]]
    for renderer in RENDERERS[generator]:
        lines = "\n".join(line for unit in renderer(rows, random.Random(1)) for line in unit)
        assert "".join(char for char in lines if char.isdigit()) == "1120324" + "7", renderer


@pytest.mark.parametrize("generator", GENERATORS)
@pytest.mark.parametrize("level", LEVELS)
def test_same_seed_writes_the_same_files(tmp_path: Path, level: str, generator: str) -> None:
    for name in ("a", "b"):
        make_documents(tmp_path / name, count=5, seed=7, level=level, generator=generator)
    assert read_folder(tmp_path / "a") == read_folder(tmp_path / "b")


@pytest.mark.parametrize("generator", GENERATORS)
@pytest.mark.parametrize("level", LEVELS)
def test_truth_files_are_complete(tmp_path: Path, level: str, generator: str) -> None:
    make_documents(tmp_path, count=25, seed=3, level=level, generator=generator)
    for path in sorted((tmp_path / "truth").iterdir()):
        truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        assert list(truth["fields"]) == list(form().field_ids)
        assert truth["family"] == level
        for field_id, value in truth["fields"].items():
            assert (value is None) == (field_id in truth["states"])
        ids = [sentence["id"] for sentence in truth["sentences"]]
        assert len(ids) == len(set(ids))
        assert {claim["sentence"] for claim in truth["claims"]} <= set(ids)
        text = decode((tmp_path / truth["source"]).read_bytes())
        assert str(truth["report"]["year"]) in text


def test_claims_stand_in_their_sentences(tmp_path: Path) -> None:
    for draft in drafts():
        entry = truth_entry(draft, "x")
        texts = {sentence["id"]: sentence["text"] for sentence in entry["sentences"]}
        for claim in entry["claims"]:
            assert claim["text"] in texts[claim["sentence"]]
        assert not any("{" in text or "[" in text or "|" in text for text in texts.values())


def test_claims_that_are_not_planted_agree_with_the_table() -> None:
    for draft in drafts():
        if not {"T001", "T002", "T004"} & set(draft.plants):
            verdicts = {claim["verdict"] for claim in truth_entry(draft, "x")["claims"]}
            assert "contradicted" not in verdicts


def test_planted_codes_have_their_expected_finding() -> None:
    seen = set()
    for seed in range(400):
        draft = make_draft(random.Random(seed), "text-0", "train")
        judge_balances(draft)
        seen |= set(truth_entry(draft, "x")["planted"])
    assert {"A001", "A004", "A005", "T001", "T002", "T003", "T004", "T005", "V001", "V003", "S001", "S002"} <= seen
    assert {"L001", "S005", "S006", "D001", "D002"} <= seen


def test_generators_share_no_wording() -> None:
    train, holdout = (json.dumps(load_bank(name), ensure_ascii=False) for name in GENERATORS)
    templates = json.loads(holdout)["problems"]["items"]
    assert not [text for text in templates if text in train]
    first, second = (load_confusions(name)["labels"] for name in GENERATORS)
    same = [char for char in first if second.get(char) == first[char]]
    assert len(same) <= len(first) // 20


def test_confusion_leaves_digits_alone() -> None:
    text = "2024年本机关收到18件" * 20
    changed = confuse_text(text, 0.5, random.Random(1), "train")
    assert changed != text
    assert "".join(char for char in changed if char.isdigit()) == "202418" * 20


def test_confused_values_have_as_many_digits() -> None:
    rng = random.Random(2)
    for _ in range(200):
        assert len(confuse_value("105", 1.0, rng, "holdout", spaces=False)) == 3


def test_conditions_compare_printed_sums() -> None:
    draft = next(drafts())
    draft.cells |= {"requests.received.total": Printed("7", 7), "requests.handled.total": Printed("7", 7)}
    assert holds(draft, "received>6 handled=received")
    assert not holds(draft, "received=0")
    draft.lose("requests.received.total", "blank")
    assert not holds(draft, "received>=0")


def test_a_wrong_number_differs_from_the_table() -> None:
    draft = next(drafts())
    draft.print_value("requests.received.total", 12)
    voice = Voice(draft, make_voice(draft).words, wrong_number=True)
    text, (statement,) = expand("共收到{n:received:件}。", voice)
    assert statement.value != 12
    assert f"{statement.value}件" in text


@pytest.mark.parametrize(("value", "text"), [(1, "一"), (10, "十"), (18, "十八"), (20, "二十"), (99, "九十九")])
def test_chinese_numerals(value: int, text: str) -> None:
    assert to_chinese(value) == text


def test_wrapping_loses_nothing_and_cuts_no_number() -> None:
    text = "全年共收到政府信息公开申请12345件，" * 9
    lines = wrap_text(text, 17)
    assert "".join(lines) == text
    assert not any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(lines))


def test_page_breaks_lose_no_line() -> None:
    draft = next(drafts())
    for seed in SEEDS:
        draft.rng = random.Random(seed)
        style = sample_style(draft, load_surroundings("train"))
        flows = [Flow([[f"第{k}行没有别的内容而已"] for k in range(90)])]
        lines = break_pages(flows, style, {"a": "甲", "y": "2024"}, draft.rng)
        assert [line for line in lines if "没有别的" in line] == [unit[0] for unit in flows[0].units]


def test_unknown_level_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="level is one of"):
        make_documents(tmp_path, count=1, seed=1, level="text-9")
