"""What the sums, the prose and the calibration are worth: each left out, on the same documents.

`python -m training.ablation` prints the table of docs/ablation.md. A source of evidence is left out by setting its
features to what they are where nothing is known, and fitting the confidence model anew on the same training sample; the
joint reading of scanned cells then reads without it, too. Without calibration, the network's output stands as it comes
and is believed: accepted from 1 − RISK on.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import quantiles
from typing import Any

from extract.fields import FEATURES
from extract.quick import replace
from training.confidence import (
    RISK,
    TRAINING_SHARES,
    Sample,
    Trained,
    add_thresholds,
    collect,
    fit,
    measure,
    scale,
    to_onnx,
)
from training.metrics import share

RULES = (
    "rules_passed",
    "rules_passed_nonzero",
    "rules_failed",
    "rules_unassessable",
    "row_failed",
    "table_failed_share",
)
PROSE = ("prose_agrees", "prose_differs")
VARIANTS: Mapping[str, tuple[str, ...]] = {
    "everything": (),
    "without rules": RULES,
    "without prose": PROSE,
    "without rules and prose": (*RULES, *PROSE),
}
"""Name → features that are set to 0: no rule speaks for or against the cell, no claim states it."""
REPORTS = 400  # of the joint reading
MISREAD_MOST = 4  # cells a report
_STATED = 6  # cells, not 0, whose number the prose repeats
_NONZERO = 0.5  # of the reports have all their misread cells among those that are not 0
_TOP = (0.5, 0.95)  # probability that the recogniser gives its first candidate
_DOUBTED = 4  # cells that are read right, and not for sure
_SEED = 77


@dataclass(frozen=True, slots=True)
class Joint:
    """What the joint reading makes of misread cells.

    Shares of them that are right after it: `in_sums` of those that are part of a sum, `stated` and `unstated` of the
    others, whose number the prose states or not, `right` of all. `broken` is how many right ones became wrong; `median`
    and `most` are milliseconds a report (of 95 % of the reports).
    """

    in_sums: float
    stated: float
    unstated: float
    right: float
    broken: int
    median: float
    most: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, over all held-out documents; no `joint` where the joint reading is as above."""

    name: str
    coverage: float
    wrong_accepted: float
    worst_accepted: float
    ece: float
    joint: Joint | None


def ablate(training: Sample, scaling: Sample, held_out: Sample, *, seed: int = 0) -> list[Line]:
    """A line for each of VARIANTS and, second, one without calibration."""
    lines = []
    for name, features in VARIANTS.items():
        own, scaled, held = (leave_out(sample, features) for sample in (training, scaling, held_out))
        network = fit(own, seed)
        trained = add_thresholds(to_onnx(network, *scale(network, scaled)), scaled)
        rules, prose = RULES[0] not in features, PROSE[0] not in features
        lines.append(_line(name, trained, held, read_damaged(rules=rules, prose=prose)))
        if not features:
            raw = Trained(to_onnx(network, 1.0, 0.0), {RISK: 1 - RISK}, 1.0)
            lines.append(_line("without calibration", raw, held, None))
    return lines


def leave_out(sample: Sample, features: Sequence[str]) -> Sample:
    """The sample with these features 0."""
    values = sample.features.copy()
    values[:, [FEATURES.index(name) for name in features]] = 0.0
    return replace(sample, features=values)


def _line(name: str, trained: Trained, held_out: Sample, joint: Joint | None) -> Line:
    figures = measure(trained, held_out)
    worst = max(rate for level, rate in figures.wrong_accepted.items() if level != "all")
    return Line(name, figures.coverage["all"], figures.wrong_accepted["all"], worst, figures.ece["all"], joint)


