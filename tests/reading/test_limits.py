"""The limits of the reading: each has its place in the file, and no other stands there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extract.errors import DataFileError
from extract.rules import joint_limits, layout_limits, load_rules, mark_limits, reading


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    joint_limits.cache_clear()
    yield
    joint_limits.cache_clear()


def test_the_limits_that_are_shipped_load() -> None:
    assert joint_limits().supported < joint_limits().clear
    assert layout_limits().decided < layout_limits().far
    assert mark_limits().untold < 1


@pytest.mark.parametrize("change", [{"clearer": 0.9}, {"clear": None}])
def test_a_limit_that_is_unknown_or_missing_is_refused(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, float | None]
) -> None:
    entries = {name: value for name, value in (load_rules("reading.toml")["joint"] | change).items() if value}
    monkeypatch.setattr(reading, "load_rules", lambda file: {"joint": entries})
    with pytest.raises(DataFileError, match="clear"):
        joint_limits()
