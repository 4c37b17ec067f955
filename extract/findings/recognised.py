"""What was noticed in a scan → what is noticed about the report: recognition damages words and loses digits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from extract.records import Deviation, Field, Violation

_WORDING = ("L001", "S005")  # recognised words are never proof of how a label or heading was printed
_EMPTY = ("S003", "V002", "V003")  # what seems empty or to be a mark may be a digit that was not seen

Noticed = TypeVar("Noticed", Deviation, Violation)


def leave_recognised(noticed: Iterable[Noticed], fields: Mapping[str, Field]) -> tuple[Noticed, ...]:
    """What stands although the document was recognised; cells that a person must read are named by Q001 alone."""
    return tuple(item for item in noticed if item.code not in _WORDING and _is_seen(item, fields))


def _is_seen(item: Deviation | Violation, fields: Mapping[str, Field]) -> bool:
    own = [fields[name] for name in item.fields if name in fields]
    return item.code not in _EMPTY or not own or any(field.accepted for field in own)
