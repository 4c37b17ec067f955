from __future__ import annotations

import json

import pytest

from training.binding import find_threshold, train_binding

TELLING = [(True, 0.9, 1.0), (True, 0.8, 1.0), (False, 0.7, 1.0), (True, 0.6, 1.0), (False, 0.5, 1.0)]


def test_the_threshold_lets_through_as_many_as_its_precision_allows():
    assert find_threshold(TELLING, 0.93) == 0.8
    assert find_threshold([(True, 0.9, 1.0)] * 19 + [(False, 0.8, 1.0)], 0.93) == 0.8
    assert find_threshold([(False, 0.9, 1.0)], 0.93) > 1


def test_planted_slips_count_less_than_those_that_people_made():
    planted = [(True, 0.9, 0.1)] * 19 + [(False, 0.8, 1.0)]
    assert find_threshold(planted, 0.93) == 0.9


def claim(value: int) -> dict[str, object]:
    return {
        "text": f"{value}件", "value": value, "unit": "件", "qualifier": "exact", "field": "requests.received.total",
        "sum_of": [], "verdict": "supported" if value == 29 else "contradicted",
    }  # fmt: skip


def passage(batch: str, number: int) -> str:
    """A slip in words that are not all known, a plain statement, and a part of the whole that looks like one."""
    texts = [
        (f"柜台记簿{number}可见，全年登记的新收申请为28件。", [claim(28)]),
        ("全年收到政府信息公开申请29件。", [claim(29)]),
        (f"柜台记簿{number}可见，老城片区的新收申请为4件。", [claim(4) | {"field": None, "verdict": "unverifiable"}]),
    ]
    sentences = [
        {"id": f"{batch}-{number}-{place}", "section": 1, "text": text, "label": "statistic", "claims": claims}
        for place, (text, claims) in enumerate(texts)
    ]
    fields = {"requests.received.total": 29, "requests.received.natural_person": 29}
    return json.dumps(
        {"id": f"{batch}-{number}", "batch": batch, "agency": f"{batch}局", "kind": "bureau", "year": 2023,
         "fields": fields, "sentences": sentences, "findings": []}, ensure_ascii=False,
    )  # fmt: skip


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus" / "claims"
    folder.mkdir(parents=True)
    for batch in ("one", "two"):
        lines = [passage(batch, number) for number in range(1, 7)]
        (folder / f"{batch}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder.parent


def test_the_same_corpus_and_seed_give_the_same_model_and_its_figures(corpus, tmp_path, capsys):
    folders = [tmp_path / "first", tmp_path / "second"]
    assert all(train_binding(corpus, folder) for folder in folders)
    first, second = ((folder / "claim-binding.onnx").read_bytes() for folder in folders)
    entry = json.loads((folders[0] / "registry.json").read_text(encoding="utf-8"))["claim-binding"]
    assert first == second
    assert entry["asked"] == 24
    assert entry["passed_right"] == entry["speak_of_their_cells"] == 12
    assert entry["average_precision"] == 1
    assert "held out" in capsys.readouterr().out


def test_a_worse_model_is_refused(corpus, tmp_path, capsys):
    registry = {"claim-binding": {"average_precision": 1.5}}
    (tmp_path / "registry.json").write_text(json.dumps(registry), encoding="utf-8")
    assert not train_binding(corpus, tmp_path)
    assert "not promoted" in capsys.readouterr().out
    assert not (tmp_path / "claim-binding.onnx").exists()


def test_a_corpus_that_asks_nothing_leaves_the_model_as_it_is(tmp_path, capsys):
    (tmp_path / "corpus" / "claims").mkdir(parents=True)
    assert train_binding(tmp_path / "corpus", tmp_path)
    assert "the current model stays" in capsys.readouterr().out
