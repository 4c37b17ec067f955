"""Trains the field confidence model: P(value and state are what the document prints), from the evidence of each cell.

Small two-layer networks, averaged, over `extract.fields.FEATURES`, fitted on documents of the training generator,
scaled (Platt) and given a threshold on others of its seeds, and measured on the held-out generator, whose layouts,
wordings and noise they never saw. Source of the scaling: Platt, "Probabilistic outputs for support vector machines",
1999.

`python -m training.confidence models` trains and promotes only where the held-out figures are no worse; with
`--thresholds` the network stays and its thresholds are chosen anew.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import ModelError
from extract.fields import FEATURES
from extract.fields.grade import MODEL, threshold_of
from training.metrics import paired_difference, upper_bound
from training.own_documents import to_truth
from training.promotion import read_entries, write_model

VERSION = 1
SCRAMBLED = "scrambled"
"""Documents of text-0 whose rows `training.damage` tore: nothing a reader could always put together again."""
FILES = ("html", "2019")
"""Web pages, and web pages on the template of 2019: their own grids tell the columns."""
OWN = "own"
"""Labelled documents of the user's own: they are learned from, and nothing is measured on them."""
LEVELS = ("text-0", "text-1", "text-2", "torn", SCRAMBLED, *FILES)
TRAINING_SHARES = {"text-0": 1, "text-1": 1, "text-2": 3, "torn": 2, SCRAMBLED: 2, "html": 1, "2019": 1}
"""Documents of each level in training: where cells are lost there is most to learn; measuring takes equal shares."""
COUNT = 500
"""Documents of each level, times its share, that are learned from; half as many scale, and half as many measure."""
RISK = 1 / 2000
"""At most this share of the accepted fields may be wrong, at one threshold for every level."""
RISKS = (0.01, 0.005, 0.002, 0.001, RISK, 0.0002)
"""The risks that a user may choose from, where the scaling documents are enough to show them."""
LEAST_THRESHOLD = 0.95
"""Documents unlike the training ones are read with more confidence than they deserve: a margin for them."""
NETWORKS = 3
"""So many are fitted, each on a draw of its own, and their logits averaged: one alone is sure of other wrong cells."""
HIDDEN = 24
RIGHT_MOST = 120_000
"""So many right cells are drawn for one network."""
PENALTY = 1e-3
EPOCHS = 25
TOLERANCE = 0.0003
"""A new model may have so much more wrong among accepted, and ten times that less coverage, before it is worse."""
_CEILING = 0.9999  # a confidence is never given as certain


@dataclass(frozen=True, slots=True)
class Sample:
    """Cells of one set of documents: features (n, n_features), right (n,), document index (n,), level name per cell."""

    features: Any
    right: Any
    document: Any
    level: Any


@dataclass(frozen=True, slots=True)
class Trained:
    """A network as ONNX, its threshold for each risk, and the power that `fit_together` gives."""

    model: bytes
    thresholds: dict[float, float]
    together: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What the held-out documents say of a model, per level and over all ("all").

    `expected` and `observed`: the mean P(all accepted fields of a document are right), and the share where they are.
    `counts`: cells, accepted ones and wrong ones among these of each document, shape (n_documents, 3).
    """

    coverage: dict[str, float]
    wrong_accepted: dict[str, float]
    accuracy: dict[str, float]
    ece: dict[str, float]
    brier: dict[str, float]
    cells: dict[str, int]
    expected: float
    observed: float
    counts: dict[str, Any] = field(default_factory=dict)


def collect(count: int, seed: int, generator: str, *, shares: Mapping[str, int] | None = None, jobs: int = 2) -> Sample:
    """The cells of `count` generated documents a level (times the level's share), read by the pipeline."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        tasks = [
            (level, count, seed + 100 * part, generator, str(Path(folder) / f"{level}-{part}"))
            for level in LEVELS
            for part in range((shares or {}).get(level, 1))
        ]
        with ProcessPoolExecutor(jobs) as pool:
            parts = [part for level_parts in pool.map(_collect_level, tasks) for part in level_parts]
    features = np.concatenate([part[0] for part in parts])
    right = np.concatenate([part[1] for part in parts])
    document = np.concatenate([np.full(len(part[1]), k) for k, part in enumerate(parts)])
    level = np.concatenate([np.full(len(part[1]), part[2]) for part in parts])
    return Sample(features, right, document, level)


