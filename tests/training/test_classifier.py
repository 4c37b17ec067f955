"""The sentence classifier is trained from the corpus, and a worse one is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.artifacts import model_path, read_registry, sha256_of
from extract.errors import ModelError, UsageError
from extract.narrative.labelling import MODEL
from training import classifier
from training.classifier import find_doubtful_labels, load_corpus, read_held_out, score, train_classifier

_SENTENCES = {
    "problem": ("更新还不够及时。", "解读形式单一，针对性不强。", "人员业务能力有待提高。"),
    "measure": ("加强业务培训。", "完善审核制度，压实责任。", "下一步将优化栏目设置。"),
    "statistic": ("收到申请{}件。", "全年发布信息{}条。", "予以公开{}件，无法提供1件。"),
    "other": ("本报告依据条例编制。", "现将有关情况报告如下。", "联系电话见附件。"),
}


def _write_corpus(folder: Path) -> Path:
    (folder / "sentences").mkdir(parents=True)
    for number, batch in enumerate(("north", "south")):
        sentences = [
            {
                "id": f"{batch}{label}{place}",
                "section": 1,
                "text": text.format(number + 3),
                "label": label,
                "claims": [],
            }
            for label, texts in _SENTENCES.items()
            for place, text in enumerate(texts)
        ]
        passage = {"id": batch, "batch": batch, "agency": f"{batch}局", "year": 2024, "fields": {}, "findings": []}
        line = json.dumps(passage | {"sentences": sentences}, ensure_ascii=False)
        (folder / "sentences" / f"{batch}.jsonl").write_text(line + "\n", encoding="utf-8")
    return folder


def test_a_batch_is_scored_by_a_model_that_saw_none_of_it(tmp_path: Path) -> None:
    corpus = load_corpus(_write_corpus(tmp_path / "corpus"))
    scores = [score(corpus, held) for held in read_held_out(corpus, seed=0)]
    assert [entry.batch for entry in scores] == ["north", "south"]
    assert all(entry.sentences == 12 and entry.macro_f1 > 0.9 for entry in scores)


def test_a_label_that_strongly_contradicts_what_others_write_is_doubtful(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classifier, "SURELY", 0.6)  # two dozen sentences make no sure model
    monkeypatch.setattr(classifier, "HARDLY", 0.3)
    folder = _write_corpus(tmp_path / "corpus")
    corpus = load_corpus(folder)
    assert find_doubtful_labels(corpus, read_held_out(corpus, seed=0)) == []
    path = folder / "sentences" / "north.jsonl"
    text = path.read_text(encoding="utf-8")
    right, wrong = (f'"加强业务培训。", "label": "{label}"' for label in ("measure", "statistic"))
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    corpus = load_corpus(folder)
    (found,) = (own for own in find_doubtful_labels(corpus, read_held_out(corpus, seed=0)) if own.batch == "north")
    assert (found.batch, found.text, found.label, found.read) == ("north", "加强业务培训。", "statistic", "measure")


def test_the_same_corpus_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    folder = _write_corpus(tmp_path / "corpus")
    for name in ("first", "second"):
        assert train_classifier(folder, tmp_path / name, seed=3)
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()


def test_a_corpus_of_one_batch_is_refused_with_what_it_needs(tmp_path: Path) -> None:
    folder = _write_corpus(tmp_path / "corpus")
    (folder / "sentences" / "north.jsonl").unlink()
    with pytest.raises(UsageError, match=r"四类标签.*at least two batches"):
        train_classifier(folder, tmp_path / "models")


def test_a_new_model_comes_with_its_hash_and_its_card(tmp_path: Path) -> None:
    assert train_classifier(_write_corpus(tmp_path / "corpus"), tmp_path / "models")
    entry = json.loads((tmp_path / "models" / "registry.json").read_text(encoding="utf-8"))[MODEL]
    assert entry["sha256"] == sha256_of(tmp_path / "models" / entry["file"])
    assert "held-out batch" in (tmp_path / "models" / f"{MODEL}.md").read_text(encoding="utf-8")


def test_a_worse_model_is_refused_and_the_current_one_stays(tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    before = json.dumps(
        {MODEL: {"file": "x.onnx", "sha256": "", "macro_f1": 0.9, "held_out": {"north": 1.1, "south": 1.1}}}
    )
    (models / "registry.json").write_text(before, encoding="utf-8")
    assert not train_classifier(_write_corpus(tmp_path / "corpus"), models)
    assert (models / "registry.json").read_text(encoding="utf-8") == before
    assert [path.name for path in models.iterdir()] == ["registry.json"]


def test_a_damaged_model_file_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train_classifier(_write_corpus(tmp_path / "corpus"), tmp_path / "models")
    (tmp_path / "models" / f"{MODEL}.onnx").write_bytes(b"no model")
    monkeypatch.setattr("extract.artifacts.models_folder", lambda: tmp_path / "models")
    read_registry.cache_clear()
    model_path.cache_clear()
    with pytest.raises(ModelError, match="damaged"):
        model_path(MODEL)
    model_path.cache_clear()
