"""Agencies over several years → reports as files, and the truth about what they say of one another."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from extract.forms.places import places
from extract.quick import replace
from training.history.figures import DOCUMENTS, Habits, add_up, next_year, sample_habits
from training.synthesis.agencies import Agency, name_parts, sample_agency
from training.synthesis.compose import word_draft, write_document
from training.synthesis.draft import Draft, Paragraph, Printed, Prose
from training.synthesis.figures import CARRIED_OUT, Figures, applicants

ALIASES, UNITS, TRUTH = "aliases.toml", "units.toml", "expected.json"
_FIRST_YEARS = range(2019, 2024)
_LAST_YEAR = 2025
_LAST_OLD_FORM = 2020
_HONEST, _COPIED = 0.3, 0.7  # share of a report's own sentences that repeat: honest ones at most, planted ones at least
_TRIES = 40
_PLANT = 0.22  # share of pairs of years with one planted error of each kind
_DISPUTED = 0.05  # share of reports whose period is of another year
_GAP = 0.08  # share of reports that are not there
_YEAR = re.compile(r"20\d\d|[\d]+")


@dataclass(slots=True)
class Expected:
    """A finding that a report deserves, under the name of its file; `allowed` ones are neither needed nor wrong."""

    file: str
    code: str
    fields: tuple[str, ...] = ()
    allowed: bool = False


@dataclass(slots=True)
class Panel:
    """What is written beside the reports."""

    folder: Path
    generator: str
    expected: list[Expected] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)  # official name → the other one
    units: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def expect(self, file: str, code: str, fields: Sequence[str] = (), *, allowed: bool = False) -> None:
        self.expected.append(Expected(file, code, tuple(fields), allowed))


@dataclass(slots=True)
class Year:
    """One report in the making."""

    year: int
    figures: Figures
    agency: Agency
    plants: set[str] = field(default_factory=set)
    columns: tuple[str, ...] = ()  # of a planted Y001
    rows: tuple[str, ...] = ()  # of a planted Y002
    grown: float = 1.0


def make_panel(folder: Path, *, agencies: int, governments: int, seed: int, generator: str) -> None:
    """Writes reports, expected.json, aliases.toml and units.toml; the same arguments give the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    panel = Panel(folder, generator)
    for place in range(agencies):
        _write_agency(panel, random.Random(f"{seed}/{generator}/{place}"), f"a{place:04}")
    for place in range(governments):
        _write_government(panel, random.Random(f"{seed}/{generator}/government/{place}"), f"g{place:04}")
    entries = [
        {"file": own.file, "code": own.code, "fields": own.fields, "allowed": own.allowed} for own in panel.expected
    ]
    (folder / TRUTH).write_text(json.dumps(entries, ensure_ascii=False, indent=1), encoding="utf-8")
    names = (f'[[agency]]\nname = "{new}"\nalso = ["{old}"]\n' for new, old in panel.aliases.items())
    (folder / ALIASES).write_text("\n".join(names) or "agency = []\n", encoding="utf-8")
    parts = (
        f'[[unit]]\nname = "{name}"\nparts = {json.dumps(own, ensure_ascii=False)}\n'
        for name, own in panel.units.items()
    )
    (folder / UNITS).write_text("\n".join(parts) or "unit = []\n", encoding="utf-8")


# ---------------------------------------------------------------- agencies


def _write_agency(panel: Panel, rng: random.Random, stem: str) -> None:
    agency = _new_agency(panel, rng)
    first = rng.choice(_FIRST_YEARS)
    years = range(first, min(_LAST_YEAR, first + rng.randint(1, 3)) + 1)
    _write_years(panel, rng, stem, list(_plan_years(panel, rng, agency, years)))


def _new_agency(panel: Panel, rng: random.Random) -> Agency:
    """One whose name no other has, in no short form."""
    while True:
        agency = sample_agency(rng)
        if panel.names.isdisjoint(agency.accepted):
            panel.names.update(agency.accepted)
            return agency


def _plan_years(panel: Panel, rng: random.Random, agency: Agency, years: Sequence[int]) -> Iterator[Year]:
    habits, before, renamed = sample_habits(rng), None, rng.random() < 0.3
    for place, year in enumerate(years):
        own = Year(year, {}, agency)
        last = place == len(years) - 1
        shown = before and _plant(rng, own, before, habits, last=last)
        own.figures = next_year(rng, habits, shown, own.grown)
        if renamed and place:
            agency = own.agency = _rename(panel, rng, agency)
            renamed = False
        if rng.random() < _DISPUTED:
            own.plants.add("D001")
        before = own.figures
        yield own