def _collect_level(task: tuple[str, int, int, str, str]) -> list[tuple[Any, Any, str]]:
    from training.damage import scramble_folder
    from training.synthesis import make_documents
    from training.synthesis.office import make_office_documents

    level, count, seed, generator, name = task
    folder, plain = Path(name), "text-0" if level == SCRAMBLED else level
    if level in FILES:
        make_office_documents(folder, count=count, seed=seed, family=level, generator=generator, kinds=("html",))
    else:
        make_documents(folder, count=count, seed=seed, level=plain, generator=generator)
    if level == SCRAMBLED:
        scramble_folder(folder, seed=seed)
    return [(features, right, level) for features, right in read_folder(folder)]


def read_folder(folder: Path) -> Iterator[tuple[Any, Any]]:
    """(features, right) of each labelled document in the folder; one not read, or not on its template, is left out."""
    import numpy as np

    from extract.errors import SourceError
    from extract.fields import cell_features
    from extract.pages import read_document
    from extract.pipeline import gather_evidence
    from extract.settings import load_settings

    for path in sorted((folder / "truth").glob("*.json")):
        truth = to_truth(json.loads(path.read_text(encoding="utf-8")))
        try:
            evidence = gather_evidence(read_document(folder / truth["source"], settings=load_settings()))
        except SourceError:
            continue
        features = cell_features(evidence.cells, evidence.form, evidence.violations, evidence.narrative.claims)
        names = list(truth["fields"])
        if not features.keys() >= set(names):  # taken for the other template: none of its cells can be compared
            continue
        right = [_is_right(evidence.cells[name], name, truth) for name in names]
        yield np.array([features[name] for name in names], dtype=np.float32), np.array(right)


def add_documents(sample: Sample, folder: Path) -> Sample:
    """The sample with the cells of the labelled documents in the folder, as a level of their own."""
    import numpy as np

    first = int(sample.document.max()) + 1
    parts = [
        Sample(features, right, np.full(len(right), first + k), np.full(len(right), OWN))
        for k, (features, right) in enumerate(read_folder(folder))
    ]
    columns = ("features", "right", "document", "level")
    return Sample(*(np.concatenate([getattr(part, name) for part in (sample, *parts)]) for name in columns))


def _is_right(cell: Any, name: str, truth: dict[str, Any]) -> bool:
    """A cell that no reader could know (`must_review`) counts as wrong: it must not be accepted."""
    if name in truth.get("must_review", ()):
        return False
    state = truth.get("states", {}).get(name, "read")
    if cell.state != state:
        return False
    return bool(state != "read" or abs(float(cell.value) - float(truth["fields"][name])) < 1e-9)


@dataclass(frozen=True, slots=True)
class Network:
    """features (n, n_features) → logit (n,): `first` (n_features, hidden), `bias` (hidden,), `second` (hidden,)."""

    first: Any
    bias: Any
    second: Any
    offset: float


def fit(sample: Sample, seed: int) -> Network:
    """The mean of some networks: as one, that has the hidden units of all."""
    import numpy as np

    fitted = [_fit_one(sample, NETWORKS * seed + place) for place in range(NETWORKS)]
    return Network(
        np.concatenate([own.coefs_[0] for own in fitted], axis=1),
        np.concatenate([own.intercepts_[0] for own in fitted]),
        np.concatenate([own.coefs_[1][:, 0] for own in fitted]) / NETWORKS,
        float(np.mean([own.intercepts_[1] for own in fitted])),
    )


