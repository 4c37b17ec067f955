"""Trains the sentence classifier: hashed character n-grams into one linear layer, exported to ONNX.

`python -m training.classifier corpus models` cross-validates over author batches, trains on all, and promotes the model
only where it is no worse than the current one on the held-out batches.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import UsageError
from extract.narrative.labelling import LABELS, MODEL
from extract.narrative.ngrams import BUCKETS, find_stages, sentence_buckets
from extract.records import Label
from training.corpus_check import read_labelled
from training.held_out import deal_batches
from training.promotion import graph_to_bytes, read_entries, write_model

STRENGTH = 100.0
"""Inverse of the regularisation: C of the logistic regression. Chosen by leave-one-batch-out cross-validation."""
TOLERANCE = 0.003
"""A new model may score so much lower before it counts as worse: the noise of another seed."""
SURELY, HARDLY = 0.95, 0.01
"""A label is doubtful where a model that never saw its author gives another so probably, and the own one so hardly."""
_SHOWN_DOUBTFUL = 20
VERSION = 1


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled sentences, one entry each."""

    texts: tuple[str, ...]
    sections: tuple[int, ...]
    labels: tuple[Label, ...]
    batches: tuple[str, ...]
    agencies: tuple[str, ...]
    features: Any  # (n_sentences, BUCKETS), sparse


@dataclass(frozen=True, slots=True)
class Scores:
    """F1 per label and their mean, on sentences of authors that were not trained on."""

    batch: str
    sentences: int
    f1: dict[str, float]

    @property
    def macro_f1(self) -> float:
        return sum(self.f1.values()) / len(self.f1)


def load_corpus(corpus_dir: Path) -> Corpus:
    """The sentences of the corpus; each passage is read in order, as a narrative is."""
    from scipy.sparse import vstack

    rows: list[tuple[str, int, Label, str, str]] = []
    blocks = []
    for passage in read_labelled(corpus_dir):
        own = [(entry["text"], entry["section"], Label(entry["label"])) for entry in passage["sentences"]]
        texts, numbers = [text for text, _, _ in own], [number for _, number, _ in own]
        blocks.append(to_features(sentence_buckets(texts, numbers, find_stages(texts, numbers))))
        rows += [(*entry, passage["batch"], passage["agency"]) for entry in own]
    every, sections, labels, batches, agencies = zip(*rows, strict=True)
    return Corpus(every, sections, labels, batches, agencies, vstack(blocks).tocsr())


def to_features(buckets: Any) -> Any:
    """Rows of unit length over the buckets (n_sentences, BUCKETS), sparse."""
    import numpy as np
    from scipy.sparse import csr_matrix

    held = buckets < BUCKETS  # (n_sentences, longest)
    counts = held.sum(axis=1)
    weights = np.repeat(1 / np.sqrt(counts), counts)
    return csr_matrix((weights, buckets[held], np.append(0, np.cumsum(counts))), shape=(len(buckets), BUCKETS))


def fit(corpus: Corpus, rows: Sequence[int], seed: int) -> tuple[Any, Any]:
    """Weights (BUCKETS, n_labels) and bias (n_labels) fitted on the given sentences.

    On one thread: more only wait for one another here, for minutes where other work runs beside.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    targets = np.array([LABELS.index(corpus.labels[row]) for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight="balanced", random_state=seed)
    with threadpool_limits(1):
        model.fit(corpus.features[list(rows)], targets)
    return model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What a model that saw nothing of the batch, nor of its agencies, says of it: rows of the corpus, and their
    probabilities, shape (n_rows, n_labels)."""

    batch: str
    rows: tuple[int, ...]
    probabilities: Any


