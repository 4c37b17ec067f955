"""Scanned cells read together: the recogniser's candidates of each, weighed with the sums and the prose.

The posterior over the candidates of the cells in doubt is exact (Bayes' rule over their combinations); cells that are
sure count as read. A report may break its own sums: a combination that does costs one misprint for each cell that must
be wrong in print. Only a candidate that the page supports can win, so an inconsistent report keeps its numbers. Where
the combinations are too many the likeliest are weighed; where the others may weigh much, too, only cells of which no
sum holds can be read otherwise than the recogniser did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from extract.celltext import parse_cell
from extract.quick import replace
from extract.reading.marks import Marks, count_marks, part_of, weigh_marks
from extract.reading.posterior import (
    Option,
    Page,
    combine_all,
    failed_sums,
    fails,
    likeliest,
    read_gap,
    to_page,
    vary_two,
    weigh,
)
from extract.records import RECOGNISED, Cells, ReadCell, State
from extract.rules import JointLimits, LinearRule, joint_limits

_NO_DIGIT = re.compile(r"\D")


def join_readings(cells: Cells, rules: Sequence[LinearRule], claims: Mapping[str, Sequence[Decimal]]) -> Cells:
    """The cells with what each most probably prints and, as their score `recognised`, how probably.

    Cells without `readings` are as they were. `claims` are the values that the prose states of a field.
    """
    if not any(cell.readings for cell in cells.values()):  # of no scan
        return cells
    limits = joint_limits()
    options, read = _open_cells(cells, limits)
    if not options:
        return cells
    sums = [rule for rule in rules if all(_is_known(cells[field], options) for field in rule.fields)]
    doubtful = frozenset(field for field, own in options.items() if own[0].probability < limits.doubt)
    firm = [rule for rule in sums if fails(rule, read) and doubtful.isdisjoint(rule.fields)]
    misprint = limits.misprint + limits.misprint_again * len(firm)
    page = to_page(Page(options, sums, claims, misprint, doubtful), read)
    read = _read_doubtful(page, read)
    return _read_nearly_sure(replace(page, misprint=limits.misprint_found if firm else misprint), read, limits)


def _open_cells(cells: Cells, limits: JointLimits) -> tuple[dict[str, list[Option]], dict[str, ReadCell]]:
    """(Field → what it may print, where another reading than the recogniser's first can count; all the cells, a blank,
    a dash or a 0 of these as their table mostly has them).
    """
    counts, read = count_marks(cells), dict(cells)
    options: dict[str, list[Option]] = {}
    for field, cell in cells.items():
        own = _options(cell, limits, counts[part_of(field)]) if _is_open(cell, limits.certain) else []
        if own and (usual := _usual_mark(cell, own, limits.usual_mark)) is not None:
            read[field] = _mark_as(cell, own[usual])
            own = [own[usual], *own[:usual], *own[usual + 1 :]]
        if own:
            options[field] = own
    return options, read


def _read_doubtful(page: Page, read: dict[str, ReadCell]) -> dict[str, ReadCell]:
    """The cells, those in doubt read together with those that they share sums with."""
    for group in _connected([field for field in page.options if field in page.in_doubt], page.sums):
        choices, left = combine_all(group, page), 0.0
        if choices is None:
            choices, left = likeliest(group, page)
        weights = weigh(group, choices, page, read, left=left)
        if left and sum(weights[group[0]]) < joint_limits().clear:
            mended = _mend_parts(group, page, read)
            page, read = replace(page, failed=failed_sums(page.sums, read | mended)), read | mended
            read |= _confirm_parts([field for field in group if field not in mended], page, read)
            continue
        decided = {field: _decide(read[field], weights[field], page) for field in group}
        if any(read[field].value != cell.value for field, cell in decided.items()):
            page = replace(page, failed=failed_sums(page.sums, read | decided))
        read |= decided
    return read


def _read_nearly_sure(page: Page, read: dict[str, ReadCell], limits: JointLimits) -> dict[str, ReadCell]:
    """The cells, each of which the recogniser is nearly sure weighed alone, by the sums that no misread cell is in."""
    scanned = {cell.page for cell in read.values() if cell.readings}
    unsure = {field for field, cell in read.items() if cell.page in scanned and _is_unrecognised(cell)}
    unsure |= {field for field in page.in_doubt if read[field].scores.get(RECOGNISED, 1.0) < limits.likely}
    kept = [rule for rule in page.sums if unsure.isdisjoint(rule.fields) or not fails(rule, read)]
    beside = to_page(replace(page, sums=kept), read)
    for field in [field for field in page.options if field not in page.in_doubt]:
        weights = weigh([field], ((k,) for k in range(len(page.options[field]))), beside, read)
        read[field] = _decide(read[field], weights[field], page)
    return read


def _is_open(cell: ReadCell, certain: float) -> bool:
    """Whether another reading than the recogniser's first can count."""
    return bool(cell.readings) and (cell.readings[0][1] < certain or cell.state is State.ILLEGIBLE)


