"""Sentence texts → labels with confidence, by the ONNX classifier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from extract.artifacts import load_session
from extract.narrative.ngrams import find_stages, sentence_buckets
from extract.narrative.plain import KEPT_SENTENCES
from extract.quick import record
from extract.records import Label
from extract.rules import load_rules, needed_characters, quick_pattern

OVERRULED = 0.75
"""Share of the labels that are right where the wording overrules the classifier."""
LISTED = 0.95
"""Confidence of a label that a listing lead-in gives: it follows from the labelling guide, few cases are on record."""
_SOME, _MANY = 2, 3  # counts of a sentence that is likely a statistic, and of one that is
MODEL = "sentence-classifier"
_TOPICS = (
    ("number", "topic"),
    ("mark", "heading"),
    ("mark", "trouble_head"),
    ("mark", "state"),
    ("alone",),
    ("number", "turn"),
    ("number", "asked"),
)
"""The wordings of a head that names a topic, or praises it."""
_LONGEST_HEAD = 32  # characters: heads that run into the text are short, and longer sentences need no closer look
_PROBLEM_SECTION, _REMAINING_SECTION = 5, 6
_FULL_WIDTH = dict(zip("(),;:?!", "（），；：？！", strict=True))  # as the classifier's corpus has them
_HALF_WIDTH = quick_pattern(r"(?<!\d)[(),;:?!]|[(),;:?!](?!\d)")  # not those inside a number or a time
LABELS = (Label.PROBLEM, Label.MEASURE, Label.STATISTIC, Label.OTHER)
"""The columns of the model's output."""


def label_sentences(
    texts: Sequence[str], sections: Sequence[int], topics: Sequence[str] | None = None
) -> list[tuple[Label, float]]:
    """Label and probability of each sentence of a narrative, in order.

    Raises: ModelError where the classifier is missing or damaged."""
    if not texts:
        return []
    wordings = list(map(_read_wording, texts))
    texts = [wording.text for wording in wordings]
    buckets = sentence_buckets(texts, sections, find_stages(texts, sections, topics))
    (probabilities,) = load_session(MODEL).run(None, {"buckets": buckets})  # (n_sentences, n_labels)
    return [
        wording.listed or _plain_label(wording, dict(zip(LABELS, row, strict=True)), section)
        for wording, row, section in zip(wordings, probabilities.tolist(), sections, strict=True)
    ]


@record
class _Wording:
    """A sentence as the classifier's corpus has it, the same without blanks, and what its words tell by themselves.

    `listed` is the label of what it announces and lists. `other`: the labelling guide calls it so, whatever it says.
    """

    text: str
    plain: str
    listed: tuple[Label, float] | None
    other: bool
    troubled: bool  # a word stands there that tells of problems
    counts: bool
    counted: bool  # a number stands before its unit


@lru_cache(maxsize=KEPT_SENTENCES)
def _read_wording(text: str) -> _Wording:
    text = _as_in_corpus(text)
    plain = "".join(text.split())
    other = (
        (len(plain) <= _LONGEST_HEAD and any(_plain_pattern(*names).fullmatch(plain) for names in _TOPICS))
        or _is_announcing(plain)
        or _plain_pattern("provision").match(plain) is not None
        or _plain_pattern("seen").search(plain) is not None
        or _plain_pattern("sought").match(plain) is not None
    )
    told = (_plain_pattern(name).search(plain) is not None for name in ("problem_words", "count", "counted"))
    return _Wording(text, plain, _listed_label(plain), other, *told)


def _as_in_corpus(text: str) -> str:
    """The sentence in full width, without a head that runs into it (（三）信息管理方面：…) and tells no label."""
    text = _HALF_WIDTH.sub(lambda mark: _FULL_WIDTH[mark[0]], text)
    head = _plain_pattern("run_in").match(text)
    return text if head is None or _plain_pattern("telling_head").search(head[0]) else text[head.end() :]


@cache
def _plain_pattern(*names: str) -> re.Pattern[str]:
    entries: dict[str, Any] = load_rules("narrative.toml")["plain"]
    return quick_pattern("".join(f"(?:{entries[name]})" for name in names))


def _is_announcing(plain: str) -> bool:
    """True for a lead-in without the list that it announces."""
    return _plain_pattern("announcing").match(plain) is not None and not re.search(r"[。！？].", plain)


