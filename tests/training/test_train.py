from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from extract.artifacts import REGISTRY
from extract.errors import UsageError
from extract.versions import earlier_versions
from training import train as training
from training.train import Step, run_step, train

CORPUS = Path(__file__).parents[2] / "corpus"


def write_model(content: str, *, promoted: bool = True) -> Step:
    """A step that writes its model and registers it, as every trainer does, and says whether it is no worse."""

    def run(corpus: Path, models: Path, seed: int) -> bool:
        (models / "one.onnx").write_text(f"{content} {seed}", encoding="utf-8")
        (models / REGISTRY).write_text(json.dumps({"one": content}), encoding="utf-8")
        return promoted

    return Step("one", run)


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def write_corpus(folder: Path, line: str) -> Path:
    (folder / "sentences").mkdir(parents=True)
    (folder / "sentences" / "one.jsonl").write_text(line + "\n", encoding="utf-8")
    return folder


def test_a_promoted_model_is_moved_into_place_and_nothing_else_stays(tmp_path):
    assert run_step(write_model("new"), CORPUS, tmp_path, 7)
    assert files(tmp_path) == {"one.onnx": "new 7", REGISTRY: '{"one": "new"}'}


def test_the_version_before_is_kept_when_a_new_one_is_promoted(tmp_path):
    (tmp_path / "one.onnx").write_text("old", encoding="utf-8")
    entry = {"file": "one.onnx", "sha256": hashlib.sha256(b"old").hexdigest()}
    (tmp_path / REGISTRY).write_text(json.dumps({"one": entry}), encoding="utf-8")
    assert run_step(write_model("new"), CORPUS, tmp_path, 0)
    (version,) = earlier_versions(tmp_path, "one")
    assert version.path.read_text(encoding="utf-8") == "old"


def test_a_refused_model_leaves_the_current_one_untouched(tmp_path):
    (tmp_path / "one.onnx").write_text("old", encoding="utf-8")
    assert not run_step(write_model("new", promoted=False), CORPUS, tmp_path, 0)
    assert files(tmp_path) == {"one.onnx": "old"}


def test_a_step_sees_the_models_of_the_steps_before(tmp_path):
    seen: list[list[str]] = []

    def look(corpus: Path, models: Path, seed: int) -> bool:
        seen.append(sorted(path.name for path in models.iterdir()))
        return True

    assert train(CORPUS, tmp_path, steps=(write_model("new"), Step("two", look))) == 0
    assert seen == [["one.onnx", REGISTRY]]


def test_a_step_that_fails_leaves_the_current_model_untouched(tmp_path):
    def fail(corpus: Path, models: Path, seed: int) -> bool:
        (models / "one.onnx").write_text("half", encoding="utf-8")
        raise RuntimeError

    (tmp_path / "one.onnx").write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError):
        train(CORPUS, tmp_path, steps=(Step("one", fail),))
    assert files(tmp_path) == {"one.onnx": "old"}


def test_a_refusal_is_exit_status_1_and_says_what_to_do(tmp_path, capsys):
    assert train(CORPUS, tmp_path, steps=(write_model("new", promoted=False),)) == 1
    told = capsys.readouterr().out
    assert "one: training" in told
    assert "one: the new model is worse on held-out data, the current one stays" in told
    assert f"remove one from {tmp_path / REGISTRY}" in told


def test_a_faulty_corpus_is_refused_before_anything_is_trained(tmp_path):
    sentence = {"id": "one-001-01", "section": 1, "text": "全年发布信息58条。", "label": "praise", "claims": []}
    passage = {"id": "one-001", "batch": "one", "agency": "苇塘县水利局", "kind": "bureau", "year": 2023}
    line = json.dumps(passage | {"fields": {}, "sentences": [sentence], "findings": []}, ensure_ascii=False)
    with pytest.raises(UsageError, match=r"1 faults; mend them(.|\n)*one-001-01: label 'praise'"):
        train(write_corpus(tmp_path / "corpus", line), tmp_path / "models", steps=(write_model("new"),))
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize("line", ["{", ""])
def test_a_corpus_that_is_none_is_named(tmp_path, line):
    folder = write_corpus(tmp_path / "corpus", line) if line else tmp_path
    with pytest.raises(UsageError, match=r"one passage a line"):
        train(folder, tmp_path / "models", steps=())


def test_missing_packages_are_named_with_the_command_that_installs_them(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "NEEDED", ("json", "no_such_package"))
    with pytest.raises(UsageError, match=r"training needs no_such_package: pip install '\.\[train\]'"):
        train(CORPUS, tmp_path)


def test_the_confidence_model_is_trained_behind_those_that_it_reads_with():
    names = [step.model for step in training.own_steps()]
    assert names == [
        "sentence-classifier",
        "claim-binding",
        "same-counts",
        "part-sums",
        "field-confidence",
    ]
