"""A trained model → its file, its card and its entry in the registry of the folder; what every trainer ends with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extract.artifacts import REGISTRY

OPSETS = {"": 17, "ai.onnx.ml": 3}


def read_entries(models: Path) -> dict[str, dict[str, Any]]:
    """Name of a model → its entry; empty where the folder has no registry yet.

    Not kept, unlike `extract.artifacts.read_registry`: the trainers of one run change it one after the other.
    """
    path = models / REGISTRY
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def may_promote(models: Path, name: str, mean: float, tolerance: float, held_out: str) -> bool:
    """Whether a model of that average precision on what was `held_out` is no worse than the current one; prints it."""
    before = float(read_entries(models).get(name, {}).get("average_precision", 0.0))
    promoted = mean >= before - tolerance
    verdict = "promoted" if promoted else "not promoted"
    print(f"{name}: {verdict}: average precision {mean:.4f} on held-out {held_out}, before {before:.4f}")
    return promoted


def write_model(models: Path, name: str, content: bytes, entry: Mapping[str, Any], card: str) -> None:
    """Puts the model, its card and its entry into the folder; file name and hash are added to the entry."""
    models.mkdir(parents=True, exist_ok=True)
    file = f"{name}.onnx"
    (models / file).write_bytes(content)
    own = {"file": file, "sha256": hashlib.sha256(content).hexdigest(), **entry}
    text = json.dumps(read_entries(models) | {name: own}, ensure_ascii=False, indent=2, sort_keys=True)
    (models / REGISTRY).write_text(text + "\n", encoding="utf-8")
    (models / f"{name}.md").write_text(card, encoding="utf-8")


def graph_to_bytes(graph: Any, notes: Mapping[str, str] | None = None) -> bytes:
    """The checked ONNX model of the graph, its opsets those of OPSETS, with the notes as its metadata."""
    from onnx import checker, helper

    domains = sorted({node.domain for node in graph.node})
    opsets = [helper.make_opsetid(domain, OPSETS[domain]) for domain in domains]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="gouji")
    model.ir_version = 8
    helper.set_model_props(model, dict(notes or {}))
    checker.check_model(model)
    content: bytes = model.SerializeToString()
    return content
