"""The evidence for each cell as numbers, all about 0..1, in the order of FEATURES."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from extract.quick import replace
from extract.records import RECOGNISED, Cells, Claim, Form, ReadCell, State, Verdict, Violation
from extract.rules import joint_limits

_CELL_SCORES = (
    "label_fit",
    "label_margin",
    "labelled",
    "forced",
    "moved",
    "open_gap",
    "unsettled",
    "placement_cost",
    "stated",
    "placement_margin",
    "quality",
    "surplus",
    "deficit",
    "leftover",
)
_STATES = tuple(State)
_TABLES = ("disclosure", "requests", "challenges")
_NONE = (0.0,) * len(_CELL_SCORES)  # where a cell has no such score
READABLE = 0.5  # similarity (0..1) of a label that placed its row
_NO_PROSE = (0.0, 0.0)
_PASSED, _ZERO, _FAILED, _OPEN = (
    "+0-?"  # what becomes of a sum: passed, the same with a sum of 0, failed, not assessable
)
_ONE_OF_STATES = {state: tuple(float(state is other) for other in _STATES) for state in _STATES}
_ONE_OF_TABLES = {table: tuple(float(table == other) for other in _TABLES) for table in _TABLES}
FEATURES = (
    *_CELL_SCORES,
    *(f"state_{state}" for state in _STATES),
    *(f"table_{table}" for table in _TABLES),
    "zero",
    "rules_passed",
    "rules_passed_nonzero",
    "rules_failed",
    "rules_unassessable",
    "prose_agrees",
    "prose_differs",
    "row_missing_cells",
    "row_failed",
    "table_missing_share",
    "table_unlabelled_share",
    "table_misfit_share",
    "table_failed_share",
    "document_missing_share",
    "blanks_in_table",
)


def cell_features(
    cells: Cells, form: Form, violations: Sequence[Violation], claims: Sequence[Claim]
) -> dict[str, tuple[float, ...]]:
    """Field id → its features, shape (len(FEATURES),). `violations` holds every rule, passed or not.

    Cells of a row that have the same share one tuple.
    """
    likely = joint_limits().likely
    recognised = [cell for cell in cells.values() if RECOGNISED in cell.scores]
    misread = frozenset(cell.field for cell in recognised if cell.scores[RECOGNISED] < likely)
    violations = _without_explained(violations, misread)
    sums = _sums_by_field(violations)
    prose = _prose_by_field(claims, cells)
    rows = {row: [cells[field] for field in fields] for row, fields in _fields_of_rows(form).items()}
    tables = _table_shares(rows, violations)
    features = {}
    for row, own in rows.items():
        table = row.partition(".")[0]
        around = (*_describe_row(own, misread), *tables[table])
        known: dict[tuple[object, ...], tuple[float, ...]] = {}
        for cell in own:
            field = cell.field
            outcomes, claimed, zero = sums.get(field, ""), prose.get(field, _NO_PROSE), cell.value == 0
            key = (id(cell.scores), cell.state, zero, outcomes, claimed)
            made = known.get(key)
            if made is None:
                made = known[key] = (
                    *map(cell.scores.get, _CELL_SCORES, _NONE),
                    *_ONE_OF_STATES[cell.state],
                    *_ONE_OF_TABLES[table],
                    float(zero),
                    *_count_outcomes(outcomes),
                    *claimed,
                    *around,
                )
            features[field] = made
    return features


def _without_explained(violations: Sequence[Violation], misread: frozenset[str]) -> Sequence[Violation]:
    """The violations; a sum that fails over a cell of a scan which was probably misread says nothing of the others."""
    if not misread:
        return violations
    return [
        replace(item, passed=None) if item.passed is False and not misread.isdisjoint(item.fields) else item
        for item in violations
    ]


@lru_cache(maxsize=8)
def _fields_of_rows(form: Form) -> Mapping[str, tuple[str, ...]]:
    """Row, or group of columns → its fields."""
    rows: dict[str, list[str]] = {}
    for field in form.field_ids:
        rows.setdefault(field.rpartition(".")[0], []).append(field)
    return {row: tuple(fields) for row, fields in rows.items()}


def _sums_by_field(violations: Sequence[Violation]) -> dict[str, str]:
    """Per field: what became of each sum that it stands in, one character for each."""
    outcomes: dict[str, str] = {}
    for violation in violations:
        if violation.code.startswith("A"):
            held = _PASSED if violation.found else _ZERO
            outcome = _OPEN if violation.passed is None else held if violation.passed else _FAILED
            for field in violation.fields:
                outcomes[field] = outcomes.get(field, "") + outcome
    return outcomes


@cache  # there are few
def _count_outcomes(outcomes: str) -> tuple[float, float, float, float]:
    """Of a field's sums: passed (of 3), passed with a sum that is not 0, failed, not assessable."""
    kinds = ((_PASSED, _ZERO), _PASSED, _FAILED, _OPEN)
    passed, nonzero, failed, open_sums = (
        sum((1 / 3 for outcome in outcomes if outcome in kind), 0.0) for kind in kinds
    )
    return passed, nonzero, failed, open_sums


