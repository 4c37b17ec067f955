"""Trains the model that says whether a number of unsure words speaks of its cells: `python -m training.binding`.

`python -m training.binding corpus models` reads the claims of `corpus/sentences`, `corpus/claims` and `corpus/reports`
as the product does, those of reports once more with slips of the pen in them. It holds out some authors in turn, prints
how many of the claims that it would be asked about it judges rightly, and promotes the model only where it is no worse
than the current one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import typer

from extract.narrative.likely import (
    BUCKETS,
    MODEL,
    bind_guess,
    find_kind,
    find_marks,
    may_ask,
    may_be_guess,
    states_stock,
    threshold_name,
)
from extract.narrative.making import make_claims
from extract.narrative.remainders import leave_remainders
from extract.narrative.shown import claim_fields
from extract.narrative.verdicts import has_rival, judge_claim, look_beside, take_guesses
from extract.quick import replace
from extract.records import Cells, Claim, Narrative, Verdict
from training.claims_evaluation import load_passages, passage_cells, passage_sentences
from training.corpus_check import PASSAGES, REPORTS
from training.held_out import deal_batches
from training.planting import plant_slips
from training.promotion import graph_to_bytes, may_promote, write_model

STRENGTH = 0.02
"""Inverse of the regularisation: C of the logistic regression. Chosen by leaving out one author at a time."""
DENIED = 10.0
"""Weight of a claim that the table denies: there are few, and the model is asked about no others."""
PRECISION = {
    "": 0.945, "far": 0.8, "mistyped": 0.93, "swapped": 0.94,
    "guessed": 0.85, "guessed_digit": 0.85, "guessed_digit_listed": 0.85,
}  # fmt: skip
"""Of the claims of each kind that its threshold lets through, so many speak of their cells, on authors held out.

The batches of claims are fuller of traps than reports are: of these, three plain numbers of a thousand reports that
speak of other business pass, and six of seven planted slips.
"""
LEAST = 0.7
"""No threshold is lower: of some kinds too few claims are held out to tell where the first wrong one would stand."""
TOLERANCE = 0.02
"""A new model's average precision may be so much lower before it counts as worse: a dozen claims decide it."""
PLANTED = 0.1
"""What a planted slip counts in the figures: ten times as many are planted as people made in the same reports."""
VERSION = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A claim that the grammar bound to cells. `right`: it speaks of them; `denied`: the table says another number;
    `asked`: not every word around it is known, so that the product would ask; `kind`: of slip;
    `weight`: what it counts in the held-out figures."""

    text: str
    batch: str
    marks: list[int]
    right: bool
    denied: bool
    asked: bool
    kind: str
    weight: float


def read_examples(corpus: Path) -> list[Example]:
    """Every claim of a passage with a table that was bound to cells, and whether the labelled one speaks of them, too.

    Claims that no labelled one stands for, or only an optional one, tell nothing and are left out.
    """
    found: list[Example] = []
    for folder in PASSAGES:
        for passage in load_passages(corpus / folder):
            if passage["fields"]:
                found += _read_passage(passage)
                found += _read_slips(passage) if folder == REPORTS else ()
    return found


def _read_slips(passage: Mapping[str, Any]) -> Iterator[Example]:
    """What was mistyped in copies of it: all else stands in the passage itself."""
    for planted in plant_slips(passage):
        yield from (example for example in _read_passage(planted, PLANTED) if example.denied and example.right)


def _read_passage(passage: Mapping[str, Any], weight: float = 1.0) -> Iterator[Example]:
    sentences = passage_sentences(passage)
    gold = {entry["id"]: entry["claims"] for entry in passage["sentences"]}
    cells = passage_cells(passage)
    claims = make_claims(sentences, passage["agency"], passage["year"])
    narrative = Narrative(sentences, claims)
    judged_claims = list(take_guesses([judge_claim(claim, claims, cells) for claim in claims], cells))
    for claim in map(bind_guess, claims):
        fields = claim_fields(claim)
        same = [entry for entry in gold[claim.sentence] if _is_same(entry, claim)]
        if not fields or not cells.keys() >= set(fields) or not may_ask(claim) or not same:
            continue
        asked = look_beside(claim, narrative, cells, passage["year"])
        judged = judge_claim(replace(claim, certain=True), claims, cells).verdict
        denied = judged is Verdict.CONTRADICTED
        right = any({entry["field"], *entry["sum_of"]} - {None} == set(fields) for entry in same)
        text = f"{claim.text} → {fields[0]}{'+' if len(fields) > 1 else ''}: {asked.sentence.text}"
        asked_about = denied and not claim.certain and not has_rival(claim, judged_claims, asked.shown)
        asked_about = (
            asked_about
            and may_be_guess(claim, cells)
            and not states_stock(claim, cells)
            and _stays(claim, judged_claims, narrative, cells)
        )
        yield Example(text, passage["batch"], find_marks(asked), right, denied, asked_about, find_kind(asked), weight)


def _stays(claim: Claim, claims: Sequence[Claim], narrative: Narrative, cells: Cells) -> bool:
    """Whether the claim would stay contradicted: it is not what others leave of a whole."""
    own = [
        replace(claim, verdict=Verdict.CONTRADICTED) if other.start == claim.start else other
        for other in claims
        if other.sentence == claim.sentence
    ]
    return any(other.verdict is Verdict.CONTRADICTED for other in leave_remainders(narrative.sentences, own, cells))


def _is_same(entry: Mapping[str, Any], claim: Claim) -> bool:
    return not entry.get("optional") and Decimal(str(entry["value"])) == claim.value


def _fit(examples: Sequence[Example], seed: int) -> tuple[Any, float]:
    """Weights (BUCKETS,) and bias, fitted on the given examples."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    weights = [DENIED if own.denied else 1.0 for own in examples]
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300, random_state=seed)
    model.fit(_features(examples), [own.right for own in examples], sample_weight=weights)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def _features(examples: Sequence[Example]) -> Any:
    """(n_examples, BUCKETS), sparse, 1 where a mark stands."""
    import numpy as np
    from scipy.sparse import csr_matrix

    ends = np.append(0, np.cumsum([len(own.marks) for own in examples]))
    buckets = np.concatenate([own.marks for own in examples])
    return csr_matrix((np.ones(ends[-1]), buckets, ends), shape=(len(examples), BUCKETS))


