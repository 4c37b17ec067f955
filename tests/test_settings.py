from __future__ import annotations

from collections.abc import Iterator

import pytest

from extract import settings
from extract.errors import DataFileError
from extract.rules import load_rules


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    settings.load_settings.cache_clear()
    yield
    settings.load_settings.cache_clear()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_file_bytes", "20 MB"),
        ("max_file_bytes", -1),
        ("report_width", 100.5),
        ("jobs_most", True),
        ("metadata_threshold", "0.99"),
        ("metadata_threshold", 99.5),
        ("folder_suffixes", ".txt"),
        ("folder_suffixes", [1]),
    ],
)
def test_a_setting_of_another_type_or_out_of_range_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object
):
    entries = load_rules("settings.toml") | {name: {"value": value, "reason": "test"}}
    monkeypatch.setattr(settings, "load_rules", lambda file: entries)
    with pytest.raises(DataFileError, match=name):
        settings.load_settings()


def test_the_settings_that_are_shipped_load():
    assert settings.load_settings().report_width_least <= settings.load_settings().report_width
