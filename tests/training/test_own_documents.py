"""Labelled documents and corrected report documents: learned from, and refused with file, line and remedy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from extract import extract_report
from extract.outputs import dump_report
from training.confidence import OWN, Sample, add_documents, read_folder
from training.own_documents import document_faults, to_truth

EXAMPLE = Path(__file__).parents[2] / "examples" / "yanchuan-water-2024.txt"
FIELD = "requests.granted.total"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One document with its truth."""
    (tmp_path / "truth").mkdir()
    shutil.copy(EXAMPLE, tmp_path)
    shutil.copy(EXAMPLE.parent / "truth" / f"{EXAMPLE.name}.json", tmp_path / "truth")
    return tmp_path


def correct(folder: Path, **changes: object) -> dict[str, object]:
    """Puts a corrected report document in the place of the truth, with these changes of a field."""
    document = json.loads(dump_report(extract_report(EXAMPLE)))
    document["fields"][FIELD] |= changes
    (path,) = (folder / "truth").iterdir()
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    return dict(document)


def test_a_corrected_report_document_says_what_a_truth_says(folder):
    truth = json.loads(next((folder / "truth").iterdir()).read_text(encoding="utf-8"))
    own = to_truth(correct(folder))
    assert own["source"] == EXAMPLE.name
    assert {name: own["fields"][name] for name in truth["fields"]} == truth["fields"]
    assert document_faults(folder) == []


def test_what_a_person_corrected_counts_as_read_wrong(folder):
    (_, before) = next(read_folder(folder))
    correct(folder, value=9, state="read")
    (_, after) = next(read_folder(folder))
    assert before.all()
    assert (~after).sum() == 1


def test_own_documents_are_added_as_a_level_of_their_own(folder):
    (features, right) = next(read_folder(folder))
    sample = Sample(features, right, np.zeros(200, dtype=np.int64), np.full(200, "text-0"))
    both = add_documents(sample, folder)
    assert both.features.shape == (400, features.shape[1])
    assert np.unique(both.document).tolist() == [0, 1]
    assert set(both.level.tolist()) == {"text-0", OWN}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"state": "gone"}, r"state 'gone'; write one of read, blank"),
        ({"value": "8"}, r"value '8'; write the number as printed"),
        ({"value": None}, r"value None; write the number as printed"),
    ],
)
def test_a_bad_label_is_named_with_file_and_line_and_remedy(folder, changes, fault):
    correct(folder, **changes)
    (path,) = (folder / "truth").iterdir()
    line = next(k for k, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if f'"{FIELD}"' in text)
    (found,) = document_faults(folder)
    assert found.startswith(f"{path.name}:{line}: {FIELD}: {fault}")


def test_files_that_are_none_or_have_no_document_are_named(folder):
    (path,) = (folder / "truth").iterdir()
    (folder / EXAMPLE.name).unlink()
    assert f"its document {EXAMPLE.name} is not there" in document_faults(folder)[0]
    path.write_text("{\n", encoding="utf-8")
    assert document_faults(folder)[0].startswith(f"{path.name}:2: no JSON")
    path.write_text("{}", encoding="utf-8")
    assert "neither a truth nor a report document" in document_faults(folder)[0]
