"""A file of the user's own (`--rules FILE`) → the additions it makes, checked: nothing in it is passed over."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from extract.artifacts import DIGITS
from extract.errors import DataFileError, say_of_system
from extract.forms import form_ids, load_form
from extract.own import OwnRules, own_rules_in_use
from extract.records import Axis, Form, Severity
from extract.rules import expand_sums, load_rules
from extract.settings import check_setting
from extract.textform import bare_label

_TABLES = ("alias", "sum", "settings", "history")
_ALIAS_KEYS = {"of", "also", "templates"}
_SUM_TEXTS = ("name", "says", "says_en", "severity", "over")
_SUM_LISTS = ("whole", "parts", "templates")
_SUM_KEYS = {*_SUM_TEXTS, *_SUM_LISTS, "table"}
_SETTINGS_MUST = {
    "must be a list of texts": "应为文字的列表",
    "must be a whole number above 0": "应为大于 0 的整数",
    "must be a number above 0": "应为大于 0 的数",
    "must be a probability, 0 to 1": "应为 0 至 1 的概率",
}
_HISTORY = ("reading", "reuse", "jump")


def read_own_rules(path: Path) -> OwnRules:
    """The file's aliases, sums, settings and limits of comparison.

    Raises: DataFileError that names file, entry, what is wrong and what to do, in Chinese and English.
    """
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
        given = tomllib.loads(text)
    except OSError as error:
        remedy = f"请检查路径 / check the path ({say_of_system(error)})"
        raise _wrong(f"{path}: --rules", "无法读取", "cannot be read", remedy) from error
    except ValueError as error:
        remedy = "write it as TOML in UTF-8 / 请写成 UTF-8 的 TOML"
        raise _wrong(f"{path}: TOML", "格式有误", f"this is no TOML ({error})", remedy) from error
    return parse_own_rules(given, path, hashlib.sha256(content).hexdigest()[:DIGITS])


def parse_own_rules(given: Mapping[str, Any], file: Path | str = "--rules", digest: str = "") -> OwnRules:
    """The entries of a parsed file. Raises: DataFileError as above."""
    try:
        with own_rules_in_use(OwnRules()):  # checked against what is built in
            _refuse_unknown("", given, _TABLES)
            numbers = {"settings.toml": dict(_settings(file, _table(given, "settings")))}
            numbers["history.toml"] = _history(_table(given, "history"))
            aliases = _aliases(_list(given, "alias"))
            sums = tuple(_sums(_list(given, "sum")))
    except DataFileError as error:
        raise DataFileError(f"{file}: {error}") from error
    return OwnRules(aliases, sums, {name: own for name, own in numbers.items() if own}, digest)


# ---------------------------------------------------------------- aliases


def _aliases(entries: list[Any]) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for number, entry in enumerate(entries, 1):
        place = f"[[alias]] {number}"
        _refuse_unknown(place, entry, _ALIAS_KEYS)
        of, also = _text(place, entry, "of"), _texts(place, entry, "also")
        forms = _forms(place, entry)
        named = [form for form in forms if of in _targets(form)]
        if not named:
            known = dict.fromkeys(name for form in forms for name in _targets(form))
            raise _unknown(
                f"{place} of = {_show(of)}", of, known, "没有此行、列或部分", "no such row, column or section"
            )
        for form in named:
            _refuse_taken(place, form, of, also)
            found[form.id, of] = (*found.get((form.id, of), ()), *also)
    return found


def _targets(form: Form) -> dict[str, tuple[str, ...]]:
    """Id of a row or column, or `section.` and its number → the wordings that it has."""
    axes = {axis.id: axis.labels for axes in _axes(form) for axis in axes}
    return axes | {f"section.{own.number}": (own.heading, *own.aliases) for own in form.sections}


def _axes(form: Form) -> Iterator[tuple[Axis, ...]]:
    for block in (block for table in form.tables for block in table.blocks):
        yield block.rows
        yield block.columns


def _refuse_taken(place: str, form: Form, of: str, also: Iterable[str]) -> None:
    """Raises: DataFileError where a wording means another row, column or section of the form, or a group of them."""
    kind = "section." if of.startswith("section.") else ""
    groups = {bare_label(axis.group): axis.group for axes in _axes(form) for axis in axes if axis.group}
    others = groups | {bare_label(word): name for name, words in _targets(form).items() for word in words if name != of}
    for word in also:
        taken = others.get(bare_label(word))
        if taken and taken.startswith(kind):
            what = f"{place} also = {_show(word)}"
            raise _wrong(what, f"已是 {taken} 的名称", f"is a wording of {taken} already", "leave it out / 请删去")


# ---------------------------------------------------------------- sums


def _sums(entries: list[Any]) -> Iterator[dict[str, Any]]:
    names: set[str] = set()
    for number, entry in enumerate(entries, 1):
        place = f"[[sum]] {number}"
        _refuse_unknown(place, entry, _SUM_KEYS)
        name = _text(place, entry, "name")
        if name in names:
            raise _wrong(f"{place} name = {_show(name)}", "重名", "stands there twice", "give each its own / 请另取名")
        names.add(name)
        _refuse_severity(place, entry)
        if ("over" in entry) != ("table" in entry):
            raise _wrong(place, "over 与 table 须同时填写", "over and table go together", "give both or neither")
        forms = [form.id for form in _forms(place, entry)]
        texts = {key: _text(place, entry, key) for key in _SUM_TEXTS if key in entry}
        lists = {key: _texts(place, entry, key) for key in ("whole", "parts")}
        made = {"says": "", "says_en": "", "severity": "warning", **texts, **lists, "templates": forms}
        made |= {"table": entry["table"]} if "table" in entry else {}
        _refuse_unfit(place, made)
        yield made


def _refuse_severity(place: str, entry: Mapping[str, Any]) -> None:
    known = [severity.value for severity in Severity]
    if "severity" in entry and entry["severity"] not in known:
        what = f"{place} severity = {_show(entry['severity'])}"
        raise _wrong(what, "没有此级别", "no such severity", f"one of / 可用：{', '.join(known)}")


def _refuse_unfit(place: str, entry: Mapping[str, Any]) -> None:
    """Raises: DataFileError where a pattern fits no field of one of the sum's templates, or `over` is not known."""
    if "over" in entry and not any("{each}" in pattern for pattern in (*entry["whole"], *entry["parts"])):
        raise _wrong(f"{place} over", "没有用到 {each}", "no pattern holds {each}", "add it, or leave over out")
    if "over" not in entry and any("{each}" in pattern for pattern in (*entry["whole"], *entry["parts"])):
        remedy = 'add table and over = "rows", "columns" or "groups" / 请补上 table 和 over'
        raise _wrong(place, "用到 {each}，没有 over", "{each} needs over", remedy)
    for form_id in entry["templates"]:
        try:
            expand_sums(entry, load_form(form_id))
        except DataFileError as error:
            cause = str(error).partition(": ")[2]
            remedy = "ids are in GLOSSARY.md; narrow it with templates = [...] / 字段见 GLOSSARY.md"
            raise _wrong(place, "与格式不符", cause, remedy) from error


