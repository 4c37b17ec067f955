"""Which of a block's columns are printed, told by the head texts that stand before its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise, permutations

from extract.alignment.cost import NAMES, label_costs
from extract.alignment.wording import turns
from extract.records import Axis, Block, TableSpec
from extract.textform import any_word, squeeze

_NAMED, _UNNAMED = 0.2, 0.45  # mean distance of the columns that are there, least distance of one that is not
_MIN_ROWS = 4
_MOST_ROWS = 0.7
_MOST_ABSENT = 2
_NOTE = re.compile("[（(]")
_STATED = re.compile(r"(?<!单位)[：:]")  # a value is stated: no head
_HALF = 0.5  # of a run of heads are known labels where others stand among them
_MOSTLY = 0.6  # of a run of heads are known labels
_MOST_DAMAGED = 3  # heads side by side that are damaged and can still be told apart by their lengths
_DAMAGED_KEPT = 1024
_HEADS_KEPT = 256  # heads of tables: half of those of table 2 are as another report's
_SEVERAL = 2  # known labels in a text that is not alone in its row, from which on it is more than one head
_BROKEN_LEAST = 4  # characters of a label whose pieces tell that it is there
_PIECE = 2  # characters at least of each piece but the last
_WORD = 2  # characters of a word that narrows the head it stands before


@dataclass(frozen=True, slots=True, eq=False)  # what it tells is kept by identity
class Heads:
    """The texts beside a block's rows, row by row; `costs` holds each one's distance to the block's columns, 0..1."""

    block: Block
    rows: tuple[tuple[str, ...], ...]
    costs: Mapping[str, Sequence[float]]  # (n_columns,): to the nearest wording of each

    @property
    def texts(self) -> list[str]:
        """Every text once, in printed order."""
        return list(self.costs)


@lru_cache(maxsize=_DAMAGED_KEPT)
def split_heads(texts: tuple[str, ...], spec: TableSpec) -> tuple[str, ...]:
    """The heads of a row; those that a converter ran together into one text, head by head."""
    return tuple(chain.from_iterable(_split_run(text, spec) for text in texts))


