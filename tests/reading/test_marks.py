"""A table that leaves its empty cells empty prints no dash in one of them, and the other way."""

from __future__ import annotations

import pytest

from extract.quick import replace
from extract.reading.joint import join_readings
from extract.reading.marks import count_marks, weigh_marks
from extract.records import RECOGNISED, Cells, ReadCell, State
from tests.builders import FORM, make_cells

FIELDS = [field for field in FORM.field_ids if field.startswith("requests.") and not field.endswith(".total")]


def marked(*readings: tuple[tuple[str, float], ...]) -> Cells:
    """Empty cells of table 3 with these readings, in turn; those of the other tables are sure."""
    cells: dict[str, ReadCell] = dict(make_cells({}))
    for k, field in enumerate(FIELDS):
        own = readings[k % len(readings)]
        state = State.DASH if own[0][0] else State.BLANK
        cells[field] = replace(cells[field], state=state, value=None, raw=own[0][0], readings=own)
        cells[field] = replace(cells[field], scores={RECOGNISED: own[0][1]})
    return cells


BLANK, UNSURE, DASH = (("", 0.985), ("-", 0.014)), (("-", 0.48), ("", 0.47)), (("-", 0.96), ("", 0.03))
ZERO, SEALED = (("0", 0.99), ("", 0.002)), (("", 0.6), ("0", 0.3))


def test_the_marks_of_a_table_are_counted() -> None:
    assert count_marks(marked(BLANK))["requests"]["dash"] < 2
    assert count_marks(marked(DASH))["requests"]["blank"] < 2
    mixed = count_marks(marked(BLANK, DASH, ZERO))["requests"]
    assert all(count == pytest.approx(len(FIELDS) / 3 + 1, abs=2) for count in mixed.values())


def test_a_cell_alone_has_no_habit() -> None:
    (field, *_) = FIELDS
    counts = count_marks({field: marked(SEALED)[field]})["requests"]
    assert weigh_marks(SEALED, counts) == [(text, pytest.approx(score)) for text, score in SEALED]


def test_a_cell_that_may_be_empty_or_a_dash_is_what_the_others_are() -> None:
    cells = marked(*[BLANK] * 20, UNSURE)
    read = join_readings(cells, (), {})
    assert {cell.state for field, cell in read.items() if field in FIELDS} == {State.BLANK}
    assert min(read[field].scores[RECOGNISED] for field in FIELDS[:20]) > 0.997
    mixed = join_readings(marked(BLANK, DASH, UNSURE), (), {})
    assert mixed[FIELDS[2]].scores[RECOGNISED] < 0.6
    assert mixed[FIELDS[2]].raw == "-"


def test_a_cell_hardly_read_is_no_empty_one_among_zeros() -> None:
    cell = join_readings(marked(*[ZERO] * 149, SEALED), (), {})[FIELDS[149]]
    assert cell.state is not State.BLANK or cell.scores[RECOGNISED] < 0.1
    assert cell.scores[RECOGNISED] < 0.996


def test_a_sure_dash_among_empty_cells_stays_one() -> None:
    read = join_readings(marked(*[BLANK] * 149, (("-", 0.97), ("", 0.02))), (), {})
    assert read[FIELDS[149]].state is State.DASH


def test_a_likelier_dash_among_many_empty_cells_is_none() -> None:
    read = join_readings(marked(*[BLANK] * 149, (("-", 0.6), ("", 0.35))), (), {})
    assert read[FIELDS[149]].state is State.BLANK
    assert read[FIELDS[149]].value is None
    assert read[FIELDS[149]].scores[RECOGNISED] < 0.99


def test_among_dashes_a_cell_that_seems_empty_is_for_a_person() -> None:
    """Its dash may stand at the edge of its picture: the sums hold with it as well."""
    cell = join_readings(marked(*[DASH] * 11, (("", 0.9945), ("?", 0.0005))), (), {})[FIELDS[11]]
    assert cell.state is State.BLANK
    assert cell.scores[RECOGNISED] < 0.99
    sure = join_readings(marked(*[BLANK] * 11, (("", 0.9945), ("?", 0.0005))), (), {})[FIELDS[11]]
    assert sure.scores[RECOGNISED] > 0.999


def test_a_dash_that_was_hardly_seen_where_the_others_are_dashes_is_for_a_person() -> None:
    hinted = (("", 0.9634), ("?", 0.0015), ("-", 0.0007))
    assert join_readings(marked(*[DASH] * 3, hinted), (), {})[FIELDS[3]].scores[RECOGNISED] < 0.98
    assert join_readings(marked(*[BLANK] * 3, hinted), (), {})[FIELDS[3]].scores[RECOGNISED] > 0.995
