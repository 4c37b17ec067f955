"""Each linear rule → passed, failed, or not assessable. A blank or a dash counts as 0 and the violation says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from decimal import Decimal

from extract.celltext import parse_cell
from extract.quick import replace
from extract.records import RECOGNISED, Cells, ReadCell, State, Violation
from extract.rules import LinearRule, joint_limits, load_rules

EMPTY = (State.BLANK, State.DASH)
_ZERO = Decimal(0)
_COLUMN = 7  # cells that are a column or a row, no single ones


def assess_sums(cells: Cells, rules: tuple[LinearRule, ...]) -> tuple[Violation, ...]:
    """One violation per rule; `found` is what the whole prints, `expected` what the parts add up to."""
    if not rules:
        return ()
    empty = frozenset(field for field, cell in cells.items() if cell.state in EMPTY)
    values = {field: cell.value for field, cell in cells.items()} | dict.fromkeys(empty, _ZERO)
    empty_zeros = _empty_is_zero(cells, empty, rules) if empty else set()
    zeros = {field for field, value in values.items() if value is not None and not value}
    absent = _absent_cells(cells)
    found = tuple(
        _hold_nothing(rule, empty)
        if zeros.issuperset(rule.fields)  # as most
        else _assess(rule, values, cells, empty, absent, empty_is_zero=rule.code in empty_zeros)
        for rule in rules
    )
    return _leave_cut(found, rules, cells) if any(item.passed is False for item in found) else found


def _leave_cut(found: tuple[Violation, ...], rules: tuple[LinearRule, ...], cells: Cells) -> tuple[Violation, ...]:
    """The violations, those not assessable that a number explains which lost digits in reading: one of a scanned table
    with walls in doubt, of which no sum holds.
    """
    uneven = {_table(field) for field, cell in cells.items() if cell.readings and _is_misplaced(cell)}
    held = {field for item in found if item.passed for field in item.fields}
    numbers = {
        field: cell.value
        for field, cell in cells.items()
        if cell.readings and cell.value and field not in held and _table(field) in uneven
    }
    return tuple(
        replace(item, passed=None)
        if item.passed is False
        and any(
            _is_end_of(own, own + correction(rule, field, residual(item)))
            for field in rule.fields
            if (own := numbers.get(field))
        )
        else item
        for rule, item in zip(rules, found, strict=True)
    )


def _table(field: str) -> str:
    return field.partition(".")[0]


def _is_end_of(own: Decimal, asked: Decimal) -> bool:
    """Whether a number is what would be left of the one that is asked for, digits at one end lost."""
    left, whole = (format(number.normalize(), "f") for number in (own, asked))  # 112.50 is 112.5
    return asked > own and (whole.startswith(left) or whole.endswith(left))


def _empty_is_zero(cells: Cells, empty: frozenset[str], rules: tuple[LinearRule, ...]) -> set[str]:
    """The codes of sums in which an empty cell is a 0: none where the agency writes its zeros, and none of which no
    whole is filled in (a column of totals left empty).
    """
    wholes: dict[str, list[str]] = defaultdict(list)
    for rule in rules if leaves_zeros_empty(cells) else ():
        wholes[rule.code] += rule.whole
    return {code for code, own in wholes.items() if not (len(own) >= _COLUMN and empty.issuperset(own))}


def leaves_zeros_empty(cells: Cells) -> bool:
    """Whether this agency writes nothing (or a dash) where others write 0: then an empty cell is a 0, not a gap."""
    states = [cell.state for cell in cells.values() if not cell.value]
    empty = sum(map(states.count, EMPTY))
    zeros = states.count(State.READ)
    limits = load_rules("arithmetic.toml")["empty_cells"]
    return empty >= max(int(limits["style_least"]), float(limits["style_share"]) * (empty + zeros))


def counted(cell: ReadCell | None) -> Decimal | None:
    """The value that a sum counts: 0 for a blank or a dash, None where nothing was found or read."""
    if cell is None:
        return None
    return _ZERO if cell.state in EMPTY else cell.value


def residual(violation: Violation) -> Decimal:
    """By how much the whole is greater than its parts."""
    assert violation.found is not None
    assert violation.expected is not None
    return violation.found - violation.expected


def correction(rule: LinearRule, field: str, gap: Decimal) -> Decimal:
    """What must be added to the field's value to close the gap of the rule."""
    return -gap if field in rule.whole else gap


def _hold_nothing(rule: LinearRule, empty: frozenset[str]) -> Violation:
    """The rule, passed: all its cells are 0, or empty."""
    blanks = not empty.isdisjoint(rule.fields)
    return Violation(rule.code, rule.id, rule.fields, _ZERO, _ZERO, True, blanks_as_zero=blanks)


