"""Numbers that a narrow column without ruling broke over several lines → whole numbers on the line of their row."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

from extract.pages.pdf.heads import begins_table
from extract.pages.pdf.labels import is_group_name, is_group_part, is_label_part, names_row
from extract.pages.pdf.values import PROSE, UNSURE, is_value, value_words
from extract.pages.pdf.words import Word, make_word
from extract.quick import record, replace
from extract.textform import split_numbering

_LEADING = 1.7  # type sizes between the base lines of two lines of one number at most
_WIDE_LEADING = 2.5  # the same where surely one of them is no row with a name
_CLOSER = 0.9  # of the least distance between two rows: what stands farther apart is no number's two lines
_ALIGNED = 0.3  # type sizes that edges or middles of two lines in one cell differ
_EVEN = 0.12  # type sizes that the lines of one table's numbers differ in their distance
_LEVEL = 0.3  # type sizes that numbers of one row stand off its base line
_ONE_MORE = 0.95  # digits by which no other line of the column is longer: then there was no room for one more
_FARTHEST = 4.0  # type sizes between two rows of which none stands between them
_MANY = 5  # numbers of a row that are no rests of others beside the name of a group
_FEWEST = 2  # numbers of a row that shows how far rows are apart

_DIGITS = "0123456789"
_WITH_DIGITS = ".．,，+-－−–—（( "  # before digits that are no number behind a label
_BELOW = 4  # lines below a row among which the rest of its numbers is
_MOST = 40  # values of a line of a table at most
_HALF = 0.95  # type sizes between the base lines of a row and of a line of its label beside it
_CLEAR = 0.6  # the same where the line above has the label of its numbers
_NEAR = 60  # lines above and below that show how wide a column is

TextLine = tuple[Word, ...]
_Stack = tuple[Word, ...]  # the lines of what may be one number, from top to bottom


@record
class _Part:
    """Lines of one table at most. Its named rows are `apart` points from one another, inf where nothing tells; a row
    has `full` numbers at most.
    """

    lines: tuple[TextLine, ...]
    apart: float
    full: int


def join_wrapped(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines; digits that are nothing but the ends, or the beginnings, of numbers of a row stand with them.

    They do where rows are farther apart, all but the last of a number's lines fill their column, as told by all that
    stands in it, and the numbers of a row are set alike; where they do not, nobody knows what the digits are.
    """
    joined: list[TextLine] = []
    for part in _tables_of(lines):
        joined += _join_part(part)
    return joined


