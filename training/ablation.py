"""What the sums, the prose and the calibration are worth: each left out, on the same documents.

`python -m training.ablation` prints the table of docs/ablation.md. A source of evidence is left out by setting its
features to what they are where nothing is known, and fitting the confidence model anew on the same training sample; the
joint reading of scanned cells then reads without it, too. Without calibration, the network's output stands as it comes
and is believed: accepted from 1 − RISK on.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from training.joint_reading import DAMAGES, Joint, read_damaged

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
        joint = read_damaged(DAMAGES["misread"], reports=REPORTS, rules=rules, prose=prose)
        lines.append(_line(name, trained, held, joint))
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
    known = (joint.in_sums, joint.stated, joint.unstated, joint.right)
    shares = " | ".join("–" if own is None else f"{own:.4f}" for own in known)
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
