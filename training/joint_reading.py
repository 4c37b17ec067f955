"""What the joint reading makes of scanned tables: cells misread, misprinted, or read right and not for sure.

`python -m training.joint_reading` prints the second table of docs/ablation.md. Tables with sampled figures are read
as a recogniser would give them: most cells for sure, some with two candidates.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import sqrt
from statistics import quantiles

from extract.checks import check_tables
from extract.reading.joint import join_readings
from extract.records import RECOGNISED, Cells, ReadCell, State
from extract.rules import linear_rules
from training.metrics import ratio, share
from training.synthesis.agencies import sample_agency
from training.synthesis.figures import form, sample_figures

REPORTS = 2_000  # of each kind of damage
_STATED = 6  # cells, not 0, whose number the prose repeats
_TOP = (0.5, 0.95)  # probability of the first candidate of a cell in doubt
SEED = 77

Numbers = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Damage:
    """At most so many cells of a report are misread, and misprinted in its sums; at least one where any may be.

    Of the numbers that the prose states, so many are `contradicted`: it has one of their digits wrong.
    `doubted` more are read right and not for sure, with `is_seen` the misprinted ones, too. In the share `nonzero` of
    the reports the misread cells are all among those that are not 0.
    """

    misread: int = 0
    misprinted: int = 0
    contradicted: int = 0
    doubted: int = 4
    nonzero: float = 0.5
    is_seen: bool = False


DAMAGES: Mapping[str, Damage] = {
    "misread": Damage(misread=4),
    "misread, any cells alike": Damage(misread=4, nonzero=0.0),
    "misread, none where a 0 stands": Damage(misread=4, nonzero=1.0),
    "misread, and 32 more in doubt": Damage(misread=4, doubted=32),
    "up to 32 misread, and 32 more in doubt": Damage(misread=32, doubted=32),
    "misread, and misprinted": Damage(misread=4, misprinted=2),
    "misread, and the prose wrong": Damage(misread=4, contradicted=2),
    "misprinted": Damage(misprinted=2),
    "misprinted, and those in doubt": Damage(misprinted=2, is_seen=True),
}


@dataclass(frozen=True, slots=True)
class Damaged:
    """One report: what it prints, its cells as recognised, those that are misread, and what the prose states."""

    printed: Numbers
    cells: Cells
    misread: frozenset[str]
    stated: Numbers


@dataclass(frozen=True, slots=True)
class Joint:
    """What became of the reports.

    Shares of the misread cells, None where there are none: `in_sums` are those of a sum that are right, `stated` and
    `unstated` the others that are, whose number the prose states or not, `right` all that are; `silent` are those of
    which neither a sum nor the prose says anything. `broken` is how many of the `cells` that were read right became
    wrong. `codes` is the share of reports whose A-codes are those that their printed numbers deserve, `false_codes` how
    many have another one. `median` and `most` are milliseconds a report (of 95 % of the reports).
    """

    in_sums: float | None
    stated: float | None
    unstated: float | None
    right: float | None
    silent: float | None
    broken: int
    cells: int
    codes: float
    false_codes: int
    median: float
    most: float


def read_damaged(damage: Damage, *, reports: int, rules: bool = True, prose: bool = True, seed: int = SEED) -> Joint:
    """Reads so many generated tables jointly. Without `rules` or `prose` the reading does not know them."""
    rng, sums = random.Random(seed), linear_rules(form())
    in_sums: list[bool] = []  # is a misread cell right
    stated: list[bool] = []
    unstated: list[bool] = []
    right: list[bool] = []  # is a cell that was read right
    same_codes, false_codes, times = [], [], []
    for _ in range(reports):
        report = draw_report(rng, damage)
        claims = {field: (value,) for field, value in report.stated.items()} if prose else {}
        start = time.process_time()
        read = join_readings(report.cells, sums if rules else (), claims)
        times.append(1000 * (time.process_time() - start))
        for field, value in report.printed.items():
            of_sums, of_prose = field in _summed(), field in report.stated
            own = in_sums if of_sums else stated if of_prose else unstated
            (own if field in report.misread else right).append(read[field].value == value)
        deserved, given = _codes(report.printed), codes_of(read)
        same_codes.append(given == deserved)
        false_codes.append(not given <= deserved)
    misread = [*in_sums, *stated, *unstated]
    middle, most = (quantiles(times, n=20)[k] for k in (9, 18))
    return Joint(
        share(in_sums),
        share(stated),
        share(unstated),
        share(misread),
        ratio(len(unstated), len(misread)),
        right.count(False),
        len(right),
        share(same_codes) or 0.0,
        sum(false_codes),
        middle,
        most,
    )


def draw_report(rng: random.Random, damage: Damage) -> Damaged:
    """A report whose misread cells have their true number as the second candidate."""
    meant = {name: Decimal(value) for name, value in sample_figures(rng, sample_agency(rng)).items()}
    misprints = _misprint(meant, rng, damage.misprinted)
    printed = meant | misprints
    others = sorted(printed.keys() - misprints.keys())
    nonzero = [name for name in others if printed[name]]
    places = nonzero if len(nonzero) >= damage.misread and rng.random() < damage.nonzero else others
    misread = frozenset(rng.sample(places, rng.randint(1, damage.misread)) if damage.misread else ())
    doubted = {*rng.sample(sorted(printed.keys() - misread), damage.doubted), *(misprints if damage.is_seen else ())}
    cells = {name: _scanned(name, value, rng, name in misread, name in doubted) for name, value in printed.items()}
    known = sorted(name for name, value in meant.items() if value)
    stated = {name: meant[name] for name in rng.sample(known, min(_STATED, len(known)))}
    stated |= {name: _confuse(stated[name], rng) for name in list(stated)[: damage.contradicted]}
    return Damaged(printed, cells, misread, stated)


@cache
def _summed() -> tuple[str, ...]:
    """The cells that are part of a sum."""
    return tuple(sorted({field for rule in linear_rules(form()) for field in rule.fields}))


def _misprint(meant: Numbers, rng: random.Random, most: int) -> dict[str, Decimal]:
    """Some cells of sums as a typist gets them wrong: by one, or by a digit."""
    fields = rng.sample(_summed(), rng.randint(1, most)) if most else ()
    return {field: rng.choice((meant[field] + 1, _confuse(meant[field], rng))) for field in fields}


def _codes(printed: Numbers) -> frozenset[str]:
    """The codes that these numbers deserve."""
    return codes_of({name: ReadCell(name, State.READ, value, str(value), 1, 1) for name, value in printed.items()})


def codes_of(cells: Cells) -> frozenset[str]:
    """The codes of the sums that these cells break."""
    return frozenset(item.code for item in check_tables(cells, form()) if item.passed is False)


def _scanned(field: str, value: Decimal, rng: random.Random, misread: bool, doubted: bool) -> ReadCell:
    """A cell as a recogniser gives it: sure of its number, or with another candidate (the true one if misread)."""
    other = _confuse(value, rng)
    top = _draw_top(rng, misread) if misread or doubted else 1.0
    first, second = (other, value) if misread else (value, other)
    readings = ((str(first), top), (str(second), 1.0 - top))[: 2 if top < 1.0 else 1]
    return ReadCell(field, State.READ, first, str(first), 1, 1, scores={RECOGNISED: top}, readings=readings)


def _draw_top(rng: random.Random, misread: bool) -> float:
    """The probability of a first candidate, as of a recogniser whose probabilities are true: were those of all cells in
    doubt spread evenly, p of the cells that have p would be read right, and 1 - p misread.
    """
    least, most = _TOP
    if misread:
        return 1.0 - sqrt(rng.uniform((1.0 - most) ** 2, (1.0 - least) ** 2))
    return sqrt(rng.uniform(least**2, most**2))


def _confuse(value: Decimal, rng: random.Random) -> Decimal:
    """The number with one of its digits taken for another."""
    text = str(value)
    place = rng.choice([k for k, letter in enumerate(text) if letter.isdigit()])
    digit = rng.choice([digit for digit in "0123456789" if digit != text[place]])
    return Decimal(text[:place] + digit + text[place + 1 :])


def render(joints: Mapping[str, Joint]) -> str:
    """Kind of damage → what became of it, as a table in markdown."""
    head = (
        "| cells of a report | misread ones read right | of which a sum or the prose speaks | right ones broken | of "
        "| A-codes as deserved | reports with another one | ms, median | 95 % |\n"
        f"{'|---' * 9}|\n"
    )
    return head + "".join(
        f"| {name} | {_or_dash(own.right)} | {_or_dash(None if own.silent is None else 1 - own.silent)} "
        f"| {own.broken} | {own.cells:,} | {own.codes:.3f} | {own.false_codes} | {own.median:.1f} | {own.most:.1f} |\n"
        for name, own in joints.items()
    )


def _or_dash(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.4f}"


def main() -> None:
    """Prints the table of all kinds of damage."""
    parser = argparse.ArgumentParser(prog="training.joint_reading", description=read_damaged.__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS, help="reports of each kind")
    parser.add_argument("--seed", type=int, default=SEED, help="another one draws other reports")
    given = parser.parse_args()
    joints = {name: read_damaged(own, reports=given.reports, seed=given.seed) for name, own in DAMAGES.items()}
    print(render(joints), end="")


if __name__ == "__main__":
    main()