def read_held_out(corpus: Corpus, seed: int) -> list[HeldOut]:
    """Every author batch, read by a model that was fitted on others: some batches in turn.

    Raises: UsageError where there is only one batch, or the others lack a label.
    """
    found: list[HeldOut] = []
    for batches in deal_batches(corpus.batches) or [frozenset(corpus.batches)]:
        agencies = {agency for agency, name in zip(corpus.agencies, corpus.batches, strict=True) if name in batches}
        rest = [
            row
            for row, (agency, name) in enumerate(zip(corpus.agencies, corpus.batches, strict=True))
            if name not in batches and agency not in agencies
        ]
        if {corpus.labels[row] for row in rest} != set(LABELS):
            raise UsageError(
                f"{'、'.join(sorted(batches))}: 其余各批不含全部四类标签，无法在它上面检验 / the other batches do not "
                "have every label, so that nothing can be measured on it; a corpus has at least two batches, each with "
                "all four labels"
            )
        weights, bias = fit(corpus, rest, seed)
        for batch in sorted(batches):
            held = [row for row, name in enumerate(corpus.batches) if name == batch]
            found.append(HeldOut(batch, tuple(held), _softmax(corpus.features[held] @ weights + bias)))
    return sorted(found, key=lambda held: held.batch)


def _softmax(logits: Any) -> Any:
    import numpy as np

    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def score(corpus: Corpus, held: HeldOut) -> Scores:
    """F1 per label on the sentences that were held out."""
    read = held.probabilities.argmax(axis=1)
    f1 = {}
    for column, label in enumerate(LABELS):
        right = sum(
            1 for row, got in zip(held.rows, read, strict=True) if got == column and corpus.labels[row] is label
        )
        total = sum(1 for got in read if got == column) + sum(1 for row in held.rows if corpus.labels[row] is label)
        f1[label.value] = 2 * right / max(total, 1)
    return Scores(held.batch, len(held.rows), f1)


@dataclass(frozen=True, slots=True)
class DoubtfulLabel:
    """A sentence whose label a model that never saw its author strongly contradicts; `probability` is of `read`."""

    batch: str
    text: str
    label: Label
    read: Label
    probability: float


def find_doubtful_labels(corpus: Corpus, held_out: Sequence[HeldOut]) -> list[DoubtfulLabel]:
    """The sentences that are likely mislabelled, the surest first."""
    found = []
    for held in held_out:
        for row, own in zip(held.rows, held.probabilities, strict=True):
            best = int(own.argmax())
            if own[best] >= SURELY and own[LABELS.index(corpus.labels[row])] <= HARDLY:
                label, read = corpus.labels[row], LABELS[best]
                found.append(DoubtfulLabel(held.batch, corpus.texts[row], label, read, float(own[best])))
    return sorted(found, key=lambda own: -own.probability)


