"""Versions of models: listed, kept when a new one takes their place, put back."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.artifacts import read_registry
from extract.cli import app
from extract.errors import ModelError, UsageError
from extract.versions import KEPT, archive_version, card_figures, describe_versions, earlier_versions, roll_back

NAME = "one"
CARD = "# One\n\n| level | right |\n|---|---|\n| text | 0.9 |\n| all | {} |\n\n| other | 5 |\n"


def promote(folder: Path, content: str) -> str:
    """The content as the model in use, as a trainer writes it; its digest."""
    folder.mkdir(exist_ok=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    archive_version(folder, NAME)
    (folder / "one.onnx").write_text(content, encoding="utf-8")
    (folder / "one.md").write_text(CARD.format(content), encoding="utf-8")
    entry = {"file": "one.onnx", "sha256": digest, "version": 1}
    (folder / "registry.json").write_text(json.dumps({NAME: entry, "two": entry}), encoding="utf-8")
    read_registry.cache_clear()
    return digest[:12]


def in_use(folder: Path) -> tuple[str, str]:
    return (folder / "one.onnx").read_text(encoding="utf-8"), read_registry(folder)[NAME]["sha256"][:12]


def test_the_earlier_version_is_put_back_with_its_card_and_the_other_models_stay(tmp_path):
    first, second = promote(tmp_path, "first"), promote(tmp_path, "second")
    other = read_registry(tmp_path)["two"]
    assert roll_back(tmp_path, NAME).digest == first
    assert in_use(tmp_path) == ("first", first)
    assert dict(card_figures(tmp_path / "one.md")) == {"level": "all", "right": "first"}
    assert read_registry(tmp_path)["two"] == other
    assert [version.digest for version in earlier_versions(tmp_path, NAME)] == [second]


def test_a_second_rollback_undoes_the_first(tmp_path):
    promote(tmp_path, "first")
    second = promote(tmp_path, "second")
    roll_back(tmp_path, NAME)
    roll_back(tmp_path, NAME)
    assert in_use(tmp_path) == ("second", second)


def test_only_the_newest_versions_are_kept_and_one_can_be_chosen(tmp_path):
    digests = [promote(tmp_path, f"model {k}") for k in range(KEPT + 3)]
    kept = [version.digest for version in earlier_versions(tmp_path, NAME)]
    assert kept == digests[-2 : -2 - KEPT : -1]
    assert roll_back(tmp_path, NAME, kept[-1][:6]).digest == kept[-1]


def test_a_damaged_archive_changes_nothing(tmp_path):
    promote(tmp_path, "first")
    promote(tmp_path, "second")
    earlier_versions(tmp_path, NAME)[0].path.write_text("damaged", encoding="utf-8")
    with pytest.raises(ModelError, match=r"损坏.*nothing was changed"):
        roll_back(tmp_path, NAME)
    assert in_use(tmp_path)[0] == "second"


def test_what_cannot_be_put_back_is_named_in_both_languages(tmp_path):
    promote(tmp_path, "first")
    with pytest.raises(UsageError, match=r"没有此模型.*no such model; there are one, two"):
        roll_back(tmp_path, "three")
    with pytest.raises(UsageError, match=r"没有较早的版本.*no earlier version is kept"):
        roll_back(tmp_path, NAME)
    first = in_use(tmp_path)[1]
    promote(tmp_path, "second")
    with pytest.raises(UsageError, match=rf"没有版本 ffff.*kept are {first}"):
        roll_back(tmp_path, NAME, "ffff")


def test_a_folder_without_models_is_named_in_both_languages(tmp_path):
    with pytest.raises(
        ModelError, match=r"registry\.json: 读不到模型清单 / no list .*: 没有这个文件或文件夹 / No such"
    ):
        describe_versions(tmp_path)


def test_a_model_whose_file_is_not_the_recorded_one_is_not_kept(tmp_path):
    promote(tmp_path, "first")
    (tmp_path / "one.onnx").write_text("something else", encoding="utf-8")
    promote(tmp_path, "second")
    assert earlier_versions(tmp_path, NAME) == []


def test_the_list_names_every_version_and_the_figures_of_its_card(tmp_path):
    first, second = promote(tmp_path, "first"), promote(tmp_path, "second")
    lines = describe_versions(tmp_path).splitlines()
    assert lines[1:5] == [
        f"one  {second}  v1  在用 in use",
        "    level all, right second",
        f"one  {first}  v1  较早 earlier",
        "    level all, right first",
    ]


def test_the_command_lists_the_models_in_use_and_rolls_back(tmp_path):
    listed = CliRunner().invoke(app, ["models"])
    assert listed.exit_code == 0
    assert "field-confidence" in listed.output
    assert "coverage" in listed.output
    assert re.search(r"claim-binding .*\n    held out, average precision 0\.\d{3}\n", listed.output)
    first = promote(tmp_path, "first")
    promote(tmp_path, "second")
    done = CliRunner().invoke(app, ["models", "rollback", NAME, "--models", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert in_use(tmp_path) == ("first", first)
