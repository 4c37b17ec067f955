"""Planted report errors: the truth keeps what is printed, the finding is expected."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from training.synthesis.draft import Draft
from training.synthesis.figures import CARRIED_OUT, CHALLENGES, HANDLED, RESULTS, applicants, outcome_ids, request_rows
from training.synthesis.wordings import reword

_TEXT_CODES = ("T001", "T002", "T003", "T004", "T005", "S006", "D001", "D002")
_LAYOUT_CODES = ("S003", "S005")
_NOT_TORN = {"V002", "V002 zeros", "S002", "S002 column", "S003", "L001"}  # what tearing hides
_MOST_PLANTS = 4


def plant_errors(draft: Draft) -> None:
    """Plants 1 to 4 errors in about half of the drafts; those of text and layout are only put on the list."""
    rng = draft.rng
    if rng.random() < 0.5:
        return
    count = rng.choices(range(1, _MOST_PLANTS + 1), weights=(5, 3, 2, 1))[0]
    codes = dict.fromkeys(rng.sample(_choices(draft), count))
    for code in codes:
        if not _clashes(code, draft.plants):
            draft.plants.append(code)
            if code == "S003" and draft.figures["challenges.reconsideration.total"] and rng.random() < 0.4:
                draft.short_table = 4
            if code in _PLANTERS:
                _PLANTERS[code](draft, rng)


def _choices(draft: Draft) -> list[str]:
    """The codes to choose from, some more than once: those that need requests where there are some, sums always."""
    codes = [*_PLANTERS, *_TEXT_CODES, *_LAYOUT_CODES, "A001", "A001", "A005"]
    handled = draft.figures[f"{HANDLED}.total"]
    codes = [code for code in codes if code != "T004" and (draft.level != "torn" or code not in _NOT_TORN)]
    if handled > 5:
        codes += ["T004"] * 4 + ["T001"] * 3 + ["T005", "A005"]
    return codes


def _clashes(code: str, others: list[str]) -> bool:
    """Two errors that would hide or explain one another."""
    sums = {"A001", "A002", "A003", "A005", "V001", "S002"}
    return (
        (code in sums and bool(sums & set(others)))
        or (code in ("T001", "T002") and bool({"T001", "T002"} & set(others)))
        or (
            code in ("V002", "V002 zeros", "V003", "S003")
            and bool({"V002", "V002 zeros", "V003", "S003"} & set(others))
        )
        or (code == "S001" and any(other in _TEXT_CODES for other in others))
        or (code in _TEXT_CODES and "S001" in others)
    )


def _add(draft: Draft, field_id: str, amount: int) -> None:
    draft.print_value(field_id, (draft.cells[field_id].value or 0) + amount)


def _misprint(draft: Draft, rng: random.Random) -> None:
    row = rng.choice(request_rows()).id
    field_id = f"{row}.{rng.choice(applicants())}"
    value = int(draft.cells[field_id].value or 0)
    draft.print_value(field_id, rng.choice([v for v in _misread(value) if v != value]))


def _misread(value: int) -> list[int]:
    """What a typist makes of a number: one off, a digit doubled or lost, two digits swapped."""
    text = str(value)
    found = [value + 1, abs(value - 1) or 2, int(text + text[-1]) if value else 1]
    if len(text) > 1:
        found += [int(text[:-1]), int(text[1] + text[0] + text[2:])]
    return found


def _break_balance(draft: Draft, rng: random.Random) -> None:
    amount = rng.choice((1, 2, 3, 10))
    kind = rng.choice(applicants()[:2])
    for column in (kind, "total"):
        _add(draft, f"{CARRIED_OUT}.{column}", amount)


def _break_outcomes(draft: Draft, rng: random.Random) -> None:
    amount = rng.choice((1, 1, 2, 5))
    kind = rng.choice(applicants()[:2])
    row = rng.choice((HANDLED, *outcome_ids()[:2]))
    for column in (kind, "total"):
        _add(draft, f"{row}.{column}", amount)


def _break_challenges(draft: Draft, rng: random.Random) -> None:
    group = rng.choice(CHALLENGES)
    _add(draft, f"challenges.{group}.{rng.choice((*RESULTS, 'total', 'total'))}", rng.choice((1, 2)))


def _offset(draft: Draft, rng: random.Random) -> None:
    """Two rows of one column off by as much in opposite directions. The totals of the rows would explain it as well."""
    kind = rng.choice(applicants()[:-1])
    full = [row for row in outcome_ids() if draft.cells[f"{row}.{kind}"].value]
    if not full:
        draft.plants.remove("A005")
        return
    giver = rng.choice(full)
    taker = rng.choice([row for row in outcome_ids() if row != giver])
    amount = rng.randint(1, min(3, int(draft.cells[f"{giver}.{kind}"].value or 1)))
    _add(draft, f"{giver}.{kind}", -amount)
    _add(draft, f"{taker}.{kind}", amount)
    cells = [f"{row}.{column}" for column in (kind, "total") for row in (giver, taker)]
    draft.expect("A005", cells, about="two cells off by as much in opposite directions")


def _no_count(draft: Draft, rng: random.Random) -> None:
    row = rng.choice(request_rows()).id
    field_id = f"{row}.{rng.choice(applicants()[:-1])}"
    value = rng.choice((Decimal("-1"), Decimal("0.5"), Decimal("1.5"), Decimal("-2")))
    draft.print_value(field_id, int(value) if value == int(value) else value)
    draft.expect("V001", [field_id], about="no count")


def _blank_cells(draft: Draft, rng: random.Random) -> None:
    row = rng.choice(request_rows()).id
    zeros = [f"{row}.{kind}" for kind in applicants() if draft.cells[f"{row}.{kind}"].value == 0]
    chosen = zeros if rng.random() < 0.3 else zeros[:1]
    _void(draft, chosen, "V002", ("",))


def _blank_zeros(draft: Draft, rng: random.Random) -> None:
    """An agency that leaves every zero blank, in table 3 or everywhere."""
    everywhere = rng.random() < 0.3
    fields = [f for f in draft.cells if everywhere or f.startswith("requests.")]
    _void(draft, [f for f in fields if draft.cells[f].value == 0], "V002", ("",))


def _dashes(draft: Draft, rng: random.Random) -> None:
    mark = rng.choice(("-", "—", "/", "无", "——", "－"))
    rows = rng.choice(
        (("disclosure.regulations",), ("disclosure.normative_documents",), ("requests.granted",), ("challenges",))
    )
    fields = [f for f in draft.cells if f.startswith(rows[0] + ".") and draft.cells[f].value == 0]
    _void(draft, fields, "V003", (mark,))


def _void(draft: Draft, fields: list[str], code: str, marks: tuple[str, ...]) -> None:
    for field_id in fields:
        draft.lose(field_id, "blank" if code == "V002" else "dash", draft.rng.choice(marks))
    if fields:
        draft.expect(code, fields, about="cells without a number")


def _lose_section(draft: Draft, rng: random.Random) -> None:
    number = rng.choice((1, 2, 3, 4, 4, 5, 5, 6, 6))
    draft.left_out.add(f"section {number}")
    draft.expect("S001", about=f"section {number} is not there")
    for code in ("S002", "S005", "S006"):
        draft.allow(code, about="goes with the missing section")
    prefix = {2: "disclosure.", 3: "requests.", 4: "challenges."}.get(number)
    for field_id in draft.cells:
        if prefix and field_id.startswith(prefix):
            draft.lose(field_id, "missing")


def _lose_row(draft: Draft, rng: random.Random) -> None:
    rows = [row for row in request_rows() if not draft.cells[f"{row.id}.total"].value]
    row = rng.choice(rows or list(request_rows()[1:]))
    fields = [f"{row.id}.{kind}" for kind in applicants()]
    draft.left_out.add(row.id)
    draft.expect("S002", fields, text=row.label, about="row is not there")
    for field_id in fields:
        draft.lose(field_id, "missing")


def _lose_column(draft: Draft, rng: random.Random) -> None:
    kind = rng.choice(
        [k for k in applicants()[1:-1] if not draft.cells[f"requests.received.{k}"].value] or ["research"]
    )
    fields = [f"{row.id}.{kind}" for row in request_rows()]
    draft.left_out.add(f"column {kind}")
    draft.expect("S002", fields, about="column is not there")
    draft.allow("S003", about="fewer values than columns")
    for field_id in fields:
        draft.lose(field_id, "missing")


_PLANTERS: dict[str, Callable[[Draft, random.Random], None]] = {
    "A001": _misprint,
    "A002": _break_balance,
    "A003": _break_outcomes,
    "A004": _break_challenges,
    "A005": _offset,
    "V001": _no_count,
    "V002": _blank_cells,
    "V002 zeros": _blank_zeros,
    "V003": _dashes,
    "S001": _lose_section,
    "S002": _lose_row,
    "S002 column": _lose_column,
    "L001": reword,
}
