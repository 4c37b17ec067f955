"""Records that are made fast are the same frozen records."""

import pickle
from dataclasses import dataclass
from typing import get_type_hints

import msgspec
import pytest

from extract.quick import as_dict, as_tuple, map_once, record, replace
from extract.records import State


@record
class Sample:
    name: str
    count: int = 2
    notes: dict[str, int] = msgspec.field(default_factory=dict)

    @property
    def twice(self) -> int:
        return 2 * self.count


@dataclass(frozen=True)
class Plain:
    name: str


def test_a_record_takes_its_defaults_and_keeps_them_apart():
    one, other = Sample("a"), Sample("b", notes={"x": 1})
    assert (one.name, one.count, one.notes, other.notes) == ("a", 2, {}, {"x": 1})
    assert one.notes is not Sample("a").notes
    assert one.twice == 4


def test_a_record_is_changed_as_any_dataclass():
    one = Sample("a", notes={"x": 1})
    assert replace(one, count=3) == Sample("a", 3, {"x": 1}) != one
    assert replace(Plain("a"), name="b") == Plain("b")


def test_a_record_can_be_sent_to_another_process_and_taken_apart():
    one = Sample("a", 3)
    assert pickle.loads(pickle.dumps(one)) == one
    assert as_dict(one) == {"name": "a", "count": 3, "notes": {}}
    assert as_tuple(one) == ("a", 3, {})
    assert get_type_hints(Sample)["notes"] == dict[str, int]
    assert repr(one) == "Sample(name='a', count=3, notes={})"


def test_a_record_stays_frozen_and_asks_for_what_has_no_default():
    with pytest.raises(AttributeError):
        Sample("a").count = 3  # type: ignore[misc]
    with pytest.raises(TypeError, match="name"):
        Sample()  # type: ignore[call-arg]


def test_members_are_found_as_attributes_and_by_value():
    assert vars(State)["READ"] is State.READ is State("read")


def test_what_is_one_object_is_made_once():
    made = []
    one, like = Sample("a"), Sample("a")
    given = {"first": one, "second": one, "third": like}
    assert map_once(lambda item: made.append(item) or item.twice, given) == dict.fromkeys(given, 4)
    assert len(made) == 2
