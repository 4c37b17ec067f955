"""Findings of a report against those that it deserves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from extract.records import Finding, Report
from training.evaluation.texts import plain_text, quotes, texts_meet
from training.evaluation.truth import Entry, Truth
from training.metrics import Retrieval

IGNORED = frozenset({"Q001"})  # fields below the threshold: judged by the fields themselves
WHOLE_REPORT = frozenset({"D001"})  # one cause however it is put
BY_LABEL = frozenset({"L001", "S002", "S003"})  # findings that a short printed label identifies
_SHORTEST_LABEL = 3


@dataclass(frozen=True, slots=True)
class FindingOutcome:
    """Counts per code, what was reported without being expected or allowed, what was expected and not reported."""

    counts: Mapping[str, Retrieval]
    false: tuple[Finding, ...]
    lost: tuple[Entry, ...]


def judge_findings(truth: Truth, report: Report | None) -> FindingOutcome:
    """A reported finding is right where it meets an expected one; one that meets an allowed one is not counted."""
    wanted = {entry["id"]: str(entry["text"]) for entry in truth.sentences}
    given = {sentence.id: sentence.text for sentence in report.sentences} if report else {}
    reported = [finding for finding in report.findings if finding.code not in IGNORED] if report else []
    counts: dict[str, Retrieval] = defaultdict(Retrieval)
    met: set[int] = set()
    false = []
    for finding in reported:
        hits = [n for n, entry in enumerate(truth.expected) if finding_meets(finding, entry, wanted, given)]
        met.update(hits)
        if not hits and any(finding_meets(finding, entry, wanted, given) for entry in truth.allowed):
            continue
        counts[finding.code] += Retrieval(reported=1, right=bool(hits))
        if not hits:
            false.append(finding)
    for place, entry in enumerate(truth.expected):
        counts[entry["code"]] += Retrieval(expected=1, found=place in met)
    lost = tuple(entry for place, entry in enumerate(truth.expected) if place not in met)
    return FindingOutcome(dict(counts), tuple(false), lost)


def finding_meets(finding: Finding, entry: Entry, wanted: Mapping[str, str], given: Mapping[str, str]) -> bool:
    """Whether the finding is the one of the truth: same code, and a common field, sentence or quotation."""
    code, fields, text = entry["code"], entry.get("fields", ()), entry.get("text", "")
    if finding.code != code:
        return False
    if entry.get("any") or code in WHOLE_REPORT or not (fields or text or entry.get("sentences")):
        return True
    if set(finding.fields) & set(fields):
        return True
    texts = [wanted[name] for name in entry.get("sentences", ()) if name in wanted] or ([text] if text else [])
    read = [given[name] for name in finding.sentences if name in given]
    if any(texts_meet(one, other) for one in texts for other in read):
        return True
    words = plain_text(" ".join(str(part) for part in (finding.message, finding.found, finding.expected) if part))
    label = plain_text(text)
    if code in BY_LABEL and len(label) >= _SHORTEST_LABEL and label in words:
        return True
    return any(quotes(words, plain_text(one)) for one in texts)