def _plant(rng: random.Random, own: Year, before: Figures, habits: Habits, *, last: bool) -> Figures:
    """Last year's figures as this year's report takes them up: wrong where an error is planted."""
    shown = dict(before)
    if rng.random() < _PLANT:
        own.columns = _shift_carry_over(rng, shown)
    if rng.random() < _PLANT and own.year > _LAST_OLD_FORM + 1:
        row = rng.choice(DOCUMENTS)
        shown[f"{row}.in_force"] += rng.choice((1, 2, 5, 11))
        own.rows = (row,)
    if rng.random() < _PLANT:
        own.plants.add("Y003")
    if last and rng.random() < _PLANT and habits.received >= 15:
        own.grown = rng.uniform(25, 60)
    return shown


def _shift_carry_over(rng: random.Random, shown: Figures) -> tuple[str, ...]:
    """Changes one or two kinds of applicants, and the total with them; the columns that changed."""
    kinds = rng.sample(applicants()[:-1], rng.choice((1, 1, 2)))
    old = int(shown[f"{CARRIED_OUT}.total"])
    for kind in kinds:
        shown[f"{CARRIED_OUT}.{kind}"] += rng.choice((1, 1, 2, 7))
    if len(kinds) == 2 and shown[f"{CARRIED_OUT}.{kinds[1]}"] > 8:
        shown[f"{CARRIED_OUT}.{kinds[1]}"] -= 8
    total = sum(int(shown[f"{CARRIED_OUT}.{kind}"]) for kind in applicants()[:-1])
    return tuple(kinds) if total == old else (*kinds, "total")


