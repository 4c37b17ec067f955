"""Trains the model that says whether a clause states what its words for none or all may mean:
`python -m training.wording_meaning corpus models`.

It learns from `corpus/wordings` (clauses with what they state of the whole year and agency) and from the passages of
`corpus/sentences` and `corpus/claims`: what their tables deny is stated only where the passage names an error.
Each batch is held out in turn; the held-out figures are printed, and the model is promoted only where it is no worse
than the current one.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.narrative.all_words import AllWord
from extract.narrative.analysis import analyse_sentences
from extract.narrative.aside import is_elsewhere
from extract.narrative.asked import Asked, list_asked
from extract.narrative.concepts import DOCUMENTS
from extract.narrative.described import FEATURES, describe
from extract.narrative.meant import MODEL, least_odds
from extract.narrative.sentences import cut_sentences
from extract.narrative.targets import APPLICANTS
from extract.narrative.wordings import deny_fields, is_denied
from extract.records import Cells, Label, Sentence
from training.claims_evaluation import load_passages, passage_cells, passage_sentences
from training.promotion import graph_to_bytes, may_promote, write_model

STRENGTH = 0.05
"""Inverse of the regularisation: C of the logistic regression on features of unit variance."""
WEIGHTS = {"stated": 1.0, "unstated": 1.0, "denied": 1.0}
TOLERANCE = 0.02
FOLDER = "wordings"
PASSAGES = ("sentences", "claims")
SECTIONS = (1, 5, 6)
NAMES = frozenset(
    [
        *("received", "carried_in", "carried_out", *APPLICANTS, "organisations"),
        *("granted", "partially_granted", "denied", "unavailable", "not_processed", "other"),
        *("reconsideration", "litigation", "litigation_direct", "litigation_after_reconsideration", "challenges"),
        *("upheld", "corrected", "pending", "licensing", "penalties", "coercion", "fees"),
        *(f"{kind}.{deed}" for kind in DOCUMENTS for deed in ("issued", "repealed", "in_force")),
    ]
)
"""Of what an entry may say that there is none, or that all are so."""
VERSION = 1
IMPLIED = {
    "none received": ("none natural_person", "none organisations", "none business"),
    "none litigation": ("none litigation_direct", "none litigation_after_reconsideration"),
    "none challenges": ("none reconsideration", "none litigation"),
    "only natural_person": ("none organisations",),
    "only granted": ("none denied", "none unavailable", "none not_processed", "none partially_granted"),
    "only upheld": ("none corrected",),
    "none carried_out": ("none pending",),
}
"""What is true where a meaning is: it is neither looked for nor an error."""


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate with its features. `kind`: `stated`, `unstated`, or `denied` (by the table of a right passage)."""

    batch: str
    kind: str
    family: str
    features: tuple[float, ...]
    text: str


def read_examples(corpus: Path) -> list[Example]:
    """The candidates of the corpus whose truth is known."""
    return [*_read_wordings(corpus / FOLDER), *_read_passages(corpus)]


