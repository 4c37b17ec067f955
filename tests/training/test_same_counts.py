from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.same_counts import count_faults, train_same_counts

CORPUS = Path(__file__).parents[2] / "corpus"
THINGS = ("联络员", "监督员", "查阅点", "讲解员", "公开栏", "宣传册")


def entry(batch: str, number: int) -> dict[str, object]:
    """A count that is recalled with its digits swapped, beside one of something else."""
    thing, other = THINGS[number], THINGS[number - 1]
    texts = [
        f"全年选定{thing}62个。配备{other}{said}个。{again}个{thing}按季轮换。" for said, again in ((31, 62), (31, 26))
    ]
    return {"id": f"{batch}-{number}", "year": 2023, "right": {"1": texts[0]}, "wrong": {"1": texts[1]}}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus" / "counts"
    folder.mkdir(parents=True)
    for batch in ("one", "two"):
        lines = [json.dumps(entry(batch, number), ensure_ascii=False) for number in range(len(THINGS))]
        (folder / f"{batch}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder.parent


def test_the_same_corpus_and_seed_give_the_same_model_and_its_figures(corpus: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    assert all(train_same_counts(corpus, folder) for folder in folders)
    first, second = ((folder / "same-counts.onnx").read_bytes() for folder in folders)
    figures = json.loads((folders[0] / "registry.json").read_text(encoding="utf-8"))["same-counts"]
    assert first == second
    assert (figures["slips"], figures["average_precision"]) == (12, 1.0)
    assert figures["right_pairs_told"] == 0


def test_a_worse_model_is_not_promoted(corpus: Path, tmp_path: Path) -> None:
    registry = {"same-counts": {"average_precision": 1.5}}
    (tmp_path / "registry.json").write_text(json.dumps(registry), encoding="utf-8")
    assert not train_same_counts(corpus, tmp_path)
    assert not (tmp_path / "same-counts.onnx").exists()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "no JSON"),
        ('{"id": "a", "right": {"1": "共5场。"}}', "a year"),
        ('{"id": "a", "year": 2023, "right": {"2": "共5场。"}}', "sections 1, 5 and 6"),
        ('{"id": "a", "year": 2023, "right": {"1": "共5场。"}, "wrong": {"1": "共5场。"}}', "one number mistyped"),
    ],
)
def test_a_bad_entry_is_named_with_its_line(tmp_path: Path, line: str, fault: str) -> None:
    (tmp_path / "one.jsonl").write_text(line + "\n", encoding="utf-8")
    (found,) = count_faults(tmp_path)
    assert found.startswith("one.jsonl:1: ")
    assert fault in found


def test_the_counts_of_the_corpus_have_no_fault() -> None:
    assert count_faults(CORPUS / "counts") == []