def _fit_one(sample: Sample, seed: int) -> Any:
    """A network, fitted; wrong cells are rare, so they are drawn more often and the scaling sets that right again."""
    import numpy as np
    from sklearn.neural_network import MLPClassifier

    rng = np.random.default_rng(seed)
    wrong = np.flatnonzero(~sample.right)
    right = rng.choice(np.flatnonzero(sample.right), size=min(int(sample.right.sum()), RIGHT_MOST), replace=False)
    again = max(1, len(right) // (8 * max(1, len(wrong))))
    rows = rng.permutation(np.concatenate([right, np.repeat(wrong, again)]))
    network = MLPClassifier(
        (HIDDEN,), alpha=PENALTY, batch_size=256, max_iter=EPOCHS, random_state=seed, n_iter_no_change=EPOCHS
    )
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it stops after EPOCHS on purpose, not because it failed to converge
        network.fit(sample.features[rows], sample.right[rows])
    return network


def scale(network: Network, sample: Sample) -> tuple[float, float]:
    """Slope and offset that make the network's logit a probability on `sample` (Platt scaling)."""
    from sklearn.linear_model import LogisticRegression

    logits = _logits(network, sample.features).reshape(-1, 1)
    platt = LogisticRegression(C=1e6, max_iter=1000).fit(logits, sample.right)
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def _logits(network: Network, features: Any) -> Any:
    import numpy as np

    return np.maximum(features @ network.first + network.bias, 0.0) @ network.second + network.offset


def add_thresholds(model: bytes, sample: Sample) -> Trained:
    """The network with its thresholds and its power, from documents that it was not fitted on.

    Raises: ModelError where no threshold keeps the risk.
    """
    confidence = predict(model, sample.features)
    thresholds = choose_thresholds(confidence, sample)
    if RISK not in thresholds:
        raise ModelError(f"{MODEL}: no threshold keeps wrong among accepted under {RISK}; train on more documents")
    return Trained(model, thresholds, fit_together(confidence, sample, thresholds[RISK]))


def choose_thresholds(confidence: Any, sample: Sample) -> dict[float, float]:
    """Risk → its threshold, for those of RISKS that the sample can show.

    The least threshold from which on the risk is kept: at it and at every higher one, wrong among accepted stays under
    the risk on every level, and over all of them its upper bound at 95 %. Source of walking down
    from the surest: Bates et al., "Distribution-free, risk-controlling prediction sets", 2021.
    """
    import numpy as np

    could = acceptable(sample.features)
    levels = np.unique(sample.level, return_inverse=True)[1]
    wrong = ~sample.right & could
    steps = np.unique(np.append(np.nextafter(confidence[wrong], np.float32(1)), np.float32(LEAST_THRESHOLD)))
    chosen: dict[float, float] = {}
    left = set(RISKS)
    for step in steps[steps >= LEAST_THRESHOLD][::-1].tolist():
        accepted = could & (confidence >= np.float32(step))
        if not accepted.any():  # shows nothing
            continue
        rates = np.bincount(levels[accepted & wrong], minlength=len(LEVELS)) / np.maximum(
            1, np.bincount(levels[accepted], minlength=len(LEVELS))
        )
        bound = upper_bound(_count_documents(accepted & wrong, accepted, sample.document)[:, :0:-1]) or 0.0
        left = {risk for risk in left if rates.max() <= risk and bound <= risk}
        chosen |= dict.fromkeys(left, step)
    return chosen


def _count_documents(wrong: Any, accepted: Any, document: Any) -> Any:
    """Cells, accepted ones and wrong ones among these of each document, shape (n_documents, 3)."""
    import numpy as np

    _, index = np.unique(document, return_inverse=True)
    return np.stack([np.bincount(index, weights=own) for own in (np.ones(len(index)), accepted, wrong)], axis=1)


def fit_together(confidence: Any, sample: Sample, threshold: float) -> float:
    """The power (0..1) to which the product of a document's accepted confidences is the likeliest P(all are right)."""
    import numpy as np
    from scipy.optimize import minimize_scalar

    logs, right = sum_documents(confidence, sample, threshold)

    def surprise(power: float) -> float:
        wrong = np.log(-np.expm1(np.minimum(power * logs[~right], -1e-12)))
        return float(-(power * logs[right].sum() + wrong.sum()))

    return round(float(minimize_scalar(surprise, bounds=(0.01, 1.0), method="bounded").x), 3)


def sum_documents(confidence: Any, sample: Sample, threshold: float) -> tuple[Any, Any]:
    """Per document: the sum of the logarithms of its accepted confidences, and whether all of these are right."""
    import numpy as np

    accepted = (confidence >= threshold) & acceptable(sample.features)
    logs = np.bincount(sample.document, weights=np.where(accepted, np.log(confidence), 0.0))
    return logs, np.bincount(sample.document, weights=accepted & ~sample.right) == 0


def to_onnx(network: Network, slope: float, offset: float) -> bytes:
    """The network and its scaling as one ONNX graph: features (n, n_features) → confidence (n,)."""
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    def weight(name: str, values: Any) -> Any:
        """Without numbers too small to be normal ones, which decay leaves and a processor multiplies slowly."""
        single = np.asarray(values, dtype=np.float32)
        return numpy_helper.from_array(np.where(np.abs(single) < np.finfo(np.float32).tiny, 0, single), name)

    graph = helper.make_graph(
        [
            helper.make_node("Gemm", ["features", "w1", "b1"], ["h"]),
            helper.make_node("Relu", ["h"], ["a"]),
            helper.make_node("Gemm", ["a", "w2", "b2"], ["logit"]),
            helper.make_node("Sigmoid", ["logit"], ["p"]),
            helper.make_node("Min", ["p", "ceiling"], ["confidence"]),
        ],
        "field-confidence",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["n", len(FEATURES)])],
        [helper.make_tensor_value_info("confidence", TensorProto.FLOAT, ["n", 1])],
        [
            weight("w1", network.first),
            weight("b1", network.bias),
            weight("w2", network.second[:, None] * slope),
            weight("b2", [network.offset * slope + offset]),
            weight("ceiling", [_CEILING]),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def predict(model: bytes, features: Any) -> Any:
    """Confidence per cell, shape (n,)."""
    import onnxruntime

    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, {"features": features})[0].reshape(-1)


