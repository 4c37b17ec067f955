"""Documents that other tools made, each with the values that it prints."""

from __future__ import annotations

import json
from pathlib import Path

from extract import extract_report

GOLDEN = Path(__file__).parent.parent / "golden"


def golden_files(kind: str) -> list[Path]:
    return sorted(path for path in (GOLDEN / kind).iterdir() if path.is_file())


def wrong_fields(path: Path) -> list[str]:
    """What of a golden document is read otherwise than it is printed."""
    truth = json.loads((path.parent / "truth" / f"{path.name}.json").read_text(encoding="utf-8"))
    report = extract_report(path)
    wrong = [key for key, value in truth["report"].items() if _squeeze(report.report[key].value) != _squeeze(value)]
    for key, value in truth["fields"].items():
        field = report.fields[key]
        number = None if field.value is None else float(str(field.value))
        if (number, field.state.value) != (None if value is None else float(value), truth["states"].get(key, "read")):
            wrong.append(key)
    return wrong


def _squeeze(value: object) -> str:
    return "".join(str(value).split())