def _rename(panel: Panel, rng: random.Random, agency: Agency) -> Agency:
    """Another way of writing the name, or another name, which the file of aliases holds."""
    plain = agency.name
    if rng.random() < 0.5 and plain.endswith(("人民政府", "委员会", "办事处")):
        short = plain.replace("人民政府", "政府").replace("委员会", "委").replace("街道办事处", "街道")
        return replace(agency, name=short)
    tail = rng.choice(("局", "中心"))
    other = plain[: -len(plain) // 2] + rng.choice(("公共事务", "综合服务", "行政事务")) + tail
    if not panel.names.isdisjoint((other,)):
        return agency
    panel.names.add(other)
    panel.aliases[other] = plain
    return replace(agency, name=other, accepted=(other,))


# ---------------------------------------------------------------- reports


def _write_years(panel: Panel, rng: random.Random, stem: str, years: Sequence[Year]) -> None:
    """The reports, some left out; what is expected of those whose year before is there."""
    before: tuple[Year, Draft] | None = None
    for own in years:
        former = before[1] if before else None
        draft = _draft(panel, rng, own, former)
        if len(years) > 2 and rng.random() < _GAP:
            before = None
            continue
        name = _write(panel.folder, draft, f"{stem}-{own.year}")
        if before and "D001" not in own.plants | before[0].plants:
            _expect(panel, name, own, draft, before[1])
        before = (own, draft)


def _expect(panel: Panel, name: str, own: Year, draft: Draft, earlier: Draft) -> None:
    for column in own.columns:
        unprinted = _is_empty(earlier, f"{CARRIED_OUT}.{column}") or _is_empty(draft, f"requests.carried_in.{column}")
        panel.expect(name, "Y001", [f"requests.carried_in.{column}"], allowed=unprinted)
    if own.year > _LAST_OLD_FORM + 1:
        for row in own.rows:
            panel.expect(name, "Y002", [f"{row}.in_force"])
    if "Y003" in own.plants:
        panel.expect(name, "Y003")
    if own.grown > 1:
        unprinted = any(_is_empty(printed, "requests.received.total") for printed in (earlier, draft))
        panel.expect(name, "Y004", ["requests.received.total"], allowed=unprinted)
        for row in ("granted", "handled", "carried_out"):
            panel.expect(name, "Y004", [f"requests.{row}.total"], allowed=True)


def _is_empty(draft: Draft, field_id: str) -> bool:
    """Whether the cell prints no number: some print the old form with an empty total column."""
    return draft.cells[field_id].state != "read"


def _draft(panel: Panel, rng: random.Random, own: Year, former: Draft | None) -> Draft:
    """The report with prose of its own, or, where that is planted, with last year's."""
    for _ in range(_TRIES):
        cells = {field_id: Printed(str(value), value) for field_id, value in own.figures.items()}
        draft = Draft(rng, panel.generator, "text-0", own.agency, own.year, own.figures, cells)
        draft.plants += sorted(own.plants & {"D001"})
        word_draft(draft)
        if former is None:
            break
        if "Y003" in own.plants:
            _copy_prose(rng, draft, former)
        share = repeated_share(draft, former)
        if (share >= _COPIED) if "Y003" in own.plants else (share <= _HONEST):
            break
    else:
        own.plants.discard("Y003")
    return draft


def _copy_prose(rng: random.Random, draft: Draft, former: Draft) -> None:
    """Section 5 and the measures of section 1 as last year, the years changed."""
    shift = str(former.year), str(draft.year)
    draft.sections[5] = [_shift(paragraph, *shift) for paragraph in deepcopy(former.sections[5])]
    old = [own for paragraph in former.sections[1] for own in paragraph.sentences if own.label == "measure"]
    for k, paragraph in enumerate(draft.sections[1]):
        sentences = [
            replace(old.pop(0), statements=()) if own.label == "measure" and old else own for own in paragraph.sentences
        ]
        draft.sections[1][k] = _shift(replace(paragraph, sentences=tuple(sentences)), *shift)


def _shift(paragraph: Paragraph, old: str, new: str) -> Paragraph:
    """The years moved on: the next one first, so that none moves twice."""
    after = str(int(new) + 1)
    sentences = (
        replace(own, text=own.text.replace(new, after).replace(old, new), statements=())
        if own.label in ("problem", "measure")
        else own
        for own in paragraph.sentences
    )
    return replace(paragraph, sentences=tuple(sentences))


def repeated_share(draft: Draft, former: Draft) -> float:
    """How many of the problems and measures stand in the former report, numbers aside."""
    own, others = _own_texts(draft), set(_own_texts(former))
    return sum(text in others for text in own) / max(1, len(own))


def _own_texts(draft: Draft) -> list[str]:
    sentences: Iterator[Prose] = (
        own for section in (1, 5, 6) for paragraph in draft.sections[section] for own in paragraph.sentences
    )
    return [_YEAR.sub("", own.text) for own in sentences if own.label in ("problem", "measure")]


def _write(folder: Path, draft: Draft, stem: str) -> str:
    """As a text, on the old form as a web page; the name of the file."""
    if draft.year > _LAST_OLD_FORM:
        return write_document(folder, draft, stem, truth=False)
    from training.synthesis.dressing import dress_values
    from training.synthesis.office.old_form import print_on_old_form
    from training.synthesis.office.parts import make_parts
    from training.synthesis.office.web import write_html

    dress_values(draft)
    print_on_old_form(draft)
    name = f"{stem}.html"
    (folder / name).write_bytes(write_html(make_parts(draft), draft.rng, generator=draft.generator))
    return name


# ---------------------------------------------------------------- governments and their units


def _write_government(panel: Panel, rng: random.Random, stem: str) -> None:
    """A town's government over two years and the bureaus that its figures are made of; in some a bureau is missing."""
    while True:
        town = rng.choice(name_parts()["first"]) + rng.choice(name_parts()["second"]) + "市"
        if f"{town}人民政府" not in panel.names:
            break
    base = sample_agency(random.Random(f"{stem}/{town}"))
    free = [office for office in name_parts()["offices"] if town + office not in panel.names]
    names = [town + office for office in rng.sample(free, rng.randint(2, 5))]
    government = f"{town}人民政府"
    panel.names.update((government, town, *names))
    panel.units[government] = names
    habits = [sample_habits(rng) for _ in names]
    before: list[Figures | None] = [None] * len(names)
    reports: list[list[Year]] = [[] for _ in range(len(names) + 1)]
    for year in (2022, 2023):
        figures = [next_year(rng, own, last) for own, last in zip(habits, before, strict=True)]
        before = list(figures)
        own = add_up(figures)
        planted = _misstate(rng, own) if rng.random() < 0.5 else ()
        for line, (name, values) in enumerate(zip((government, *names), (own, *figures), strict=True)):
            agency = replace(base, name=name, accepted=(name,))
            reports[line].append(Year(year, values, agency, columns=planted if line == 0 else ()))
    absent = rng.randrange(len(names)) + 1 if rng.random() < 0.2 else None
    for line, years in enumerate(reports):
        former: Draft | None = None
        for plan in years:
            former = _draft(panel, rng, plan, former)
            if line != absent:
                name = _write(panel.folder, former, f"{stem}-{line}-{plan.year}")
                for row in plan.columns if absent is None and line == 0 else ():
                    fields = [own for own, place in places("2021").items() if row in (place.row_id, own)]
                    panel.expect(name, "H001", fields)


def _misstate(rng: random.Random, figures: Figures) -> tuple[str, ...]:
    """Makes the government's figures differ in a way that its own sums allow; the rows (or cells) that differ."""
    kind, outcome = rng.choice(applicants()[:-1]), rng.choice(("requests.granted", "requests.unavailable.not_held"))
    choice = rng.choice(("requests", "decisions", "challenges"))
    amount = rng.choice((1, 2, 9))
    if choice == "requests":
        rows: tuple[str, ...] = ("requests.received", outcome, "requests.handled")
        for row in rows:
            figures[f"{row}.{kind}"] += amount
            figures[f"{row}.total"] += amount
        return rows
    if choice == "decisions":
        figures["disclosure.penalties.decisions"] += amount
        return ("disclosure.penalties",)
    cells = ("challenges.reconsideration.upheld", "challenges.reconsideration.total")
    for cell in cells:
        figures[cell] += amount
    return cells
