"""Trains the model that says whether counts are all the parts of a whole: `python -m training.part_sums corpus models`.

It learns from the right texts of `corpus/counts` and from the passages of `corpus/sentences`, `corpus/claims` and
`corpus/reports`: lists that add up are divisions, those that do not are none. Some batches are held out in turn; the
held-out figures are printed, and the model is promoted only where it is no worse than the current one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from extract.narrative.analysis import analyse_sentences
from extract.narrative.described_divisions import FEATURES, describe_division
from extract.narrative.making import make_claims
from extract.narrative.part_sums import MODEL, ease_by_names, is_beaten, is_vetoed, least_odds, least_of, name_fault
from extract.narrative.parted_counts import Division, list_divisions, read_items
from extract.records import Sentence
from training.claims_evaluation import load_passages, passage_sentences
from training.corpus_check import PASSAGES
from training.held_out import deal_batches
from training.promotion import graph_to_bytes, may_promote, write_model
from training.same_counts import FOLDER, read_entries, to_sentences
from training.trees import TREES, fit_trees, tell_odds, trees_to_graph

BY_CHANCE = 10
"""Smaller wholes are made by chance of what stands beside them."""
NEAR = 2
"""How many times the whole the parts may be, for a list that is no division to be learned from."""
WEIGHTS = {"made": 1.0, "near": 0.5, "slip": 3.0}
"""A list that misses a count by a slip of the pen, and yet is right, must not be told."""
TOLERANCE = 0.02
VERSION = 2


@dataclass(frozen=True, slots=True)
class Case:
    """A division of a right text. `kind`: `made` where it adds up, `slip` where a slip keeps it from it, else `near`;
    `fault` of a slip as `name_fault` has it; `text` and `nth` say of which text it is."""

    batch: str
    nth: int
    kind: str
    fault: str
    division: Division
    features: tuple[float, ...]

    def words(self) -> str:
        own = self.division
        told = " + ".join(f"{part.gap[-12:]}{part.claim.text}{part.behind[:6]}" for part in own.parts)
        return f"{own.whole.gap[-14:]}{own.whole.claim.text}{own.whole.behind[:6]} = {told}"


def read_cases(corpus: Path) -> list[Case]:
    """The divisions of the right texts of the corpus."""
    cases: list[Case] = []
    for nth, (batch, agency, year, sentences, doubtful) in enumerate(_read_texts(corpus)):
        claims = make_claims(sentences, agency, year)
        by_sentence = [
            tuple(claim for claim in claims if claim.sentence == sentence.id and sentence.id not in doubtful)
            for sentence in sentences
        ]
        sections = [sentence.section for sentence in sentences]
        items = read_items(analyse_sentences(sentences, year), by_sentence, sections)
        cases += (case for division in list_divisions(items) for case in _to_case(batch, nth, division))
    return cases


def _read_texts(corpus: Path) -> Iterator[tuple[str, str, int, tuple[Sentence, ...], set[str]]]:
    """(batch, agency, year, sentences, those that contradict something) of each text."""
    for batch, entry in read_entries(corpus / FOLDER):
        yield batch, "", entry["year"], to_sentences(entry["right"]), set()
    for folder in PASSAGES:
        for passage in load_passages(corpus / folder):
            doubtful = {name for finding in passage["findings"] for name in finding["sentences"]}
            yield passage["batch"], passage["agency"], passage["year"], passage_sentences(passage), doubtful


def _to_case(batch: str, nth: int, division: Division) -> Iterator[Case]:
    total, whole = division.total(), division.whole.value
    fault = name_fault(division)
    if total == whole:
        kind = "made" if whole >= BY_CHANCE else ""
    elif fault and not is_vetoed(division):
        kind = "slip"
    else:
        kind = "near" if whole / NEAR <= total <= whole * NEAR else ""
    if kind:
        yield Case(batch, nth, kind, fault if kind == "slip" else "", division, describe_division(division))


def fit(cases: Sequence[Case], seed: int) -> Any:
    """The trees."""
    labels = [case.kind == "made" for case in cases]
    return fit_trees([case.features for case in cases], labels, [WEIGHTS[case.kind] for case in cases], seed)


def read_held_out(cases: Sequence[Case], seed: int) -> list[tuple[Case, float]]:
    """Each division with its log-odds by a model that saw nothing of its batch."""
    found: list[tuple[Case, float]] = []
    for batches in deal_batches([case.batch for case in cases]):
        held = [case for case in cases if case.batch in batches]
        rest = [case for case in cases if case.batch not in batches]
        if held and len({case.kind == "made" for case in rest}) > 1:
            found += zip(held, tell_odds(fit(rest, seed), [case.features for case in held]), strict=True)
    return found


def tell(held: Sequence[tuple[Case, float]]) -> list[tuple[Case, float]]:
    """Those of right texts that would be told although nothing is wrong."""
    by_text: dict[int, list[tuple[Case, float]]] = {}
    for own in held:
        by_text.setdefault(own[0].nth, []).append(own)
    return [
        (case, logit)
        for case, logit in held
        if case.kind == "slip"
        and logit >= least_of(case.division)
        and not any(is_beaten(case.division, logit, rival.division, other) for rival, other in by_text[case.nth])
    ]


def train_part_sums(corpus: Path, out_dir: Path, seed: int = 0, *, failures: bool = False) -> bool:
    """True where the new model was promoted to `out_dir`; prints the held-out figures either way."""
    from sklearn.metrics import average_precision_score

    cases = read_cases(corpus)
    held = read_held_out(cases, seed)
    if not any(case.kind == "made" for case, _ in held):
        print(f"{MODEL}: the corpus has no divisions that add up: the current model stays")
        return True
    free = [(case, logit) for case, logit in held if not is_vetoed(case.division)]
    mean = float(average_precision_score([case.kind == "made" for case, _ in free], [logit for _, logit in free]))
    made = [own for own in free if own[0].kind == "made" and not own[0].division.is_behind()]
    sums = [logit for case, logit in free if case.kind == "made" and case.division.is_behind()]
    least = least_odds()
    figures = {
        "sums": len(sums),
        "sums_told": sum(logit >= least["sum"] for logit in sums),
        "lists": len(made),
        **{
            f"told_{side}": sum(logit >= least[side] - ease_by_names(case.division, side) for case, logit in made)
            for side in ("more", "less")
        },
        "slips_of_right_texts": sum(case.kind == "slip" for case, _ in held),
        "slips_of_right_texts_told": len(tell(held)),
        "average_precision": round(mean, 4),
    }  # fmt: skip
    print(f"{MODEL}: held out, some batches in turn: {json.dumps(figures)}")
    if failures:
        for case, logit in sorted(tell(held), key=lambda own: -own[1]):
            print(f"WRONG {logit:.1f} {case.fault} {case.batch} {case.words()}")
        for case, logit in sorted(free, key=lambda own: -own[1]):
            if case.kind == "made" and logit < least_odds()["more"]:
                print(f"LOST {logit:.1f} {case.batch} {case.words()}")
    if not may_promote(out_dir, MODEL, mean, TOLERANCE, "batches"):
        return False
    content = graph_to_bytes(trees_to_graph(fit(cases, seed), MODEL, "divisions"))
    write_model(out_dir, MODEL, content, {"version": VERSION, "cases": len(cases), **figures}, _card(figures, cases))
    return True


def _card(figures: Mapping[str, float], cases: Sequence[Case]) -> str:
    kinds = Counter(case.kind for case in cases)
    return "\n".join(
        [
            "# Part sums",
            "",
            "Says whether counts of the prose are all the parts of a whole, so that one number is wrong where they "
            "miss it by a slip of the pen (T002).",
            "",
            f"- **Model**: {len(FEATURES)} features of how the list is marked, parted and named, and of what is said "
            f"of the whole; {TREES} boosted trees; ONNX. The numbers are not looked at.",
            f"- **Trained on**: {kinds['made']} lists that add up, {kinds['slip']} that miss another count by a slip "
            f"of the pen, {kinds['near']} others, of the right texts of `corpus/counts`, `corpus/sentences`, "
            "`corpus/claims` and `corpus/reports`.",
            f"- **Held out**, some batches in turn, of wholes that no cell shows: of {figures['sums']} sums behind "
            f"their parts {figures['sums_told']} would be told if they were wrong, of {figures['lists']} lists behind "
            f"their whole {figures['told_more']} if they were more than it, {figures['told_less']} if they were less; "
            f"and {figures['slips_of_right_texts_told']} of {figures['slips_of_right_texts']} counts of right texts "
            f"that other counts miss by a slip; average precision {figures['average_precision']:.3f}.",
            "- **Not for**: numbers that miss by more than a slip, shares, numbers with 余 or 约.",
            "",
            "Rebuilt by `gouji train`, which refuses a model that is worse on held-out batches.",
            "",
        ]
    )


if __name__ == "__main__":
    typer.run(train_part_sums)
