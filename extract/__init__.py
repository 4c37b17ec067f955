"""gouji (勾稽): reads 政府信息公开工作年度报告 into checked, graded fields.

`extract_report(path)` is what the command line, the batch and the service call. Heavy modules load on first use.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

# ONNX Runtime would report each process to its maker: nothing here uses the network. It reads this when it is loaded.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

if TYPE_CHECKING:
    from extract.errors import SourceError
    from extract.own import use_own_rules
    from extract.own_file import read_own_rules
    from extract.pipeline import extract_report
    from extract.records import Report

__all__ = ["Report", "SourceError", "__version__", "extract_report", "read_own_rules", "use_own_rules"]

_HOMES = {
    "extract_report": "extract.pipeline",
    "Report": "extract.records",
    "SourceError": "extract.errors",
    "read_own_rules": "extract.own_file",
    "use_own_rules": "extract.own",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("gouji")
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'extract' has no attribute {name!r}")
