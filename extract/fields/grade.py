"""Cells + features → fields, graded by the confidence model (P(value and state are what is printed))."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np

from extract.artifacts import load_session, model_entry
from extract.errors import ModelError
from extract.fields.features import FEATURES
from extract.records import Cells, Field, ReadCell, State

MODEL = "field-confidence"
_OPEN_PLACE = tuple(FEATURES.index(name) for name in ("open_gap", "unsettled"))


def grade_fields(
    cells: Cells, features: Mapping[str, tuple[float, ...]], *, threshold: float | None = None
) -> dict[str, Field]:
    """Every cell as a Field. `threshold` overrides the one stored with the model.

    Raises: ModelError where the model was trained on other features.
    """
    entry = model_entry(MODEL)
    if tuple(entry["features"]) != FEATURES:
        raise ModelError(f"{MODEL}: the model was trained on other features than this version has; run gouji train")
    limit = entry["threshold"] if threshold is None else threshold
    names = list(cells)
    matrix = np.array([features[name] for name in names], dtype=np.float32)  # (n_cells, n_features)
    confidences = load_session(MODEL).run(None, {"features": matrix})[0].reshape(-1)  # (n_cells,)
    is_open = [bool(row[list(_OPEN_PLACE)].any()) for row in matrix]  # n_cells
    return {
        name: _to_field(cells[name], float(confidence), limit, placed=not place_is_open)
        for name, confidence, place_is_open in zip(names, confidences, is_open, strict=True)
    }


def _to_field(cell: ReadCell, confidence: float, limit: float, *, placed: bool) -> Field:
    """A cell that was not found, or whose row or column only order tells, is a person's to accept, however likely."""
    found = cell.state is not State.MISSING
    accepted = confidence >= limit and placed and found and cell.state is not State.ILLEGIBLE
    value = _plain(cell)
    page = cell.page if found and cell.page else None
    return Field(
        value, cell.state, round(confidence, 6), accepted, cell.raw, page, cell.bbox, cell.evidence, cell.line or None
    )


def _plain(cell: ReadCell) -> Decimal | int | None:
    """Whole numbers as int, others as Decimal, as the contract's `value` wants them."""
    if cell.value is None:
        return None
    return int(cell.value) if cell.value == cell.value.to_integral_value() else cell.value
