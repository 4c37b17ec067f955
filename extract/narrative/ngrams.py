"""Sentences → hashed character n-grams with their surroundings, the input of the sentence classifier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any
from zlib import crc32

from extract.narrative.plain import KEPT_SENTENCES
from extract.quick import record
from extract.rules import load_rules, quick_pattern

if TYPE_CHECKING:
    import numpy as np

BUCKET_BITS = 16
BUCKETS = 1 << BUCKET_BITS
"""Number of hash buckets; the number behind the last one fills the rows of shorter sentences."""

_DIGITS = re.compile(r"\d[\d.,]*")
_HAN_COUNT = re.compile(r"[一二三四五六七八九十百千万两]+(?=[件条次个份篇期场名人家])")
_CLAUSE_ENDS = re.compile(r".{2}(?=[，。；：、])")
_LONGEST = 3
_GAPS = (1, 2)  # characters left out between the two of a skip-gram
_PROBLEMS = 5  # the section of problems and improvements
_EARLY, _LATE, _PARTS = 4, 3, 4  # places counted from either end of a section, and the parts that it is divided into
_MOST_COUNTS = 3  # counts of a sentence that are told apart: with three it is a statistic
_COPIES = 2  # buckets for each of them: one more count outweighs a character
_PRIME = 0x100000001B3  # of the FNV hash
_MIXER = 0x9E3779B97F4A7C15  # 2^64 / golden ratio: multiplicative hashing


@cache
def _stage_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    stages: dict[str, Any] = load_rules("narrative.toml")["stage"]
    return tuple((name, quick_pattern(pattern)) for name, pattern in stages.items())


@cache
def _cue_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    cues: dict[str, Any] = load_rules("narrative.toml")["cues"]
    return tuple((name, quick_pattern(pattern)) for name, pattern in cues.items())


@cache
def _count_pattern() -> re.Pattern[str]:
    return quick_pattern(load_rules("narrative.toml")["patterns"]["classifier_count"])


@record
class _Known:
    """What a sentence of a section tells the classifier whatever stands beside it, its n-grams aside.

    `ahead` are the buckets that it gives the sentence behind it, `behind` those that it gives the one before.
    """

    cues: str
    own: list[int]
    ahead: list[int]
    behind: list[int]


@lru_cache(maxsize=KEPT_SENTENCES)
def _know(plain: str, section: int) -> _Known:
    cues = "+".join(name for name, pattern in _cue_patterns() if pattern.search(plain))
    sides = (_neighbour_buckets(mark, plain) for mark in "<>")
    return _Known(cues, [*_end_buckets(plain, section), *_count_buckets(plain, section)], *sides)


def _count_buckets(plain: str, section: int) -> list[int]:
    """That one count stands there, that a second does, and a third; among problems a number is told by the way."""
    number = 0 if section == _PROBLEMS else min(len(_count_pattern().findall(plain)), _MOST_COUNTS)
    return _hash(*(f"N{count}/{copy}" for count in range(number) for copy in range(_COPIES)))


@lru_cache(maxsize=1024)
def _normalise(text: str) -> tuple[str, str]:
    """The text without blanks, every number one 0, and what the section is about from it on; "" where it tells not."""
    plain = "".join(text.split())
    stage = next((name for name, pattern in _stage_patterns() if pattern.search(plain)), "")
    return _HAN_COUNT.sub("0", _DIGITS.sub("0", plain)), stage


def find_stages(
    texts: Sequence[str], sections: Sequence[int], topics: Sequence[str] | None = None
) -> list[tuple[str, str]]:
    """For each sentence what the section was about before it and from it on: problems, plans, or neither yet.

    `topics` are the headings that the sentences stand under (empty where there is none).
    """
    stages, stage, section, topic = [], "", 0, ""
    for text, own_section, own_topic in zip(texts, sections, topics or [""] * len(texts), strict=True):
        if own_section != section:
            stage, section, topic = "", own_section, ""
        if own_topic != topic:
            stage, topic = _normalise(own_topic)[1] or stage, own_topic
        before, stage = stage, _normalise(text)[1] or stage
        stages.append((before, stage))
    return stages


def _hash_surroundings(
    known: Sequence[_Known], sections: Sequence[int], stages: Sequence[tuple[str, str]]
) -> list[list[int]]:
    """The buckets of all that is not an n-gram: the sentence's ends, section, place, length, neighbours, the stage.

    Some may be there twice.
    """
    first, last = _edge_buckets()
    hashed = []
    for place, (own, section, (before, stage), at) in enumerate(
        zip(known, sections, stages, _place_buckets(sections), strict=True)
    ):
        leads = not place or sections[place - 1] != section
        ends = place + 1 == len(known) or sections[place + 1] != section
        hashed.append(
            [
                *own.own,
                *_stage_buckets(section, before, stage, own.cues),
                *at,
                *(first if leads else known[place - 1].ahead),
                *(last if ends else known[place + 1].behind),
            ]
        )
    return hashed


@cache
def _edge_buckets() -> tuple[list[int], list[int]]:
    """What stands for the sentence before the first of a section, and behind the last."""
    return _neighbour_buckets("<", "^"), _neighbour_buckets(">", "$")


def _hash(*marks: str) -> list[int]:
    return [crc32(mark.encode()) % BUCKETS for mark in marks]


def _end_buckets(plain: str, section: int) -> list[int]:
    """How the sentence and its clauses begin and end, its section and its length."""
    marks = [f"^{plain[:size]}" for size in range(1, 6)] + [f"{plain[-size:]}$" for size in range(2, 7)]
    marks += [f"§{section}", f"§{section}{plain[:3]}"]
    marks += [f"#{min(len(plain) // 15, 8)}", f"#{section}{min(len(plain) // 8, 9)}"]
    return _hash(*marks, *(f"~{section}{end}" for end in _CLAUSE_ENDS.findall(plain)))


def _neighbour_buckets(mark: str, plain: str) -> list[int]:
    """How the sentence before or behind begins and ends."""
    return _hash(*(f"{mark}{part}" for part in (plain[:2], plain[:4], plain[-4:], plain[-6:])))


@lru_cache(maxsize=KEPT_SENTENCES)  # few are ever told apart
def _stage_buckets(section: int, before: str, stage: str, cues: str) -> list[int]:
    """What the section was about before the sentence and from it on, beside what the sentence's own words tell."""
    return _hash(f"@{section}{before}", f"@@{section}{stage}", f"!{cues}", f"!{section}{cues}", f"!{stage}{cues}")