def _is_unrecognised(cell: ReadCell) -> bool:
    """Whether a number was read by the recogniser of lines alone: where its sum fails, it is the likeliest reason."""
    return not cell.readings and cell.state is State.READ


def _mend_parts(group: Sequence[str], page: Page, read: Cells) -> dict[str, ReadCell]:
    """Those cells of a group with too many combinations that are read otherwise than the recogniser did.

    Of a misread cell no sum holds. Such cells that share sums are weighed together, the others as read; what comes out
    stands if it is clear beside all readings of the group that differ from it in one cell, or in two of one sum.
    """
    supported = joint_limits().supported
    held = {field for rule in page.sums if read_gap(rule, read) == 0 for field in rule.fields}
    opened = [field for field in group if field in page.places and field not in held]
    best = dict.fromkeys(group, 0)
    for part in _connected(opened, page.sums):
        choices = combine_all(part, page)
        for field, weights in weigh(part, choices, page, read).items() if choices else ():
            likeliest = max(range(len(weights) - 1), key=weights.__getitem__)
            best[field] = likeliest if page.options[field][likeliest].probability >= supported else 0
    if not any(best.values()):
        return {}
    mended = {}
    posterior = weigh(group, vary_two(best, page), page, read)
    for field in opened:
        cell = _decide(read[field], posterior[field], page)
        if (cell.state, cell.value) != (read[field].state, read[field].value):
            mended[field] = cell
    return mended


def _confirm_parts(group: Sequence[str], page: Page, read: Cells) -> dict[str, ReadCell]:
    """The cells of a group with too many combinations: none is read otherwise, and each is as sure as it is beside
    those of each of its sums, of which two at most may be misread; the others count as read.

    Where another sum fails that holds more cells in doubt, one of those may be why: it is weighed with them alone.
    """
    sure: dict[str, float] = {}
    doubtful = set(group)
    failed = [rule for rule in page.sums if fails(rule, read)]
    for rule in page.sums:
        own = [field for field in rule.fields if field in doubtful]
        beside = {other.id for other in failed if not doubtful.intersection(other.fields).issubset(own)}
        kept = [other for other in page.sums if other.id not in beside]
        part = to_page(replace(page, sums=kept), read) if beside else page
        weights = weigh(own, vary_two(dict.fromkeys(own, 0), page), part, read) if own else {}
        for field, posterior in weights.items():
            sure[field] = min(sure.get(field, 1.0), posterior[0])
    return {
        field: replace(read[field], scores={**read[field].scores, RECOGNISED: own})
        for field, own in sure.items()
        if read[field].state is not State.ILLEGIBLE
    }


def _options(cell: ReadCell, limits: JointLimits, counts: Marks) -> list[Option]:
    """The candidates from the least probability on, best first, then what is not listed; none where none is readable.

    What no report prints is so much less probable: a zero before another digit, and a count below zero. A candidate's
    digits beside something that is none are that number and dirt: they speak for no number that is not listed.
    """
    weighed = [entry for entry in weigh_marks(cell.readings, counts) if entry[1] >= limits.least]
    parsed = {text: parse_cell(text) for text, _ in weighed}
    shares = {
        text: own * (limits.odd if _is_odd(text, cell) else 1.0)
        for text, own in weighed
        if parsed[text].state is not State.ILLEGIBLE
    }
    listed = shares.keys() - {""}
    dirt = sum(own - shares.get(text, 0.0) for text, own in weighed if _NO_DIGIT.sub("", text) in listed)
    ranked = [
        Option(text, parsed[text].state, parsed[text].value or Decimal(0), share / (1.0 - dirt))
        for text, share in shares.items()
    ]
    left = max(1e-9, 1.0 - sum(option.probability for option in ranked))
    return [*ranked, Option("", State.ILLEGIBLE, None, left)] if ranked else []


