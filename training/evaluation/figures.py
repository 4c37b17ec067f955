"""The figures of a family of documents, from the outcomes of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from training.evaluation.claims import ClaimOutcome
from training.evaluation.document import DocumentOutcome
from training.evaluation.fields import FieldOutcome
from training.metrics import (
    Retrieval,
    brier_score,
    expected_calibration_error,
    macro_f1,
    ratio,
    risk_coverage_area,
    share,
    upper_bound,
)

Figures = dict[str, Any]
"""Name of a figure → number, or None where there was nothing to measure."""


def family_figures(outcomes: Sequence[DocumentOutcome], severities: Mapping[str, str]) -> Figures:
    """All figures of the documents. `severities` gives the severity of each finding's code."""
    fields = [field for outcome in outcomes for field in outcome.fields]
    return {
        "documents": len(outcomes),
        "unread": sum(bool(outcome.cause) for outcome in outcomes),
        **_accuracy_figures(outcomes, fields),
        **_confidence_figures(outcomes, fields),
        "metadata": _metadata_figures(outcomes),
        **_finding_figures(outcomes, severities),
        **_sentence_figures(outcomes),
        **_claim_figures(outcomes),
    }


def _accuracy_figures(outcomes: Sequence[DocumentOutcome], fields: Sequence[FieldOutcome]) -> Figures:
    return {
        "fields": len(fields),
        "field_accuracy": share(field.right for field in fields),
        "nonzero_fields": sum(field.nonzero for field in fields),
        "nonzero_accuracy": share(field.right for field in fields if field.nonzero),
        "perfect_documents": share(outcome.perfect for outcome in outcomes),
        "review_fields": sum(field.review for field in fields),
        "review_accuracy": share(field.right for field in fields if field.review),
    }


def _confidence_figures(outcomes: Sequence[DocumentOutcome], fields: Sequence[FieldOutcome]) -> Figures:
    """Calibration is that of documents that were read, without the fields that must be reviewed."""
    points = [
        (field.confidence, float(field.right))
        for outcome in outcomes
        for field in outcome.fields
        if not outcome.cause and not field.review
    ]
    groups = [_accepted_of(outcome.fields) for outcome in outcomes]
    wrong, accepted = (sum(group[side] for group in groups) for side in (0, 1))
    return {
        "coverage": ratio(accepted, len(fields)),
        "wrong_accepted": wrong,
        "wrong_accepted_rate": ratio(wrong, accepted),
        "wrong_accepted_bound": upper_bound(groups),
        "ece": expected_calibration_error(points),
        "brier": brier_score(points),
        "risk_coverage_area": risk_coverage_area(points),
    }


def _accepted_of(fields: Iterable[FieldOutcome]) -> tuple[int, int]:
    """Wrong among accepted, and accepted."""
    accepted = [field.right for field in fields if field.accepted]
    return accepted.count(False), len(accepted)


def _metadata_figures(outcomes: Iterable[DocumentOutcome]) -> dict[str, float | None]:
    judged: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        for name, right in outcome.metadata.items():
            judged[name].append(right)
    return {name: share(rights) for name, rights in judged.items()}


def _finding_figures(outcomes: Iterable[DocumentOutcome], severities: Mapping[str, str]) -> Figures:
    codes: dict[str, Retrieval] = defaultdict(Retrieval)
    for outcome in outcomes:
        for code, count in outcome.findings.counts.items():
            codes[code] += count
    levels: dict[str, Retrieval] = defaultdict(Retrieval)
    for code, count in codes.items():
        levels[severities.get(code, "unknown")] += count
    return {
        "findings": _retrieval_figures(sum(codes.values(), Retrieval())),
        "findings_by_severity": {level: _retrieval_figures(count) for level, count in sorted(levels.items())},
        "findings_by_code": {code: _retrieval_figures(count) for code, count in sorted(codes.items())},
    }


def _sentence_figures(outcomes: Sequence[DocumentOutcome]) -> Figures:
    pairs = [pair for outcome in outcomes for pair in outcome.sentences.labels]
    f1, mean = macro_f1(pairs)
    return {
        "sentences": len(pairs),
        "sentences_found": share(given is not None for _, given in pairs),
        "label_f1": {str(label): value for label, value in f1.items()},
        "label_macro_f1": mean,
    }


def _claim_figures(outcomes: Iterable[DocumentOutcome]) -> Figures:
    claims = [outcome.claims for outcome in outcomes]
    return {
        "claims": _retrieval_figures(sum((claim.all for claim in claims), Retrieval())),
        "bound_claims": _retrieval_figures(sum((claim.bound for claim in claims), Retrieval())),
        "contradicted_claims": _retrieval_figures(sum((claim.contradicted for claim in claims), Retrieval())),
        "verdict_accuracy": _pair_ratio(claims, "verdicts"),
        "qualifier_accuracy": _pair_ratio(claims, "qualifiers"),
    }


def _pair_ratio(claims: Iterable[ClaimOutcome], name: str) -> float | None:
    sums: Counter[str] = Counter()
    for claim in claims:
        right, judged = getattr(claim, name)
        sums.update(right=right, judged=judged)
    return ratio(sums["right"], sums["judged"])


def _retrieval_figures(count: Retrieval) -> Figures:
    return {
        "expected": count.expected,
        "reported": count.reported,
        "precision": count.precision,
        "recall": count.recall,
        "f1": count.f1,
    }