def acceptable(features: Any) -> Any:
    """Whether `extract.fields.grade` would accept the cell at all, shape (n,)."""
    barred = [FEATURES.index(name) for name in ("open_gap", "unsettled", "state_missing", "state_illegible")]
    return ~features[:, barred].any(axis=1)


def measure(trained: Trained, sample: Sample) -> Figures:
    """Coverage, wrong among accepted, accuracy, ECE (15 equal-mass bins) and Brier score, per level."""
    import numpy as np

    confidence, threshold = predict(trained.model, sample.features), trained.thresholds[RISK]
    logs, right = sum_documents(confidence, sample, threshold)
    expected, observed = np.exp(trained.together * logs).mean(), right.mean()
    figures = Figures({}, {}, {}, {}, {}, {}, float(expected), float(observed))
    for level in (*dict.fromkeys(sample.level.tolist()), "all"):
        own = np.ones(len(sample.right), bool) if level == "all" else sample.level == level
        p, y = confidence[own], sample.right[own]
        accepted = (p >= threshold) & acceptable(sample.features[own])
        bins = np.array_split(np.argsort(p, kind="stable"), 15)
        figures.coverage[level] = float(accepted.mean())
        figures.wrong_accepted[level] = float((~y[accepted]).mean()) if accepted.any() else 0.0
        figures.accuracy[level] = float(y.mean())
        figures.ece[level] = float(sum(abs(p[rows].sum() - y[rows].sum()) for rows in bins) / len(p))
        figures.brier[level] = float(((p - y) ** 2).mean())
        figures.cells[level] = int(own.sum())
        figures.counts[level] = _count_documents(accepted & ~y, accepted, sample.document[own])
    return figures


