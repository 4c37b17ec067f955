"""Elements and attributes by their local names; the elements have no other (see parse_xml)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OFF = frozenset(("0", "false", "off", "none"))


def names_of(text: str) -> frozenset[str]:
    """The names that the text lists."""
    return frozenset(text.split())


def attribute(element: Element, name: str) -> str | None:
    """The attribute of that local name, whatever its namespace."""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if child.tag == name)


def find(element: Element | None, *path: str) -> Element | None:
    """The first element on that path of names, None where a step is missing."""
    if element is None:
        return None
    for name in path:
        element = element.find(name)
        if element is None:
            return None
    return element


def value_at(element: Element | None, *path: str) -> str | None:
    """The `val` attribute of the element on that path; empty where it has none, None where there is no element."""
    found = find(element, *path)
    return None if found is None else attribute(found, "val") or ""


def number_at(element: Element | None, *path: str, otherwise: int) -> int:
    value = value_at(element, *path)
    try:
        return int(value) if value else otherwise
    except ValueError:
        return otherwise


def is_on(element: Element | None, *path: str) -> bool:
    """Whether the switch on that path is there and not switched off."""
    value = value_at(element, *path)
    return value is not None and value.lower() not in _OFF
