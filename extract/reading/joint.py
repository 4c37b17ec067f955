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

_DECIMALS = 6  # sums of numbers with a few decimals that are equal to so many places are equal
_MISPRINTS_MOST = 4  # more wrong cells than this are as unlikely as can be
_SUMS_MOST = 3  # sums that one cell counts in at most
_NEGLIGIBLE = 1e-10  # of the weight that one combination has at least; 20,000 of these are 2 in a million


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
    limits = load_rules("reading.toml")["joint"]
    options = {
        field: own
        for field, cell in cells.items()
        if _is_open(cell, limits["certain"]) and (own := _options(cell, limits["least"]))
    }
    if not options:
        return cells
    sums = [rule for rule in rules if all(_is_known(cells[field], options) for field in rule.fields)]
    read = dict(cells)
    strong = [field for field, own in options.items() if own[0].probability < limits["doubt"]]
    mild = [field for field, own in options.items() if limits["doubt"] <= own[0].probability < limits["certain"]]
    firm = [rule for rule in sums if _fails(rule, read) and set(strong).isdisjoint(rule.fields)]
    misprint = limits["misprint"] + limits["misprint_again"] * len(firm)
    page = _to_page(_Page(options, sums, claims, misprint), read)
    for group in _connected(strong, sums):
        choices = _combine(group, page)
        if choices is None:
            mended = _mend_parts(group, page, read)
            page, read = replace(page, failed=_failed(sums, read | mended)), read | mended
            read |= _confirm_parts([field for field in group if field not in mended], page, read)
            continue
        weights = _weigh(group, choices, page, read)
        for field in group:
            read[field] = _decide(read[field], options[field], weights[field], sums, claims.get(field, ()))
        page = replace(page, failed=_failed(sums, read))
    scanned = {cell.page for cell in cells.values() if cell.readings}
    unsure = {field for field, cell in cells.items() if cell.page in scanned and _is_unrecognised(cell)}
    kept = [rule for rule in sums if unsure.isdisjoint(rule.fields) or not _fails(rule, read)]
    page = _to_page(replace(page, sums=kept, misprint=limits["misprint_found"] if firm else misprint), read)
    for field in mild:
        weights = _weigh([field], ((k,) for k in range(len(options[field]))), page, read)
        read[field] = _decide(read[field], options[field], weights[field], sums, claims.get(field, ()))
    return read


def _is_open(cell: ReadCell, certain: float) -> bool:
    """Whether another reading than the recogniser's first can count."""
    return bool(cell.readings) and (cell.readings[0][1] < certain or cell.state is State.ILLEGIBLE)


def _is_unrecognised(cell: ReadCell) -> bool:
    """Whether a number was read by the recogniser of lines alone: where its sum fails, it is the likeliest reason."""
    return not cell.readings and cell.state is State.READ


def _combine(group: Sequence[str], page: _Page) -> Iterable[tuple[int, ...]] | None:
    """All combinations of the options of the group's cells; None where these are too many."""
    counts = [len(page.options[field]) for field in group]
    few = prod(counts) <= load_rules("reading.toml")["joint"]["combinations_most"]
    return product(*map(range, counts)) if few else None


def _mend_parts(group: Sequence[str], page: _Page, read: Cells) -> dict[str, ReadCell]:
    """Those cells of a group with too many combinations that are read otherwise than the recogniser did.

    Of a misread cell no sum holds. Such cells that share sums are weighed together, the others as read; what comes out
    stands if it is clear beside all readings of the group that differ from it in one cell, or in two of one sum.
    """
    held = {field for rule in page.sums if _gap(rule, read) == 0 for field in rule.fields}
    opened = [field for field in group if field in page.places and field not in held]
    best = dict.fromkeys(group, 0)
    for part in _connected(opened, page.sums):
        choices = _combine(part, page)
        for field, weights in _weigh(part, choices, page, read).items() if choices else ():
            best[field] = max(range(len(weights) - 1), key=weights.__getitem__)
    if not any(best.values()):
        return {}
    mended = {}
    posterior = _weigh(group, _near(best, page), page, read)
    for field in opened:
        cell = _decide(read[field], page.options[field], posterior[field], page.sums, page.claims.get(field, ()))
        if (cell.state, cell.value) != (read[field].state, read[field].value):
            mended[field] = cell
    return mended


def _near(best: Mapping[str, int], page: _Page) -> Iterator[tuple[int, ...]]:
    """These options of the cells, and those that differ in one cell or in two that share a sum."""
    fields = list(best)
    base = tuple(best.values())
    yield base
    others = [(k, own) for k, field in enumerate(fields) for own in range(len(page.options[field])) if own != base[k]]
    for k, own in others:
        yield (*base[:k], own, *base[k + 1 :])
    shared = [page.places.get(field, {}).keys() for field in fields]
    for (k, own), (j, other) in combinations(others, 2):
        if k < j and not shared[k].isdisjoint(shared[j]):
            yield (*base[:k], own, *base[k + 1 : j], other, *base[j + 1 :])


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
        kept = [other for other in page.sums if other.id not in beside]
        part = _to_page(replace(page, sums=kept), read) if beside else page
        weights = _weigh(own, _near(dict.fromkeys(own, 0), page), part, read) if own else {}
        for field, posterior in weights.items():
            sure[field] = min(sure.get(field, 1.0), posterior[0])
    return {
        field: replace(read[field], scores={**read[field].scores, RECOGNISED: own})
        for field, own in sure.items()
        if read[field].state is not State.ILLEGIBLE
    }


