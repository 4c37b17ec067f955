"""One labelled document: read by the pipeline and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.errors import SourceError
from extract.records import Report
from training.evaluation.claims import ClaimOutcome, judge_claims
from training.evaluation.fields import FieldOutcome, judge_fields, judge_metadata
from training.evaluation.findings import FindingOutcome, judge_findings
from training.evaluation.sentences import SentenceOutcome, judge_sentences
from training.evaluation.truth import Truth, read_truth


@dataclass(frozen=True, slots=True)
class DocumentOutcome:
    """All that is judged of one document; `cause` says why it could not be read, and is empty where it was."""

    file: str
    family: str
    cause: str
    fields: tuple[FieldOutcome, ...]
    metadata: Mapping[str, bool]
    findings: FindingOutcome
    sentences: SentenceOutcome
    claims: ClaimOutcome
    misses: tuple[str, ...]

    @property
    def perfect(self) -> bool:
        """Every field right."""
        return all(field.right for field in self.fields)


def evaluate_file(truth_file: Path) -> DocumentOutcome:
    """The outcome of the document that the truth belongs to. It lies in the folder above the truth."""
    from extract.pipeline import extract_report

    return judge_document(read_truth(truth_file), lambda name: extract_report(truth_file.parent.parent / name))


def judge_document(truth: Truth, read: Callable[[str], Report]) -> DocumentOutcome:
    """`read` gives the report of the file; where it cannot, every field is wrong and nothing is found."""
    report, cause = None, ""
    try:
        report = read(truth.file)
    except SourceError as error:
        cause = str(error)
    fields, metadata = judge_fields(truth, report), judge_metadata(truth, report)
    findings, sentences = judge_findings(truth, report), judge_sentences(truth, report)
    claims = judge_claims(truth, report, sentences.homes)
    misses = tuple(_describe_misses(truth, report, cause, fields, metadata, findings))
    return DocumentOutcome(truth.file, truth.family, cause, fields, metadata, findings, sentences, claims, misses)


def _describe_misses(
    truth: Truth,
    report: Report | None,
    cause: str,
    fields: tuple[FieldOutcome, ...],
    metadata: Mapping[str, bool],
    findings: FindingOutcome,
) -> Iterator[str]:
    if report is None:
        yield f"not read: {cause}"
        return
    for outcome in fields:
        if not outcome.right:
            yield _describe_field(truth, report, outcome)
    for name, right in metadata.items():
        if not right:
            yield f"{name}: printed {truth.report.get(name)!r}, read {report.report[name].value!r}"
    for finding in findings.false:
        yield f"false finding {finding.code}: {finding.message}"
    for entry in findings.lost:
        yield f"finding not reported {entry['code']}: {entry.get('text', '')[:60]} {list(entry.get('fields', ()))[:3]}"


def _describe_field(truth: Truth, report: Report, outcome: FieldOutcome) -> str:
    read = report.fields.get(outcome.field)
    printed = truth.states.get(outcome.field) or truth.fields[outcome.field]
    got = "nothing" if read is None else read.value if read.value is not None else read.state.value
    accepted = ", ACCEPTED" if outcome.accepted else ""
    review = ", must be reviewed" if outcome.review else ""
    return f"{outcome.field}: printed {printed}, read {got} at {outcome.confidence:.4f}{accepted}{review}"
