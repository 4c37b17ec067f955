"""A panel of reports with planted errors → recall and precision of `gouji compare`, per code."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.batch import extract_many
from extract.comparison import compare_folder
from extract.records import HistoryFinding
from training.history.panel import ALIASES, TRUTH, UNITS
from training.metrics import Retrieval

CODES = ("Y001", "Y002", "Y003", "Y004", "H001")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts per code, how many reports were compared, and in words what was missed or found wrongly."""

    counts: Mapping[str, Retrieval]
    reports: int
    remarks: int
    misses: tuple[str, ...]


def evaluate_panel(folder: Path, documents: Path, *, jobs: int | None = None) -> Outcome:
    """Reads the reports of the folder into `documents`, compares them, and judges by expected.json."""
    sources = [path for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md", ".html")]
    batch = extract_many(sources, documents, jobs=jobs)
    history, _ = compare_folder(documents, aliases=folder / ALIASES, units=folder / UNITS)
    expected = json.loads((folder / TRUTH).read_text(encoding="utf-8"))
    unread = tuple(f"not read: {failure}" for failure in batch.failures)
    counts, misses = _judge(history.findings, expected)
    return Outcome(counts, history.reports, len(history.remarks), (*unread, *misses))


def _judge(
    findings: Sequence[HistoryFinding], expected: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, Retrieval], list[str]]:
    """A finding is right where one of its report, its code and a common field (or none) is expected."""
    counts: dict[str, Retrieval] = defaultdict(Retrieval)
    misses, met = [], set()
    for found in findings:
        code = found.finding.code
        hits = [n for n, entry in enumerate(expected) if _meets(found, entry)]
        met.update(hits)
        if hits and all(expected[n]["allowed"] for n in hits):
            continue
        counts[code] += Retrieval(reported=1, right=bool(hits))
        if not hits:
            misses.append(f"false  {code} {found.file} {found.agency}: {found.finding.message}")
    for n, entry in enumerate(expected):
        if not entry["allowed"]:
            counts[entry["code"]] += Retrieval(expected=1, found=n in met)
            if n not in met:
                misses.append(f"missed {entry['code']} {entry['file']} {'、'.join(entry['fields'])}")
    return dict(counts), misses


def _meets(found: HistoryFinding, entry: Mapping[str, Any]) -> bool:
    same = found.file == entry["file"] and found.finding.code == entry["code"]
    return same and (not entry["fields"] or bool(set(found.finding.fields) & set(entry["fields"])))


def render_outcome(outcome: Outcome, *, misses: bool = False) -> str:
    """A table, one row per code."""
    lines = [
        f"{outcome.reports} reports compared, {outcome.remarks} remarks",
        "",
        "| code | planted | found | recall | reported | precision |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for code in CODES:
        own = outcome.counts.get(code, Retrieval())
        rates = ["—" if rate is None else f"{rate:.4f}" for rate in (own.recall, own.precision)]
        lines.append(f"| `{code}` | {own.expected} | {own.found} | {rates[0]} | {own.reported} | {rates[1]} |")
    return "\n".join([*lines, *(outcome.misses if misses else ())])
