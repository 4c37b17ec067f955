from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.wording_meaning import count_faults, train_wording_meaning

CORPUS = Path(__file__).parents[2] / "corpus"
STATED = ("全年没有企业来提出申请。", "申请没有一件积压。", "申请都由居民递交。", "今年未收到申请。")
UNSTATED = (
    "没有企业投诉申请窗口。",
    "申请没有一件格式规整。",
    "收到的申请都由居民小区张贴栏公示。",
    "今年未收到申请表样式。",
)
SAYS = ("none business", "none carried_out", "only natural_person", "none received")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus" / "wordings"
    folder.mkdir(parents=True)
    for batch in ("one", "two"):
        entries = [(text, [meaning]) for text, meaning in zip(STATED, SAYS, strict=True)]
        entries += [(text, []) for text in UNSTATED]
        lines = [
            json.dumps(
                {"id": f"{batch}-{place}", "year": 2024, "section": 1, "text": text, "says": says}, ensure_ascii=False
            )
            for place, (text, says) in enumerate(entries)
        ]
        (folder / f"{batch}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder.parent


def test_the_same_corpus_and_seed_give_the_same_model_and_its_figures(corpus: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    assert all(train_wording_meaning(corpus, folder) for folder in folders)
    first, second = ((folder / "wording-meaning.onnx").read_bytes() for folder in folders)
    figures = json.loads((folders[0] / "registry.json").read_text(encoding="utf-8"))["wording-meaning"]
    assert first == second
    assert figures["stated"] == 8
    assert figures["average_precision"] > 0.9


def test_a_worse_model_is_not_promoted(corpus: Path, tmp_path: Path) -> None:
    registry = {"wording-meaning": {"average_precision": 1.5}}
    (tmp_path / "registry.json").write_text(json.dumps(registry), encoding="utf-8")
    assert not train_wording_meaning(corpus, tmp_path)
    assert not (tmp_path / "wording-meaning.onnx").exists()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "no JSON"),
        ('{"id": "a", "section": 1, "text": "无复议。", "says": []}', "a year"),
        ('{"id": "a", "year": 2024, "section": 2, "text": "无复议。", "says": []}', "a section"),
        ('{"id": "a", "year": 2024, "section": 1, "text": "无复议。", "says": ["no reconsideration"]}', "none or only"),
    ],
)
def test_a_bad_entry_is_named_with_its_line(tmp_path: Path, line: str, fault: str) -> None:
    (tmp_path / "one.jsonl").write_text(line + "\n", encoding="utf-8")
    (found,) = count_faults(tmp_path)
    assert found.startswith("one.jsonl:1: ")
    assert fault in found


def test_the_wordings_of_the_corpus_have_no_fault() -> None:
    assert count_faults(CORPUS / "wordings") == []
