"""All that the tables say of themselves: sums, counts, empty cells."""

from __future__ import annotations

from extract.checks.counts import find_empty_cells, find_impossible_values
from extract.checks.localize import localize
from extract.checks.offsets import find_offsets
from extract.checks.sums import assess_sums
from extract.records import Cells, Form, Violation
from extract.rules import linear_rules, own_sums


def check_tables(cells: Cells, form: Form) -> tuple[Violation, ...]:
    """One violation per sum (A001 to A004; `passed` None: not assessable), then those of A005 and V001 to V003.

    A failed sum that one misprinted cell explains names it as `suspect` and lists it first. The sums that an A005
    explains stay in the list; its `rule` names them, joined with "+".
    The sums of the user's own rules (U001) come last.
    """
    rules = {rule.id: rule for rule in linear_rules(form)}
    sums = localize(assess_sums(cells, tuple(rules.values())), rules, cells, least=2)
    offsets = find_offsets(sums, rules, cells)
    sums = localize(sums, rules, cells, least=1)
    own = assess_sums(cells, own_sums(form))
    return (*sums, *offsets, *find_impossible_values(cells, form), *find_empty_cells(cells, form), *own)