def _is_odd(text: str, cell: ReadCell) -> bool:
    """Whether a candidate other than the first is written as no number of such a report."""
    is_signed = text[:1] == "-" and text[1:2].isdigit() and not cell.field.endswith("_change")
    return text != cell.readings[0][0] and (is_signed or (text[:1] == "0" and text[1:2].isdigit()))


def _usual_mark(cell: ReadCell, options: Sequence[Option], least: float) -> int | None:
    """Which of a blank, a dash and a 0, all of them read there, the cell holds by the habit of its table, where it is
    another than the one that was read first. They are the same to sums, which cannot tell.
    """
    if options[0].number or cell.state is State.ILLEGIBLE:
        return None
    named = {text for text, _ in cell.readings}
    marks = [k for k, own in enumerate(options) if own.number == 0 and own.text in named and own.probability >= least]
    return next((k for k in marks if k), None)


def _mark_as(cell: ReadCell, mark: Option) -> ReadCell:
    note = f"按同表其他格的写法定为 {mark.text or '空格'}"
    value = mark.number if mark.state is State.READ else None
    return replace(cell, state=mark.state, value=value, raw=mark.text, evidence=(*cell.evidence, note))


def _is_known(cell: ReadCell, options: Mapping[str, object]) -> bool:
    return cell.field in options or cell.state not in (State.MISSING, State.ILLEGIBLE)


def _connected(fields: Iterable[str], sums: Sequence[LinearRule]) -> list[list[str]]:
    """The fields in groups that share no sum."""
    groups: list[set[str]] = [{field} for field in fields]
    for rule in sums:
        touched = [group for group in groups if not group.isdisjoint(rule.fields)]
        if len(touched) > 1:
            groups = [group for group in groups if group not in touched] + [set().union(*touched)]
    return [sorted(group) for group in groups]


# ---------------------------------------------------------------- the decision


def _decide(cell: ReadCell, posterior: Sequence[float], page: Page) -> ReadCell:
    """The recogniser's first candidate, or another that the page supports and the sums make clear: no surer than that.

    `posterior` is that of the options of the cell, the unlisted last.
    """
    limits = joint_limits()
    best = max(range(len(posterior) - 1), key=posterior.__getitem__)
    own, stated = page.options[cell.field][best], page.claims.get(cell.field, ())
    is_named = any(text == own.text for text, _ in cell.readings)
    is_of_prose = own.number in stated and cell.field not in page.places
    clear = limits.clear_by_prose if is_of_prose else limits.clear
    is_clear = is_named and posterior[best] >= clear and own.probability >= limits.supported
    if cell.state is not State.ILLEGIBLE and (best == 0 or not is_clear):
        return replace(cell, scores={**cell.scores, RECOGNISED: posterior[0]})
    if not is_clear:
        return cell
    note = f"{_grounds(own, cell.field, page)}定为 {own.text or '空格'}"
    value = own.number if own.state is State.READ else None
    scores = {**cell.scores, RECOGNISED: min(posterior[best], limits.clear)}
    return replace(cell, state=own.state, value=value, raw=own.text, scores=scores, evidence=(*cell.evidence, note))


def _grounds(own: Option, field: str, page: Page) -> str:
    """What besides the picture speaks for the reading, for people: the sums it is part of, the prose that states it."""
    codes = "、".join(sorted({page.sums[r].code for r in page.places.get(field, ())}))
    grounds = [f"合计关系（{codes}）"] if codes else []
    if own.number in page.claims.get(field, ()):
        grounds.append("正文")
    return f"由{'和'.join(grounds)}" if grounds else ""