def _plain_label(wording: _Wording, read: dict[Label, float], section: int) -> tuple[Label, float]:
    """The classifier's label, but for wordings that the labelling guide decides: a topic, a deed, no count at all."""
    if wording.other:
        return Label.OTHER, max(LISTED, read[Label.OTHER])
    if section != _PROBLEM_SECTION and not wording.troubled:
        del read[Label.PROBLEM]
    if not wording.counts:
        del read[Label.STATISTIC]
    whole = sum(read.values()) or 1.0
    read = {label: probability / whole for label, probability in read.items()}
    label = max(read, key=read.__getitem__)
    told = _told_label(wording, label, read[label], section)
    return (label, read[label]) if told is label else (told, max(read.get(told, 0.0), 1 - read[label], OVERRULED))


def _told_label(wording: _Wording, label: Label, sure: float, section: int) -> Label:
    """What the wording tells where the classifier says `label` with that probability."""
    plain = wording.plain
    entries: dict[str, Any] = load_rules("narrative.toml")["plain"]
    if label in (Label.STATISTIC, Label.OTHER) and _is_deed_head(wording):
        return Label.MEASURE
    if label in (Label.MEASURE, Label.OTHER) and _is_count(wording, section, sure):
        return Label.STATISTIC
    if label is Label.MEASURE and section == 1 and sure < entries["sure"] and _plain_pattern("opening").search(plain):
        return Label.OTHER
    if label is Label.PROBLEM and section != _PROBLEM_SECTION and _is_deed(plain):
        return Label.MEASURE
    if label is Label.OTHER and sure < entries["sure"] and _is_deed(plain):
        return Label.MEASURE
    if label is Label.OTHER and any(_plain_pattern(name).search(plain) for name in ("none_of", "zero", "share")):
        return Label.STATISTIC
    if section == _PROBLEM_SECTION and label in (Label.MEASURE, Label.OTHER) and _is_shortcoming(plain):
        return Label.PROBLEM
    if section == _PROBLEM_SECTION and label is Label.OTHER and _is_short_problem(plain):
        return Label.PROBLEM
    return label


def _is_count(wording: _Wording, section: int, sure: float) -> bool:
    """Whether every piece of it counts something: 制定制度2项，举办培训12期; in section 6, whether it counts at all.

    Three counts are enough, and two where the classifier is not sure of another label.

    What was done is told there by its number only; among problems and plans a number is told by the way.
    """
    if not wording.counted or section == _PROBLEM_SECTION or _plain_pattern("of_report").search(wording.plain):
        return False
    if section == _REMAINING_SECTION:
        return True
    counted = _plain_pattern("counted")
    counts = len(counted.findall(wording.plain)) - len(_plain_pattern("from_to").findall(wording.plain))
    if counts >= _MANY or (counts >= _SOME and sure < load_rules("narrative.toml")["plain"]["sure"]):
        return True
    pieces = [piece for piece in _plain_pattern("pieces").split(wording.plain) if piece]
    telling = [piece for piece in pieces if not _plain_pattern("no_piece").fullmatch(piece)]
    last = [list(counted.finditer(piece))[-1:] for piece in telling]
    if len(telling) == 1 and last[0]:
        return last[0][0].end() == len(telling[0])  # 对48件文件重新定密 tells what was done
    return bool(telling) and all(last)


def _is_deed_head(wording: _Wording) -> bool:
    """（三）管好文件。: a head that runs into the text and tells a deed."""
    if wording.troubled or len(wording.plain) > _LONGEST_HEAD:
        return False
    return _plain_pattern("mark", "deed_head").fullmatch(wording.plain) is not None


def _is_deed(plain: str) -> bool:
    return _plain_pattern("deed").match(plain) is not None and not _plain_pattern("lead_in").search(plain)


def _is_shortcoming(plain: str) -> bool:
    return _plain_pattern("shortcoming").search(plain) is not None and not _plain_pattern("remedy").search(plain)


def _is_short_problem(plain: str) -> bool:
    """人手不足。: one shortcoming in few words, which the classifier takes for a phrase."""
    return _plain_pattern("short_problem").search(plain) is not None and not _plain_pattern("remedy").search(plain)


@cache
def _announced_patterns() -> tuple[tuple[Label, re.Pattern[str], frozenset[str]], ...]:
    """Label, pattern, and characters of which a sentence must hold one."""
    entries: dict[str, Any] = load_rules("narrative.toml")["announced"]
    return tuple((Label(name), quick_pattern(pattern), needed_characters(pattern)) for name, pattern in entries.items())


def _listed_label(plain: str) -> tuple[Label, float] | None:
    """What a lead-in announces and then lists in the same sentence; None for any other sentence."""
    characters = set(plain)
    for label, pattern, needed in _announced_patterns():
        if not (needed and needed.isdisjoint(characters)) and pattern.search(plain):
            return label, LISTED
    return None
