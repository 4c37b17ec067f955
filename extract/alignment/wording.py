"""Whether a printed label says something else than the form's: other words, not characters that noise has confused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from extract.alignment.cost import fold_table
from extract.quick import record
from extract.rules import load_rules, refuse_unknown
from extract.textform import any_word, bare_label, is_unreadable, squeeze

_FILE = "labels.toml"
_WORD = 2  # strange characters side by side that make another word; one alone is a slip or noise
_LONG, _STRANGE = 8, 8  # characters of a text that no other label is made of, one in so many of them strange
_SHORT = 4  # characters of a label; in a shorter one a single strange character is half a word
_MARKS = re.compile(r"[0-9a-zA-Z\u00c0-\u024f%一二三四五六七八九十]+")  # of numbering, pages and years; stray letters
_KEPT = 1024


class Change(IntEnum):
    """What became of a label, the least first."""

    NONE = 0
    DAMAGED = 1  # characters that noise confuses, or puts in
    SLIP = 2  # one character that such reports use for another: a slip, or another word
    OTHER = 3  # other words


@record
class _Words:
    harmless: re.Pattern[str]
    same: Mapping[str, str]  # wording → the one that stands for it
    wordings: re.Pattern[str]
    turning: frozenset[str]
    names: frozenset[str]
    own: frozenset[str]  # the characters that such reports use
    lookalikes: Mapping[str, str]  # character → what noise puts in its place
    opposite: frozenset[str]


@cache
def _words() -> _Words:
    """Raises: DataFileError on an unknown key."""
    entry = load_rules(_FILE)
    refuse_unknown(_FILE, entry, {"harmless", "same", "turning", "names", "limits"})
    alike = load_rules("lookalikes.toml")
    same = {wording: group[0] for group in entry["same"] for wording in group}
    return _Words(
        re.compile(f"(?:{any_word(entry['harmless'])})*"),
        same,
        re.compile(any_word(same)),
        frozenset(entry["turning"]),
        frozenset(entry["names"]),
        frozenset(alike["known"]),
        alike["stands_for"],
        frozenset(alike["opposite"]),
    )


def is_harmless(words: str) -> bool:
    """Whether squeezed words are such as change nothing."""
    return _words().harmless.fullmatch(words) is not None


@lru_cache(maxsize=1024)
def noise_of(text: str) -> frozenset[str]:
    """The characters of a text, and those that noise puts in their place."""
    alike = (_words().lookalikes.get(character, "") for character in text)
    return frozenset(text).union(*alike)


@lru_cache(maxsize=_KEPT)
def tell_change(printed: str, wordings: tuple[str, ...], pieces: frozenset[str] = frozenset()) -> Change:
    """The change from the wording that is nearest to what is printed.

    `pieces` are labels of the table, squeezed: parts of them may stand among a label's words where lines were torn.
    """
    text = bare_label(printed)
    changes = (_compare(text, bare_label(label), pieces) for label in wordings)
    return min(changes, default=Change.NONE)


def _compare(text: str, label: str, pieces: frozenset[str]) -> Change:
    words = _words()
    least = _tell(text, label, pieces)
    if least > Change.DAMAGED:
        plain, own = (words.wordings.sub(lambda match: words.same[match[0]], side) for side in (text, label))
        least = min(least, _tell(plain, own, pieces))
    return least


def _tell(text: str, label: str, pieces: frozenset[str]) -> Change:
    if text == label:
        return Change.NONE
    edits = [edit for edit in _edits(text, label) if not _is_lost(edit, label)]
    added = "".join(edit.added for edit in edits if not edit.removed)
    if _is_woven(added, pieces):
        edits = [edit for edit in edits if edit.removed]
    return max((_weigh(edit, label, pieces) for edit in edits), default=Change.NONE)


@record
class _Edit:
    """A place where printed and statutory label differ: what the one has and the other has not."""

    removed: str
    added: str
    end: int  # of the removed text in the label


def _edits(text: str, label: str) -> Iterator[_Edit]:
    """The edits; those with one like character between them are one, so that 结转 → 办结 is a word for a word."""
    start: tuple[int, int] | None = None
    end = (0, 0)
    for op in Levenshtein.opcodes(label, text):
        if op.tag == "equal":
            continue
        if start is not None and op.src_start - end[0] > 1:
            yield _Edit(label[start[0] : end[0]], text[start[1] : end[1]], end[0])
            start = None
        start = start or (op.src_start, op.dest_start)
        end = (op.src_end, op.dest_end)
    if start is not None:
        yield _Edit(label[start[0] : end[0]], text[start[1] : end[1]], end[0])


def _is_lost(edit: _Edit, label: str) -> bool:
    """Whether words were left out or added that change nothing; what lacks at either end was lost with its line."""
    shown = edit.removed[: len(edit.added)]
    if edit.end == len(label) and len(edit.removed) > len(edit.added) and all(map(_is_noise, shown, edit.added)):
        return True
    if not edit.added and edit.end == len(edit.removed) and edit.removed[-1] not in _words().turning:
        return True
    bare = _MARKS.sub("", edit.added)
    return is_harmless(edit.removed) and is_harmless(bare)


def _weigh(edit: _Edit, label: str, pieces: frozenset[str]) -> Change:
    added = _MARKS.sub("", edit.added) if not edit.removed else edit.added
    if not edit.removed and _is_woven(added, pieces):
        return Change.NONE
    removed = edit.removed
    if len(removed) == len(added):
        strange = [pair for pair in zip(removed, added, strict=True) if not _is_noise(*pair)]
        removed, added = ("".join(side) for side in zip(*strange, strict=True)) if strange else ("", "")
    length = max(len(removed), len(added))
    if not length:
        return Change.DAMAGED
    is_torn = not removed and any(added in piece for piece in pieces)
    if length >= _WORD or (len(label) < _SHORT and not is_torn) or turns(removed + added):
        return Change.OTHER
    return Change.SLIP if is_own(added) and not is_torn else Change.DAMAGED


def is_scrambled(text: str, label: str) -> bool:
    """Whether a long text is nearly all of characters of the label, or of what noise puts in their place."""
    words = _MARKS.sub("", squeeze(text))
    strange = sum(character not in noise_of(label) for character in words)
    return len(words) >= _LONG and strange * _STRANGE <= len(words)


def is_own(text: str) -> bool:
    """Whether such reports use every character of the text: others are noise."""
    return bool(text) and _words().own.issuperset(text)


def names_other(words: str) -> bool:
    """Whether the words name something else although they are a part of one of the form's labels."""
    return words in _words().names


def turns(text: str) -> bool:
    """Whether a character of the text turns the meaning of what it stands with."""
    return not _words().turning.isdisjoint(text)


def looks_like(text: str, label: str) -> bool:
    """Whether noise alone makes the one of the other; both are as long."""
    return all(map(_is_noise, label, text))


@lru_cache(maxsize=_KEPT)
def _is_woven(added: str, pieces: frozenset[str]) -> bool:
    """Whether the characters are a piece of one of these labels, as noise may leave it."""
    fold = fold_table()
    folded = added.translate(fold)
    least = _SHORT if turns(added) else _WORD
    return len(added) >= least and any(folded in piece.translate(fold) for piece in pieces)


def _is_noise(old: str, new: str) -> bool:
    """Whether noise prints the one for the other; never where both turn a meaning."""
    words = _words()
    if old == new or is_unreadable(new):
        return True
    if (old in words.turning and new in words.turning) or old + new in words.opposite:
        return False
    fold = fold_table()
    return fold.get(ord(old), old) == fold.get(ord(new), new) or new in words.lookalikes.get(old, "")