# ---------------------------------------------------------------- numbers


def _settings(file: Path | str, given: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    _refuse_unknown("[settings]", given, load_rules("settings.toml"))
    for name, value in given.items():
        try:
            check_setting(name, value)
        except DataFileError as error:
            place, english = f"[settings] {name} = {_show(value)}", str(error).rpartition(": ")[2]
            chinese = _SETTINGS_MUST[english]
            raise _wrong(place, chinese, english, "see / 见 extract/rules/settings.toml") from error
        yield name, {"value": value, "reason": str(file)}


def _history(given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The limits of `gouji compare`: [history.reading], [history.reuse], [history.jump]."""
    _refuse_unknown("[history]", given, _HISTORY)
    for table in given:
        place, known = f"[history.{table}]", load_rules("history.toml")[table]
        _refuse_unknown(place, _table(given, table), known)
        for key, value in given[table].items():
            if not _is_alike(value, known[key]):
                like = f"like / 如 {_show(known[key])}"
                raise _wrong(
                    f"{place} {key} = {_show(value)}",
                    "类型不对，或不大于 0",
                    "is of another type, or not above 0",
                    like,
                )
            if table == "jump" and key == "fields":
                _refuse_unknown(f"{place} {key}", value, load_form(form_ids()[0]).field_ids)
    return {table: dict(own) for table, own in given.items()}


def _is_alike(value: Any, known: Any) -> bool:
    """A number above 0 for a number, a list of texts for one."""
    if isinstance(known, list):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


# ---------------------------------------------------------------- entries


def _forms(place: str, entry: Mapping[str, Any]) -> list[Form]:
    ids = _texts(place, entry, "templates") if "templates" in entry else list(form_ids())
    for form_id in ids:
        if form_id not in form_ids():
            raise _unknown(f"{place} templates = {_show(ids)}", form_id, form_ids(), "没有此格式", "no such template")
    return [load_form(form_id) for form_id in ids]


def _list(given: Mapping[str, Any], key: str) -> list[Any]:
    entries = given.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _wrong(key, "应为若干表", "must be a list of tables", f"write [[{key}]] / 请写 [[{key}]]")
    return entries


def _table(given: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    entries = given.get(key, {})
    if not isinstance(entries, dict):
        raise _wrong(key, "应为一个表", "must be a table", f"write [{key}] / 请写 [{key}]")
    return entries


def _text(place: str, entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        shown = f" = {_show(value)}" if key in entry else ""
        raise _wrong(f"{place} {key}{shown}", "应为文字", "must be a text", f'write {key} = "…" / 请补上')
    return value


def _texts(place: str, entry: Mapping[str, Any], key: str) -> list[str]:
    value = entry.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and item.strip() for item in value):
        shown = f" = {_show(value)}" if key in entry else ""
        raise _wrong(f"{place} {key}{shown}", "应为文字的列表", "must be a list of texts", f'{key} = ["…"]')
    return value


def _refuse_unknown(place: str, given: Iterable[str], known: Iterable[str]) -> None:
    for key in given:
        if key not in known:
            raise _unknown(f"{place} {key}".strip(), key, known, "不认识的项", "unknown key")


def _unknown(place: str, name: str, known: Iterable[str], zh: str, en: str) -> DataFileError:
    known = sorted(known)
    near = get_close_matches(name, known, n=3, cutoff=0.6)
    listed = ", ".join(near or known[:12]) + (" …" if not near and len(known) > 12 else "")
    return _wrong(place, zh, en, f"{'near it' if near else 'known'} / {'相近的' if near else '可用'}: {listed}")


def _wrong(place: str, zh: str, en: str, remedy: str) -> DataFileError:
    return DataFileError(f"{place}: {zh} / {en}; {remedy}")


def _show(value: Any) -> str:
    """The value as the file has it: true and "text", not True and 'text'."""
    return json.dumps(value, ensure_ascii=False, default=str)
