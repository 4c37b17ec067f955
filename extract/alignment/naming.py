"""Which of a block's columns bear a head that says something else than the form's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise

from rapidfuzz import fuzz

from extract.alignment.cost import NAMES, fold_table, label_costs
from extract.alignment.rows import SEEN_SIMILARITY
from extract.alignment.wording import Change, is_harmless, is_own, looks_like, names_other, noise_of, tell_change, turns
from extract.quick import record
from extract.records import Block, TableSpec
from extract.textform import split_numbering, squeeze

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"[。；;！!？?]|\d{2}|.{14}")
_RUN_LEAST, _RUN_KNOWN = 8, 0.8  # characters of a run of heads, and how many of them are characters of heads
_RUN_SHORT = 6  # characters of a run of whole pieces; a shorter one has single characters
_STRANGE = 6  # one of so many characters may be noise of an unknown kind
_PART = 0.8  # of a label's length; what is longer is no part of it, it is the label or another one
_KEPT = 512  # heads of blocks: most reports print the same
_NAME_LEAST = 2  # characters of a name; one alone is a piece of another


@record
class Renamed:
    """Columns that stand under another name: what is printed, and the form's label."""

    columns: tuple[int, ...]
    found: str
    expected: str


@dataclass(frozen=True, slots=True, eq=False)
class KnownLabels:
    """The labels of a table: those of its rows without numbering, those of its head that name no column, all that may
    be woven into others where lines were torn (no rows'), and all; squeezed but for the head's.
    """

    rows: frozenset[str]
    heads: tuple[str, ...]
    woven: frozenset[str]
    every: frozenset[str]


@cache
def known_labels(spec: TableSpec) -> KnownLabels:
    """The labels of rows, columns, groups, head and captions."""
    axes = [axis for block in spec.blocks for axis in (*block.rows, *block.columns)]
    over = (label for label, _ in spec.over)
    of_groups = (column.group for block in spec.blocks for column in block.columns)
    heads = tuple(filter(None, dict.fromkeys((*spec.head_labels, spec.corner, *over, *of_groups))))
    groups = (text for axis in axes for text in (axis.group, *axis.group_aliases))
    captions = (block.caption for block in spec.blocks)
    columns = chain.from_iterable(column.labels for block in spec.blocks for column in block.columns)
    woven = frozenset(squeeze(text) for text in (*heads, *captions, *groups, *columns) if text)
    rows = chain.from_iterable(row.labels for block in spec.blocks for row in block.rows)
    of_rows = (split_numbering(row.label)[1] for block in spec.blocks for row in block.rows)
    return KnownLabels(frozenset(map(squeeze, of_rows)), heads, woven, woven.union(map(squeeze, rows)) - {""})


@lru_cache(maxsize=1024)
def is_other_name(text: str, labels: frozenset[str]) -> bool:
    """Whether a text may be a name, and is none of these labels, no part of one, and more than harmless words."""
    words = "".join(_HAN.findall(split_numbering(text)[1]))
    if len(words) < _NAME_LEAST or is_harmless(words):
        return False
    return names_other(words) or not _is_part(words, labels)


def _is_part(words: str, labels: frozenset[str]) -> bool:
    """Whether the words are one of the labels or a part of one, as noise and torn lines leave them."""
    fold = fold_table()
    for own in labels:
        if any(looks_like(words, own[k : k + len(words)]) for k in range(len(own) - len(words) + 1)):
            return True
        if len(words) > len(own) or fuzz.partial_ratio(words.translate(fold), own.translate(fold)) < SEEN_SIMILARITY:
            continue
        strange = "".join(character for character in words if character not in noise_of(own))
        if len(words) < _PART * len(own) and len(strange) * _STRANGE <= len(words) and not is_own(strange):
            return True
        if tell_change(words, (own,)) <= Change.DAMAGED:
            return True
    return False


