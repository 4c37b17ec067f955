"""Scanned cells read together: the recogniser's candidates of each, weighed with the sums and the prose.

The posterior over the candidates of the cells in doubt is exact (Bayes' rule over their combinations); cells that are
sure count as read. A report may break its own sums: a combination that does costs one misprint for each cell that must
be wrong in print. Only a candidate that the page supports can win, so an inconsistent report keeps its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING, Any

from extract.celltext import parse_cell
from extract.quick import record, replace
from extract.records import RECOGNISED, Cells, ReadCell, State
from extract.rules import LinearRule, load_rules

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

_EXACT = 1e-6  # sums of numbers with a few decimals that differ by less are equal
_MISPRINTS_MOST = 4  # more wrong cells than this are as unlikely as can be


@record
class _Option:
    """What a cell may print. `number` is what sums count: 0 for an empty cell or a dash, None for the unlisted."""

    text: str
    state: State
    number: Decimal | None
    probability: float


def join_readings(cells: Cells, rules: Sequence[LinearRule], claims: Mapping[str, Sequence[Decimal]]) -> Cells:
    """The cells with what each most probably prints and, as their score `recognised`, how probably.

    Cells without `readings` are as they were. `claims` are the values that the prose states of a field.
    """
    options = {field: own for field, cell in cells.items() if cell.readings and (own := _options(cell))}
    if not options:
        return cells
    limits = load_rules("reading.toml")["joint"]
    sums = [rule for rule in rules if all(_is_known(cells[field], options) for field in rule.fields)]
    read = dict(cells)
    strong = [field for field, own in options.items() if own[0].probability < limits["doubt"]]
    mild = [field for field, own in options.items() if limits["doubt"] <= own[0].probability < limits["certain"]]
    rate = limits["misprint_found" if _has_misprints(read, sums, strong) else "misprint"]
    page = _Page(options, sums, claims, rate)
    for group in _connected(strong, sums):
        if prod(len(options[field]) for field in group) > limits["combinations_most"]:
            read |= _confirm_parts(group, page, read)
            continue
        weights = _weigh(group, product(*(range(len(options[field])) for field in group)), page, read)
        for field in group:
            read[field] = _decide(read[field], options[field], weights[field], sums, claims.get(field, ()))
    scanned = {cells[field].page for field in options}
    unsure = {field for field, cell in cells.items() if cell.page in scanned and _is_unrecognised(cell)}
    page = replace(page, sums=[rule for rule in sums if unsure.isdisjoint(rule.fields) or not _fails(rule, read)])
    for field in mild:
        weights = _weigh([field], ((k,) for k in range(len(options[field]))), page, read)
        read[field] = _decide(read[field], options[field], weights[field], sums, claims.get(field, ()))
    return read


def _is_unrecognised(cell: ReadCell) -> bool:
    """Whether a number was read by the recogniser of lines alone: where its sum fails, it is the likeliest reason."""
    return not cell.readings and cell.state is State.READ


def _confirm_parts(group: Sequence[str], page: _Page, read: Cells) -> dict[str, ReadCell]:
    """The cells of a group with too many combinations: none is read otherwise, and each is as sure as it is beside
    those of each of its sums, of which two at most may be misread; the others count as read.

    Where another sum fails that holds more cells in doubt, one of those may be why: it is weighed with them alone.
    """
    sure: dict[str, float] = {}
    doubtful = set(group)
    failed = [rule for rule in page.sums if _fails(rule, read)]
    for rule in page.sums:
        own = [field for field in rule.fields if field in doubtful]
        beside = {other.id for other in failed if not doubtful.intersection(other.fields).issubset(own)}
        part = replace(page, sums=[other for other in page.sums if other.id not in beside])
        weights = _weigh(own, _few_misread([len(page.options[field]) for field in own]), part, read) if own else {}
        for field, posterior in weights.items():
            sure[field] = min(sure.get(field, 1.0), posterior[0])
    return {
        field: replace(read[field], scores={**read[field].scores, RECOGNISED: own})
        for field, own in sure.items()
        if read[field].state is not State.ILLEGIBLE
    }


def _few_misread(counts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The combinations in which all cells but two have their first option; `counts` are those of their options."""
    first = (0,) * len(counts)
    yield first
    others = [(k, own) for k, count in enumerate(counts) for own in range(1, count)]
    for k, own in others:
        yield (*first[:k], own, *first[k + 1 :])
    for (k, own), (j, other) in combinations(others, 2):
        if k < j:
            yield (*first[:k], own, *first[k + 1 : j], other, *first[j + 1 :])


