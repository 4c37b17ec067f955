"""The figures of the READMEs: measured and written by a command, never by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from extract.errors import UsageError
from training.evaluation.figures import Figures
from training.evaluation.run import (
    HELDOUT_COUNT,
    evaluate_documents,
    evaluate_heldout,
    figures_by_family,
    make_heldout,
    make_heldout_files,
)
from training.evaluation.table import figure_at, write_figure

READMES = ("README.md", "README.zh.md")
_BEGIN, _END = "<!-- measured: {} -->\n", "<!-- end of measured -->"
_NAMES = {
    "all": ("all of these", "合计"),
    "examples": ("examples", "示例"),
}  # family → heading in English and Chinese; the others head their column under their own names

Line = tuple[str, str, tuple[str, ...], str]
"""What it says in English and in Chinese, paths of figures (the least is shown), how it is written."""

LINES: tuple[Line, ...] = (
    ("documents", "报告份数", ("documents",), "count"),
    ("fields right", "读取正确的格", ("field_accuracy",), "share"),
    ("of those that are not 0", "其中不为 0 的", ("nonzero_accuracy",), "share"),
    ("documents with every field right", "每格都对的报告", ("perfect_documents",), "share"),
    ("coverage: accepted fields", "覆盖率：判为可靠的格", ("coverage",), "share"),
    ("accepted and wrong, fields", "判为可靠而读错的格（个）", ("wrong_accepted",), "count"),
    ("ECE of the confidence", "可信度的校准误差 ECE", ("ece",), "small"),
    ("agency and year, the lower", "机关、年度（取低者）", ("metadata.agency", "metadata.year"), "share"),
    ("labels of sentences, macro-F1", "句子分类 macro-F1", ("label_macro_f1",), "share"),
    ("claims about cells, precision", "涉及表格的数：查准率", ("bound_claims.precision",), "share"),
    ("claims about cells, recall", "涉及表格的数：查全率", ("bound_claims.recall",), "share"),
    ("verdicts right", "文表核对结论正确", ("verdict_accuracy",), "share"),
    ("errors reported, precision", "报出的错误：查准率", ("findings_by_severity.error.precision",), "share"),
    ("errors reported, recall", "报出的错误：查全率", ("findings_by_severity.error.recall",), "share"),
)


def write_figures(root: Path, *, jobs: int | None = None, count: int = HELDOUT_COUNT) -> None:
    """Measures, and writes both tables into both READMEs of the checkout at `root`.

    Raises: UsageError where a README has no place for them.
    """
    texts = figures_by_family(evaluate_heldout(make_heldout, count, jobs))
    examples = evaluate_documents(root / "examples", jobs)
    tables = {
        "texts": {**texts, "examples": examples.get("all") or next(iter(examples.values()))},
        "files": figures_by_family(evaluate_heldout(make_heldout_files, count, jobs)),
    }
    for language, name in enumerate(READMES):
        path = root / name
        text = path.read_text(encoding="utf-8")
        for kind, figures in tables.items():
            text = _replace(text, kind, figure_table(figures, language), path)
        path.write_text(text, encoding="utf-8")


def figure_table(figures: Mapping[str, Figures], language: int) -> str:
    """The figures by family as a table in markdown; `language` is 0 for English, 1 for Chinese."""
    heads = [_NAMES[name][language] if name in _NAMES else f"`{name}`" for name in figures]
    rows = [["", *heads], ["---"] * (len(heads) + 1)]
    for english, chinese, paths, kind in LINES:
        rows.append([(english, chinese)[language], *(_least(entry, paths, kind) for entry in figures.values())])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _least(figures: Figures, paths: tuple[str, ...], kind: str) -> str:
    found = [value for path in paths if (value := figure_at(figures, path)) is not None]
    return write_figure(min(found, default=None), kind)


def _replace(text: str, kind: str, table: str, path: Path) -> str:
    """Raises: UsageError."""
    before, begin, rest = text.partition(_BEGIN.format(kind))
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise UsageError(f"{path}: no place for the figures of {kind} ({_BEGIN.format(kind).strip()} … {_END})")
    return before + begin + table + end + after