def _assess(
    rule: LinearRule,
    values: Mapping[str, Decimal | None],
    cells: Cells,
    empty: frozenset[str],
    absent: Set[str],
    *,
    empty_is_zero: bool,
) -> Violation:
    empty = empty.intersection(rule.fields)
    whole, parts = _total(values, rule.whole), _total(values, rule.parts)
    if (whole is None) != (parts is None):
        least, other = (_total(values, tuple(f for f in own if f not in absent)) for own in (rule.whole, rule.parts))
        if least is not None and other is not None and (least > other if whole is None else least < other):
            whole, parts = least, other  # what an absent row or column might hold would make them differ by more
    if whole is None or parts is None:
        passed = None
    else:
        passed = whole == parts
        if not passed and _may_be_misread(rule, values, cells, whole - parts):
            passed = None  # the cells may stand in other columns or rows than they were read in
        elif not passed and not empty_is_zero and any(correction(rule, field, whole - parts) > 0 for field in empty):
            passed = None  # the empty cell alone can explain it: V002 or V003 says so
    return Violation(rule.code, rule.id, rule.fields, parts, whole, passed, blanks_as_zero=bool(empty))


def _may_be_misread(rule: LinearRule, values: Mapping[str, Decimal | None], cells: Cells, gap: Decimal) -> bool:
    """Whether other numbers in the cells that may stand elsewhere, or are hard to read, could close the gap of a sum
    that fails.

    Beside a cell that stayed in doubt, those may be misread, too, that other sums made sure.
    """
    unsettled = [field for field in rule.fields if _is_unsettled(cells.get(field))]
    if not unsettled:
        return False
    in_doubt = [field for field in rule.fields if field in unsettled or _was_in_doubt(cells.get(field))]
    readings = {field: own for field in in_doubt if (own := _all_readings(cells[field]))}
    gaps = {gap}
    for field, numbers in readings.items():
        sign = 1 if field in rule.whole else -1
        gaps = {left + sign * (number - (values[field] or _ZERO)) for left in gaps for number in numbers}
        if len(gaps) > joint_limits().gaps_most:
            return True
    moved = [field for field in unsettled if field not in readings]
    return any(_may_close(rule, values, moved, left) for left in gaps)


def _may_close(rule: LinearRule, values: Mapping[str, Decimal | None], moved: Sequence[str], gap: Decimal) -> bool:
    """Whether there is no gap, or other numbers in the `moved` cells could close it.

    Such a cell may hold any count; so each can add whatever lacks on its own side, but take away no more than it shows.
    """
    lower, higher = (rule.whole, rule.parts) if gap < 0 else (rule.parts, rule.whole)
    if not gap or any(field in lower for field in moved):
        return True
    return sum((values[field] or _ZERO for field in moved if field in higher), _ZERO) >= abs(gap)


def _all_readings(cell: ReadCell) -> list[Decimal]:
    """The numbers one of which a scanned cell prints; none where it may print another, or stand elsewhere."""
    if not cell.readings or _is_misplaced(cell):
        return []
    parsed = [(parse_cell(text), probability) for text, probability in cell.readings]
    told = [(own, probability) for own, probability in parsed if own.state is not State.ILLEGIBLE]
    is_all = sum(probability for _, probability in told) >= joint_limits().told
    return [own.value or _ZERO for own, _ in told] if is_all else []


def _is_unsettled(cell: ReadCell | None) -> bool:
    """Whether only order told where the cell belongs, or its scan is hard to read, so that a sum that fails may be the
    reading's fault.
    """
    if cell is None:
        return False
    is_doubtful = RECOGNISED in cell.scores and (not cell.readings or cell.scores[RECOGNISED] < joint_limits().settled)
    return is_doubtful or _is_misplaced(cell)


def _was_in_doubt(cell: ReadCell | None) -> bool:
    """Whether a scanned cell was hard to read before its sums were weighed."""
    return cell is not None and bool(cell.readings) and cell.readings[0][1] < joint_limits().doubt


def _is_misplaced(cell: ReadCell) -> bool:
    """Whether the cell may stand in another column or row than it was read in.

    Where a column without a name was left out of the whole table, the others still stand in one column each.
    """
    lost = cell.scores.get("row_open", 0.0) > 0 and not cell.scores.get("surplus", 0.0)
    return lost or cell.scores.get("open_gap", 0.0) > 0


def _absent_cells(cells: Cells) -> Set[str]:
    """The cells of rows and columns that a table does not have."""
    missing = {field: cell for field, cell in cells.items() if cell.state is State.MISSING}
    if not missing:
        return missing.keys()
    columns: dict[tuple[str, str], list[str]] = defaultdict(list)
    for field in cells:
        columns[_table(field), field.rpartition(".")[2]].append(field)
    lost = [own for own in columns.values() if len(own) >= _COLUMN and missing.keys() >= set(own)]
    return {field for own in lost for field in own} | {field for field, cell in missing.items() if not cell.page}


def _total(values: Mapping[str, Decimal | None], fields: tuple[str, ...]) -> Decimal | None:
    known = [value for field in fields if (value := values.get(field)) is not None]
    return sum(known, _ZERO) if len(known) == len(fields) else None
