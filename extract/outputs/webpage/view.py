"""A report with what its page looks up again and again: which findings and claims speak of a cell or sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from extract.forms import load_form
from extract.forms.places import tables_of
from extract.outputs.grids import blamed_fields
from extract.outputs.webpage.crops import NO_CROPS, Crops
from extract.records import Claim, Finding, Form, Report, State


@dataclass(frozen=True)
class View:
    """The report and the pictures of its rows. Findings are named by their index in the report."""

    report: Report
    crops: Crops = NO_CROPS

    @cached_property
    def form(self) -> Form:
        return load_form(self.report.template.id)

    @cached_property
    def blamed(self) -> frozenset[str]:
        return blamed_fields(self.report)

    @cached_property
    def marked(self) -> tuple[str, ...]:
        """The fields to look at, in the order of the form: those in doubt and those that a sum blames."""
        fields = self.report.fields
        return tuple(name for name in fields if not fields[name].accepted or name in self.blamed)

    @cached_property
    def marked_found(self) -> tuple[str, ...]:
        """Those of them that stand somewhere in the file."""
        return tuple(name for name in self.marked if self.report.fields[name].state is not State.MISSING)

    @cached_property
    def findings_of_cell(self) -> Mapping[str, tuple[int, ...]]:
        return _index((name, number) for number, finding in self._numbered for name in finding.fields)

    @cached_property
    def findings_of_sentence(self) -> Mapping[str, tuple[int, ...]]:
        return _index((name, number) for number, finding in self._numbered for name in finding.sentences)

    @cached_property
    def claims_of_cell(self) -> Mapping[str, tuple[int, ...]]:
        numbered = enumerate(self.report.claims)
        return _index((name, number) for number, claim in numbered for name in claim_cells(claim))

    @cached_property
    def findings_by_place(self) -> Mapping[str, tuple[int, ...]]:
        """Place → the findings beside it: t2 to t4 a table, s1 to s6 a section, all the whole report."""
        return _index((self._place_of(finding), number) for number, finding in self._numbered)

    @cached_property
    def sentence_ids(self) -> frozenset[str]:
        return frozenset(sentence.id for sentence in self.report.sentences)

    @property
    def _numbered(self) -> tuple[tuple[int, Finding], ...]:
        return tuple(enumerate(self.report.findings))

    def _place_of(self, finding: Finding) -> str:
        tables = tables_of(self.form, finding.fields)
        if len(tables) == 1 or (tables and finding.code[0] == "T"):
            return f"t{min(tables)}"
        sections = {sentence.id: sentence.section for sentence in self.report.sentences}
        known = [sections[name] for name in finding.sentences if name in sections]
        return f"s{known[0]}" if known and not tables else "all"


def claim_cells(claim: Claim) -> tuple[str, ...]:
    """Every cell that the claim speaks of, each once."""
    parts, whole = claim.share_of or ((), ())
    one = (claim.field,) if claim.field else ()
    return tuple(dict.fromkeys((*one, *claim.sum_of, *parts, *whole)))


def _index(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, dict[int, None]] = {}
    for name, number in pairs:
        found.setdefault(name, {})[number] = None
    return {name: tuple(numbers) for name, numbers in found.items()}