def _is_run(words: str, labels: frozenset[str]) -> bool:
    """Whether the words are several labels, or pieces of them, that were run together."""
    if len(words) >= _RUN_LEAST:
        known = noise_of("".join(sorted(labels)))
        strange = [character not in known for character in words]
        is_word = any(map(all, pairwise(strange)))  # noise of unknown kind seldom strikes side by side
        return not is_word and sum(strange) <= (1 - _RUN_KNOWN) * len(words)
    pieces: list[int] = []
    start = 0
    while start < len(words):
        end = next((k for k in range(len(words), start, -1) if any(words[start:k] in own for own in labels)), start)
        if end == start:
            return False
        pieces.append(end - start)
        start = end
    return len(pieces) > 1 and (len(words) >= _RUN_SHORT or (min(pieces) == 1 and not turns(words)))


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A label of the head, and the columns that stand under it."""

    wordings: tuple[str, ...]
    columns: tuple[int, ...]
    may_lack: bool = False  # stands over groups that have names of their own


@lru_cache(maxsize=_KEPT)
def find_renamed(
    texts: tuple[str, ...], names: tuple[Name, ...], known: KnownLabels, noise: Change = Change.DAMAGED
) -> tuple[Renamed, ...]:
    """The columns whose head says something else; `texts` stand over the block, in printed order. `noise` is the
    greatest change that noise may have made.

    A head that resembles a label in other words is one. Words that no label has, beside the heads of the table, are
    the head of a column that has none; which one, where several have none, a person has to say.
    """
    if not texts:
        return ()
    owners = [name for name in names for _ in name.wordings]
    costs = label_costs(texts, [label for name in names for label in name.wordings] + list(known.heads))
    nearest, is_head = costs.argmin(axis=1).tolist(), (costs.min(axis=1) <= NAMES).tolist()
    own = frozenset(map(squeeze, chain(known.heads, *(name.wordings for name in names))))
    pieces = frozenset(map(squeeze, texts))
    named: Counter[Name] = Counter()
    reworded: dict[int, Name] = {}
    for k, (text, place) in enumerate(zip(texts, nearest, strict=True)):
        if is_head[k] and place < len(owners):
            if tell_change(text, owners[place].wordings, known.woven) <= noise:
                named[owners[place]] += 1
            elif len(squeeze(text)) >= _RUN_SHORT or not _is_run(squeeze(text), own):
                reworded[k] = owners[place]
    lost = [name for name in names if named[name] < _expected(name, names, named) and not _is_torn(name, pieces)]
    if not lost:
        return ()
    found: dict[Name, str] = {}
    strange: list[str] = []
    for k, text in enumerate(texts):
        if k in reworded and reworded[k] in lost:
            found.setdefault(reworded[k], text)
        elif k in reworded or (
            not is_head[k] and any(is_head[max(0, k - 1) : k + 2]) and _is_head(text, known.every, own)
        ):
            strange.append(text)
    for text in strange[:]:
        if same := [name for name in names if tell_change(text, name.wordings, known.woven) <= noise]:
            lost = [name for name in lost if name not in same]
            strange.remove(text)
    lost = [name for name in lost if name not in found]
    lost = [name for name in lost if not name.may_lack] or (lost if strange else [])
    if lost and (strange or found):
        together = "、".join(dict.fromkeys(strange or found.values()))
        found |= dict(zip(lost, strange if len(strange) == len(lost) else [together] * len(lost), strict=True))
    return tuple(Renamed(name.columns, text, name.wordings[0]) for name, text in found.items())


def _is_head(text: str, labels: frozenset[str], heads: frozenset[str]) -> bool:
    """Whether a text may be the head of a column that is none of the form's."""
    if split_numbering(text)[0] is not None:
        return False
    return is_other_name(text, labels) and not _SENTENCE.search(text) and not _is_run(squeeze(text), heads)


def _is_torn(name: Name, pieces: frozenset[str]) -> bool:
    """Whether a wording of the name stands in two of these pieces: 结果 over 维持."""
    return any({label[:k], label[k:]} <= pieces for label in map(squeeze, name.wordings) for k in range(1, len(label)))


def _expected(name: Name, names: Sequence[Name], named: Counter[Name]) -> int:
    """How often the name is printed at least: once, or as often as most of those that stand over as many columns."""
    if len(name.columns) == 1:
        return 1
    often = Counter(named[other] for other in names if len(other.columns) == len(name.columns))
    return max(1, often.most_common(1)[0][0])


def find_misnamed(texts: Sequence[str], group: str, groups: Sequence[str], known: KnownLabels) -> str:
    """The text, of those before the first row of a group, that bears its number and another name; empty where none."""
    number = split_numbering(group)[0]
    for text in texts:
        if number is None or split_numbering(text)[0] != number or tell_change(text, (group,)) <= Change.DAMAGED:
            continue
        if squeeze(text).startswith(squeeze(group)):
            continue  # a row's label ran into it: （六）其他处理1.申请人无
        near = label_costs([text], groups)[0]
        other = groups[int(near.argmin())] if near.min() <= NAMES else ""
        if split_numbering(other)[0] != number if other else is_other_name(text, known.every):
            return text
    return ""


@cache
def head_names(spec: TableSpec) -> tuple[tuple[Name, ...], ...]:
    """The names of each block's columns."""
    return tuple(_names(block, spec) for block in spec.blocks)


def _names(block: Block, spec: TableSpec) -> tuple[Name, ...]:
    """The labels of columns; those of their groups, too, where columns of several groups are called alike."""
    columns: dict[tuple[str, ...], list[int]] = {}
    groups: dict[str, list[int]] = {}
    for k, column in enumerate(block.columns):
        columns.setdefault(column.labels, []).append(k)
        groups.setdefault(column.group, []).append(k)
    names = [Name(labels, tuple(own)) for labels, own in columns.items()]
    if len(columns) < len(block.columns):
        names += [Name((label,), tuple(own)) for label, own in groups.items()]
        names += [
            Name((head,), tuple(k for label in own for k in groups[label]), may_lack=True) for head, own in spec.over
        ]
    return tuple(names)
