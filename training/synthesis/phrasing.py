"""The phrase banks, the voice of a document, and sentences said with both."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from training.synthesis.agencies import name_parts
from training.synthesis.draft import Draft, Prose
from training.synthesis.grammar import Voice, expand

Bank = dict[str, Any]
ORDINALS = "一二三四五六七八九"


@cache
def load_bank(generator: str) -> Bank:
    """The phrase bank of that generator."""
    path = files("training.synthesis").joinpath(f"phrases-{generator}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def make_voice(draft: Draft) -> Voice:
    """The words of the draft's agency and year, and its habits of writing numbers."""
    rng, year = draft.rng, draft.year
    start = f"{year}年1月1日"
    end = rng.choice((f"{year}年12月31日", f"{year}年12月31日", "12月31日"))
    words = {
        "we": draft.agency.we,
        "agency": draft.agency.name,
        "leaders": draft.agency.leaders,
        "site": draft.agency.site,
        "channel": draft.agency.channel,
        "year": str(year),
        "prev": str(year - 1),
        "next": str(year + 1),
        "from": start,
        "to": end,
        "street": rng.choice(name_parts()["streets"]),
        "house": str(rng.randint(1, 300)),
        "zip": f"{rng.randint(100000, 899999)}",
        "phone": f"0{rng.randint(310, 999)}-{rng.randint(2000000, 8999999)}",
    }
    return Voice(draft, words, rng.choice((0, 0, 0, 0.2, 0.6)), rng.random() < 0.04)


def say(section: int, label: str, template: str, voice: Voice) -> Prose:
    """The template as a sentence; `measure/other` is a measure that may as well be labelled other."""
    text, statements = expand(template, voice)
    first, *others = label.split("/")
    return Prose(section, first, text, statements, tuple(others))


def say_labelled(section: int, entry: str, voice: Voice) -> Prose:
    """An entry `template|label` as a sentence."""
    template, _, label = entry.rpartition("|")
    return say(section, label, template, voice)
