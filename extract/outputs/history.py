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
_COUNTED = (
    "个数按上列各段计，与问题清单的行相同；“处”是 history.json 和网页里的个数，Y001 每列一处。/ "
    "Counted are the paragraphs above, each a line of the list of findings; history.json and the pages count every "
    "finding, of Y001 each column."
)


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
    whole = f"共 {history.reports} 份报告，比较了 {history.compared} 份"
    counts = [_count(history, severity, word) for severity, word in _SEVERITIES.items()]
    yield f"{whole} / reports compared: {history.compared} of {history.reports}：{'，'.join(counts)}。"
    if any(_count_lines(history, severity) < _count_findings(history, severity) for severity in _SEVERITIES):
        yield from _hang(_COUNTED, width, 0)


def _count(history: History, severity: Severity, word: str) -> str:
    """错误 errors 2（6 处 findings）; the second number only where it is another one."""
    lines, findings = _count_lines(history, severity), _count_findings(history, severity)
    return f"{word} {lines}" + (f"（{findings} 处 findings）" if findings > lines else "")


def _count_lines(history: History, severity: Severity) -> int:
    """How many paragraphs are printed: one of all findings of a report with a code that are told together."""
    together = load_rules("outputs.toml")["issues"]["together"]
    own = [found for found in history.findings if found.finding.severity is severity]
    joined = {(found.file, found.agency, found.year, found.finding.code) for found in own}
    return sum(key[-1] in together for key in joined) + sum(found.finding.code not in together for found in own)


def _count_findings(history: History, severity: Severity) -> int:
    return sum(own.finding.severity is severity for own in history.findings)


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
