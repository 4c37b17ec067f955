"""The document in the making: what will be printed, and what is known about it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from training.synthesis.agencies import Agency
from training.synthesis.figures import Figures, Number
from training.synthesis.renderers import Renderer

Entry = dict[str, Any]
"""One JSON object of the truth file."""


@dataclass(slots=True)
class Printed:
    """One cell as it is printed; `value` is None unless the state is read."""

    text: str
    value: Number | None
    state: str = "read"


@dataclass(slots=True)
class Statement:
    """One claim of a sentence. `shares` holds the cells of the part and of the whole of a percentage."""

    text: str
    value: float | int
    unit: str
    qualifier: str = "exact"
    fields: tuple[str, ...] = ()
    shares: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    optional: bool = False
    wrong_share: bool = False
    words: bool = False  # words that mean none, not a number


@dataclass(slots=True)
class Prose:
    """One sentence with its label; `tolerated` are labels that are as good."""

    section: int
    label: str
    text: str
    statements: tuple[Statement, ...] = ()
    tolerated: tuple[str, ...] = ()
    id: str = ""


@dataclass(slots=True)
class Paragraph:
    """Sentences that run on, or, where `heading` is set, a heading on a line of its own."""

    sentences: tuple[Prose, ...] = ()
    heading: str = ""


@dataclass(slots=True)
class Draft:
    """Everything about one document; makers fill it in the order of its fields."""

    rng: random.Random
    generator: str
    level: str
    agency: Agency
    year: int
    figures: Figures
    cells: dict[str, Printed]
    plants: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)  # canonical label key → wording printed instead
    left_out: set[str] = field(default_factory=set)  # row ids, column ids and section numbers that are not printed
    title: tuple[str, ...] = ()
    header: list[str] = field(default_factory=list)  # lines above the title
    footer: list[str] = field(default_factory=list)  # lines after section 6
    metadata: Entry = field(default_factory=dict)
    front: list[Paragraph] = field(default_factory=list)
    sections: dict[int, list[Paragraph]] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    order: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    expected: list[Entry] = field(default_factory=list)
    allowed: list[Entry] = field(default_factory=list)
    must_review: set[str] = field(default_factory=set)
    template: str = "2021"
    renderer: Renderer | None = None
    torn_style: str = ""
    short_table: int = 3  # the table that a planted S003 falls on
    restarts: bool = False  # section 1 has headings of its own, numbered like sections

    def number(self, fields: Iterable[str]) -> Number | None:
        """The sum of the cells as printed; None where one of them is not a number."""
        values = [self.cells[field_id].value for field_id in fields]
        known = [value for value in values if value is not None]
        return (
            sum(known, start=Decimal(0) if any(isinstance(v, Decimal) for v in known) else 0)
            if len(known) == len(values)
            else None
        )

    def expect(self, code: str, fields: Iterable[str] = (), *, text: str = "", about: str = "") -> None:
        """Adds a finding that the report deserves; without fields and text any finding of the code will do."""
        self.expected.append(_finding(code, fields, text, about))

    def allow(self, code: str, fields: Iterable[str] = (), *, text: str = "", about: str = "") -> None:
        """Adds a finding that is neither needed nor wrong."""
        self.allowed.append(_finding(code, fields, text, about))

    def lose(self, field_id: str, state: str, text: str = "") -> None:
        """The cell holds no number."""
        self.cells[field_id] = Printed(text, None, state)

    def print_value(self, field_id: str, value: Number) -> None:
        """The cell holds this number."""
        self.cells[field_id] = Printed(str(value), value)


def _finding(code: str, fields: Iterable[str], text: str, about: str) -> Entry:
    entry: Entry = {"code": code, "fields": list(fields)}
    if text:
        entry["text"] = text
    if about:
        entry["about"] = about
    if not entry["fields"] and not text:
        entry["any"] = True
    return entry