def read_entries(folder: Path) -> Iterator[tuple[Path, int, str]]:
    """(file, line, the line) of each entry of `corpus/wordings`."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield path, number, line


def count_faults(folder: Path) -> list[str]:
    """What is wrong with the entries of `corpus/wordings`, each with its file and line."""
    return [
        f"{path.name}:{number}: {fault}; an entry is as corpus/README.md says"
        for path, number, line in read_entries(folder)
        if (fault := _find_fault(line))
    ]


def _find_fault(line: str) -> str:
    try:
        entry = json.loads(line)
    except ValueError as error:
        return f"no JSON ({error})"
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not isinstance(entry.get("year"), int):
        return "it needs an id and a year"
    if entry.get("section") not in SECTIONS or not str(entry.get("text") or "").strip():
        return "it needs a section (1, 5 or 6) and a text"
    says = entry.get("says")
    if not isinstance(says, list) or not all(_is_meaning(meaning) for meaning in says):
        return "says is a list of meanings: none or only, and of what"
    return ""


def _is_meaning(meaning: object) -> bool:
    kind, _, name = str(meaning).partition(" ")
    return kind in ("none", "only") and name in NAMES


def read_asked(entry: Mapping[str, Any]) -> list[Asked]:
    """All candidates of an entry."""
    sentences = tuple(
        Sentence(f"1-{place}", entry["section"], text, Label.STATISTIC, 1.0, 1)
        for place, text in enumerate(cut_sentences(entry["text"]))
    )
    analyses = analyse_sentences(sentences, entry["year"])
    return [asked for place in range(len(sentences)) for asked in list_asked(analyses, sentences, place, entry["year"])]


def _read_wordings(folder: Path) -> Iterator[Example]:
    for path, _, line in read_entries(folder):
        entry = json.loads(line)
        stated: set[str] = set(entry["says"])
        asked = [own for own in read_asked(entry) if not is_elsewhere(own, entry["year"], None)]
        found = dict.fromkeys(own.candidate.meaning for own in asked)
        for meaning in found:
            same = [own for own in asked if own.candidate.meaning == meaning]
            if meaning not in stated and _is_implied(meaning, stated & found.keys()):
                continue
            if meaning not in stated and _is_implied(meaning, stated):
                stated |= {meaning}
            if meaning in stated:
                yield _to_example(path.stem, "stated", min(same, key=_gap))
            else:
                yield from (_to_example(path.stem, "unstated", own) for own in same)


def _is_implied(meaning: str, stated: Collection[str]) -> bool:
    """Whether it is true where all that is stated is."""
    kind, _, names = meaning.partition(" ")
    parts = {"challenges": ("reconsideration", "litigation")}.get(names, tuple(names.split("+")))
    if len(parts) > 1 and kind == "none" and all(f"none {name}" in stated for name in parts):
        return True
    return any(meaning in IMPLIED.get(own, ()) for own in stated)


def _gap(asked: Asked) -> int:
    first, last = sorted((asked.candidate.quantifier, asked.candidate.key), key=lambda token: token.start)
    return last.start - first.end


def _to_example(batch: str, kind: str, asked: Asked) -> Example:
    told = f"{asked.candidate.meaning} | {asked.text}"
    return Example(batch, kind, asked.candidate.family, describe(asked), told)


def _read_passages(corpus: Path) -> Iterator[Example]:
    """What a table denies: stated where the passage names it as an error, else not."""
    for passage in (own for folder in PASSAGES for own in load_passages(corpus / folder)):
        if not passage["fields"]:
            continue
        cells, sentences = passage_cells(passage), passage_sentences(passage)
        analyses = analyse_sentences(sentences, passage["year"])
        for place, sentence in enumerate(sentences):
            found = [
                {*finding["fields"]}
                for finding in passage["findings"]
                if finding["code"] == "T005" and sentence.id in finding["sentences"]
            ]
            for asked in list_asked(analyses, sentences, place, passage["year"]):
                word = asked.candidate.word
                if is_denied(word, cells) and not is_elsewhere(asked, passage["year"], passage["agency"]):
                    stated = any(
                        fields in ({*word.whole}, {*word.part, *word.whole}, denying(word, cells)) for fields in found
                    )
                    if stated or not any(fields & denying(word, cells) for fields in found):
                        yield _to_example(passage["batch"], "stated" if stated else "denied", asked)


def denying(word: AllWord, cells: Cells) -> set[str]:
    """The cells that a T005 about the words names."""
    return set(deny_fields(word, cells))


def fit(examples: Sequence[Example], seed: int) -> tuple[Any, float]:
    """Weights (n_features,) of the features as they are, and bias."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler()
    features = scaler.fit_transform(np.array([own.features for own in examples]))
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=2000, random_state=seed)
    model.fit(
        features, [own.kind == "stated" for own in examples], sample_weight=[WEIGHTS[own.kind] for own in examples]
    )
    weights = model.coef_[0] / scaler.scale_
    return weights.astype(np.float32), float(model.intercept_[0] - weights @ scaler.mean_)


def read_held_out(examples: Sequence[Example], batches: Sequence[str], seed: int) -> list[tuple[Example, float]]:
    """Each example of the batches with its log-odds by a model that saw nothing of its batch."""
    found: list[tuple[Example, float]] = []
    for batch in batches:
        weights, bias = fit([own for own in examples if own.batch != batch], seed)
        found += [(own, float(weights @ own.features + bias)) for own in examples if own.batch == batch]
    return found