def _has_misprints(read: Cells, sums: Sequence[LinearRule], doubtful: Sequence[str]) -> bool:
    """Whether sums fail of which no cell is in doubt: then the report is one that breaks its sums."""
    return any(_fails(rule, read) for rule in sums if set(doubtful).isdisjoint(rule.fields))


def _fails(rule: LinearRule, read: Cells) -> bool:
    gap = sum(_number(read[field]) for field in rule.whole) - sum(_number(read[field]) for field in rule.parts)
    return abs(gap) > _EXACT


def _options(cell: ReadCell) -> list[_Option]:
    """The candidates, best first, then what is not listed; none where the cell was not recognised from a picture."""
    least = load_rules("reading.toml")["joint"]["least"]
    ranked = [
        _Option(text, parsed.state, parsed.value or Decimal(0), probability)
        for text, probability in cell.readings
        if probability >= least and (parsed := parse_cell(text)).state is not State.ILLEGIBLE
    ]
    left = max(1e-9, 1.0 - sum(option.probability for option in ranked))
    return [*ranked, _Option("", State.ILLEGIBLE, None, left)] if ranked else []


def _is_known(cell: ReadCell, options: Mapping[str, object]) -> bool:
    return cell.field in options or cell.state not in (State.MISSING, State.ILLEGIBLE)


def _connected(fields: Iterable[str], sums: Sequence[LinearRule]) -> list[list[str]]:
    """The fields in groups that share no sum."""
    groups: list[set[str]] = [{field} for field in fields]
    for rule in sums:
        touched = [group for group in groups if not group.isdisjoint(rule.fields)]
        if len(touched) > 1:
            groups = [group for group in groups if group not in touched] + [set().union(*touched)]
    return [sorted(group) for group in groups]


# ---------------------------------------------------------------- the posterior


@record
class _Page:
    """What is weighed: the options of the cells, the sums of known cells, the values that the prose states of a field,
    and the probability that the report prints a given cell wrong, in one given way.
    """

    options: Mapping[str, Sequence[_Option]]
    sums: Sequence[LinearRule]
    claims: Mapping[str, Sequence[Decimal]]
    misprint: float


def _weigh(
    group: Sequence[str], choices: Iterable[tuple[int, ...]], page: _Page, read: Cells
) -> dict[str, list[float]]:
    """Field → posterior of each of its options over the `choices`, combinations of the options of the group's cells."""
    import numpy as np

    limits = load_rules("reading.toml")["joint"]
    chosen = np.array(list(choices))  # (n_combinations, n_fields)
    weights = np.ones(len(chosen))
    numbers = np.zeros(chosen.shape)
    for k, field in enumerate(group):
        own = page.options[field]
        priors = np.array(_priors(own, page.claims.get(field, ()), limits))
        values = np.array([float("nan") if option.number is None else float(option.number) for option in own])
        weights *= priors[chosen[:, k]]
        numbers[:, k] = values[chosen[:, k]]
    touched = frozenset(r for r, rule in enumerate(page.sums) if not set(group).isdisjoint(rule.fields))
    weights *= _consistency(_gaps(group, numbers, page.sums, read), page.sums, touched, page.misprint)
    total = weights.sum()
    return {
        field: [float(weights[chosen[:, k] == own].sum() / total) for own in range(len(page.options[field]))]
        for k, field in enumerate(group)
    }


def _priors(options: Sequence[_Option], stated: Sequence[Decimal], limits: Mapping[str, float]) -> list[float]:
    """What the page and the prose say of each candidate; `stated` is empty where the prose says nothing of the cell."""
    listed = any(option.number in stated for option in options)
    denied = limits["coincidence" if listed else "contradiction"] if stated else 1.0
    return [
        option.probability
        * (limits["unlisted"] if option.number is None else 1.0 if option.number in stated else denied)
        for option in options
    ]