def read_held_out(examples: Sequence[Example], seed: int) -> list[tuple[Example, float]]:
    """Every claim that would be asked about, with its probability by a model that saw nothing of its author.

    The likeliest first. A batch of nothing but traps is learned from and not measured on: it does not tell how often
    a claim is right.
    """
    import numpy as np

    found: list[tuple[Example, float]] = []
    for batches in deal_batches([own.batch for own in examples if own.asked and own.right]):
        held = [own for own in examples if own.batch in batches and own.asked]
        rest = [own for own in examples if own.batch not in batches]
        if len({own.right for own in rest}) > 1:
            weights, bias = _fit(rest, seed)
            values = 1 / (1 + np.exp(-(_features(held) @ weights + bias)))
            found += zip(held, map(float, values), strict=True)
    return sorted(found, key=lambda own: -own[1])


def find_threshold(judged: Sequence[tuple[bool, float, float]], precision: float) -> float:
    """The lowest probability from which on `precision` of those above it are right; above 1 where there is none.

    `judged` holds (right, probability, weight), the likeliest first.
    """
    least, right, count = 2.0, 0.0, 0.0
    for is_right, value, weight in judged:
        right += weight if is_right else 0.0
        count += weight
        if right >= precision * count:
            least = value
    return least


def train_binding(corpus: Path, out_dir: Path, seed: int = 0, *, failures: bool = False) -> bool:
    """True where the new model was promoted to `out_dir`; prints the held-out figures either way."""
    from sklearn.metrics import average_precision_score

    examples = read_examples(corpus)
    held = read_held_out(examples, seed)
    judged = [(own.right, value) for own, value in held]
    if not judged:
        print(f"{MODEL}: no claim of the corpus is denied by its table in unsure words: the current model stays")
        return True
    bound = [(own.right, value) for own, value in held if not own.kind.startswith("guessed")]
    mean = float(average_precision_score(*zip(*bound, strict=True)))
    thresholds = {
        kind: max(
            LEAST,
            find_threshold([(own.right, value, own.weight) for own, value in held if own.kind == kind], precision),
        )
        for kind, precision in PRECISION.items()
    }
    passed = [own.right for own, value in held if value >= thresholds[own.kind]]
    figures = {
        "asked": len(judged), "speak_of_their_cells": sum(right for right, _ in judged),
        "passed": len(passed), "passed_right": sum(passed), "average_precision": round(mean, 4),
        **{threshold_name(kind): round(value, 4) for kind, value in thresholds.items()},
    }  # fmt: skip
    print(f"{MODEL}: held out, some authors in turn: {json.dumps(figures)}")
    if failures:
        for own, value in held:
            print(f"{value:.3f} {'right' if own.right else 'WRONG'} {own.batch} {own.text}")
    if not may_promote(out_dir, MODEL, mean, TOLERANCE, "authors"):
        return False
    weights, bias = _fit(examples, seed)
    entry = {"version": VERSION, "claims": len(examples), **figures}
    write_model(out_dir, MODEL, _to_onnx(weights, bias), entry, _card(figures, len(examples)))
    return True


