"""Cells + features → fields, graded by the confidence model (P(value and state are what is printed))."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import cache
from struct import Struct
from typing import Any

from extract.artifacts import load_session, model_entry
from extract.errors import ModelError, UsageError
from extract.fields.features import FEATURES, READABLE
from extract.quick import record, replace
from extract.records import RECOGNISED, Cells, Field, ReadCell, State
from extract.rules import joint_limits

MODEL = "field-confidence"
_RULES_PASSED, _RULES_FAILED, _PROSE_AGREES = map(FEATURES.index, ("rules_passed", "rules_failed", "prose_agrees"))
_HARDLY_READ = 0.2  # share of a table's fields that are accepted; below it nothing empty is
_OPEN_NOTE = "所在行列不能由标签确定"
_UNSETTLED_NOTE = "该行各数属哪一列不能确定"
_OPEN_MOST = 0.99  # confidence of a cell whose place is open, however surely it is read
_PACK = Struct(f"{len(FEATURES)}f").pack
_LABEL_FIT, _OPEN_GAP, _UNSETTLED = map(FEATURES.index, ("label_fit", "open_gap", "unsettled"))


def grade_fields(
    cells: Cells, features: Mapping[str, tuple[float, ...]], *, risk: float | None = None, has_lines: bool = True
) -> dict[str, Field]:
    """Every cell as a Field. At most `risk` of those that are accepted may be wrong (None: as stored with the model).

    `has_lines`: whether the file has lines that a person can count.

    Raises: ModelError where the model was trained on other features; UsageError as in `threshold_of`.
    """
    import numpy as np  # here, for the process that only shares out files needs the risk alone

    entry = model_entry(MODEL)
    if tuple(entry["features"]) != FEATURES:
        raise ModelError(f"{MODEL}: the model was trained on other features than this version has; run gouji train")
    limit = threshold_of(entry, risk)
    least = 1.0 - joint_limits().doubt_per_risk * settle_risk(risk)  # of what was read off a scan
    kinds = {id(own): own for own in map(features.__getitem__, cells)}  # most cells of a row share their features
    packed = b"".join([_PACK(*own) for own in kinds.values()])  # a third of the time of np.array
    matrix = np.frombuffer(packed, dtype=np.float32).reshape(-1, len(FEATURES))  # (n_kinds, n_features)
    likely = load_session(MODEL).run(None, {"features": matrix})[0].reshape(-1).tolist()  # (n_kinds,)
    confidences = dict(zip(kinds, likely, strict=True))
    grades: dict[tuple[int, int], _Grade] = {}
    alike: dict[tuple[object, ...], Field] = {}  # cells of a row that print the same are one field
    fields = {}
    for name, cell in cells.items():
        own = features[name]
        kind, scores = id(own), id(cell.scores)
        at = (cell.page, cell.line, cell.bbox, cell.place)
        shown = (kind, scores, id(cell.value), cell.raw, id(cell.evidence), at, cell.readings)
        field = alike.get(shown)
        if field is None:
            grade = grades.get((kind, scores))
            if grade is None:
                grade = grades[kind, scores] = _grade(cell, confidences[kind], own, limit=limit, least=least)
            field = alike[shown] = _to_field(cell, grade, has_lines=has_lines)
        fields[name] = field
    return distrust_beside_doubtful(distrust_blanks(fields))


def distrust_beside_doubtful(fields: dict[str, Field]) -> dict[str, Field]:
    """The fields; a blank cell is none to accept where a number of its row is not: the number may be its own."""
    doubtful = {
        name.rpartition(".")[0]
        for name, own in fields.items()
        if own.state is State.READ and own.value and not own.accepted
    }
    return _leave_blanks(fields, doubtful, lambda name: name.rpartition(".")[0])


def distrust_blanks(fields: dict[str, Field]) -> dict[str, Field]:
    """The fields; in a table that was hardly read what seems an empty cell may be a piece of something else.

    Where no table has a single number, a converter may have lost them all.
    """
    if not any(field.accepted and field.state is State.BLANK for field in fields.values()):
        return fields
    tables: dict[str, list[bool]] = {}
    lost = not any(field.state in (State.READ, State.DASH) for field in fields.values())
    for name, field in fields.items():
        tables.setdefault(name.partition(".")[0], []).append(field.accepted and not lost)
    poor = {table for table, accepted in tables.items() if sum(accepted) < _HARDLY_READ * len(accepted)}
    return _leave_blanks(fields, poor, lambda name: name.partition(".")[0])


def _leave_blanks(
    fields: dict[str, Field], groups: Collection[str], group_of: Callable[[str], str]
) -> dict[str, Field]:
    """The fields; no blank cell of these rows or tables is accepted."""
    if not groups:
        return fields
    return {
        name: replace(field, accepted=False)
        if field.accepted and field.state is State.BLANK and group_of(name) in groups
        else field
        for name, field in fields.items()
    }


def settle_risk(risk: float | None) -> float:
    """At most this share of the accepted fields may be wrong: `risk`, or what is stored with the model.

    Raises: UsageError as in `threshold_of`.
    """
    entry = model_entry(MODEL)
    threshold_of(entry, risk)
    return float(entry["risk"]) if risk is None else risk


def threshold_of(entry: Mapping[str, Any], risk: float | None = None) -> float:
    """The confidence from which on fields are accepted; `entry` is the model's in the registry.

    Raises: UsageError where training could not show so small a risk.
    """
    if risk is not None and not 0 < risk < 1:
        raise UsageError(f"--risk {risk}: 须大于 0、小于 1 / must be above 0 and below 1")
    shown = {float(own): float(threshold) for own, threshold in entry["thresholds"].items()}
    kept = [own for own in shown if own <= (entry["risk"] if risk is None else risk)]
    if not kept:
        raise UsageError(
            f"--risk {risk}: 训练数据能证明的最小风险是 {min(shown)} / the least risk that training could show"
        )
    return shown[max(kept)]


@record
class _Grade:
    """What cells with the same features and scores have in common."""

    confidence: float
    accepted: bool
    notes: tuple[str, ...]


def _grade(cell: ReadCell, confidence: float, features: tuple[float, ...], *, limit: float, least: float) -> _Grade:
    """A cell that was not found, or whose row or column only order tells, is a person's to accept, however likely.

    Nothing read off a scan is surer than its recogniser is, nor accepted where that one's probability is below `least`.
    """
    found = cell.state is not State.MISSING
    placed = not (features[_OPEN_GAP] or features[_UNSETTLED])
    recognised = cell.scores.get(RECOGNISED, 1.0)
    confidence = min(confidence, recognised)
    accepted = confidence >= limit and recognised >= least and placed and found and cell.state is not State.ILLEGIBLE
    only_place_is_open = confidence >= limit and found and not placed
    notes: tuple[str, ...] = ()
    if accepted:
        sums_hold = features[_RULES_FAILED] == 0 and features[_RULES_PASSED] > 0
        notes = _support(int(100 * features[_LABEL_FIT]), sums_hold, features[_PROSE_AGREES] > 0)
    if only_place_is_open:
        confidence = min(confidence, _OPEN_MOST)
        notes = (_OPEN_NOTE if features[_OPEN_GAP] else _UNSETTLED_NOTE,)
    return _Grade(round(confidence, 6), accepted, notes)


@cache  # there are few
def _support(label_percent: int, sums_hold: bool, prose_agrees: bool) -> tuple[str, ...]:
    """What speaks for a field that needs no person: its label, its sums, the prose."""
    label = f"行名相符度 {label_percent / 100:.2f}" if label_percent >= 100 * READABLE else ""
    told = (label, "所在合计均成立" if sums_hold else "", "与正文一致" if prose_agrees else "")
    return tuple(filter(None, told))


def _to_field(cell: ReadCell, grade: _Grade, *, has_lines: bool) -> Field:
    return Field(
        _plain(cell),
        cell.state,
        grade.confidence,
        grade.accepted,
        cell.raw,
        cell.page if cell.state is not State.MISSING and cell.page else None,
        cell.bbox,
        (*cell.evidence, *grade.notes),
        (cell.line or None) if has_lines else None,
        cell.place,
        cell.readings,
    )


def _plain(cell: ReadCell) -> Decimal | int | None:
    """Whole numbers as int, others as Decimal, as the contract's `value` wants them."""
    if cell.value is None:
        return None
    whole = int(cell.value)
    return whole if whole == cell.value else cell.value