def read_damaged(*, rules: bool, prose: bool, reports: int = REPORTS) -> Joint:
    """Reads generated tables with misread cells jointly.

    Each report has 1 to MISREAD_MOST misread cells, whose true number is the second candidate, and a few that are read
    right and not for sure; the prose states some cells. Without `rules` or `prose` the reading does not know them.
    """
    from extract.forms import load_form
    from extract.reading.joint import join_readings
    from extract.rules import linear_rules
    from training.synthesis.agencies import sample_agency
    from training.synthesis.figures import sample_figures

    every_sum = linear_rules(load_form("2021"))
    rng, sums, summed = random.Random(_SEED), every_sum if rules else (), {f for own in every_sum for f in own.fields}
    outcomes: dict[str, list[bool]] = {"in sums": [], "stated": [], "unstated": []}  # is a misread cell right
    broken, times = 0, []
    for _ in range(reports):
        printed = {name: Decimal(value) for name, value in sample_figures(rng, sample_agency(rng)).items()}
        nonzero = sorted(name for name, value in printed.items() if value)
        places = nonzero if len(nonzero) >= MISREAD_MOST and rng.random() < _NONZERO else sorted(printed)
        wrong = rng.sample(places, rng.randint(1, MISREAD_MOST))
        doubted = rng.sample(sorted(printed.keys() - set(wrong)), _DOUBTED)
        cells = {name: _scanned(name, value, rng, name in wrong, name in doubted) for name, value in printed.items()}
        stated = rng.sample(nonzero, min(_STATED, len(nonzero)))
        start = time.process_time()
        read = join_readings(cells, sums, {name: (printed[name],) for name in stated} if prose else {})
        times.append(1000 * (time.process_time() - start))
        is_right = {name: read[name].value == value for name, value in printed.items()}
        for name in wrong:
            kind = "in sums" if name in summed else "stated" if name in stated else "unstated"
            outcomes[kind].append(is_right[name])
        broken += sum(not is_right[name] for name in printed if name not in wrong)
    middle, most = (quantiles(times, n=20)[k] for k in (9, 18))
    shares = {kind: share(own) or 0.0 for kind, own in outcomes.items()}
    right = share(is_right for own in outcomes.values() for is_right in own) or 0.0
    return Joint(shares["in sums"], shares["stated"], shares["unstated"], right, broken, middle, most)


def _scanned(field: str, value: Decimal, rng: random.Random, misread: bool, doubted: bool) -> Any:
    """A cell as a recogniser gives it: sure of its number, or with another candidate (the true one if misread)."""
    from extract.records import RECOGNISED, ReadCell, State

    other = _confuse(value, rng)
    top = rng.uniform(*_TOP) if misread or doubted else 1.0
    first, second = (other, value) if misread else (value, other)
    readings = ((str(first), top), (str(second), 1.0 - top)) if top < 1.0 else ()
    return ReadCell(field, State.READ, first, str(first), 1, 1, scores={RECOGNISED: top}, readings=readings)


def _confuse(value: Decimal, rng: random.Random) -> Decimal:
    """The number with one of its digits taken for another."""
    text = str(value)
    place = rng.choice([k for k, letter in enumerate(text) if letter.isdigit()])
    digit = rng.choice([digit for digit in "0123456789" if digit != text[place]])
    return Decimal(text[:place] + digit + text[place + 1 :])


def render(lines: Sequence[Line]) -> str:
    """The lines as a table in markdown."""
    head = (
        "| | coverage | wrong among accepted | on the worst level | ECE "
        "| misread cells in a sum read right | in no sum, stated by the prose | in no sum, not stated "
        "| all misread cells "
        "| right cells broken | ms, median | 95 % |\n"
        f"{'|---' * 12}|\n"
    )
    return head + "".join(
        f"| {own.name} | {own.coverage:.4f} | {own.wrong_accepted:.6f} | {own.worst_accepted:.6f} | {own.ece:.5f} "
        f"| {_render_joint(own.joint)} |\n"
        for own in lines
    )


def _render_joint(joint: Joint | None) -> str:
    if joint is None:
        return " | ".join("–" * 7)
    shares = " | ".join(f"{own:.4f}" for own in (joint.in_sums, joint.stated, joint.unstated, joint.right))
    return f"{shares} | {joint.broken} | {joint.median:.1f} | {joint.most:.1f}"


def main() -> None:
    """Collects the samples that the confidence model is trained and measured on, and prints the table."""
    parser = argparse.ArgumentParser(prog="training.ablation", description=ablate.__doc__)
    parser.add_argument("--count", type=int, default=300, help="documents per level in training")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    given = parser.parse_args()
    count, jobs = given.count, given.jobs
    training = collect(count, 1, "train", shares=TRAINING_SHARES, jobs=jobs)
    scaling, held_out = (collect(count // 2, k, name, jobs=jobs) for k, name in ((2, "train"), (3, "holdout")))
    print(render(ablate(training, scaling, held_out)), end="")


if __name__ == "__main__":
    main()
