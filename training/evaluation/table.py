"""The figures as a table in plain text: a line per figure, a column per family."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from training.evaluation.slices import Estimate, Slice

_GAP = "  "
_NOTE = (
    "Accepted fields that are wrong: the bound is the 95 % upper one, the larger of the bootstrap's over documents and "
    "Poisson's (where none is wrong, 3 / accepted)."
)

Line = tuple[str, str, str]
"""What it says, path of the figure (keys with dots), how it is written: count, share, rate, small."""

LINES: tuple[Line, ...] = (
    ("documents", "documents", "count"),
    ("  not read", "unread", "count"),
    ("  every field right", "perfect_documents", "share"),
    ("fields right", "field_accuracy", "share"),
    ("  that are not 0", "nonzero_accuracy", "share"),
    ("  that a person must see", "review_accuracy", "share"),
    ("coverage (accepted)", "coverage", "share"),
    ("accepted and wrong", "wrong_accepted", "count"),
    ("  rate", "wrong_accepted_rate", "rate"),
    ("  upper bound", "wrong_accepted_bound", "rate"),
    ("ECE", "ece", "small"),
    ("Brier", "brier", "small"),
    ("risk-coverage area", "risk_coverage_area", "small"),
    ("agency", "metadata.agency", "share"),
    ("year", "metadata.year", "share"),
    ("title", "metadata.title", "share"),
    ("sentences found", "sentences_found", "share"),
    ("labels macro-F1", "label_macro_f1", "share"),
    ("  problem", "label_f1.problem", "share"),
    ("  measure", "label_f1.measure", "share"),
    ("  statistic", "label_f1.statistic", "share"),
    ("  other", "label_f1.other", "share"),
    ("claims P", "claims.precision", "share"),
    ("  R", "claims.recall", "share"),
    ("  F1", "claims.f1", "share"),
    ("claims of cells P", "bound_claims.precision", "share"),
    ("  R", "bound_claims.recall", "share"),
    ("  F1", "bound_claims.f1", "share"),
    ("contradicted P", "contradicted_claims.precision", "share"),
    ("  R", "contradicted_claims.recall", "share"),
    ("verdicts right", "verdict_accuracy", "share"),
    ("findings P", "findings.precision", "share"),
    ("  R", "findings.recall", "share"),
)


def render_figures(figures: Mapping[str, Mapping[str, Any]]) -> str:
    """The table of all families, the findings by severity and code below it. `figures` is by family, `all` last."""
    heads = [f"{name} ({entry['documents']})" for name, entry in figures.items()]
    rows = [
        [text, *(write_figure(figure_at(entry, path), kind) for entry in figures.values())]
        for text, path, kind in LINES
    ]
    rows += [line for line in _severity_rows(figures) if any(cell != "-" for cell in line[1:])]
    table = _columns([["", *heads], *rows])
    last = list(figures.values())[-1]
    codes = _columns([["code", "expected", "reported", "P", "R"], *_code_rows(last["findings_by_code"])])
    return "\n".join([*table, "", "Findings by code, all documents", *codes, "", _NOTE])


COLUMNS = (
    ("right", "field_accuracy", "share"),
    ("not 0", "nonzero_accuracy", "share"),
    ("coverage", "coverage", "share"),
    ("wrong", "wrong_accepted_rate", "rate"),
    ("ECE", "ece", "small"),
    ("Brier", "brier", "small"),
    ("risk area", "risk_coverage_area", "small"),
)
"""Head, name of the estimate, how it is written."""


def render_slices(slices: Sequence[Slice]) -> str:
    """Two lines per slice: its figures, and below each the interval in which it lies with 95 %."""
    rows = [["95 % intervals by document", *(head for head, _, _ in COLUMNS)]]
    for own in slices:
        name = own.name if own.kind != "table" else f"table {own.name}"
        estimates = [(own.estimates[key], kind) for _, key, kind in COLUMNS]
        rows.append([name, *(write_figure(estimate.value, kind) for estimate, kind in estimates)])
        rows.append(["", *(_write_interval(estimate, kind) for estimate, kind in estimates)])
    return "\n".join(_columns(rows))


def _write_interval(estimate: Estimate, kind: str) -> str:
    return "–".join(write_figure(end, kind) for end in estimate.interval) if estimate.interval else "-"


def _severity_rows(figures: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    return [
        [
            f"  {level} {side}",
            *(
                write_figure(figure_at(entry, f"findings_by_severity.{level}.{key}"), "share")
                for entry in figures.values()
            ),
        ]
        for level in ("error", "warning", "info")
        for side, key in (("P", "precision"), ("R", "recall"))
    ]


def _code_rows(codes: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    return [
        [
            code,
            str(entry["expected"]),
            str(entry["reported"]),
            write_figure(entry["precision"], "share"),
            write_figure(entry["recall"], "share"),
        ]
        for code, entry in codes.items()
    ]


def figure_at(entry: Mapping[str, Any], path: str) -> Any:
    """The figure at the path of keys with dots between them, None where there is none."""
    found: Any = entry
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def write_figure(value: float | None, kind: str) -> str:
    """The figure as text; `kind` as in LINES."""
    if value is None:
        return "-"
    if kind == "count":
        return f"{value:,}"
    if kind == "rate":
        return f"{value:.6f}"
    return f"{value:.5f}" if kind == "small" else f"{value:.4f}"


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows with every column as wide as its widest cell: the first to the left, the others to the right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        first, *rest = (" " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        lines.append(
            _GAP.join([row[0] + first, *(pad + cell for pad, cell in zip(rest, row[1:], strict=True))]).rstrip()
        )
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