def _gaps(group: Sequence[str], numbers: Numbers, sums: Sequence[LinearRule], read: Cells) -> Numbers:
    """How far each sum misses in each combination, NaN where a value is not listed; (n_combinations, n_sums)."""
    import numpy as np

    gaps = np.zeros((len(numbers), len(sums)))
    for r, rule in enumerate(sums):
        for field in rule.fields:
            sign = 1.0 if field in rule.whole else -1.0
            own = numbers[:, group.index(field)] if field in group else _number(read[field])
            gaps[:, r] += sign * own
    return gaps


def _number(cell: ReadCell) -> float:
    return float("nan") if cell.state is State.ILLEGIBLE else float(cell.value or 0)


def _consistency(gaps: Numbers, sums: Sequence[LinearRule], touched: frozenset[int], misprint: float) -> Numbers:
    """Weight of each combination for the cells that must be misprinted in it; (n_combinations,).

    Only failed sums that the group touches count: those that fail elsewhere fail in every combination alike, and would
    reach the most that is counted before the group is weighed.
    """
    import numpy as np

    known: dict[bytes, float] = {}
    weights = np.ones(len(gaps))
    for k, row in enumerate(gaps.round(6)):
        failed = {r: float(gap) for r, gap in enumerate(row) if abs(gap) > _EXACT}  # NaN does not fail
        if failed:
            key = row.tobytes()
            if key not in known:
                known[key] = misprint ** _count_misprints(failed, touched, sums)
            weights[k] = known[key]
    return weights


def _count_misprints(failed: Mapping[int, float], touched: frozenset[int], sums: Sequence[LinearRule]) -> int:
    """The fewest cells, found greedily, whose change mends the failed sums touched and breaks none that holds."""
    left, count = {r: gap for r, gap in failed.items() if r in touched}, 0
    while left and count < _MISPRINTS_MOST:
        best = max((_mended(field, left, failed, sums) for r in left for field in sums[r].fields), key=len)
        for r in best or list(left)[:1]:
            del left[r]
        count += 1
    return count


def _mended(
    field: str, left: Mapping[int, float], failed: Mapping[int, float], sums: Sequence[LinearRule]
) -> list[int]:
    """The failed sums that one change of the field mends; none where that change would break a sum that holds."""
    changes: dict[float, list[int]] = {}
    for r, rule in enumerate(sums):
        if field in rule.fields:
            if r not in failed:
                return []
            if r in left:
                sign = 1.0 if field in rule.whole else -1.0
                changes.setdefault(-sign * left[r], []).append(r)
    return max(changes.values(), key=len, default=[])


# ---------------------------------------------------------------- the decision


def _decide(
    cell: ReadCell,
    options: Sequence[_Option],
    posterior: Sequence[float],
    sums: Sequence[LinearRule],
    stated: Sequence[Decimal],
) -> ReadCell:
    """The recogniser's first candidate, or another that the page supports and the sums make clear."""
    limits: Mapping[str, Any] = load_rules("reading.toml")["joint"]
    best = max(range(len(options) - 1), key=posterior.__getitem__)
    own = options[best]
    is_clear = posterior[best] >= limits["clear"] and own.probability >= limits["supported"]
    if cell.state is not State.ILLEGIBLE and (best == 0 or not is_clear):
        return replace(cell, scores={**cell.scores, RECOGNISED: posterior[0]})
    if not is_clear:
        return cell
    note = f"{_grounds(own, cell.field, sums, stated)}定为 {own.text or '空格'}"
    value = own.number if own.state is State.READ else None
    scores = {**cell.scores, RECOGNISED: posterior[best]}
    return replace(cell, state=own.state, value=value, raw=own.text, scores=scores, evidence=(*cell.evidence, note))


def _grounds(own: _Option, field: str, sums: Sequence[LinearRule], stated: Sequence[Decimal]) -> str:
    """What besides the picture speaks for the reading, for people: the sums it is part of, the prose that states it."""
    codes = "、".join(sorted({rule.code for rule in sums if field in rule.fields}))
    grounds = [f"合计关系（{codes}）"] if codes else []
    if own.number in stated:
        grounds.append("正文")
    return f"由{'和'.join(grounds)}" if grounds else ""
