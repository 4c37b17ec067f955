"""The models and their versions: listed, archived when a new one takes their place, and put back.

`archive/<name>/<number>-<digest>/` holds an earlier version: its ONNX file, its card, and its entry of the registry.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.artifacts import DIGITS, REGISTRY, load_session, model_path, read_registry, sha256_of
from extract.errors import ModelError, UsageError
from extract.quick import record

ARCHIVE = "archive"
KEPT = 3  # earlier versions of each model; the oldest go
_ENTRY = "entry.json"


@record
class ModelVersion:
    """One version of a model and the folder where its file and card lie; `is_current` where it is in use."""

    name: str
    entry: Mapping[str, Any]
    folder: Path
    is_current: bool

    @property
    def digest(self) -> str:
        return str(self.entry["sha256"])[:DIGITS]

    @property
    def path(self) -> Path:
        return self.folder / str(self.entry["file"])

    @property
    def card(self) -> Path:
        return self.folder / f"{self.name}.md"


def list_versions(folder: Path) -> list[ModelVersion]:
    """Every model in order of name, the version in use first and the earlier ones behind it, newest first.

    Raises: ModelError where the registry cannot be read.
    """
    return [
        version
        for name, entry in sorted(read_registry(folder).items())
        for version in (ModelVersion(name, entry, folder, True), *earlier_versions(folder, name))
    ]


def earlier_versions(folder: Path, name: str) -> list[ModelVersion]:
    """The archived versions of the model, newest first."""
    places = sorted((folder / ARCHIVE / name).glob(f"*/{_ENTRY}"), reverse=True)
    return [ModelVersion(name, json.loads(path.read_text(encoding="utf-8")), path.parent, False) for path in places]


def archive_version(folder: Path, name: str) -> None:
    """Keeps a copy of the version in use; of the earlier ones the oldest go. Nothing where there is none in use, or
    where its file is not the one that the registry names."""
    registry = folder / REGISTRY
    entry = json.loads(registry.read_text(encoding="utf-8")).get(name) if registry.is_file() else None
    if not isinstance(entry, dict):
        return
    current = ModelVersion(name, entry, folder, True)
    if not _is_sound(current):
        return
    kept = earlier_versions(folder, name)
    number = int(kept[0].folder.name.split("-")[0]) + 1 if kept else 1
    for old in kept:
        if old.digest == current.digest:
            shutil.rmtree(old.folder)
    place = folder / ARCHIVE / name / f"{number:04}-{current.digest}"
    place.mkdir(parents=True)
    for path in filter(Path.is_file, (current.path, current.card)):
        shutil.copy2(path, place)
    _write(place / _ENTRY, entry)
    for old in earlier_versions(folder, name)[KEPT:]:
        shutil.rmtree(old.folder)


def roll_back(folder: Path, name: str, digest: str | None = None) -> ModelVersion:
    """Puts an earlier version of the model back: the newest, or the one whose digest begins so. Returns that version.

    The version in use goes into the archive, so that a second call undoes the first.

    Raises: UsageError where there is no such model or version, or the folder cannot be written; ModelError where the
    archived file is not the recorded one.
    """
    registry = dict(read_registry(folder))
    if name not in registry:
        known = ", ".join(sorted(registry))
        raise UsageError(f"{name}: 没有此模型；现有 {known} / no such model; there are {known}")
    chosen = _choose(folder, name, digest)
    if not _is_sound(chosen):
        raise ModelError(
            f"{chosen.path}: 文件已损坏或缺失（SHA-256 与记录不符），未作更改 / the file is damaged or missing "
            "(its SHA-256 is not the recorded one); nothing was changed"
        )
    try:
        _put_back(folder, chosen, registry)
    except OSError as error:
        raise UsageError(
            f"{folder}: 无法写入，未能回退 / cannot be written, the model stays as it is ({error.strerror or error})"
        ) from error
    return chosen


def _choose(folder: Path, name: str, digest: str | None) -> ModelVersion:
    """Raises: UsageError."""
    earlier = earlier_versions(folder, name)
    if not earlier:
        raise UsageError(
            f"{name}: 没有较早的版本；gouji train 采用新模型时才会留存旧的 / no earlier version is kept; "
            "gouji train keeps one when it promotes a new model"
        )
    fitting = [version for version in earlier if version.entry["sha256"].startswith(digest or "")]
    if not fitting:
        kept = ", ".join(version.digest for version in earlier)
        raise UsageError(f"{name}: 没有版本 {digest}；留存的有 {kept} / no version {digest}; kept are {kept}")
    return fitting[0]


def _put_back(folder: Path, chosen: ModelVersion, registry: dict[str, dict[str, Any]]) -> None:
    """File and card first, the registry last: it must never name a file that is not there yet."""
    content = {path.name: path.read_bytes() for path in (chosen.path, chosen.card) if path.is_file()}
    archive_version(folder, chosen.name)
    for name, own in content.items():
        fresh = folder / f".{name}"
        fresh.write_bytes(own)
        os.replace(fresh, folder / name)
    fresh = folder / f".{REGISTRY}"
    _write(fresh, registry | {chosen.name: dict(chosen.entry)})
    os.replace(fresh, folder / REGISTRY)
    if chosen.folder.is_dir():
        shutil.rmtree(chosen.folder)
    for loaded in (load_session, model_path, read_registry):
        loaded.cache_clear()


def _is_sound(version: ModelVersion) -> bool:
    return version.path.is_file() and sha256_of(version.path) == version.entry["sha256"]


def _write(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def describe_versions(folder: Path) -> str:
    """A line for each version, and the key figures of its card below it."""
    lines = [f"{folder}"]
    for version in list_versions(folder):
        state = "在用 in use" if version.is_current else "较早 earlier"
        damaged = "" if _is_sound(version) else "  文件损坏或缺失 damaged or missing"
        lines.append(f"{version.name}  {version.digest}  v{version.entry.get('version', '?')}  {state}{damaged}")
        if figures := ", ".join(f"{head} {figure}" for head, figure in _figures_of(version)):
            lines.append(f"    {figures}")
    return "\n".join(lines)


def _figures_of(version: ModelVersion) -> list[tuple[str, str]]:
    """The key figures of its card; of a card without a table what the registry says of its precision."""
    figures = list(card_figures(version.card))
    if not figures and (precision := version.entry.get("average_precision")) is not None:
        return [("held out, average precision", f"{precision:.3f}")]
    return figures


def card_figures(card: Path) -> Iterator[tuple[str, str]]:
    """(head, figure) of the last row of the first table of a model's card: its figures over all that was held out."""
    if not card.is_file():
        return
    rows: list[list[str]] = []
    for line in card.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
        elif rows:
            break
    if len(rows) > 2:  # head, line, at least one row
        yield from ((head, cell) for head, cell in zip(rows[0], rows[-1], strict=False) if head and cell)