def _prose_by_field(claims: Sequence[Claim], cells: Cells) -> dict[str, tuple[float, float]]:
    counts: dict[str, list[float]] = {}
    for claim in claims:
        if claim.field in cells and claim.verdict is not Verdict.UNVERIFIABLE:
            own = counts.setdefault(str(claim.field), [0.0, 0.0])
            own[claim.verdict is Verdict.CONTRADICTED] = 1.0
    return {field: (own[0], own[1]) for field, own in counts.items()}


def _describe_row(cells: Sequence[ReadCell], misread: frozenset[str]) -> tuple[float, float]:
    """The share of the row's cells that are missing, and whether they disagree with its total, which is the last; not
    told of one with a cell that was probably misread.
    """
    missing = [cell.state for cell in cells].count(State.MISSING) / len(cells)
    values = [cell.value for cell in cells if cell.value]
    total = cells[-1].value if cells[-1].field.endswith(".total") and len(cells) > 1 else None
    differs = bool(values) and total is not None and sum(values) != 2 * total
    return missing, float(differs and not any(cell.field in misread for cell in cells))


def _table_shares(
    rows: Mapping[str, Sequence[ReadCell]], violations: Sequence[Violation]
) -> dict[str, tuple[float, ...]]:
    """Per table: shares of cells missing, without a label, in rows of a wrong width; of its rules that fail; of all
    cells of the document missing; of the table's cells blank.
    """
    failed: dict[str, list[bool]] = {table: [] for table in _TABLES}
    for violation in violations:
        if violation.code.startswith("A") and violation.fields:
            failed[violation.fields[0].partition(".")[0]].append(violation.passed is False)
    members: dict[str, list[ReadCell]] = {table: [] for table in _TABLES}
    for row, cells in rows.items():
        members[row.partition(".")[0]] += cells
    states = {table: [cell.state for cell in own] for table, own in members.items()}
    missing = {table: own.count(State.MISSING) for table, own in states.items()}
    missing_at_all = sum(missing.values()) / max(1, sum(map(len, states.values())))
    result: dict[str, tuple[float, ...]] = {}
    for table, own in members.items():
        unlabelled, misfits = _count_shares(own)
        size = max(1, len(own))
        result[table] = (
            missing[table] / size,
            unlabelled / size,
            misfits / size,
            sum(failed[table]) / max(1, len(failed[table])),
            missing_at_all,
            states[table].count(State.BLANK) / size,
        )
    return result


def _count_shares(cells: Sequence[ReadCell]) -> tuple[int, int]:
    """How many of the cells stand in rows without a readable label, and in rows of a wrong width."""
    scores: Mapping[str, float] | None = None
    unlabelled = misfits = 0
    is_unlabelled = is_misfit = False
    for cell in cells:
        if cell.scores is not scores:  # those of a row mostly share them
            scores = cell.scores
            is_unlabelled = scores.get("label_fit", 0.0) < READABLE
            is_misfit = scores.get("surplus", 0) + scores.get("deficit", 0) > 0
        unlabelled += is_unlabelled
        misfits += is_misfit
    return unlabelled, misfits
