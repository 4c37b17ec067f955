"""Invented agencies: bureaus, committees, counties, cities, provinces, townships and streets."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency and the words that its report uses for itself and those around it."""

    name: str
    accepted: tuple[str, ...]  # other ways of naming it that are as right
    we: str  # 我局
    leaders: str  # 县委、县政府
    site: str  # 县政府门户网站
    channel: str  # the name of its account on social media
    scale: str  # none, tiny, medium, large, city
    rulemaking: bool  # whether it may issue regulations


@cache
def name_parts() -> dict[str, list[str]]:
    """The lists of names.toml."""
    return tomllib.loads(files("training.synthesis").joinpath("names.toml").read_text(encoding="utf-8"))


def sample_agency(rng: random.Random) -> Agency:
    """One invented agency; small offices are the most frequent, as among those that publish reports."""
    makers = (_bureau, _committee, _government, _township, _street, _province, _department)
    return rng.choices(makers, weights=(40, 9, 20, 13, 8, 4, 6))[0](rng)


def _place(rng: random.Random) -> str:
    parts = name_parts()
    return rng.choice(parts["first"]) + rng.choice(parts["second"])


def _scale(rng: random.Random, weights: tuple[int, int, int, int, int]) -> str:
    return rng.choices(("none", "tiny", "medium", "large", "city"), weights=weights)[0]


def _bureau(rng: random.Random) -> Agency:
    level = rng.choice(("县", "区", "市"))
    place = _place(rng) + level
    parent = _place(rng) + "市" if level != "市" and rng.random() < 0.3 else ""
    name = parent + place + rng.choice(name_parts()["offices"])
    return Agency(
        name,
        (name, name.removeprefix(parent)),
        rng.choice(("我局", "本局", "局机关")),
        rng.choice((f"{level}委、{level}政府", f"{level}委{level}政府")),
        f"{level}政府门户网站",
        place[:2] + name[-3:-1],
        _scale(rng, (35, 35, 25, 5, 0)),
        False,
    )


def _committee(rng: random.Random) -> Agency:
    place = _place(rng) + "市"
    name = place + rng.choice(name_parts()["committees"])
    own = rng.choice(("我委", "本委", "委机关"))
    return Agency(
        name,
        (name,),
        own,
        "市委、市政府",
        "市政府网站",
        place[:2] + "发布",
        _scale(rng, (10, 30, 45, 15, 0)),
        False,
    )


def _government(rng: random.Random) -> Agency:
    level = rng.choices(("县", "区", "市", "自治县"), weights=(5, 4, 5, 1))[0]
    short = level[-1]
    place = _place(rng) + level
    parent = _place(rng) + "市" if short != "市" and rng.random() < 0.4 else ""
    name = parent + place + rng.choice(("人民政府", "人民政府", ""))
    full = (parent + place, parent + place + "人民政府", place, place + "人民政府")
    scale = _scale(rng, (2, 8, 40, 40, 10)) if short != "市" else _scale(rng, (0, 2, 15, 43, 40))
    words = (f"我{short}", f"{short}委、{short}政府", f"{short}政府门户网站", place[:2] + "发布")
    return Agency(name, full, *words, scale, short == "市")


def _township(rng: random.Random) -> Agency:
    level = rng.choice(("镇", "乡", "镇"))
    county = _place(rng) + rng.choice(("县", "区", "市"))
    place = rng.choice(name_parts()["first"]) + rng.choice(name_parts()["township_tail"]) + level
    name = county + place + rng.choice(("人民政府", "人民政府", ""))
    full = (county + place, county + place + "人民政府", place, place + "人民政府")
    words = (f"我{level}", f"{level}党委、政府", "县政府信息公开平台", place + "发布")
    return Agency(name, full, *words, _scale(rng, (50, 35, 14, 1, 0)), False)


def _street(rng: random.Random) -> Agency:
    district = _place(rng) + "区"
    place = _place(rng) + "街道"
    name = district + place + rng.choice(("办事处", "办事处", ""))
    full = (district + place, district + place + "办事处", place, place + "办事处")
    words = (rng.choice(("我街道", "街道", "本街道")), "区委、区政府", "区政府门户网站", place)
    return Agency(name, full, *words, _scale(rng, (35, 35, 27, 3, 0)), False)


def _province(rng: random.Random) -> Agency:
    place = _place(rng) + "省"
    name = place + "人民政府"
    words = ("我省", "省委、省政府", "省政府门户网站", place + "发布")
    return Agency(name, (name, place), *words, "city", True)


def _department(rng: random.Random) -> Agency:
    place = _place(rng) + "省"
    name = place + rng.choice(name_parts()["provincial"])
    own = "我局" if name.endswith("局") else "我厅"
    words = (own, "省委、省政府", "省政府网站", place[:2] + "政务")
    return Agency(name, (name,), *words, _scale(rng, (0, 10, 50, 35, 5)), False)
