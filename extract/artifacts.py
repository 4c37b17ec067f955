"""Model files: found, checked against their recorded hash, and opened in ONNX Runtime."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from extract.errors import ModelError, say_of_system
from extract.own import own_rules
from extract.records import Maker

REGISTRY = "registry.json"
_AGAIN = "请重新安装 gouji，或运行 gouji train / install gouji again, or run gouji train"
DIGITS = 12
"""Digits of a SHA-256 that people and documents see: enough to tell versions apart."""


@cache
def models_folder() -> Path:
    """The folder of the models: inside the installed package, or `models/` beside it in a checkout.

    Raises: ModelError where neither is there.
    """
    package = Path(str(files("extract")))
    folders = (package / "_models", package.parent / "models")
    for folder in folders:
        if (folder / REGISTRY).is_file():
            return folder
    raise ModelError(f"{', '.join(map(str, folders))}: 没有模型 / no {REGISTRY} is in these folders; {_AGAIN}")


@cache
def read_registry(folder: Path) -> dict[str, dict[str, Any]]:
    """Name of a model → its entry (file, sha256, version, …)."""
    try:
        registry: dict[str, dict[str, Any]] = json.loads((folder / REGISTRY).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        cause = say_of_system(error) if isinstance(error, OSError) else error
        raise ModelError(f"{folder / REGISTRY}: 读不到模型清单 / no list of models can be read: {cause}") from error
    return registry


def model_entry(name: str) -> dict[str, Any]:
    """What the registry records of the model: file, sha256, version and its own settings.

    Raises: ModelError where no model has that name.
    """
    registry = read_registry(models_folder())
    if name not in registry:
        raise ModelError(f"no model is named {name}; the registry has {', '.join(sorted(registry)) or 'none'}")
    return registry[name]


@cache
def model_path(name: str) -> Path:
    """The file of the model, its content checked.

    Raises: ModelError where the file is missing or its hash is not the recorded one.
    """
    entry = model_entry(name)
    path: Path = models_folder() / entry["file"]
    if not path.is_file():
        raise ModelError(f"{path}: 模型文件缺失 / the model file is missing; {_AGAIN}")
    if sha256_of(path) != entry["sha256"]:
        what = "模型文件已损坏（SHA-256 与记录不符） / the model file is damaged (its SHA-256 is not the recorded one)"
        raise ModelError(f"{path}: {what}; {_AGAIN}")
    return path


@cache
def this_maker(risk: float) -> Maker:
    """Version, code, data files, models and own rules that run here: what they make of a file is always the same."""
    registry = read_registry(models_folder())
    models = {name: str(entry["sha256"])[:DIGITS] for name, entry in sorted(registry.items())}
    return Maker(_version(), _digest_package(), models, risk, own_rules().digest)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("gouji")
    except PackageNotFoundError:
        return "checkout"


def _digest_package() -> str:
    """Of the code and data files of the package, by name and content."""
    package = Path(str(files("extract")))
    digest = hashlib.sha256()
    for path in sorted(path for suffix in ("py", "toml") for path in package.rglob(f"*.{suffix}")):
        digest.update(f"{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:DIGITS]


def sha256_of(path: Path) -> str:
    """The SHA-256 of the file's content, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def load_session(name: str) -> Any:
    """An ONNX Runtime session of the model, on one thread.

    Raises: ModelError where the file cannot be used.
    """
    import onnxruntime

    path = model_path(name)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # 4 MB of every process, and no time for models as small as ours
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"{path}: ONNX Runtime cannot open the model: {error}") from error
