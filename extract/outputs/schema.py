"""The JSON schema of the report document, generated from the records."""

from __future__ import annotations

import types
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from extract.outputs.document import SCHEMA
from extract.records import Claim, Field, Finding, Maker, Place, ReportScore, Sentence, Source, Spot, Template

Json = dict[str, Any]

_RENAMED: dict[tuple[type, str], str] = {(Source, "file"): "name"}
_INTERNAL: set[tuple[type, str]] = {  # between stages only
    *((Sentence, "ending"), (Sentence, "score")),
    *((Claim, "certain"), (Claim, "of_scope"), (Claim, "guess"), (Claim, "anew")),
}
_OPTIONAL = {
    "line",
    "place",
    "candidates",
    "note",
    "share_of",
    "start",
    "end",
    "suspect",
    "mended",
    "claims",
    "spots",
    "of_section",
    "paragraph",
}  # beyond the contract
_META = ("agency", "year", "title", "published", "period_start", "period_end")
_PLAIN: dict[object, Json] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    Decimal: {"type": "number"},
    type(None): {"type": "null"},
}
_UNIT = {"type": "number", "minimum": 0, "maximum": 1}


def report_schema() -> Json:
    """JSON Schema (2020-12) of the report document."""
    parts = (Source, Maker, Template, ReportScore, Field, Place, Sentence, Claim, Finding, Spot)
    lists = {"sentences": Sentence, "claims": Claim, "findings": Finding}
    listed = {name: {"type": "array", "items": _ref(part)} for name, part in lists.items()}
    properties: Json = {
        "schema": {"const": SCHEMA},
        "source": _ref(Source),
        "made_by": _ref(Maker),
        "template": _ref(Template),
        "score": _ref(ReportScore),
        "report": {"type": "object", "properties": {name: _ref(Field) for name in _META}, "required": list(_META)},
        "fields": {"type": "object", "additionalProperties": _ref(Field)},
        **listed,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{SCHEMA} report document",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": {part.__name__: _record_schema(part) for part in parts},
    }


def _ref(part: type) -> Json:
    return {"$ref": f"#/$defs/{part.__name__}"}


def _record_schema(record: type) -> Json:
    """A record's fields as properties; all are required but those that the contract does not name."""
    hints = get_type_hints(record)
    properties: Json = {}
    for field, hint in hints.items():
        if (record, field) in _INTERNAL:
            continue
        name = _RENAMED.get((record, field), field)
        properties[name] = _UNIT if name in ("confidence", "all_accepted_right") else _type_schema(hint)
    description = (record.__doc__ or "").split("\n")[0]
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": [name for name in properties if name not in _OPTIONAL],
        "additionalProperties": False,
    }


def _type_schema(hint: Any) -> Json:
    if hint == Mapping[str, str]:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _union_schema(inner)
    if origin is tuple and inner[-1] is Ellipsis:
        return {"type": "array", "items": _type_schema(inner[0])}
    if origin is tuple:
        items = [_type_schema(part) for part in inner]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint]}
    if hint in (Place, Spot):
        return _ref(hint)
    raise TypeError(f"{hint}: no JSON type for it")


def _union_schema(inner: tuple[Any, ...]) -> Json:
    options = [_type_schema(part) for part in inner]
    if all(set(option) == {"type"} for option in options):
        kinds = list(dict.fromkeys(option["type"] for option in options))
        return {"type": [kind for kind in kinds if not (kind == "integer" and "number" in kinds)]}
    return {"anyOf": options}