def _fails(rule: LinearRule, read: Cells) -> bool:
    return abs(_gap(rule, read)) > 0


def _gap(rule: LinearRule, read: Cells) -> float:
    """How much more the whole is than its parts; NaN where a cell is illegible."""
    gap = sum(_number(read[field]) for field in rule.whole) - sum(_number(read[field]) for field in rule.parts)
    return round(gap, _DECIMALS)


def _options(cell: ReadCell, least: float) -> list[_Option]:
    """The candidates from that probability on, best first, then what is not listed; none where none is readable."""
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

    `places` are the sums that a field counts in, by their index, and its sign there; `failed` those that fail as read.
    """

    options: Mapping[str, Sequence[_Option]]
    sums: Sequence[LinearRule]
    claims: Mapping[str, Sequence[Decimal]]
    misprint: float
    places: Mapping[str, Mapping[int, float]] = {}
    failed: frozenset[int] = frozenset()


def _to_page(page: _Page, read: Cells) -> _Page:
    """The page with what follows from its sums."""
    places: dict[str, dict[int, float]] = {}
    for r, rule in enumerate(page.sums):
        for k, field in enumerate(rule.fields):
            places.setdefault(field, {})[r] = 1.0 if k < len(rule.whole) else -1.0
    return replace(page, places=places, failed=_failed(page.sums, read))


def _failed(sums: Sequence[LinearRule], read: Cells) -> frozenset[int]:
    return frozenset(r for r, rule in enumerate(sums) if _fails(rule, read))


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
    touched = sorted({r for field in group for r in page.places.get(field, ())})
    weights *= _consistency(_gaps(group, numbers, touched, page, read), weights, touched, page)
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


def _gaps(group: Sequence[str], numbers: Numbers, touched: Sequence[int], page: _Page, read: Cells) -> Numbers:
    """How far each touched sum misses in each combination, 0 where a value is not listed; (n_combinations, n_sums)."""
    import numpy as np

    columns = {field: k for k, field in enumerate(group)}
    gaps = np.zeros((len(numbers), len(touched)))
    for k, r in enumerate(touched):
        for field in page.sums[r].fields:
            if field in columns:
                gaps[:, k] += page.places[field][r] * numbers[:, columns[field]]
        gaps[:, k] += sum(
            page.places[field][r] * _number(read[field]) for field in page.sums[r].fields if field not in columns
        )
    gaps = gaps.round(_DECIMALS)
    gaps[np.isnan(gaps)] = 0.0
    return gaps


def _number(cell: ReadCell) -> float:
    return float("nan") if cell.state is State.ILLEGIBLE else float(cell.value or 0)


def _consistency(gaps: Numbers, priors: Numbers, touched: Sequence[int], page: _Page) -> Numbers:
    """Weight of each combination for the cells that must be misprinted in it; (n_combinations,).

    Only failed sums that the group touches count: those that fail elsewhere fail in every combination alike, and would
    reach the most that is counted before the group is weighed. A combination that cannot weigh anything beside another
    weighs nothing.
    """
    import numpy as np

    beside = page.failed.difference(touched)
    fails = (gaps != 0).sum(axis=1)  # (n_combinations,)
    least = priors * page.misprint ** np.minimum(fails, _MISPRINTS_MOST)
    most = priors * page.misprint ** np.minimum(-(-fails // _SUMS_MOST), _MISPRINTS_MOST)
    known: dict[bytes, float] = {}
    weights = np.where(fails > 0, 0.0, 1.0)
    for k in np.flatnonzero((fails > 0) & (most > _NEGLIGIBLE * least.max())):
        key = gaps[k].tobytes()
        if key not in known:
            failed = {r: float(gap) for r, gap in zip(touched, gaps[k], strict=True) if gap}
            known[key] = page.misprint ** _count_misprints(failed, beside, page)
        weights[k] = known[key]
    return weights


def _count_misprints(failed: Mapping[int, float], beside: frozenset[int], page: _Page) -> int:
    """The fewest cells, found greedily, whose change mends the failed sums and breaks none that holds.

    `beside` are other sums that fail.
    """
    left, count = dict(failed), 0
    while left and count < _MISPRINTS_MOST:
        fields = {field for r in left for field in page.sums[r].fields}
        best = max((_mended(page.places[field], left, failed, beside) for field in sorted(fields)), key=len)
        for r in best or list(left)[:1]:
            del left[r]
        count += 1
    return count


def _mended(
    places: Mapping[int, float], left: Mapping[int, float], failed: Mapping[int, float], beside: frozenset[int]
) -> list[int]:
    """The failed sums that one change of a cell mends; none where that change would break a sum that holds."""
    changes: dict[float, list[int]] = {}
    for r, sign in places.items():
        if r in left:
            changes.setdefault(-sign * left[r], []).append(r)
        elif r not in failed and r not in beside:
            return []
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
