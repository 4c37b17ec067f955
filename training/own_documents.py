"""Labelled documents of the user's own, and report documents that a person has corrected, and what is wrong with them.

`documents/` holds the files, `documents/truth/` a JSON file for each: a truth, or the file's report document (gouji/1)
with value and state of every field as the page prints them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.forms import form_ids, load_form
from extract.records import State

FOLDER = "documents"


def to_truth(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The truth (source, fields, states, must_review) of a truth or of a corrected report document."""
    if "schema" not in entry:
        return dict(entry)
    fields = entry["fields"]
    return {
        "source": entry["source"]["name"],
        "fields": {name: field["value"] for name, field in fields.items()},
        "states": {name: field["state"] for name, field in fields.items() if field["state"] != State.READ},
    }


def document_faults(folder: Path) -> list[str]:
    """Each fault of the folder's truths in one line: file, line where it is known, and remedy."""
    return [f"{path.name}{fault}" for path in sorted((folder / "truth").glob("*.json")) for fault in _faults(path)]


def _faults(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        truth = to_truth(json.loads(text))
        source, fields, states = truth["source"], truth["fields"], truth.get("states", {})
        known = max(
            (set(load_form(form_id).field_ids) for form_id in form_ids()), key=lambda own: len(own & set(fields))
        )
    except json.JSONDecodeError as error:
        yield f":{error.lineno}: no JSON ({error.msg}); mend the line"
        return
    except (KeyError, TypeError, AttributeError) as error:
        yield f": neither a truth nor a report document ({error!r}); corpus/README.md says what one holds"
        return
    if not (path.parent.parent / source).is_file():
        yield f": its document {source} is not there; put it into {path.parent.parent}"
    for name, value in fields.items():
        for fault in _field_faults(name, value, states.get(name, State.READ), known):
            yield f":{_line_of(text, name)}: {name}: {fault}"
    if lacking := sorted(known - set(fields)):
        yield f": lacks {len(lacking)} fields, {lacking[0]} the first; a truth has all of its template"


def _field_faults(name: str, value: object, state: str, known: set[str]) -> Iterator[str]:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if name not in known:
        yield "unknown field; GLOSSARY.md has the ids"
    if state not in list(State):
        yield f"state {state!r}; write one of {', '.join(State)}"
    elif state == State.READ and not is_number:
        yield f"value {value!r}; write the number as printed, or the state in which there is none"


def _line_of(text: str, name: str) -> int:
    """The line, from 1, on which the field is named first."""
    return text[: max(0, text.find(f'"{name}"'))].count("\n") + 1
