"""Frozen records that are defined and made quickly: gouji has 160 of them and makes thousands of each report."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from enum import EnumType
from typing import Any, TypeVar, dataclass_transform

import msgspec

Made = TypeVar("Made")
Given = TypeVar("Given")
Result = TypeVar("Result")
Kind = TypeVar("Kind", bound=EnumType)
_Struct, _replace = msgspec.Struct, msgspec.structs.replace  # looked up twice a hundred times a report
_OF_THE_CLASS = {"__dict__", "__weakref__"}  # what a struct has or has not of its own


def quick_members(kind: Kind) -> Kind:
    """The same enumeration, its members found as any attribute of a class is, as they are from Python 3.12 on.

    Python 3.11 calls a function of its own for each `State.READ`, which takes four times as long.
    """
    for name in kind.__members__:
        type.__setattr__(kind, name, kind[name])
    return kind


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
def record(plain: type[Made]) -> type[Made]:
    """The class as a frozen record of its annotated fields, as `dataclass(frozen=True, slots=True)` makes one.

    It is a struct of msgspec: defined in a fortieth of a dataclass's time, made and changed in a fifth.
    """
    own = {name: value for name, value in vars(plain).items() if name not in _OF_THE_CLASS}
    fields = [(name, Any, own.pop(name, msgspec.NODEFAULT)) for name in own.get("__annotations__", ())]
    annotations = own.pop("__annotations__", {})
    struct = msgspec.defstruct(plain.__name__, fields, namespace=own, module=plain.__module__, frozen=True)
    type.__setattr__(struct, "__annotations__", annotations)
    return struct  # type: ignore[return-value]


def replace(record: Made, /, **changes: Any) -> Made:
    """The record, or dataclass, with some of its fields changed."""
    if isinstance(record, _Struct):
        return _replace(record, **changes)
    return dataclasses.replace(record, **changes)  # type: ignore[type-var]


def map_once(make: Callable[[Given], Result], items: Mapping[str, Given]) -> dict[str, Result]:
    """What `make` gives of each item; of items that are one object it is made once."""
    made = {key: make(item) for key, item in {id(item): item for item in items.values()}.items()}
    return {name: made[id(item)] for name, item in items.items()}


def required_fields(record: type) -> tuple[str, ...]:
    """The names of the fields of a class of records that have no default."""
    return tuple(field.name for field in msgspec.structs.fields(record) if field.required)


def as_dict(record: object) -> dict[str, Any]:
    """Name → value of the record's fields, values as they are."""
    return msgspec.structs.asdict(record)  # type: ignore[arg-type]


def as_tuple(record: object) -> tuple[Any, ...]:
    """The values of the record's fields in order."""
    return msgspec.structs.astuple(record)  # type: ignore[arg-type]