def _to_onnx(weights: Any, bias: float) -> bytes:
    """The linear graph: sigmoid(sum of the weights of a claim's buckets + bias); the row behind the last is 0."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    nodes = [
        helper.make_node("Gather", ["weights", "buckets"], ["gathered"]),  # (n_claims, longest)
        helper.make_node("ReduceSum", ["gathered", "second"], ["summed"], keepdims=0),
        helper.make_node("Add", ["summed", "bias"], ["logits"]),
        helper.make_node("Sigmoid", ["logits"], ["probabilities"]),
    ]
    constants = [
        numpy_helper.from_array(np.append(weights, np.float32(0)), "weights"),
        numpy_helper.from_array(np.array(bias, dtype=np.float32), "bias"),
        numpy_helper.from_array(np.array([1], dtype=np.int64), "second"),
    ]
    inputs = [helper.make_tensor_value_info("buckets", TensorProto.INT64, ["n_claims", "longest"])]
    outputs = [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["n_claims"])]
    return graph_to_bytes(helper.make_graph(nodes, MODEL, inputs, outputs, constants))


def _card(figures: Mapping[str, float], size: int) -> str:
    return "\n".join(
        [
            "# Claim binding",
            "",
            "Says whether a number in the prose speaks of the cells that the grammar bound it to, where the grammar "
            "does not know every word around it and the table says another number.",
            "",
            "- **Model**: n-grams of 1 to 4 characters before and behind the number, alone and with the kind of cells; "
            "where words stand that the grammar does not know; how the two numbers differ (one digit, swapped, ten "
            "times …), how the other numbers of the sentence fare, and whether another cell shows the number. Hashed "
            f"into {BUCKETS} buckets; one linear layer, sigmoid; ONNX, opset 17.",
            f"- **Trained on**: {size} claims of `corpus/sentences`, `corpus/claims` and "
            f"`corpus/reports`, those of reports once more with planted slips; logistic "
            f"regression, C = {STRENGTH:g}, claims that the table denies weigh {DENIED:g} times.",
            f"- **Held out**, some authors in turn: of {figures['asked']:.0f} claims of unsure words, "
            f"{figures['speak_of_their_cells']:.0f} speak of their cells; {figures['passed']:.0f} pass the threshold "
            f"of {figures['threshold']:.3f} ({figures['threshold_mistyped']:.3f} for one digit wrong or too many, "
            f"{figures['threshold_swapped']:.3f} for two swapped, where no other cell shows the number), "
            f"{figures['passed_right']:.0f} of them rightly; average precision "
            f"{figures['average_precision']:.3f}.",
            "- **Not for**: binding a number to cells, shares, words for none, numbers with 余 or 约.",
            "",
            "Rebuilt by `gouji train`, which refuses a model that is worse on held-out authors.",
            "",
        ]
    )


if __name__ == "__main__":
    typer.run(train_binding)