def _tables_of(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """The lines, cut before those that begin another table and behind prose."""
    part: list[TextLine] = []
    for line in lines:
        if part and (begins_table(line) or PROSE.search(part[-1][-1].text)):
            yield part
            part = []
        part.append(line)
    yield part


def _join_part(lines: Sequence[TextLine]) -> list[TextLine]:
    part = _to_part(lines)
    joined = [*part.lines]
    for group in _group_stacks(_find_stacks(part)):
        base = None if _may_be_cut(part, group) else _find_base(part, group)
        words = {id(word) for stack in group for word in stack}
        joined = [_doubt(line, words) for line in joined] if base is None else _put_together(joined, group, base)
    return _doubt_rests(replace(part, lines=tuple(joined)))


def _may_be_cut(part: _Part, group: Sequence[_Stack]) -> bool:
    """Whether numbers may go on behind the last line, on the next page: all their lines are full."""
    full = [stack[-1] for stack in group if len(stack[-1].text) == len(stack[0].text) > 1]
    return any(word is last for word in full for last in part.lines[-1])


def _to_part(lines: Sequence[TextLine]) -> _Part:
    apart = _row_distance(lines)
    loosened = _loosen_digits(lines)
    return _Part(tuple(loosened), apart, max(len(value_words(line)) for line in lines))


def _loosen_digits(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines; digits glued to a label come off it where others are set right below them."""
    loosened = list(lines)
    for k, line in enumerate(lines):
        for place, word in enumerate(line):
            digits = sum(1 for _ in takewhile(lambda glyph: glyph.text.isdigit(), reversed(word.glyphs)))
            if word.readings or not 0 < digits < len(word.glyphs) or word.glyphs[-digits - 1].text in _WITH_DIGITS:
                continue
            parts = tuple(make_word(glyphs) for glyphs in (word.glyphs[:-digits], word.glyphs[-digits:]))
            near = [other for other in lines[k + 1 : k + 1 + _BELOW] if _gap(word, other) < _WIDE_LEADING]
            if any(_are_aligned(parts[1], lower) for other in near for lower in _digits_of(other)):
                loosened[k] = (*line[:place], *parts, *line[place + 1 :])
    return loosened


def _find_stacks(part: _Part) -> list[_Stack]:
    """Digits below one another, closer than rows are and than what stands on their other side, of lines of which none
    but one can be a row.
    """
    values = [_digits_of(line) for line in part.lines]
    pairs: list[tuple[Word, Word]] = []
    for k, own in enumerate(values):
        for upper in own:
            for j in range(k + 1, len(values)):
                if _gap(upper, part.lines[j]) > _WIDE_LEADING:
                    break
                lower = next((word for word in values[j] if _are_aligned(upper, word)), None)
                if lower and _may_go_on(part, k, j):
                    pairs.append((upper, lower))
                    break
    to_upper: dict[int, float] = {}
    for upper, lower in pairs:
        to_upper[id(lower)] = min(to_upper.get(id(lower), math.inf), lower.base - upper.base)
    to_lower = {id(upper): lower.base - upper.base for upper, lower in pairs}
    below = {
        id(upper): lower
        for upper, lower in pairs
        if (gap := lower.base - upper.base) - _EVEN * upper.size
        <= min(to_upper[id(lower)], to_upper.get(id(upper), gap), to_lower.get(id(lower), gap))
    }
    lower_ids = {id(word) for word in below.values()}
    return [_stack_from(word, below) for word, _ in pairs if id(word) in below and id(word) not in lower_ids]


def _stack_from(word: Word, below: Mapping[int, Word]) -> _Stack:
    stack = [word]
    while id(stack[-1]) in below:
        stack.append(below[id(stack[-1])])
    return tuple(stack)


def _digits_of(line: TextLine) -> list[Word]:
    """The numbers of a line of a table; none of a scan, where each cell was read by itself."""
    values = value_words(line)
    if not values or len(values) > _MOST or values[0].readings:
        return []
    return [word for word in values if word.text.isdigit()]


def _gap(word: Word, line: TextLine) -> float:
    """Type sizes from the word down to the base line of the line."""
    return (line[0].base - word.base) / word.size


def _may_go_on(part: _Part, k: int, j: int) -> bool:
    """Whether one of the lines k and j may be the rest of the other: it names no row, and they are nearer than rows;
    where nothing tells how near these are, it has fewer numbers than a full one, or no label beside it.
    """
    upper, lower = part.lines[k], part.lines[j]
    alone = [i for i in (k, j) if _stands_alone(i, part.lines)]
    known = part.apart < math.inf
    loose = [i for i in (k, j) if _is_loose(part.lines[i]) and (known or len(value_words(part.lines[i])) < part.full)]
    wide = alone or (known and any(_is_rest(part.lines[i]) for i in loose))
    leading = _WIDE_LEADING if wide else _LEADING
    return bool(alone or loose) and lower[0].base - upper[0].base < min(leading * upper[-1].size, _CLOSER * part.apart)


def _is_rest(line: TextLine) -> bool:
    """Whether the line holds digits and a piece of a label."""
    words = [word.text for word in line if not word.text.isdigit()]
    return bool(words) and all(map(is_label_part, words))


def _is_loose(line: TextLine) -> bool:
    """Whether the line names no row: it may hold the rest of one. The name of a group may stand beside any line; where
    many numbers follow the whole name, the form has one row for the group.
    """
    words = [word.text.rstrip(_DIGITS) for word in line if not word.text.isdigit()]
    return not any(names_row(text) and (_names_group_row(text, line) or not is_group_part(text)) for text in words)


def _names_group_row(text: str, line: TextLine) -> bool:
    return is_group_name(text) and len(value_words(line)) >= _MANY


def _are_aligned(upper: Word, lower: Word) -> bool:
    """Whether the digits stand below one another as two lines of one cell do."""
    (x0, _, x1, _), (u0, _, u1, _) = upper.box, lower.box
    apart = min(abs(x0 - u0), abs(x1 - u1), abs(upper.x - lower.x))
    return lower.base > upper.base and apart < _ALIGNED * upper.size and x0 < u1 and u0 < x1


def _group_stacks(stacks: Sequence[_Stack]) -> list[list[_Stack]]:
    """The stacks that stand beside one another, as the numbers of a row do."""
    groups: list[list[_Stack]] = []
    end = 0.0
    for stack in sorted(stacks, key=lambda stack: stack[0].base):
        if groups and stack[0].base <= end:
            groups[-1].append(stack)
            end = max(end, stack[-1].base)
        else:
            groups.append([stack])
            end = stack[-1].base
    return groups


def _find_base(part: _Part, group: Sequence[_Stack]) -> float | None:
    """The base line of the row whose numbers the stacks are; None where they may be something else."""
    lines = part.lines
    own = {id(word) for stack in group for word in stack}
    slack = _LEVEL * group[0][0].size
    top, bottom = min(stack[0].base for stack in group), max(stack[-1].base for stack in group)
    steps = [lower.base - upper.base for stack in group for upper, lower in pairwise(stack)]
    beside = [line for line in lines if top - slack <= line[0].base <= bottom + slack]
    others = [word.base for line in beside for word in value_words(line) if id(word) not in own]
    named = [line[0].base for line in beside if not _is_loose(line)]
    near = [line for line in lines if value_words(line) and line not in beside]
    if (
        max(steps) - min(steps) > slack
        or not all(_is_one_number(stack, lines, beside) for stack in group)
        or any(max(top - line[0].base, line[0].base - bottom) < _distance(line, min(steps), slack) for line in near)
    ):
        return None
    bases = others or named or [_middle(group[0])]
    if max(bases) - min(bases) > slack:
        return None
    set_alike = (
        all(abs(place(stack) - bases[0]) <= slack for stack in group)
        for place in (_middle, lambda stack: stack[0].base, lambda stack: stack[-1].base)
    )
    return bases[0] if any(set_alike) else None


def _distance(line: TextLine, step: float, slack: float) -> float:
    """How far a line is from numbers whose lines are a `step` apart; one that names no row might go on with them."""
    return step + slack if _is_loose(line) and all(word.text.isdigit() for word in line) else step - slack


def _middle(stack: _Stack) -> float:
    return (stack[0].base + stack[-1].base) / 2


def _is_one_number(stack: _Stack, lines: Sequence[TextLine], beside: Sequence[TextLine]) -> bool:
    """Whether all lines but the last are equally long and fill their column."""
    first, *others = (len(word.text) for word in stack)
    if stack[0].text[0] == "0" or any(length != first for length in others[:-1]) or others[-1] > first:
        return False
    row = max((value_words(line) for line in beside), key=len)
    at = next(k for k, line in enumerate(lines) if any(word is stack[0] for word in line))
    near = lines[max(0, at - _NEAR) : at + _NEAR]
    return all(_fills_column(word, near, row) for word in stack[:-1])


def _put_together(lines: Sequence[TextLine], group: Sequence[_Stack], base: float) -> list[TextLine]:
    """The lines; of each stack the whole number stands on the base line."""
    gone = {id(word) for stack in group for word in stack}
    numbers = [_whole(stack, base) for stack in group]
    kept = [line for full in lines if (line := tuple(word for word in full if id(word) not in gone))]
    at = [k for k, line in enumerate(kept) if abs(line[0].base - base) <= _LEVEL * numbers[0].size]
    row = (*(word for k in at for word in kept[k]), *numbers)
    rest = [line for k, line in enumerate(kept) if k not in at]
    place = sum(line[0].base < base for line in rest)
    return [*rest[:place], tuple(sorted(row, key=lambda word: word.box[0])), *rest[place:]]


def _whole(stack: _Stack, base: float) -> Word:
    word = min(stack, key=lambda word: abs(word.base - base))
    x0, y0, x1, y1 = word.box
    down = base - word.base
    text = "".join(word.text for word in stack)
    return replace(word, text=text, box=(x0, y0 + down, x1, y1 + down), base=base)


def _doubt_rests(part: _Part) -> list[TextLine]:
    """The lines; digits of one that names no row are in doubt with those right above or below them: nobody knows
    whether they are parts of one number. So are those beside which nothing is printed, as close as rows may be.
    """
    doubted: set[int] = set()
    for k, line in enumerate(part.lines):
        upper = value_words(line)
        if not upper or upper[0].readings or len(upper) > _MOST:
            continue
        for j in range(k + 1, len(part.lines)):
            if _gap(upper[0], part.lines[j]) > _WIDE_LEADING:
                break
            if _may_go_on(part, k, j) or any(_stands_alone(i, part.lines) for i in (k, j)) or _goes_below(part, k, j):
                pairs = ((a, b) for a in upper for b in value_words(part.lines[j]) if _overlap(a, b))
                doubted |= {id(word) for pair in pairs if _have_digits(pair) for word in pair}
    return [_doubt(line, doubted) for line in part.lines] if doubted else [*part.lines]


def _goes_below(part: _Part, k: int, j: int) -> bool:
    """Whether line j follows right below the numbers of a row with the rest of its name, or with no name beside."""
    if j != k + 1 or not _is_loose(part.lines[j]):
        return False
    upper, lower = ([word.text for word in part.lines[i] if not is_value(word.text)] for i in (k, j))
    if not all(map(is_label_part, lower)) or (not lower and not _stands_alone(j, part.lines, _CLEAR)):
        return False
    if not upper or _is_loose(part.lines[k]):
        return k > 0 and _goes_below(part, k - 1, k)
    name = split_numbering(upper[-1].rstrip(_DIGITS))[1]
    return not lower or any(is_label_part(f"{name}{rest}") for rest in lower)


def _stands_alone(k: int, lines: Sequence[TextLine], clear: float = _HALF) -> bool:
    """Whether the line is nothing but digits, with no line of a row's label within so many type sizes."""
    line = lines[k]
    reach = clear * line[0].size
    near = (word for other in lines[max(0, k - 2) : k + 3] for word in other if abs(word.base - line[0].base) < reach)
    return _is_loose(line) and all(word.text.isdigit() or is_group_part(word.text) for word in near)


def _have_digits(words: Sequence[Word]) -> bool:
    return all(any(character.isdigit() for character in word.text) for word in words)


def _doubt(line: TextLine, words: Collection[int]) -> TextLine:
    """The line; these words of it (ids) in doubt."""
    return tuple(
        replace(word, text=f"{word.text.removesuffix(UNSURE)}{UNSURE}") if id(word) in words else word for word in line
    )


def _fills_column(word: Word, lines: Sequence[TextLine], row: Sequence[Word]) -> bool:
    """Whether nothing that stands in the word's column shows that one more digit had room; heads over several values of
    the `row` do not.
    """
    width = word.box[2] - word.box[0]
    widest = width + _ONE_MORE * width / len(word.glyphs)
    wide = (other for line in lines for other in line if other.box[2] - other.box[0] > widest)
    return not any(_stands_in(other, word) and sum(_overlap(other, own) for own in row) < _FEWEST for other in wide)


def _overlap(one: Word, other: Word) -> bool:
    return one.box[0] < other.box[2] and other.box[0] < one.box[2]


def _stands_in(other: Word, word: Word) -> bool:
    """Whether the other is a number or a head of the same column: set to the same edge or middle."""
    apart = min(abs(other.box[0] - word.box[0]), abs(other.box[2] - word.box[2]), abs(other.x - word.x))
    return apart < _ALIGNED * word.size and _overlap(other, word)


def _row_distance(lines: Sequence[TextLine]) -> float:
    """The least distance between the base lines of two rows that bear names; more than any where there are no two."""
    rows = [values[0].base for line in lines if len(values := value_words(line)) >= _FEWEST and not _is_loose(line)]
    apart = min(_steps(rows), default=math.inf)
    return apart if apart < _FARTHEST * lines[-1][-1].size else math.inf


def _steps(bases: Sequence[float]) -> Iterator[float]:
    return (below - above for above, below in pairwise(bases) if below > above)
