"""Records that are made fast are the same frozen records."""

from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from extract.quick import quick
from extract.records import Field, State


@quick
@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    count: int = 2
    notes: dict[str, int] = field(default_factory=dict)


def test_a_quick_record_takes_its_defaults_and_keeps_them_apart():
    one, other = Sample("a"), Sample("b", notes={"x": 1})
    assert (one.name, one.count, one.notes, other.notes) == ("a", 2, {}, {"x": 1})
    assert one.notes is not Sample("a").notes
    assert replace(one, count=3) == Sample("a", 3)


def test_a_quick_record_stays_frozen_and_asks_for_what_has_no_default():
    with pytest.raises(FrozenInstanceError):
        Sample("a").count = 3  # type: ignore[misc]
    with pytest.raises(TypeError, match="name"):
        Sample()  # type: ignore[call-arg]


def test_members_are_found_as_attributes_and_by_value():
    assert vars(State)["READ"] is State.READ is State("read")
    assert {own.name for own in fields(Field)} >= {"state", "value"}