def _place_buckets(sections: Sequence[int]) -> list[list[int]]:
    """Where in its section each sentence stands, counted from both ends and as a part of it.

    Not in section 5: some reports put the improvements first, or write about nothing else.
    """
    buckets: list[list[int]] = []
    for section, group in groupby(sections):
        size = len(list(group))
        buckets += [_buckets_of_place(section, place, size) if section != _PROBLEMS else [] for place in range(size)]
    return buckets


@lru_cache(maxsize=KEPT_SENTENCES)
def _buckets_of_place(section: int, place: int, size: int) -> list[int]:
    early, late, part = min(place, _EARLY), min(size - 1 - place, _LATE), _PARTS * place // size
    return _hash(f"={section}{early}", f"-{section}{late}", f"/{section}{part}")


def _key_type(texts: Sequence[str]) -> str:
    """The type that holds a row above the bits of a bucket: the smaller one is sorted in half the time."""
    return "int32" if len(texts) < 1 << (31 - BUCKET_BITS) else "int64"


def _gram_keys(plains: Sequence[str]) -> np.ndarray:
    """Row and bucket in one number: every n-gram of 1 to 3 characters of every sentence, and its pairs with a gap."""
    import numpy as np

    codes = np.frombuffer("".join(plains).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)  # (n_characters,)
    numbers = np.arange(len(plains), dtype=_key_type(plains))
    owners = np.repeat(numbers, [len(plain) for plain in plains])  # (n_characters,)
    grams, hashes = [], np.zeros_like(codes)
    for size in range(1, _LONGEST + 1):
        hashes = hashes[: len(codes) - size + 1] * np.uint64(_PRIME) + codes[size - 1 :]
        grams.append((size, size, hashes))
    for gap in _GAPS:
        span = gap + 2
        grams.append((span, _LONGEST + gap, codes[: len(codes) - span + 1] * np.uint64(_PRIME) + codes[span - 1 :]))
    mixed = np.concatenate([hashes + np.uint64(salt) for _, salt, hashes in grams]) * np.uint64(_MIXER)
    buckets = (mixed >> np.uint64(64 - BUCKET_BITS)).astype(np.int32)
    rows = np.concatenate([owners[: len(hashes)] for *_, hashes in grams])
    inside = np.concatenate([owners[: len(hashes)] == owners[span - 1 :] for span, _, hashes in grams])
    keys: np.ndarray = ((rows << BUCKET_BITS) | buckets)[inside]
    return keys


def sentence_buckets(texts: Sequence[str], sections: Sequence[int], stages: Sequence[tuple[str, str]]) -> np.ndarray:
    """The buckets of each sentence of one narrative, in order (n_sentences, longest), filled up with BUCKETS."""
    import numpy as np

    plains = [_normalise(text)[0] for text in texts]
    marks = _hash_surroundings([_know(*own) for own in zip(plains, sections, strict=True)], sections, stages)
    owners = np.repeat(np.arange(len(texts), dtype=_key_type(texts)), [len(own) for own in marks])
    marked = np.fromiter(chain.from_iterable(marks), np.int32, len(owners))
    keys = np.concatenate((_gram_keys(plains), (owners << BUCKET_BITS) | marked))
    keys.sort()
    fresh = np.ones(len(keys), dtype=bool)  # each once; a third as dear as np.unique
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    keys = keys[fresh]
    counts = np.bincount(keys >> BUCKET_BITS, minlength=len(texts))
    filled = np.full((len(texts), counts.max(initial=0)), BUCKETS, dtype=np.int64)
    filled[np.arange(filled.shape[1]) < counts[:, None]] = keys & (BUCKETS - 1)
    return filled
