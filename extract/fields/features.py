"""The evidence for each cell as numbers, all about 0..1, in the order of FEATURES."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import add

from extract.quick import replace
from extract.records import RECOGNISED, Cells, Claim, Form, ReadCell, State, Verdict, Violation
from extract.rules import load_rules

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
_NO_RULES, _NO_PROSE = (0.0, 0.0, 0.0, 0.0), (0.0, 0.0)
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
    likely = load_rules("reading.toml")["joint"]["likely"]
    misread = frozenset(field for field, cell in cells.items() if cell.scores.get(RECOGNISED, 1.0) < likely)
    violations = _without_explained(violations, misread)
    rules = _rules_by_field(violations)
    prose = _prose_by_field(claims, cells)
    tables = _table_shares(cells, violations)
    rows = _rows(cells, form, misread)
    features = {}
    for row, fields in _fields_of_rows(form).items():
        table = row.partition(".")[0]
        known: dict[tuple[object, ...], tuple[float, ...]] = {}
        for field in fields:
            cell = cells[field]
            sums, claimed, zero = rules.get(field, _NO_RULES), prose.get(field, _NO_PROSE), cell.value == 0
            key = (id(cell.scores), cell.state, zero, sums, claimed)
            if key not in known:
                known[key] = (
                    *map(cell.scores.get, _CELL_SCORES, _NONE),
                    *_ONE_OF_STATES[cell.state],
                    *_ONE_OF_TABLES[table],
                    float(zero),
                    *sums,
                    *claimed,
                    *rows[row],
                    *tables[table],
                )
            features[field] = known[key]
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


def _rules_by_field(violations: Sequence[Violation]) -> dict[str, tuple[float, float, float, float]]:
    """Per field: rules passed (of 3), passed with a sum that is not 0, failed, not assessable."""
    counts: dict[str, tuple[float, float, float, float]] = {}
    for violation in violations:
        if not violation.code.startswith("A"):
            continue
        passed, nonzero = (violation.passed is True) / 3, bool(violation.passed and violation.found) / 3
        failed, open_sums = (violation.passed is False) / 3, (violation.passed is None) / 3
        outcome = (passed, nonzero, failed, open_sums)
        for field in violation.fields:
            own = counts.get(field)
            counts[field] = tuple(map(add, own, outcome)) if own else outcome
    return counts


def _prose_by_field(claims: Sequence[Claim], cells: Cells) -> dict[str, tuple[float, float]]:
    counts: dict[str, list[float]] = {}
    for claim in claims:
        if claim.field in cells and claim.verdict is not Verdict.UNVERIFIABLE:
            own = counts.setdefault(str(claim.field), [0.0, 0.0])
            own[claim.verdict is Verdict.CONTRADICTED] = 1.0
    return {field: (own[0], own[1]) for field, own in counts.items()}


def _rows(cells: Cells, form: Form, misread: frozenset[str]) -> Mapping[str, tuple[float, float]]:
    """Per row: share of its cells that are missing, and whether its cells disagree with its total; not told of one with
    a cell that was probably misread.
    """
    result = {}
    for row, fields in _fields_of_rows(form).items():
        members = [cells[field] for field in fields]
        whole = cells.get(f"{row}.total")
        total = whole.value if whole else None
        parts = sum((cell.value for cell in members if cell.value and cell is not whole), Decimal(0))
        missing = [cell.state for cell in members].count(State.MISSING) / len(members)
        result[row] = (
            missing,
            float(total is not None and len(members) > 1 and total != parts and misread.isdisjoint(fields)),
        )
    return result


def _table_shares(cells: Cells, violations: Sequence[Violation]) -> dict[str, tuple[float, ...]]:
    """Per table: shares of cells missing, without a label, in rows of a wrong width; of its rules that fail; of all
    cells of the document missing; of the table's cells blank.
    """
    failed: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for violation in violations:
        if violation.code.startswith("A") and violation.fields:
            table = violation.fields[0].split(".", 1)[0]
            rules[table] += 1
            failed[table] += violation.passed is False
    missing = sum(cell.state is State.MISSING for cell in cells.values()) / max(1, len(cells))
    members: dict[str, list[ReadCell]] = {table: [] for table in _TABLES}
    for field, cell in cells.items():
        members[field.partition(".")[0]].append(cell)
    result: dict[str, tuple[float, ...]] = {}
    for table, own in members.items():
        states = [cell.state for cell in own]
        unlabelled, misfits = _count_shares(own)
        size = max(1, len(own))
        result[table] = (
            states.count(State.MISSING) / size,
            unlabelled / size,
            misfits / size,
            failed[table] / max(1, rules[table]),
            missing,
            states.count(State.BLANK) / size,
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
