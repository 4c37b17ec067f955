"""What several years and units say of one another → text, agency by agency and year by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.outputs.wrap import wrap_text
from extract.records import Finding, History, Severity
from extract.rules import load_rules

_SEVERITIES = {Severity.ERROR: "错误 errors", Severity.WARNING: "警告 warnings", Severity.INFO: "提示 hints"}
_INDENT = 7  # columns before the text of a finding
_REMARK_MOST = 2000  # characters
_REST = "（其余见 --out 写出的 history.json / the rest is in the history.json of --out）"


def render_history(history: History, *, width: int) -> str:
    """The findings and remarks as text of at most `width` columns."""
    return "\n".join(line.rstrip() for line in _lines(history, width)) + "\n"


def _lines(history: History, width: int) -> Iterator[str]:
    for (agency, year), found in groupby(history.findings, key=lambda found: (found.agency, found.year)):
        yield f"{agency} {year} 年"
        for code, same in groupby(found, key=lambda own: own.finding.code):
            yield from _finding_lines(code, [own.finding for own in same], width)
        yield ""
    if history.remarks:
        yield f"未比较 Not compared（{len(history.remarks)}）"
        for remark in history.remarks:
            shown = remark if len(remark) <= _REMARK_MOST else f"{remark[:_REMARK_MOST]}… {_REST}"
            yield from _hang(f"  {shown}", width, 4)
        yield ""
    counts = [
        f"{word} {sum(own.finding.severity is severity for own in history.findings)}"
        for severity, word in _SEVERITIES.items()
    ]
    whole = f"共 {history.reports} 份报告，比较了 {history.compared} 份"
    yield f"{whole} / reports compared: {history.compared} of {history.reports}：{'，'.join(counts)}。"


def _finding_lines(code: str, findings: Sequence[Finding], width: int) -> Iterator[str]:
    """One paragraph of all findings of a code that the 问题清单 has in one line too, else one of each."""
    title = load_rules("findings.toml")[code]["title"]
    head = load_rules("outputs.toml")["issues"]["together"].get(code, "")
    messages = [finding.message for finding in findings]
    if head and len(messages) > 1:
        numbered = (f"（{k}）{message}" for k, message in enumerate(messages, start=1))
        messages = [head.format(n=len(messages)) + "".join(numbered)]
    for message in messages:
        yield from _hang(f"  {code} {title}：{message}", width, _INDENT)


def _hang(text: str, width: int, indent: int) -> list[str]:
    """The text wrapped, its first line as it is, the others indented."""
    lead = text[: len(text) - len(text.lstrip())]
    first, *rest = wrap_text(text.strip(), width - indent)
    return [lead + first, *(" " * indent + line for line in rest)]
