"""Labelled documents: files, and beside them truth/<file name>.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import UsageError

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Truth:
    """What one document prints, and what its report deserves.

    `fields` holds the printed values, `states` only those that are not `read`, `must_review` the fields that are right
    only if they are not accepted. Expected findings must be reported, allowed ones may be.
    """

    file: str
    family: str
    report: Entry
    fields: Mapping[str, float | None]
    states: Mapping[str, str] = field(default_factory=dict)
    must_review: frozenset[str] = frozenset()
    expected: tuple[Entry, ...] = ()
    allowed: tuple[Entry, ...] = ()
    sentences: tuple[Entry, ...] = ()
    claims: tuple[Entry, ...] = ()


def read_truth(path: Path) -> Truth:
    """The truth in the file. Raises: UsageError where it is none."""
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
        return Truth(
            file=entry["source"],
            family=entry.get("family", "all"),
            report=entry["report"],
            fields=entry["fields"],
            states=entry.get("states", {}),
            must_review=frozenset(entry.get("must_review", ())),
            expected=tuple(entry.get("expected_findings", ())),
            allowed=tuple(entry.get("allowed_findings", ())),
            sentences=tuple(entry.get("sentences", ())),
            claims=tuple(entry.get("claims", ())),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: 不是标注文档的标准答案 / not the truth of a labelled document ({error!r})"
        ) from error


def list_truths(directory: Path) -> list[Path]:
    """The truth files of the folder, in order of name. Raises: UsageError where there is none."""
    paths = sorted((directory / "truth").glob("*.json"))
    if not paths:
        remedy = "请指定有标注的文件夹，如 examples / no truth/*.json; name a folder of labelled documents"
        raise UsageError(f"{directory}: 没有 truth/*.json，{remedy}")
    return paths
