"""How well the claims of the corpus are read: `python -m training.claims_evaluation corpus/sentences [batch …]`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from extract.forms import load_form
from extract.narrative.making import make_claims
from extract.narrative.shown import claim_fields
from extract.narrative.verdicts import check_claims
from extract.records import Cells, Claim, Discrepancy, Label, Narrative, ReadCell, Sentence, State

CODES = ("T001", "T002", "T003", "T004", "T005")


def load_passages(corpus_dir: Path) -> list[dict[str, Any]]:
    """The passages of all batches, in order of file and line."""
    lines = (line for path in sorted(corpus_dir.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    return [json.loads(line) for line in lines if line.strip()]


def passage_cells(passage: Mapping[str, Any]) -> Cells:
    """The table that the passage goes with: cells that it does not name are 0."""
    printed = passage["fields"]
    return {
        field: ReadCell(field, State.READ, Decimal(str(printed.get(field, 0))), "", 1, 1)
        for field in load_form("2021").field_ids
    }


def passage_sentences(passage: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """Its sentences with the labels that they bear in the corpus."""
    return tuple(
        Sentence(entry["id"], entry["section"], entry["text"], Label(entry["label"]), 1.0, 1)
        for entry in passage["sentences"]
    )


def read_passage(passage: Mapping[str, Any]) -> tuple[tuple[Sentence, ...], tuple[Claim, ...], tuple[Discrepancy, ...]]:
    """Its sentences, and what is read from them."""
    sentences = passage_sentences(passage)
    narrative = Narrative(sentences, make_claims(sentences, passage["agency"], passage["year"]))
    claims, discrepancies = check_claims(narrative, passage_cells(passage), year=passage["year"])
    return sentences, claims, discrepancies


def evaluate_claims(corpus_dir: Path, batches: Iterable[str] = (), *, failures: bool = False) -> str:
    """Precision, recall and F1 of claims, verdict accuracy and T codes, one line per batch."""
    counts: dict[str, Counter[str]] = {}
    for passage in load_passages(corpus_dir):
        batch = passage["batch"]
        if not batches or batch in batches:
            counts.setdefault(batch, Counter()).update(score_passage(passage, failures=failures))
    if len(counts) > 1:
        counts["all"] = sum(counts.values(), Counter())
    return "\n".join(_line(batch, count) for batch, count in counts.items())


def score_passage(passage: Mapping[str, Any], *, failures: bool = False) -> Counter[str]:
    """Counts of claims and findings, expected, read and right."""
    _, claims, discrepancies = read_passage(passage)
    count: Counter[str] = Counter()
    for entry in passage["sentences"]:
        own = [claim for claim in claims if claim.sentence == entry["id"]]
        wrong = _score_claims(entry["claims"], own, count, judged=bool(passage["fields"]))
        if failures and wrong:
            print(entry["id"], entry["text"], *wrong, sep="\n     ")
    judged = [entry for entry in discrepancies if passage["fields"] or entry.code in ("T002", "T003")]
    off = _score_findings(passage["findings"], judged, count)
    if failures and off:
        texts = {entry["id"]: entry["text"] for entry in passage["sentences"]}
        print(*(f"{code} {texts.get(sentence, '')}\n     {note}" for code, sentence, note in off), sep="\n")
    return count


def _targets(claim: Mapping[str, Any]) -> frozenset[str]:
    return frozenset([claim["field"]] if claim["field"] else claim["sum_of"])


def _score_claims(gold: list[Any], read: list[Claim], count: Counter[str], *, judged: bool) -> list[str]:
    """What went wrong, in words. An optional claim, read or not, leaves the count."""
    left, wrong = list(read), []
    for expected in sorted(gold, key=lambda claim: (bool(claim.get("optional")), not _targets(claim))):
        target, optional = _targets(expected), bool(expected.get("optional"))
        count["gold"] += not optional
        count["bound_gold"] += bool(target) and not optional
        same = [claim for claim in left if claim.value == Decimal(str(expected["value"])) or _tenths(claim, expected)]
        hit = next((claim for claim in same if frozenset(claim_fields(claim)) == target), None)
        if optional:
            left = [claim for claim in left if claim is not hit]
            count["optional"] += hit is not None
            count["bound_optional"] += hit is not None and bool(target)
            continue
        if hit is None:
            near = same[0] if same else None
            wrong.append(
                f"MISSED {expected['text']} → {_show(target)}; read {_show(claim_fields(near)) if near else None}"
            )
            continue
        left.remove(hit)
        count["hit"] += 1
        count["bound_hit"] += bool(target)
        if judged and "verdict" in expected and target:
            count["judged"] += 1
            count["judged_right"] += hit.verdict == expected["verdict"]
            if hit.verdict != expected["verdict"]:
                wrong.append(f"VERDICT {expected['text']} {hit.verdict} is {expected['verdict']}")
    wrong += [f"EXTRA {claim.text} → {_show(claim_fields(claim))}" for claim in left]
    count["read"] += len(read)
    count["bound_read"] += sum(1 for claim in read if claim_fields(claim))
    return wrong


def _tenths(claim: Claim, expected: Mapping[str, Any]) -> bool:
    """七成 may stand as 7 成 or as 70 %."""
    return claim.unit == "成" and claim.value == 10 * Decimal(str(expected["value"]))


def _show(fields: Iterable[str]) -> str:
    return "+".join(sorted(fields)[:3]) or "-"


def _score_findings(gold: list[Any], read: Iterable[Discrepancy], count: Counter[str]) -> list[tuple[str, str, str]]:
    wrong, found = [], list(read)
    for expected in gold:
        count[f"{expected['code']}_gold"] += 1
        hit = any(_fits(expected, discrepancy) for discrepancy in found)
        count[f"{expected['code']}_hit"] += hit
        if not hit:
            wrong.append((f"NOT FOUND {expected['code']}", expected["sentences"][0], _show(expected["fields"])))
    for discrepancy in found:
        right = any(_fits(expected, discrepancy) for expected in gold)
        count[f"{discrepancy.code}_read"] += 1
        count[f"{discrepancy.code}_right"] += right
        if not right:
            note = f"{_show(discrepancy.fields)} {discrepancy.expected} {discrepancy.found} {discrepancy.note}"
            wrong.append((f"FALSE {discrepancy.code}", (*discrepancy.sentences, "")[0], note))
    return wrong


def _fits(expected: Mapping[str, Any], read: Discrepancy) -> bool:
    if expected["code"] != read.code:
        return False
    return bool(set(expected["sentences"]) & set(read.sentences) or set(expected["fields"]) & set(read.fields))


def _line(batch: str, count: Counter[str]) -> str:
    words = [f"{batch:12}"]
    for name, prefix in (("claims", ""), ("bound", "bound_")):
        hit, gold = count[f"{prefix}hit"], count[f"{prefix}gold"]
        read = count[f"{prefix}read"] - count[f"{prefix}optional"]
        rates = f"P {hit / max(read, 1):.3f} R {hit / max(gold, 1):.3f} F1 {2 * hit / max(read + gold, 1):.3f}"
        words.append(f"{name} {rates} ({gold})")
    words.append(f"verdict {count['judged_right'] / max(count['judged'], 1):.3f} ({count['judged']})")
    for code in CODES:
        right, read, hit, gold = (count[f"{code}_{key}"] for key in ("right", "read", "hit", "gold"))
        words.append(f"{code} P {right}/{read} R {hit}/{gold}")
    return "  ".join(words)


if __name__ == "__main__":
    arguments = [word for word in sys.argv[1:] if word != "--failures"]
    print(evaluate_claims(Path(arguments[0]), arguments[1:], failures="--failures" in sys.argv))
