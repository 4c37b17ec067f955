from __future__ import annotations

import pytest

import extract.settings as settings_module
from extract.errors import DataFileError
from extract.quick import required_fields
from extract.rules import fill_names, linear, linear_rules, load_rules, refuse_unknown
from extract.settings import Settings, load_settings
from tests.builders import FORM


def test_every_rule_adds_up_fields_of_the_form_and_none_twice():
    for rule in linear_rules(FORM):
        assert set(rule.fields) <= set(FORM.field_ids)
        assert len(set(rule.fields)) == len(rule.fields)


def test_every_field_of_tables_3_and_4_stands_in_a_sum():
    summed = {field for rule in linear_rules(FORM) for field in rule.fields}
    assert {field for field in FORM.field_ids if not field.startswith("disclosure.")} == summed


def test_a_rule_with_an_unknown_key_is_refused(monkeypatch: pytest.MonkeyPatch):
    entry = load_rules("arithmetic.toml")["rule"][0] | {"hole": []}
    monkeypatch.setattr(linear, "load_rules", lambda name: {"rule": [entry]})
    with pytest.raises(DataFileError, match="hole"):
        linear._expand_all(FORM)


def test_a_pattern_that_fits_no_field_is_refused(monkeypatch: pytest.MonkeyPatch):
    entry = load_rules("arithmetic.toml")["rule"][0] | {"parts": ["{each}.nobody"]}
    monkeypatch.setattr(linear, "load_rules", lambda name: {"rule": [entry]})
    with pytest.raises(DataFileError, match="nobody"):
        linear._expand_all(FORM)


def test_a_file_that_is_not_there_is_a_data_file_error():
    with pytest.raises(DataFileError, match=r"nothing\.toml"):
        load_rules("nothing.toml")


def test_unknown_keys_are_named():
    with pytest.raises(DataFileError, match="b, c"):
        refuse_unknown("x.toml", ["c", "a", "b"], ["a"])


def test_a_name_that_stands_for_nothing_is_told_with_its_file_and_entry():
    with pytest.raises(DataFileError, match=r"^scopes\.toml: earlier years: there is no \{ealry\}$"):
        fill_names("{early}", {"early": "前|{ealry}"}, place="scopes.toml: earlier years")


def test_every_setting_has_a_reason():
    entries = load_rules("settings.toml")
    assert set(entries) == set(required_fields(Settings))
    assert all(len(entry["reason"]) > 20 for entry in entries.values())


def test_a_setting_without_a_reason_is_refused(monkeypatch: pytest.MonkeyPatch):
    entries = load_rules("settings.toml")
    bare = entries | {"jobs_most": {"value": 3}}
    monkeypatch.setattr(settings_module, "load_rules", lambda name: bare)
    load_settings.cache_clear()
    with pytest.raises(DataFileError, match="jobs_most"):
        load_settings()
    load_settings.cache_clear()


def test_a_rule_over_rows_without_each_is_refused(monkeypatch: pytest.MonkeyPatch):
    entry = load_rules("arithmetic.toml")["rule"][0] | {
        "whole": ["requests.granted.total"],
        "parts": ["requests.*.total"],
    }
    monkeypatch.setattr(linear, "load_rules", lambda name: {"rule": [entry]})
    with pytest.raises(DataFileError, match=r"\{each\}"):
        linear._expand_all(FORM)


def test_a_rule_whose_code_the_catalogue_lacks_is_refused_with_both_files(monkeypatch: pytest.MonkeyPatch):
    (rule, *_) = linear_rules(FORM)
    monkeypatch.setattr(linear, "load_rules", lambda name: {})
    with pytest.raises(DataFileError, match=r"arithmetic.toml.*A001.*findings.toml"):
        linear._refuse_unexplained((rule,))