def train_confidence(
    models: Path,
    *,
    seed: int = 0,
    documents: Path | None = None,
) -> tuple[Figures | None, Figures, bool]:
    """(held-out figures of the current model or None, of the new one, whether it was promoted into `models`).

    `documents`: a folder of labelled documents to learn from, too.
    """
    fitted, scaled = _count_training()
    print(f"confidence: reading {fitted} training, {scaled} scaling and as many held-out documents")
    held_out = collect(COUNT // 2, seed + 3, "holdout")
    sample = collect(COUNT, seed + 1, "train", shares=TRAINING_SHARES)
    network = fit(add_documents(sample, documents) if documents else sample, seed)
    scaling = collect(COUNT // 2, seed + 2, "train")
    model = to_onnx(network, *scale(network, scaling))
    trained = add_thresholds(model, scaling)
    new = measure(trained, held_out)
    old = _measure_current(models, held_out)
    promoted = old is None or is_no_worse(new, old)
    if promoted:
        _promote(models, trained, new, seed)
    return old, new, promoted


def renew_thresholds(models: Path, *, seed: int = 0) -> Figures:
    """The held-out figures of the current network with thresholds for the pipeline as it stands, and its new card.

    For changes of what is accepted at all, after which the network is as good as before. Raises: ModelError.
    """
    entry = read_entries(models)[MODEL]
    scaling = collect(COUNT // 2, seed + 2, "train")
    trained = add_thresholds((models / entry["file"]).read_bytes(), scaling)
    figures = measure(trained, collect(COUNT // 2, seed + 3, "holdout"))
    _promote(models, trained, figures, seed)
    return figures


def is_no_worse(new: Figures, old: Figures) -> bool:
    """Whether no level has more wrong among accepted or less coverage, by both models' figures of the same documents.

    Of documents drawn anew, both models' alike: wrong among accepted, where above the risk, must be surely no more than
    the tolerance above the old; coverage is worse where it is surely less, and by more than the tolerance. The coverage
    of a model that accepts more than the risk allows is no measure for one that does not.
    """
    reckless = any(rate > RISK for rate in old.wrong_accepted.values())
    return all(_is_as_safe(new, old, level) and (reckless or _covers(new, old, level)) for level in new.coverage)


def _is_as_safe(new: Figures, old: Figures, level: str) -> bool:
    if new.wrong_accepted[level] <= max(RISK, old.wrong_accepted[level]):
        return True
    return paired_difference(new.counts[level][:, :0:-1], old.counts[level][:, :0:-1])[1] <= TOLERANCE


def _covers(new: Figures, old: Figures, level: str) -> bool:
    if new.coverage[level] >= old.coverage[level] - 10 * TOLERANCE:
        return True
    return paired_difference(new.counts[level][:, 1::-1], old.counts[level][:, 1::-1])[1] >= 0


def _measure_current(models: Path, sample: Sample) -> Figures | None:
    entry = read_entries(models).get(MODEL)
    if entry is None or tuple(entry["features"]) != FEATURES:
        return None
    model = (models / entry["file"]).read_bytes()
    return measure(Trained(model, {RISK: threshold_of(entry, RISK)}, entry["together"]), sample)


def _promote(models: Path, trained: Trained, figures: Figures, seed: int) -> None:
    entry = {
        "version": VERSION,
        "risk": RISK,
        "thresholds": {str(risk): threshold for risk, threshold in trained.thresholds.items()},
        "together": trained.together,
        "features": list(FEATURES),
    }
    write_model(models, MODEL, trained.model, entry, _card(trained, figures, seed))


def _count_training() -> tuple[int, int]:
    """How many documents the model is fitted on, and scaled on."""
    return sum(TRAINING_SHARES.values()) * COUNT, len(LEVELS) * (COUNT // 2)


def _card(trained: Trained, figures: Figures, seed: int) -> str:
    thresholds, (fitted, scaled) = trained.thresholds, _count_training()
    return f"""# Field confidence

P(value and state of a field are what the document prints), from {len(FEATURES)} features of its reading.
The mean of {NETWORKS} networks with one hidden layer of {HIDDEN} units each, Platt-scaled, as one ONNX graph.
Trained by `gouji train`.

- Trained on {fitted} documents of the training generator, scaled on
  {scaled} others (seed {seed}).
- Accepted from {thresholds[RISK]:.5f} on. There, and at every higher threshold, of the scaling documents' accepted
  fields at most {RISK} are wrong on every level, and over all by the upper bound at 95 %.
- Thresholds for other risks: {"; ".join(f"{risk}: {thresholds[risk]:.5f}" for risk in sorted(thresholds))}.
- P(every accepted field of a report is right): {figures.expected:.4f} on the mean of the held-out documents, and
  it is so for {figures.observed:.4f} of them. It is the product of the confidences to the power of {trained.together}.
- Figures below: the held-out generator, whose layouts, wordings, confusions and noise were not trained on.

{table(figures)}

Limits: texts, and web pages of both templates. A layout unlike all of these may be read with too much confidence.
"""


def table(figures: Figures) -> str:
    """The figures as a Markdown table."""
    head = "| level | cells | right | coverage | wrong among accepted | ECE | Brier |\n|---|---|---|---|---|---|---|\n"
    return head + "\n".join(
        f"| {level} | {figures.cells[level]} | {figures.accuracy[level]:.5f} | {figures.coverage[level]:.4f} "
        f"| {figures.wrong_accepted[level]:.6f} | {figures.ece[level]:.5f} | {figures.brier[level]:.5f} |"
        for level in figures.coverage
    )


if __name__ == "__main__":
    import argparse

    parser = argparse.ArgumentParser(prog="python -m training.confidence", description=__doc__)
    parser.add_argument("models", type=Path, nargs="?", default=Path("models"))
    parser.add_argument("--thresholds", action="store_true", help="keep the network, renew its thresholds and its card")
    options = parser.parse_args()
    if options.thresholds:
        print(table(renew_thresholds(options.models)))
    else:
        before, after, done = train_confidence(options.models)
        if before is not None:
            print(f"current model\n{table(before)}")
        print(f"new model\n{table(after)}\n{'promoted' if done else 'refused: it is worse'}")
