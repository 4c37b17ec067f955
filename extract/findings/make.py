"""A code, its places and its numbers → a finding with both messages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from extract.findings.catalogue import load_catalogue
from extract.forms.places import number_text
from extract.records import Finding

Value = Decimal | str | float | int | None


def make_finding(
    code: str,
    *,
    fields: tuple[str, ...] = (),
    sentences: tuple[str, ...] = (),
    claims: tuple[str, ...] = (),
    expected: Value = None,
    found: Value = None,
    message: str = "",
    message_en: str = "",
    values: Mapping[str, str] | None = None,
) -> Finding:
    """A finding worded by the catalogue's templates, or by those given; `values` fill them like expected and found."""
    entry = load_catalogue()[code]
    filled = {"expected": number_text(expected), "found": number_text(found), **(values or {})}
    text_en = (message_en or entry.message_en).format(**filled)
    return Finding(
        code,
        entry.severity,
        (message or entry.message).format(**filled),
        text_en[:1].upper() + text_en[1:],
        fields,
        sentences,
        _plain(expected),
        _plain(found),
        claims=claims,
    )


def _plain(value: Value) -> str | float | None:
    return json_number(value) if isinstance(value, Decimal | float) else value


def json_number(value: Decimal | float) -> float:
    """The JSON number that it will be: a whole one without a fraction."""
    return int(value) if value == int(value) else float(value)
