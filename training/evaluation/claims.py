"""Claims of a report against the truth: found, bound to the right cells, judged right."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.records import Claim, Report, Verdict
from training.evaluation.truth import Entry, Truth
from training.metrics import Retrieval


@dataclass(frozen=True, slots=True)
class ClaimOutcome:
    """All claims (value and field), those about table cells (the very cells), and the verdicts.

    `verdicts` and `qualifiers` are (right, judged) over the claims found; `contradicted` counts claims that the table
    contradicts.
    """

    all: Retrieval
    bound: Retrieval
    contradicted: Retrieval
    verdicts: tuple[int, int]
    qualifiers: tuple[int, int]


def judge_claims(truth: Truth, report: Report | None, homes: Mapping[str, frozenset[str]]) -> ClaimOutcome:
    """Counts over the claims that are not optional; an optional one that is found is not counted at all.

    A truth with neither sentences nor claims says nothing of the prose: what was read there is not counted either.
    """
    read = report.claims if report and (truth.claims or truth.sentences) else ()
    pairs = match_claims(truth.claims, read, homes)
    optional = {other for place, other in pairs.items() if truth.claims[place].get("optional")}
    counted = [claim for place, claim in enumerate(read) if place not in optional]
    need = [(place, entry) for place, entry in enumerate(truth.claims) if not entry.get("optional")]
    hits = [(entry, read[pairs[place]]) for place, entry in need if place in pairs]
    cells = [(entry, claim) for entry, claim in hits if wanted_cells(entry)]
    exact = sum(claim_cells(claim) == wanted_cells(entry) for entry, claim in cells)
    against = [entry for _, entry in need if entry["verdict"] == Verdict.CONTRADICTED]
    caught = sum(entry["verdict"] == claim.verdict == Verdict.CONTRADICTED for entry, claim in hits)
    return ClaimOutcome(
        all=Retrieval(len(need), len(hits), len(counted), len(hits)),
        bound=Retrieval(
            sum(bool(wanted_cells(entry)) for _, entry in need),
            exact,
            sum(bool(claim_cells(claim)) for claim in counted),
            exact,
        ),
        contradicted=Retrieval(
            len(against), caught, sum(claim.verdict is Verdict.CONTRADICTED for claim in counted), caught
        ),
        verdicts=(sum(claim.verdict == entry["verdict"] for entry, claim in hits), len(hits)),
        qualifiers=(sum(_qualifier_right(claim, entry) for entry, claim in hits), len(hits)),
    )


def wanted_cells(entry: Entry) -> frozenset[str]:
    """The cells that the claim of the truth speaks of; none for a share and for what no table holds."""
    return frozenset([entry["field"]] if entry.get("field") else entry.get("sum_of") or ())


def claim_cells(claim: Claim) -> frozenset[str]:
    """The cells that the claim was bound to."""
    return frozenset([claim.field] if claim.field else claim.sum_of)


def match_claims(wanted: Sequence[Entry], read: Sequence[Claim], homes: Mapping[str, frozenset[str]]) -> dict[int, int]:
    """Index in the truth → index of the read claim; needed claims before optional ones, own sentence before others."""
    order = sorted(range(len(wanted)), key=lambda place: bool(wanted[place].get("optional")))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for near in (True, False):
        for place in order:
            if place in pairs:
                continue
            for other in _fitting(wanted[place], read):
                home = wanted[place]["sentence"] in homes.get(read[other].sentence, ())
                if other not in taken and (home or not near):
                    pairs[place] = other
                    taken.add(other)
                    break
    return pairs


def _fitting(entry: Entry, read: Sequence[Claim]) -> Iterator[int]:
    """Indexes of the claims of that value and target, those with the very cells first."""
    fits = [place for place, claim in enumerate(read) if claim_fits(claim, entry)]
    yield from sorted(fits, key=lambda place: claim_cells(read[place]) != wanted_cells(entry))


def claim_fits(claim: Claim, entry: Entry) -> bool:
    """Whether value and target are those of the truth; a sum or a share may name one of its cells, or none."""
    values = [entry["value"], *entry.get("value_ok", ())]
    if not any(math.isclose(float(claim.value), float(value), rel_tol=1e-9, abs_tol=1e-9) for value in values):
        return False
    if claim.field == entry.get("field") or claim.field in entry.get("field_ok", ()):
        return True
    if entry.get("sum_of"):
        return claim.field is None or claim.field in entry["sum_of"]
    part, whole = entry.get("share_of") or ((), ())
    return claim.field in (*part, *whole)


def _qualifier_right(claim: Claim, entry: Entry) -> bool:
    """近 may be read as about or at most, 余 as at least or about, a rounded 万 as either."""
    text, wanted = entry.get("text", ""), {entry["qualifier"]}
    wanted |= {"about", "at_most"} if "近" in text else set()
    wanted |= {"about", "at_least"} if "余" in text else set()
    wanted |= {"exact", "about", "at_least"} if "万" in text and "万元" not in text else set()
    if entry["qualifier"] == "at_least" and not set(text) & set("余超近"):
        wanted.add("exact")
    return claim.qualifier.value in wanted