def to_onnx(weights: Any, bias: Any) -> bytes:
    """The linear graph: softmax(sum of the weights of a sentence's buckets / √(their number) + bias).

    The row behind the last bucket is 0, for the places that only fill a row.
    """
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    nodes = [
        helper.make_node("Gather", ["weights", "buckets"], ["gathered"]),  # (n_sentences, longest, n_labels)
        helper.make_node("ReduceSum", ["gathered", "second"], ["summed"], keepdims=0),
        helper.make_node("Less", ["buckets", "filler"], ["held"]),
        helper.make_node("Cast", ["held"], ["ones"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["ones", "second"], ["count"], keepdims=1),
        helper.make_node("Sqrt", ["count"], ["length"]),
        helper.make_node("Div", ["summed", "length"], ["scaled"]),
        helper.make_node("Add", ["scaled", "bias"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
    ]
    inputs = [helper.make_tensor_value_info("buckets", TensorProto.INT64, ["n_sentences", "longest"])]
    outputs = [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["n_sentences", len(LABELS)])]
    rows = np.concatenate([weights, np.zeros((1, len(LABELS)), dtype=np.float32)])
    constants = [
        numpy_helper.from_array(rows, "weights"),
        numpy_helper.from_array(bias, "bias"),
        numpy_helper.from_array(np.array([1], dtype=np.int64), "second"),
        numpy_helper.from_array(np.array(BUCKETS, dtype=np.int64), "filler"),
    ]
    return graph_to_bytes(helper.make_graph(nodes, MODEL, inputs, outputs, constants))


def train_classifier(corpus_dir: Path, out_dir: Path, seed: int = 0) -> bool:
    """True where the new model was promoted to `out_dir`; prints the held-out figures either way."""
    corpus = load_corpus(corpus_dir)
    held_out = read_held_out(corpus, seed)
    scores = [score(corpus, own) for own in held_out]
    print("\n".join(_score_line(entry) for entry in scores))
    _print_doubtful(find_doubtful_labels(corpus, held_out))
    mean = sum(entry.macro_f1 for entry in scores) / len(scores)
    before, now = _means_of_same_authors(read_entries(out_dir).get(MODEL, {}).get("held_out", {}), scores)
    if now < before - TOLERANCE:
        print(f"{MODEL}: not promoted: macro-F1 {now:.4f} on the same held-out authors, before {before:.4f}")
        return False
    weights, bias = fit(corpus, range(len(corpus.texts)), seed)
    entry = {
        "version": VERSION,
        "macro_f1": round(mean, 4),
        "held_out": {own.batch: round(own.macro_f1, 4) for own in scores},
        "sentences": len(corpus.texts),
    }
    write_model(out_dir, MODEL, to_onnx(weights, bias), entry, _card(scores, corpus, mean))
    print(f"{MODEL}: promoted: macro-F1 {mean:.4f} on held-out authors; on those of before {before:.4f} → {now:.4f}")
    return True


def _means_of_same_authors(before: Mapping[str, float], scores: Sequence[Scores]) -> tuple[float, float]:
    """Mean macro-F1 of the current and of the new model over the authors that both were held out on; 0 where none is.

    A new author may be harder than the others: the mean over all of them would not compare like with like.
    """
    same = [entry for entry in scores if entry.batch in before]
    size = max(len(same), 1)
    return sum(before[entry.batch] for entry in same) / size, sum(entry.macro_f1 for entry in same) / size


def _card(scores: Sequence[Scores], corpus: Corpus, mean: float) -> str:
    rows = [
        f"| {entry.batch} | {entry.sentences} | {entry.macro_f1:.3f} | "
        + " | ".join(f"{entry.f1[label.value]:.3f}" for label in LABELS)
        + " |"
        for entry in scores
    ]
    return "\n".join(
        [
            "# Sentence classifier",
            "",
            "Labels a sentence of the prose of a report as problem, measure, statistic or other.",
            "",
            f"- **Model**: character n-grams (1 to 3), pairs of characters with one or two between them, section, "
            f"place in it (not in section 5), neighbours' ends, stage of the section and "
            f"number of counts hashed into {BUCKETS} "
            "buckets, one linear layer, softmax; ONNX, opset 17.",
            f"- **Trained on**: {len(corpus.texts)} sentences of `corpus/sentences` and `corpus/reports`, all batches; "
            f"logistic regression, C = {STRENGTH:g}, balanced classes.",
            "- **Held out**: some author batches in turn, with all of their agencies; the figures are of models "
            "that saw none of them.",
            "- **Not for**: other kinds of documents; sentences cut otherwise than `LABELLING.md` says.",
            "",
            "| held-out batch | sentences | macro-F1 | " + " | ".join(label.value for label in LABELS) + " |",
            "|---|---|---|" + "---|" * len(LABELS),
            *rows,
            f"| mean | {len(corpus.texts)} | {mean:.3f} |" + " |" * len(LABELS),
            "",
            "Rebuilt by `gouji train`, which refuses a model that is worse on the same held-out authors.",
            "",
        ]
    )


def _print_doubtful(doubtful: Sequence[DoubtfulLabel]) -> None:
    if doubtful:
        print(f"{len(doubtful)} labels are likely wrong: a model that never saw the author strongly contradicts them")
    for own in doubtful[:_SHOWN_DOUBTFUL]:
        print(f"  {own.batch}: {own.label}, or {own.read} ({own.probability:.3f})? {own.text}")


def _score_line(entry: Scores) -> str:
    labels = "  ".join(f"{label} {value:.3f}" for label, value in entry.f1.items())
    return f"held out {entry.batch:12} {entry.sentences:5} sentences  macro-F1 {entry.macro_f1:.3f}  {labels}"


if __name__ == "__main__":
    train_classifier(Path(sys.argv[1]), Path(sys.argv[2]))