def _split_run(text: str, spec: TableSpec) -> tuple[str, ...]:
    """The heads in a text; the text itself where it is one."""
    if squeeze(text) in _head_labels(spec):
        return (text,)
    pieces = _head_pattern(spec).split(squeeze(text))
    known, heads = pieces[1::2], pieces
    if known and any(pieces[::2]):
        unseen = tuple(label for label in _head_labels(spec) if label not in known)
        damaged = [_cut_damaged(piece, unseen) for piece in pieces[::2]]
        known = [*known, *chain.from_iterable(damaged)]
        heads = [
            head for k, piece in enumerate(pieces) for head in ((piece,) if k % 2 else damaged[k // 2] or (piece,))
        ]
    is_run = len(known) > 1 and sum(map(len, known)) >= _MOSTLY * sum(map(len, pieces))
    return tuple(filter(None, heads)) if is_run else (text,)


@lru_cache(maxsize=_DAMAGED_KEPT)
def split_fused(texts: tuple[str, ...], spec: TableSpec) -> tuple[str, ...]:
    """The heads of a row; a text that is half of known labels, two of them in a row of several texts, cut before and
    behind these; none where a row states a value.

    A word before a label's shorter wording is a part of it, as is one that turns its meaning: 国有企业 and 上年总计 are
    one head each.
    """
    if len(texts) == 1 and _STATED.search(texts[0].replace(spec.corner, "") if spec.corner else texts[0]):
        return ()
    return tuple(chain.from_iterable(_split_part(text, spec, 1 if len(texts) == 1 else _SEVERAL) for text in texts))


def _split_part(text: str, spec: TableSpec, least: int) -> tuple[str, ...]:
    """The text cut at known labels, where these are half of it and at least so many."""
    own = _head_labels(spec)
    pieces = _head_pattern(spec).split(squeeze(text))
    known = pieces[1::2]
    is_headed = len(pieces) > 1 and not pieces[0] and pieces[1] in _corner_labels(spec)
    is_run = is_headed or sum(map(len, known)) >= _HALF * sum(map(len, pieces))
    is_noted = least > 1 and _NOTE.search(text)  # 总计（不含其他） is one head
    if squeeze(text) in own or len(known) < least or not is_run or is_noted:
        return (text,)
    for k in range(1, len(pieces), 2):
        narrows = len(pieces[k - 1]) <= _WORD and turns(pieces[k - 1])
        if pieces[k - 1] and (narrows or pieces[k] not in own):
            pieces[k - 1 : k + 1] = ["", pieces[k - 1] + pieces[k]]
    return tuple(filter(None, pieces))


@cache
def _corner_labels(spec: TableSpec) -> frozenset[str]:
    """The labels over those of rows, squeezed; none in a table whose rows have none."""
    over = {label for label, _ in spec.over} | {column.group for block in spec.blocks for column in block.columns}
    return frozenset(squeeze(label) for label in (spec.corner, *spec.head_labels) if label and label not in over)


@lru_cache(maxsize=_DAMAGED_KEPT)
def _cut_damaged(piece: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    """The heads that a damaged run most likely holds, as printed; none where no sequence of labels is near."""
    runs = [
        run
        for count in range(1, _MOST_DAMAGED + 1)
        for run in permutations(labels, count)
        if sum(map(len, run)) == len(piece)
    ]
    if not piece or not runs:
        return ()
    costs = label_costs([piece], ["".join(run) for run in runs])[0]  # (n_runs,)
    if costs.min() > NAMES:
        return ()
    ends = list(accumulate(map(len, runs[int(costs.argmin())]), initial=0))
    return tuple(piece[start:end] for start, end in pairwise(ends))


@cache
def _head_labels(spec: TableSpec) -> tuple[str, ...]:
    """The labels of the table's head, those of groups among them, squeezed."""
    columns = [column for block in spec.blocks for column in block.columns]
    labels = chain(spec.head_labels, *((column.label, column.group) for column in columns))
    return tuple(dict.fromkeys(squeeze(label) for label in labels if label))


@cache
def _head_pattern(spec: TableSpec) -> re.Pattern[str]:
    """Any wording of a label of the table's head, squeezed, longer ones first; as a group, so that split keeps them."""
    aliases = (alias for block in spec.blocks for column in block.columns for alias in column.aliases)
    return re.compile(f"({any_word({*_head_labels(spec), *map(squeeze, aliases)} - {''})})")


@lru_cache(maxsize=_HEADS_KEPT)
def compare_heads(spec: TableSpec, rows: tuple[tuple[str, ...], ...]) -> tuple[Heads, ...]:
    """For each block the texts of the rows with their distances to its columns."""
    texts = list(dict.fromkeys(text for row in rows for text in row if text))
    wordings, firsts, ends = _column_wordings(spec)
    nearest = label_costs(texts, wordings, firsts).tolist()  # (n_texts, n_columns of all blocks)
    return tuple(
        Heads(block, rows, {text: costs[start:end] for text, costs in zip(texts, nearest, strict=True)})
        for block, (start, end) in zip(spec.blocks, pairwise(ends), strict=True)
    )


@cache
def _column_wordings(spec: TableSpec) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    """Every wording of the columns of all blocks, the place of each column's first, and that of each block's column."""
    columns = [column for block in spec.blocks for column in block.columns]
    wordings = tuple(label for column in columns for label in column.labels)
    firsts = tuple(accumulate((len(column.labels) for column in columns[:-1]), initial=0))
    return wordings, firsts, tuple(accumulate((len(block.columns) for block in spec.blocks), initial=0))


def match_columns(
    heads: Heads, printed: Sequence[int], *, cells: Sequence[int] = (), other_labels: Sequence[str] = ()
) -> tuple[tuple[int, ...], tuple[tuple[int, str, float], ...]]:
    """(indexes of the columns that are printed, (column, printed head, cost) of each that a head names).

    A column counts as absent where its label is nowhere among the heads and the rows (`printed` is their number of
    filled cells, `cells` of all) are that much shorter: most of them just so, or none longer while every other label
    is there. A label that stands inside a longer head is there too, unless it is part of one of the `other_labels`,
    over columns or rows.
    """
    columns = heads.block.columns
    everything = tuple(range(len(columns)))
    found = _name_columns(heads)
    if len(printed) < _MIN_ROWS or not heads.texts or len(everything) <= _MOST_ABSENT:
        return everything, found
    nearest = [min(costs) for costs in zip(*heads.costs.values(), strict=True)]
    if max(nearest) > _UNNAMED:
        for column in _named_inside(columns, heads.texts, other_labels):
            nearest[column] = 0.0
    unnamed = [column for column in everything if nearest[column] > _UNNAMED]
    lacking = {*_count_absent(len(everything), printed, cells), _unnamed(nearest, max(printed))} - {0}
    absent = unnamed if len(unnamed) in lacking else []
    return tuple(column for column in everything if column not in absent), found


def _unnamed(nearest: Sequence[float], longest: int) -> int:
    """How many columns no head names, while every other is named and the longest row fits these; otherwise 0."""
    absent = sum(1 for cost in nearest if cost > _UNNAMED)
    others = sorted(nearest)[: len(nearest) - absent]
    return absent if 0 < absent <= _MOST_ABSENT and longest <= len(others) and max(others) <= _NAMED else 0


def _count_absent(width: int, *rows: Sequence[int]) -> Iterator[int]:
    """For each way to count the cells of the rows how many fewer than `width` most rows have; 0 where they have not."""
    for sizes in filter(None, rows):
        typical, count = Counter(sizes).most_common(1)[0]
        absent = width - typical
        yield absent if 0 < absent <= _MOST_ABSENT and count >= _MOST_ROWS * len(sizes) else 0


def _named_inside(columns: Sequence[Axis], heads: Sequence[str], other_labels: Sequence[str]) -> list[int]:
    """The columns whose label stands within a head that a converter ran together with others, or in pieces."""
    texts = list(map(squeeze, heads))
    for other in map(squeeze, other_labels):
        texts = [text.replace(other, " ") for text in texts] if other else texts
    labels = [squeeze(column.label) for column in columns]
    return [k for k, label in enumerate(labels) if any(label in text for text in texts) or _is_in_pieces(label, texts)]


def _is_in_pieces(label: str, texts: Sequence[str]) -> bool:
    """Whether the label stands in the texts piece by piece: 社会公 above 益组织, each on a line with others' pieces."""
    if len(label) < _BROKEN_LEAST:
        return False
    rest = label
    while rest:
        end = next((end for end in range(len(rest), 0, -1) if any(rest[:end] in text for text in texts)), 0)
        if end < min(_PIECE, len(rest)):
            return False
        rest = rest[end:]
    return True


@lru_cache(maxsize=_HEADS_KEPT)
def _name_columns(heads: Heads) -> tuple[tuple[int, str, float], ...]:
    """Each column label that stands among the texts: (column, head as printed, cost 0..1)."""
    texts, costs = heads.texts, list(heads.costs.values())  # (n_texts, n_columns)
    nearest = [own.index(min(own)) for own in costs]
    best = ((column, own.index(min(own)), min(own)) for column, own in enumerate(zip(*costs, strict=True)))
    return tuple(
        (column, texts[text], cost) for column, text, cost in best if cost <= NAMES and nearest[text] == column
    )
