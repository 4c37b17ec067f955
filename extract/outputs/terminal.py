"""Report → the readable confidence report: what was read, what is doubtful, what is wrong, what to look at."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from extract.outputs.advice import advise
from extract.outputs.grids import build_tables, legend
from extract.outputs.wrap import wrap_text
from extract.records import Field, Finding, Report, Severity
from extract.rules import load_rules

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_HEADS = {
    Severity.ERROR: ("错误", "bold red"),
    Severity.WARNING: ("警告", "bold yellow"),
    Severity.INFO: ("提示", "bold cyan"),
}
_INDENT = 7  # columns before the text of a finding or of a line of advice
_META = {
    "agency": "机关",
    "year": "年度",
    "published": "发布",
    "period_start": "统计期限起",
    "period_end": "统计期限止",
}
_PARTS = "零一二三四五六"


def render_report(report: Report, *, color: bool, width: int) -> str:
    """The report as text of at most `width` columns; with ANSI colours only if asked for. Marks do without colour."""
    from rich.console import Console

    buffer = StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        emoji=False,
        markup=False,
    )
    _print_head(console, report)
    for part in build_tables(report, width):
        console.print(part)
    if marks := legend(report):
        console.print(marks, style="dim")
    _print_findings(console, report)
    _print_advice(console, report)
    console.print(_closing_line(report))
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _print_head(console: Console, report: Report) -> None:
    from rich.rule import Rule

    title = report.report["title"].value or report.source.file
    console.print(Rule(str(title), align="left", style="bold"))
    shown = [f"{name} {_meta_text(report.report[key])}" for key, name in _META.items() if key in report.report]
    console.print("　".join(shown))
    source = report.source
    form = f"格式 {report.template.id} 年版（{report.template.confidence:.2f}）"
    console.print(f"来源 {source.file}　{source.pages} 页　{form}")
    console.print(_score_line(report), style="bold")


def _meta_text(field: Field) -> str:
    if field.value is None:
        return "未印"
    return str(field.value) + ("" if field.accepted else "?")


def _score_line(report: Report) -> str:
    """The mean P(right) of all fields in percent, never rounded up, and the counts of findings."""
    fields = report.fields.values()
    mean = 100 * sum(field.confidence for field in fields) / max(1, len(report.fields))
    accepted = sum(field.accepted for field in fields)
    counts = [f"{_HEADS[severity][0]} {_count(report, severity)}" for severity in Severity]
    return f"可信度 {int(10 * mean) / 10:.1f}%　{accepted}/{len(report.fields)} 格可直接采用　{'　'.join(counts)}"


def _count(report: Report, severity: Severity) -> int:
    return sum(finding.severity is severity for finding in report.findings)


def _print_findings(console: Console, report: Report) -> None:
    if not report.findings:
        console.print("\n没有发现问题。", style="green")
    for severity, (head, style) in _HEADS.items():
        findings = [finding for finding in report.findings if finding.severity is severity]
        if findings:
            console.print(f"\n{head}（{len(findings)}）", style=style)
        for finding in findings:
            console.print(_finding_text(finding, report, style, console.width))


def _finding_text(finding: Finding, report: Report, style: str, width: int) -> Text:
    """Code, title, message and evidence, wrapped under one another."""
    from rich.text import Text

    title = load_rules("findings.toml")[finding.code]["title"]
    lines = wrap_text(f"{title}：{finding.message}", width - _INDENT)
    text = Text(f"  {finding.code} ", style=style)
    text.append(f"\n{' ' * _INDENT}".join(lines), style="default")
    text.stylize("bold", _INDENT, _INDENT + len(title) + 1)
    if evidence := _evidence(finding, report):
        shown = wrap_text(evidence, width - _INDENT)
        text.append("".join(f"\n{' ' * _INDENT}{line}" for line in shown), style="dim")
    return text


def _evidence(finding: Finding, report: Report) -> str:
    """Where the first cell or sentence of the finding stands, and what is printed there."""
    if finding.code.startswith("Q"):
        return ""
    if finding.sentences:
        pages = {sentence.id: sentence for sentence in report.sentences}
        known = [pages[name] for name in finding.sentences if name in pages]
        return "；".join(f"见第 {sentence.page} 页第{_PARTS[sentence.section]}部分" for sentence in known[:2])
    cells = [report.fields[name] for name in finding.fields[:1] if name in report.fields]
    return "".join(_printed(cell, finding.code) for cell in cells if cell.page and cell.raw)


def _printed(cell: Field, code: str) -> str:
    """Where the cell stands and, for findings about its value, what is printed there."""
    place = f"见第 {cell.page} 页第 {cell.line} 行"
    return place if code[0] in "LS" else f"{place}，印作“{cell.raw}”"


def _print_advice(console: Console, report: Report) -> None:
    advice = advise(report)
    if advice:
        console.print("\n请依次核对", style="bold")
    for number, line in enumerate(advice, start=1):
        first, *rest = wrap_text(line, console.width - _INDENT)
        console.print(f"  {number:>2}. {first}", *(" " * (_INDENT - 1) + more for more in rest), sep="\n")


def _closing_line(report: Report) -> Text:
    from rich.text import Text

    total, accepted = len(report.fields), sum(field.accepted for field in report.fields.values())
    rest = f"，{total - accepted} 个需要人工核对" if accepted < total else "，读数无须人工核对"
    return Text(f"\n{total} 个字段中 {accepted} 个可直接采用{rest}。", style="bold")