def train_wording_meaning(corpus: Path, out_dir: Path, seed: int = 0, *, failures: bool = False) -> bool:
    """True where the new model was promoted to `out_dir`; prints the held-out figures either way."""
    from sklearn.metrics import average_precision_score

    examples = read_examples(corpus)
    own = {path.stem for path, _, _ in read_entries(corpus / FOLDER)}
    if not any(example.kind == "stated" and example.batch in own for example in examples):
        print(f"{MODEL}: the corpus states nothing in {FOLDER}: the current model stays")
        return True
    held = read_held_out(examples, sorted(own), seed)
    told = Counter((example.kind == "stated", value >= least_odds()) for example, value in held)
    mean = float(
        average_precision_score([example.kind == "stated" for example, _ in held], [value for _, value in held])
    )
    figures = {
        "stated": told[True, True] + told[True, False], "stated_told": told[True, True],
        "unstated": told[False, True] + told[False, False], "unstated_told": told[False, True],
        "average_precision": round(mean, 4),
    }  # fmt: skip
    print(f"{MODEL}: held out, each batch in turn: {json.dumps(figures)}")
    if failures:
        for example, value in sorted(held, key=lambda own: -own[1]):
            if (example.kind == "stated") != (value >= least_odds()):
                print(f"{value:.1f} {'LOST' if example.kind == 'stated' else 'WRONG'} {example.batch} {example.text}")
    if not may_promote(out_dir, MODEL, mean, TOLERANCE, "batches"):
        return False
    weights, bias = fit(examples, seed)
    entry = {"version": VERSION, "candidates": len(examples), **figures}
    write_model(out_dir, MODEL, _to_onnx(weights, bias), entry, _card(figures, examples))
    return True


def _to_onnx(weights: Any, bias: float) -> bytes:
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    nodes = [
        helper.make_node("MatMul", ["candidates", "weights"], ["summed"]),  # (n_candidates,)
        helper.make_node("Add", ["summed", "bias"], ["logits"]),
    ]
    constants = [
        numpy_helper.from_array(weights, "weights"),
        numpy_helper.from_array(np.array(bias, dtype=np.float32), "bias"),
    ]
    inputs = [helper.make_tensor_value_info("candidates", TensorProto.FLOAT, ["n_candidates", len(FEATURES)])]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n_candidates"])]
    return graph_to_bytes(helper.make_graph(nodes, MODEL, inputs, outputs, constants))


def _card(figures: Mapping[str, float], examples: Sequence[Example]) -> str:
    kinds = Counter(example.kind for example in examples)
    return "\n".join(
        [
            "# Wording and meaning",
            "",
            "Says whether a clause with a word for none, all or only states of the whole year and agency what its "
            "words may mean (T005), where the grammar has not understood it.",
            "",
            f"- **Model**: {len(FEATURES)} features of where the words stand, what stands between and around them, and "
            "what the text spoke of before; one linear layer; ONNX, opset 17. The words stand for the concepts of "
            "`extract/rules/meanings.toml`; the cells are not looked at.",
            f"- **Trained on**: {kinds['stated']} candidates that are stated and {kinds['unstated']} that are not, of "
            f"`corpus/wordings`, `corpus/sentences` and `corpus/claims`, and {kinds['denied']} that the table of a "
            f"right passage denies; logistic regression, C = {STRENGTH:g}.",
            f"- **Held out**, each batch of `corpus/wordings` in turn: {figures['stated_told']} of {figures['stated']} "
            f"told, and {figures['unstated_told']} of {figures['unstated']} that are not stated; average precision "
            f"{figures['average_precision']:.3f}.",
            "- **Not for**: words that hold more than one meaning at once, shares, numbers.",
            "",
            "Rebuilt by `gouji train`, which refuses a model that is worse on held-out batches.",
            "",
        ]
    )


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--failures"]
    train_wording_meaning(Path(words[0]), Path(words[1]), failures="--failures" in sys.argv)
