"""How probable each option of some cells is, given the picture, the prose, and the sums that a report seldom breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING

from extract.quick import record, replace
from extract.records import Cells, ReadCell, State
from extract.rules import JointLimits, LinearRule, joint_limits

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

_DECIMALS = 6  # sums of numbers with a few decimals that are equal to so many places are equal
_SUMS_MOST = 3  # sums that one cell counts in at most
_NEGLIGIBLE = 1e-10  # of the weight that one combination has at least; 20,000 of these are 2 in a million


@record
class Option:
    """What a cell may print. `number` is what sums count: 0 for an empty cell or a dash, None for the unlisted."""

    text: str
    state: State
    number: Decimal | None
    probability: float


@record
class Page:
    """What is weighed: the options of the cells, the sums of known cells, the values that the prose states of a field,
    and the probability that the report prints a given cell wrong, in one given way.

    `places` are the sums that a field counts in, by their index, and its sign there; `failed` those that fail as read,
    and by how much. The fields `in_doubt` are those that may well be misread.
    """

    options: Mapping[str, Sequence[Option]]
    sums: Sequence[LinearRule]
    claims: Mapping[str, Sequence[Decimal]]
    misprint: float
    in_doubt: frozenset[str]
    places: Mapping[str, Mapping[int, float]] = {}
    failed: Mapping[int, float] = {}


def to_page(page: Page, read: Cells) -> Page:
    """The page with what follows from its sums."""
    places: dict[str, dict[int, float]] = {}
    for r, rule in enumerate(page.sums):
        for k, field in enumerate(rule.fields):
            places.setdefault(field, {})[r] = 1.0 if k < len(rule.whole) else -1.0
    return replace(page, places=places, failed=failed_sums(page.sums, read))


def failed_sums(sums: Sequence[LinearRule], read: Cells) -> Mapping[int, float]:
    return {r: gap for r, rule in enumerate(sums) if abs(gap := read_gap(rule, read)) > 0}


def fails(rule: LinearRule, read: Cells) -> bool:
    return abs(read_gap(rule, read)) > 0


def read_gap(rule: LinearRule, read: Cells) -> float:
    """How much more the whole is than its parts; NaN where a cell is illegible."""
    gap = sum(_number(read[field]) for field in rule.whole) - sum(_number(read[field]) for field in rule.parts)
    return round(gap, _DECIMALS)


def combine_all(group: Sequence[str], page: Page) -> Iterable[tuple[int, ...]] | None:
    """All combinations of the options of the group's cells; None where these are too many."""
    counts = [len(page.options[field]) for field in group]
    few = prod(counts) <= joint_limits().combinations_most
    return product(*map(range, counts)) if few else None


