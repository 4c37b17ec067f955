"""Report → the readable confidence report: what was read, what is doubtful, what is wrong, what to look at."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from extract.outputs.advice import advise, confidence_text, place_text
from extract.outputs.grids import build_tables, legend
from extract.outputs.quotes import quote_pieces
from extract.outputs.score import score_report
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
_META = {"agency": "机关", "year": "年度", "published": "发布日期"}
_ABSENT = "（未找到）"


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
    _print_units(console, legend(report), style="dim")
    _print_findings(console, report)
    _print_advice(console, report)
    console.print(_closing_lines(report, console.width))
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _print_head(console: Console, report: Report) -> None:
    from rich.rule import Rule

    title = report.report["title"].value or report.source.file
    console.print(Rule(str(title), align="left", style="bold"))
    shown = [name + _meta_text(report.report[key]) for key, name in _META.items() if key in report.report]
    _print_units(console, [*shown, _period(report)])
    source = report.source
    form = f"格式 {report.template.id} 年版（可信度 {confidence_text(report.template.confidence)}）"
    _print_units(console, [f"来源 {source.file}", f"{source.pages} 页", form])
    _print_units(console, _score(report), style="bold")


def _print_units(console: Console, units: list[str], style: str = "default") -> None:
    """The units on as few lines as they need; none is cut in two that fits on a line."""
    from rich.cells import cell_len

    lines: list[str] = []
    for unit in units:
        if lines and cell_len(f"{lines[-1]}　{unit}") <= console.width:
            lines[-1] += f"　{unit}"
        else:
            lines += wrap_text(unit, console.width)
    for line in lines:
        console.print(line, style=style)


def _meta_text(field: Field) -> str:
    if field.value is None:
        return _ABSENT
    return f" {field.value}" + ("" if field.accepted else "?")


def _period(report: Report) -> str:
    """统计期限 2024-01-01 至 2024-12-31."""
    ends = [report.report[key] for key in ("period_start", "period_end") if key in report.report]
    if all(end.value is None for end in ends):
        return f"统计期限{_ABSENT}"
    return "统计期限" + " 至".join(_meta_text(end) for end in ends)


def _score(report: Report) -> list[str]:
    score = score_report(report)
    counts = [f"{_HEADS[severity][0]} {count}" for severity, count in score.findings.items()]
    all_right = f"（这些格全部读对的概率 {score.all_right_text}）" if score.accepted else ""
    unread = f"（其中未读到 {score.unread} 格）" if score.unread else ""
    return [
        f"{score.accepted}/{score.fields} 格读数可靠{all_right}",
        f"需核对 {score.doubtful} 格{unread}",
        *counts,
    ]


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
    told = finding.code == "T003" or finding.code.startswith("D")  # the message quotes it
    pieces = list(dict.fromkeys(quote_pieces(finding, report, quoted=not told)))
    cells = [report.fields[name] for name in finding.fields if name in report.fields]
    standing = [cell for cell in cells if place_text(cell) and (cell.raw or finding.code[0] in "LSV")][:1]
    worded = [] if finding.sentences else [place for spot in finding.spots if (place := place_text(spot))]
    shown = worded or [*pieces, *(_printed(cell, finding) for cell in standing)]
    return f"见{'；'.join(shown)}" if shown else ""


def _printed(cell: Field, finding: Finding) -> str:
    """Where the cell stands and, for findings about its value, what is printed there."""
    place = place_text(cell)
    if finding.code[0] in "LS" or not cell.raw:
        return place
    return f"{place}，印作“{cell.raw}”"


def _print_advice(console: Console, report: Report) -> None:
    advice = advise(report)
    if advice:
        console.print("\n请依次核对", style="bold")
    for number, line in enumerate(advice, start=1):
        first, *rest = wrap_text(line, console.width - _INDENT)
        console.print(f"  {number:>2}. {first}", *(" " * (_INDENT - 1) + more for more in rest), sep="\n")


def _closing_lines(report: Report, width: int) -> Text:
    """How many fields are read for sure, and that this says nothing about whether they were filled in rightly."""
    from rich.text import Text

    score = score_report(report)
    rest = f"其余 {score.doubtful} 格需人工核对" if score.doubtful else "读数无须人工核对"
    errors = score.findings[Severity.ERROR]
    also = f"；另有 {errors} 条错误需向填报单位核实" if errors else ""
    counted = f"{score.fields} 格中 {score.accepted} 格读数可靠，{rest}。"
    meant = f"以上“可靠”指与原文一致，不表示填报无误{also}。"
    return Text("\n" + "\n".join([*wrap_text(counted, width), *wrap_text(meant, width)]), style="bold")
