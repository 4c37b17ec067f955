"""Sentences → hashed character n-grams with their surroundings, the input of the sentence classifier."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from extract.rules import load_rules

if TYPE_CHECKING:
    import numpy as np

BUCKETS = 1 << 14
"""Number of hash buckets."""

_DIGITS = re.compile(r"\d[\d.,]*")
_HAN_COUNT = re.compile(r"[一二三四五六七八九十百千万两]+(?=[件条次个份篇期场名人家])")
_SPACES = re.compile(r"\s")
_CLAUSE_ENDS = re.compile(r".{2}(?=[，。；：、])")
_LONGEST = 4


@cache
def _stage_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    stages: dict[str, Any] = load_rules("narrative.toml")["stage"]
    return tuple((name, re.compile(pattern)) for name, pattern in stages.items())


@cache
def _cue_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    cues: dict[str, Any] = load_rules("narrative.toml")["cues"]
    return tuple((name, re.compile(pattern)) for name, pattern in cues.items())


def normal_text(text: str) -> str:
    """The text without blanks, every number one 0."""
    return _HAN_COUNT.sub("0", _DIGITS.sub("0", _SPACES.sub("", text)))


def find_stages(texts: Sequence[str], sections: Sequence[int], topics: Sequence[str]) -> list[tuple[str, str]]:
    """For each sentence what the section was about before it and from it on: problems, plans, or neither yet.

    `topics` are the headings that the sentences stand under (empty where there is none).
    """
    stages, stage, section, topic = [], "", 0, ""
    for text, own_section, own_topic in zip(texts, sections, topics, strict=True):
        if own_section != section:
            stage, section, topic = "", own_section, ""
        if own_topic != topic:
            stage, topic = _next_stage(own_topic, stage), own_topic
        before, stage = stage, _next_stage(text, stage)
        stages.append((before, stage))
    return stages


def _next_stage(text: str, stage: str) -> str:
    plain = _SPACES.sub("", text)
    return next((name for name, pattern in _stage_patterns() if pattern.search(plain)), stage)


def hash_sentences(texts: Sequence[str], sections: Sequence[int], topics: Sequence[str]) -> list[set[int]]:
    """The buckets that each sentence falls into: its n-grams, section and length, its neighbours' ends, the stage."""
    plains = [normal_text(text) for text in texts]
    stages = find_stages(texts, sections, topics)
    hashed = []
    for place, (plain, section, (before, stage)) in enumerate(zip(plains, sections, stages, strict=True)):
        grams = _own_grams(plain, section)
        cues = "+".join(name for name, pattern in _cue_patterns() if pattern.search(plain))
        grams |= {f"@{section}{before}", f"@@{section}{stage}", f"!{cues}", f"!{section}{cues}", f"!{stage}{cues}"}
        grams |= _neighbour_grams("<", plains[place - 1] if place and sections[place - 1] == section else "^")
        follows = place + 1 < len(plains) and sections[place + 1] == section
        grams |= _neighbour_grams(">", plains[place + 1] if follows else "$")
        hashed.append({zlib.crc32(gram.encode()) % BUCKETS for gram in grams})
    return hashed


def _own_grams(plain: str, section: int) -> set[str]:
    grams = {plain[start : start + size] for size in range(1, _LONGEST + 1) for start in range(len(plain) - size + 1)}
    grams |= {f"^{plain[:size]}" for size in range(1, 6)} | {f"{plain[-size:]}$" for size in range(2, 7)}
    grams |= {f"§{section}", f"§{section}{plain[:3]}"}
    grams |= {f"#{min(len(plain) // 15, 8)}", f"#{section}{min(len(plain) // 8, 9)}"}
    return grams | {f"~{section}{end}" for end in _CLAUSE_ENDS.findall(plain)}


def _neighbour_grams(mark: str, plain: str) -> set[str]:
    """How the sentence before or behind begins and ends."""
    return {f"{mark}{part}" for part in (plain[:2], plain[:4], plain[-4:], plain[-6:])}


def sentence_features(texts: Sequence[str], sections: Sequence[int], topics: Sequence[str] | None = None) -> np.ndarray:
    """Rows of unit length over the buckets (n_sentences, BUCKETS); the sentences of one narrative, in order."""
    import numpy as np

    features = np.zeros((len(texts), BUCKETS), dtype=np.float32)
    hashed = hash_sentences(texts, sections, topics if topics is not None else [""] * len(texts))
    for row, buckets in enumerate(hashed):
        features[row, list(buckets)] = 1.0 / len(buckets) ** 0.5
    return features