def likeliest(group: Sequence[str], page: Page) -> tuple[Sequence[tuple[int, ...]], float]:
    """(as many combinations as may be weighed, those that page and prose make likeliest; the weight of all others, at
    most).
    """
    import numpy as np

    limits = joint_limits()
    chosen, weights, whole = np.zeros((1, 0), dtype=np.int64), np.ones(1), 1.0
    for field in group:
        priors = np.array(_priors(page.options[field], page.claims.get(field, ()), limits))
        combined = (weights[:, None] * priors).ravel()
        kept = np.argsort(-combined, kind="stable")[: limits.likeliest_most]
        own = (kept % len(priors))[:, None]
        chosen, weights = np.concatenate((chosen[kept // len(priors)], own), axis=1), combined[kept]
        whole *= float(priors.sum())
    return list(map(tuple, chosen.tolist())), max(0.0, whole - float(weights.sum()))


def vary_two(best: Mapping[str, int], page: Page) -> Iterator[tuple[int, ...]]:
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


def weigh(
    group: Sequence[str], choices: Iterable[tuple[int, ...]], page: Page, read: Cells, *, left: float = 0.0
) -> dict[str, list[float]]:
    """Field → posterior of each of its options over the `choices`, combinations of the options of the group's cells; at
    least so much where others with a weight of `left` at most are no choice: then no combination counts that breaks a
    sum, and what all these may weigh counts as left, too.
    """
    import numpy as np

    limits = joint_limits()
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
    weights *= _untold(group, numbers, touched, page, read)
    gaps = _gaps(group, numbers, touched, page, read)
    if left:
        breaking = (gaps != 0).any(axis=1)
        left += float((weights * _most(gaps, page))[breaking].sum())
        weights[breaking] = 0.0
    else:
        weights *= _consistency(gaps, weights, touched, page)
    total = weights.sum() + left
    return {
        field: [float(weights[chosen[:, k] == own].sum() / total) for own in range(len(page.options[field]))]
        for k, field in enumerate(group)
    }


def _priors(options: Sequence[Option], stated: Sequence[Decimal], limits: JointLimits) -> list[float]:
    """What the page and the prose say of each candidate; `stated` is empty where the prose says nothing of the cell."""
    listed = any(option.number in stated for option in options)
    denied = (limits.coincidence if listed else limits.contradiction) if stated else 1.0
    return [
        option.probability * (limits.unlisted if option.number is None else 1.0 if option.number in stated else denied)
        for option in options
    ]


def _untold(group: Sequence[str], numbers: Numbers, touched: Sequence[int], page: Page, read: Cells) -> Numbers:
    """Weight of each combination for its values that are not listed, (n_combinations,): less where a sum asks for one
    that is listed, so that the cell must be a misprint, too.
    """
    import numpy as np

    limits = joint_limits()
    columns = {field: k for k, field in enumerate(group)}
    against = np.zeros(numbers.shape, dtype=bool)
    for r in touched:
        own = [field for field in page.sums[r].fields if field in columns]
        signs = np.array([page.places[field][r] for field in own])
        values = numbers[:, [columns[field] for field in own]] * signs  # (n_combinations, n_own)
        beside = sum(page.places[field][r] * _number(read[field]) for field in page.sums[r].fields if field not in own)
        alone = np.isnan(values).sum(axis=1) == 1
        known = np.nansum(values, axis=1) + beside
        for k, field in enumerate(own):
            listed = [float(option.number) for option in page.options[field] if option.number is not None]
            asked = np.isin(np.round(-known * signs[k], _DECIMALS), listed)
            against[:, columns[field]] |= alone & np.isnan(values[:, k]) & asked
    return np.asarray((limits.misprint_any / limits.unlisted) ** against.sum(axis=1), dtype=np.float64)


def _gaps(group: Sequence[str], numbers: Numbers, touched: Sequence[int], page: Page, read: Cells) -> Numbers:
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


def _consistency(gaps: Numbers, priors: Numbers, touched: Sequence[int], page: Page) -> Numbers:
    """Weight of each combination for the cells that must be misprinted in it; (n_combinations,).

    Only failed sums that the group touches count: those that fail elsewhere fail in every combination alike, and would
    reach the most that is counted before the group is weighed. A combination that cannot weigh anything beside another
    weighs nothing.
    """
    import numpy as np

    most_counted = joint_limits().misprints_most
    fails = (gaps != 0).sum(axis=1)  # (n_combinations,)
    least = priors * page.misprint ** np.minimum(fails, most_counted)
    most = priors * _most(gaps, page)
    beside, known = _explain(touched, page), dict[bytes, float]()
    weights = np.where(fails > 0, 0.0, 1.0)
    for k in np.flatnonzero((fails > 0) & (most > _NEGLIGIBLE * least.max())):
        key = gaps[k].tobytes()
        if key not in known:
            failed = {r: float(gap) for r, gap in zip(touched, gaps[k], strict=True) if gap}
            known[key] = page.misprint ** _count_misprints(failed, beside, page)
        weights[k] = known[key]
    return weights


def _most(gaps: Numbers, page: Page) -> Numbers:
    """What each combination weighs at most for the sums that it breaks: one misprinted cell counts in several."""
    import numpy as np

    cells = -(-(gaps != 0).sum(axis=1) // _SUMS_MOST)
    return np.asarray(page.misprint ** np.minimum(cells, joint_limits().misprints_most), dtype=np.float64)


def _explain(touched: Sequence[int], page: Page) -> list[frozenset[int]]:
    """The failed sums that are not `touched`, together those of which one cell may be why, whatever the touched do."""
    left = {r: gap for r, gap in page.failed.items() if r not in touched}
    free, found = page.failed.keys() | touched, list[frozenset[int]]()
    while left:
        first, gap = next(iter(left.items()))
        alike = [frozenset([first])]
        for field in _blamed(first, page):
            places = page.places[field]
            change = -places[first] * gap
            if places.keys() <= free:
                alike.append(frozenset(r for r, sign in places.items() if -sign * left.get(r, 0.0) == change))
        found.append(max(alike, key=len))
        for r in found[-1]:
            del left[r]
    return found


def _count_misprints(failed: Mapping[int, float], beside: Sequence[frozenset[int]], page: Page) -> int:
    """The fewest cells, found greedily, whose change mends the failed sums and breaks none that holds.

    `beside` are other sums that fail, together those of one cell, which is wrong anyway. None is counted where the same
    change of it mends the failed ones, too.
    """
    if any(_is_mended_with(own, failed, beside, page) for own in beside):
        return 0
    other = frozenset().union(*beside)
    left, count, most = dict(failed), 0, joint_limits().misprints_most
    while left and count < most:
        fields = {field for r in left for field in page.sums[r].fields}
        best = max((_mended(page.places[field], left, failed, other) for field in sorted(fields)), key=len)
        for r in best or list(left)[:1]:
            del left[r]
        count += 1
    return count


def _mended(
    places: Mapping[int, float], left: Mapping[int, float], failed: Mapping[int, float], beside: Set[int]
) -> list[int]:
    """The failed sums that one change of a cell mends; none where that change would break a sum that holds."""
    changes: dict[float, list[int]] = {}
    for r, sign in places.items():
        if r in left:
            changes.setdefault(-sign * left[r], []).append(r)
        elif r not in failed and r not in beside:
            return []
    return max(changes.values(), key=len, default=[])


def _is_mended_with(
    others: frozenset[int], failed: Mapping[int, float], beside: Sequence[frozenset[int]], page: Page
) -> bool:
    """Whether a change of one cell mends all these `others` and all the failed ones, and breaks none that holds."""
    gaps = {**failed, **{r: page.failed[r] for r in others}}
    first = min(others)
    for field in _blamed(first, page):
        places = page.places[field]
        change = -places[first] * page.failed[first]
        if all(r in places and -places[r] * gap == change for r, gap in gaps.items()):
            return all(r in failed or any(r in own for own in beside) for r in places)
    return False


def _blamed(failed: int, page: Page) -> Sequence[str]:
    """The cells one of which may be why that sum fails: where one is in doubt, it alone, and none where several are."""
    doubtful = page.in_doubt.intersection(page.sums[failed].fields)
    return page.sums[failed].fields if not doubtful else tuple(doubtful) if len(doubtful) == 1 else ()
