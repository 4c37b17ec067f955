"""A failed sum → its terms as printed: 5＋1＋2＋1＝9."""

from __future__ import annotations

from decimal import Decimal

from extract.forms.places import number_text
from extract.records import Cells, Form, Violation
from extract.rules import LinearRule, linear_rules

_MOST = 12  # a longer sum is not written out


def show_working(violation: Violation, cells: Cells, form: Form) -> dict[str, str]:
    """The texts that fill the A templates: the sum of the parts, and that of the other side where it has several."""
    return show_sides(next((item for item in linear_rules(form) if item.id == violation.rule), None), violation, cells)


def show_sides(rule: LinearRule | None, violation: Violation, cells: Cells) -> dict[str, str]:
    """The same texts of a rule that is known."""
    parts, whole = (_terms(rule, cells, whole=False), _terms(rule, cells, whole=True)) if rule else ("", "")
    expected, found = number_text(violation.expected), number_text(violation.found)
    working = f"{parts}＝{expected}" if parts else ""
    return {
        "working": f"（{working}）" if working else "",
        "working_found": f"（{whole}＝{found}）" if whole else "",
        "working_en": _in_english(f" ({parts})" if parts else ""),
        "working_found_en": _in_english(f" ({whole})" if whole else ""),
    }


def _terms(rule: LinearRule, cells: Cells, *, whole: bool) -> str:
    """The numbers other than 0, in the order of the form; empty where fewer than two, or too many, are left."""
    values = [cells[field].value or Decimal(0) for field in (rule.whole if whole else rule.parts)]
    shown = [number_text(value) for value in values if value]
    return "＋".join(shown).replace("＋-", "－") if 2 <= len(shown) <= _MOST else ""


def _in_english(terms: str) -> str:
    return terms.replace("＋", " + ").replace("－", " − ")
