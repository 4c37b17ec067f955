"""The files that the evaluation makes: they print what their truths say, in every kind and on both templates."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from extract.errors import UsageError
from extract.forms import load_form
from training.evaluation.readme import figure_table, write_figures
from training.evaluation.run import evaluate_outcomes, left_out
from training.synthesis.balance import judge_balances
from training.synthesis.compose import make_draft
from training.synthesis.draft import Draft
from training.synthesis.office import FAMILIES, make_office_documents
from training.synthesis.office.old_form import print_on_old_form
from training.synthesis.office.parts import make_parts

OLD = load_form("2019")


def old_draft(seed: int) -> Draft:
    draft = make_draft(random.Random(seed), "2019", "holdout", years=(2019, 2020))
    judge_balances(draft)
    print_on_old_form(draft)
    return draft


def truths(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "truth").iterdir())]


@pytest.mark.parametrize("family", FAMILIES)
def test_files_of_every_family_are_read_as_their_truths_say(tmp_path: Path, family: str) -> None:
    make_office_documents(tmp_path, count=3, seed=3, family=family)
    for outcome in evaluate_outcomes(tmp_path, jobs=1):
        assert outcome.cause == ""
        assert [field for field in outcome.fields if field.accepted and not field.right] == []
    assert {truth["template"] for truth in truths(tmp_path)} == {"2019" if family == "2019" else "2021"}


def test_the_same_arguments_give_the_same_pages(tmp_path: Path) -> None:
    for name in ("a", "b"):
        make_office_documents(tmp_path / name, count=2, seed=5, family="html")
    first, second = (sorted((tmp_path / name).glob("*.html")) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_family_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="html, docx, pdf, 2019"):
        make_office_documents(tmp_path, count=1, seed=1, family="rtf")


@pytest.mark.parametrize("seed", range(40))
def test_a_draft_on_the_old_form_speaks_of_its_cells_only(seed: int) -> None:
    draft = old_draft(seed)
    known = set(OLD.field_ids)
    assert tuple(draft.cells) == OLD.field_ids
    assert all(set(entry["fields"]) <= known for entry in (*draft.expected, *draft.allowed))
    for paragraph in (*draft.front, *(one for part in draft.sections.values() for one in part)):
        for sentence in paragraph.sentences:
            for statement in sentence.statements:
                assert known.issuperset(statement.fields)
                assert known.issuperset(sum(statement.shares or ((), ()), ()))


def test_some_old_drafts_have_an_empty_total_column_and_signed_changes() -> None:
    drafts = [old_draft(seed) for seed in range(40)]
    assert any(draft.cells["requests.granted.total"].state == "blank" for draft in drafts)
    assert any(draft.cells["disclosure.licensing.items_change"].text.startswith("+") for draft in drafts)


def test_a_table_states_every_cell_of_its_draft_once() -> None:
    draft = make_draft(random.Random(4), "html", "holdout")
    printed = [cell.text for part in make_parts(draft) for row in part.rows for cell in row if cell.kind == "value"]
    assert sorted(printed) == sorted(cell.text for cell in draft.cells.values() if cell.state != "missing")


def test_what_is_installed_with_the_tests_leaves_no_family_out() -> None:
    assert left_out() == []


def test_figures_are_written_as_a_table_in_the_readers_language() -> None:
    figures = {"html": {"documents": 2, "field_accuracy": 0.99996, "metadata": {"agency": 0.9, "year": 0.5}}}
    english, chinese = (figure_table(figures, language).splitlines() for language in (0, 1))
    assert english[0] == "|  | `html` |"
    assert "| agency and year, the lower | 0.5000 |" in english
    assert "| 读取正确的格 | 1.0000 |" in chinese


def test_a_readme_without_a_place_for_figures_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import training.evaluation.readme as readme

    (tmp_path / "README.md").write_text("no marks", encoding="utf-8")
    monkeypatch.setattr(readme, "evaluate_heldout", lambda *_: [])
    monkeypatch.setattr(readme, "figures_by_family", lambda _: {"all": {}})
    monkeypatch.setattr(readme, "evaluate_documents", lambda *_: {"all": {}})
    with pytest.raises(UsageError, match="README"):
        write_figures(tmp_path)
