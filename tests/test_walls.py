"""The walls between the rooms: who may import whom, who knows the order, and that every data file loads."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import extract
from extract.forms import form_ids, load_form
from extract.rules import load_rules
from extract.settings import load_settings

PACKAGE = Path(extract.__file__).parent
SHARED = {
    "quick",
    "celltext",
    "records",
    "own",
    "errors",
    "failures",
    "guard",  # of a file, and of a scanned page of it
    "limits",
    "settings",
    "numerals",
    "textform",
    "forms",
    "rules",
    "artifacts",
}
DOORS = {"cli", "batch"}  # what people start; they call the pipeline and the outputs
HEAVY = {"numpy", "onnxruntime", "spacy", "sklearn", "onnx", "scipy", "rapidfuzz"}
STAGES = {"pages", "sections", "alignment", "cells", "reading", "narrative", "checks", "fields", "findings", "metadata"}
ROOMS = sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file())


def imported_modules(path: Path, *, at_load_only: bool = False) -> Iterator[str]:
    """The full names of the modules that the file imports, relative imports resolved."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in _nodes_at_load(tree) if at_load_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from _from_modules(path, node)


def _nodes_at_load(tree: ast.Module) -> Iterator[ast.AST]:
    """Every node that runs when the module is imported: no function bodies, nothing under `if TYPE_CHECKING`."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
            continue
        waiting += ast.iter_child_nodes(node)


def _from_modules(path: Path, node: ast.ImportFrom) -> Iterator[str]:
    parts = path.relative_to(PACKAGE.parent).parts[: -node.level] if node.level else ()
    module = ".".join([*parts, *([node.module] if node.module else [])])
    yield module
    if module in {"extract", "training"}:  # from extract import records
        yield from (f"{module}.{alias.name}" for alias in node.names)


def rooms_of(path: Path) -> set[str]:
    """The rooms and shared modules of gouji that the file imports."""
    names = [name.split(".") for name in imported_modules(path)]
    return {parts[1] for parts in names if parts[0] == "extract" and len(parts) > 1}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_itself_and_what_all_share(room: str) -> None:
    for path in (PACKAGE / room).rglob("*.py"):
        strangers = rooms_of(path) - SHARED - {room}
        assert not strangers, f"{path.relative_to(PACKAGE)} imports {sorted(strangers)}"


def test_only_the_pipeline_knows_the_order_of_the_stages() -> None:
    for path in PACKAGE.glob("*.py"):
        stages = rooms_of(path) & STAGES  # one alone has no order: `gouji rule` looks into the catalogue of findings
        assert path.name == "pipeline.py" or len(stages) <= 1, f"{path.name} imports {sorted(stages)}"


def test_the_pipeline_calls_every_stage() -> None:
    assert rooms_of(PACKAGE / "pipeline.py") >= STAGES


def test_what_all_share_imports_no_stage_and_no_door() -> None:
    for name in sorted(SHARED - {"forms", "rules"}):
        strangers = rooms_of(PACKAGE / f"{name}.py") - SHARED
        assert not strangers, f"{name}.py imports {sorted(strangers)}"


def test_the_package_never_imports_the_training_at_load() -> None:
    for path in PACKAGE.rglob("*.py"):
        names = {name.split(".")[0] for name in imported_modules(path, at_load_only=True)}
        assert "training" not in names, path.relative_to(PACKAGE)


def test_nothing_that_the_help_loads_is_heavy() -> None:
    for path in [PACKAGE / "__init__.py", *(PACKAGE / f"{door}.py" for door in sorted(DOORS))]:
        names = {name.split(".")[0] for name in imported_modules(path, at_load_only=True)}
        assert not names & HEAVY, f"{path.name} loads {sorted(names & HEAVY)}"


def test_the_wall_sees_an_import_across_rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "extract" / "cells"
    folder.mkdir(parents=True)
    (folder / "bad.py").write_text("from ..pages import read_document\nfrom extract import checks\n", encoding="utf-8")
    monkeypatch.setattr("tests.test_walls.PACKAGE", tmp_path / "extract")
    assert rooms_of(folder / "bad.py") == {"pages", "checks"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.toml")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_data_file_is_valid_toml_and_says_something(path: Path) -> None:
    assert tomllib.loads(path.read_text(encoding="utf-8"))


def test_every_template_rule_file_and_setting_loads() -> None:
    assert [load_form(form_id).id for form_id in form_ids()] == list(form_ids())
    for path in (PACKAGE / "rules").glob("*.toml"):
        assert load_rules(path.name)
    assert load_settings().max_text_bytes > 0
