from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.part_sums import train_part_sums

KINDS = (
    ("图解", "视频"),
    ("网页", "海报"),
    ("咨询类", "建议类"),
    ("城区", "乡村"),
    ("上半年", "下半年"),
    ("机关", "学校"),
)


def entry(batch: str, number: int) -> dict[str, object]:
    """A whole and its parts, and, in another sentence, some of a whole."""
    one, other = KINDS[number]
    whole = f"全年印制材料{50 + number}份，{one}20份，{other}{30 + number}份。"
    some = f"走访住户90户，较多的有{one}20户、{other}60户等。"
    return {"id": f"{batch}-{number}", "year": 2023, "right": {"1": whole + some}}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus" / "counts"
    folder.mkdir(parents=True)
    for batch in ("one", "two"):
        lines = [json.dumps(entry(batch, number), ensure_ascii=False) for number in range(len(KINDS))]
        (folder / f"{batch}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder.parent


def test_the_same_corpus_and_seed_give_the_same_model_and_its_figures(corpus: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    assert all(train_part_sums(corpus, folder) for folder in folders)
    first, second = ((folder / "part-sums.onnx").read_bytes() for folder in folders)
    figures = json.loads((folders[0] / "registry.json").read_text(encoding="utf-8"))["part-sums"]
    assert first == second
    assert (figures["sums"], figures["lists"], figures["slips_of_right_texts_told"]) == (0, 12, 0)


def test_a_worse_model_is_not_promoted(corpus: Path, tmp_path: Path) -> None:
    registry = {"part-sums": {"average_precision": 1.5}}
    (tmp_path / "registry.json").write_text(json.dumps(registry), encoding="utf-8")
    assert not train_part_sums(corpus, tmp_path)
    assert not (tmp_path / "part-sums.onnx").exists()
