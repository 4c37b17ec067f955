"""Noisy prose → the same prose with the reports' own words as they were written, to be analysed: 木予公井 → 不予公开.

A word is told by characters that look alike, as `rules/lookalikes.toml` lists them. Numerals are never mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from operator import add

from extract.narrative.lexicon import load_terms
from extract.narrative.numbers import CLAIMS_FILE, COUNTED_FILE, COUNTED_KINDS
from extract.narrative.plain import KEPT_SENTENCES
from extract.quick import record
from extract.rules import load_rules, needed_characters, quick_pattern, rule_pattern

_FILE = "lookalikes.toml"
_KEY = 3  # characters by which a damaged word is looked up, one of them damaged
_WIDE = 6  # characters of the longest word that is looked for around a character
_LONG = 4  # a lookalike in common use is mended in a word of so many characters
_PROOF = 3  # characters of a word that proves noise where a lookalike stands in it that such reports hardly use
_GAP = "\0"


@record
class Mend:
    """A word that stands damaged at `start` of a text; `damage` is the number of characters that differ."""

    start: int
    word: str
    damage: int


@lru_cache(maxsize=64)  # more than reports are made together
def mend_texts(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The plain texts of a narrative, each as long as before; as they are, where the prose shows no noise.

    Kept for the last few narratives: labels and claims both ask for them.
    """
    return tuple(map(_mend, texts)) if any(map(_proves_noise, texts)) else texts


@lru_cache(maxsize=KEPT_SENTENCES)
def _mend(text: str) -> str:
    text = _mend_spelling(text)
    return _mend_units(_mend_strange(_apply(text, _find_mends(text, range(len(text))))))


def _mend_spelling(text: str) -> str:
    characters = set(text)
    for pattern, needed, written in _spellings():
        if needed and needed.isdisjoint(characters):
            continue
        text = pattern.sub(written, text)
        characters.update(written)
    return text


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], frozenset[str], str], ...]:
    """Each pattern with characters of which it needs one, and what is written in its place."""
    return tuple(
        (re.compile(pattern), needed_characters(pattern), written) for pattern, written in load_rules(_FILE)["spelled"]
    )


def _mend_strange(text: str) -> str:
    """各渠逍 → 各渠道, 行政诔讼 → 行政诉讼: a character that no such report uses, where one makes a known word."""
    for place in _strange_places(text):
        text = (
            text[:place] + (_likeliest(text, place) or _only_fitting(text, place)[0] or text[place]) + text[place + 1 :]
        )
    return text


def _strange_places(text: str) -> list[int]:
    return [match.start() for match in _stranger().finditer(text)]


def _likeliest(text: str, place: int) -> str:
    """The character that looks like that at the place and makes a longer known word there than the others."""
    forms = ((text[:place] + origin + text[place + 1 :], origin) for origin in _strangers().get(text[place], ""))
    fitting = sorted(((_longest_word(form, place), origin) for form, origin in forms), reverse=True)
    return fitting[0][1] if fitting and fitting[0][0] > max((length for length, _ in fitting[1:]), default=0) else ""


def _only_fitting(text: str, place: int) -> tuple[str, int]:
    """The one character, whatever it looks like, that makes a known word there, and its length; the longest count.

    None for a character in common use: that may be anything. One that looks like another needs a longer word.
    """
    if _is_common(text[place]):
        return "", 0
    for size in range(_WIDE, _KEY if text[place] in _strangers() else _KEY - 1, -1):
        windows = (
            text[left:place] + _GAP + text[place + 1 : left + size]
            for left in range(max(0, place - size + 1), min(place, len(text) - size) + 1)
        )
        if fitting := {character for window in windows for character in _gapped_words().get(window, "")}:
            return (fitting.pop(), size) if len(fitting) == 1 else ("", 0)
    return "", 0


def _is_common(character: str) -> bool:
    """Whether it is one of the characters in common use: those of the first level of GB 2312."""
    return b"\xb0" <= character.encode("gb2312", "ignore") < b"\xd8"


@cache
def _gapped_words() -> dict[str, str]:
    """Known words with a gap in the place of one character → the characters that fill it."""
    gapped: dict[str, str] = {}
    for word in _all_words():
        for place in range(len(word) if _KEY <= len(word) <= _WIDE else 0):
            rest = word[:place] + _GAP + word[place + 1 :]
            gapped[rest] = gapped.get(rest, "") + word[place]
    return gapped


@cache
def _strangers() -> dict[str, str]:
    """Characters that no such report uses → those that they may stand for."""
    return {printed: origins for printed, origins in lookalike_origins().items() if printed not in _known()}


def _longest_word(text: str, place: int) -> int:
    """The length of the longest known word that stands in the text around the place; 0 where there is none."""
    return max(
        (
            right - left
            for left in range(max(0, place - _WIDE + 1), place + 1)
            for right in range(max(place + 1, left + 2), min(len(text), left + _WIDE) + 1)
            if text[left:right] in _all_words()
        ),
        default=0,
    )


@cache
def _all_words() -> frozenset[str]:
    """The words that are known in whatever way, those too that are too short, or too common, to be mended."""
    claims = load_rules(CLAIMS_FILE)
    lists = (
        claims["beside"]["harmless"],
        claims["beside"]["understood"],
        *(claims["clause"][name] for name in ("when", "who", "verbs", "nouns")),
    )
    return _words().union(load_terms(), *lists)


def _mend_units(text: str) -> str:
    """41伴， → 41件，; 120奈。 → 120条。"""
    characters = set(text)
    for pattern, alike, unit in _unit_patterns():
        if not alike.isdisjoint(characters):
            text = pattern.sub(unit, text)
    return text


@cache
def _unit_patterns() -> tuple[tuple[re.Pattern[str], frozenset[str], str], ...]:
    """What a unit of counts may look like behind a number, its characters, and the unit.

    Inside a clause only what is hardly used.
    """
    units = load_rules(_FILE)["units"]
    patterns = []
    for unit in units:
        alike = frozenset(load_rules(_FILE)["stands_for"][unit]).difference(units)
        rare = "".join(sorted(alike & _signs()))
        ends = rf"[{''.join(sorted(alike))}](?=[，。；、（）]|$)"
        pattern = re.compile(rf"(?<=[\d余多一二三四五六七八九十百])(?:{ends}|(?<=\d)[{rare}])")
        patterns.append((pattern, alike, unit))
    return tuple(patterns)


def is_strange(text: str) -> bool:
    """Whether a plain text has a character that no such report uses: what stands beside it may be damaged too."""
    return _stranger().search(text) is not None


def hides_words(text: str, own: str = "") -> bool:
    """Whether a character that no such report uses may stand for another one, which makes a known word there.

    搭 of 私搭乱建 hides none; a rare character, which prose hardly has by itself, always may. Those in `own` do not.
    """
    for place in _strange_places(text):
        character = text[place]
        if character in own:
            continue
        forms = (text[:place] + origin + text[place + 1 :] for origin in lookalike_origins().get(character, ""))
        if not _is_common(character) or any(_longest_word(form, place) for form in forms):
            return True
    return False


@cache
def _stranger() -> re.Pattern[str]:
    """A Chinese character that is not known."""
    return re.compile(f"[^{''.join(load_rules(_FILE)['known'])}\0-\u4dff\ua000-\U0010ffff]")


@cache
def _known() -> frozenset[str]:
    return frozenset(load_rules(_FILE)["known"])


@lru_cache(maxsize=KEPT_SENTENCES)
def _proves_noise(text: str) -> bool:
    """Whether words stand around a character that such reports hardly use: long ones, or those that date a number."""
    signs, telling = _signs(), load_rules(_FILE)["telling"]
    if rule_pattern(_FILE, "proof").search(text):
        return True
    if any(_only_fitting(text, place)[1] >= _LONG for place in _strange_places(text)):
        return True
    if signs.isdisjoint(text):
        return False
    places = (place for place, character in enumerate(text) if character in signs)
    mends = _find_mends(text, {start for place in places for start in range(max(0, place - _KEY + 1), place + 1)})
    return any(
        (len(mend.word) >= _PROOF or mend.word in telling or _is_strange_in(text, mend))
        and not _breaks_word(text, mend)
        for mend in mends
    )


def _is_strange_in(text: str, mend: Mend) -> bool:
    """厶开 for 公开: a short word of the reports' own with a character in it that none of them uses."""
    return mend.word in _own_words() and is_strange(text[mend.start : mend.start + len(mend.word)])


@cache
def _signs() -> frozenset[str]:
    rules = load_rules(_FILE)
    return frozenset("".join(rules["stands_for"].values())) - set(rules["common"])


@cache
def _words() -> frozenset[str]:
    """The words of the lexicon and of claims.toml that are long enough to be known again when damaged."""
    claims = load_rules(CLAIMS_FILE)
    words = {*load_terms(), *claims["none"]["before"], *claims["none"]["after"], *claims["all"]["done"]}
    counted = load_rules(COUNTED_FILE)
    named = {word for kind in COUNTED_KINDS for same in counted[kind].values() for word in same if len(word) > 1}
    return frozenset(word for word in words if len(word) >= _KEY) | named | _own_words()


@cache
def _own_words() -> frozenset[str]:
    return frozenset(load_rules(_FILE)["words"])


@cache
def _keys() -> dict[str, dict[int, dict[str, tuple[str, ...]]]]:
    """Key (a run of characters, a short word whole) → its place in words → a character beside it → the words.

    Hundreds of words hold some keys: by that character nearly all of them are seen not to stand in a text.
    """
    keys: dict[str, dict[int, dict[str, tuple[str, ...]]]] = {}
    for word in sorted(_words()):
        for place in range(max(1, len(word) - _KEY + 1)):
            own = keys.setdefault(word[place : place + _KEY], {}).setdefault(place, {})
            beside = _beside(word, 0, place)
            own[beside] = (*own.get(beside, ()), word)
    return keys


def _beside(text: str, left: int, start: int) -> str:
    """The first character of a word at `left` with a key at `start`; that behind a key that begins it, if any."""
    place = left if left < start else start + _KEY
    return text[place : place + 1]


@cache
def _gapped_keys() -> tuple[dict[str, str], ...]:
    """For each place in a long key: the two characters around a gap there → those that make it a key."""
    gapped: tuple[dict[str, str], ...] = tuple({} for _ in range(_KEY))
    for key in _keys():
        for place in range(_KEY if len(key) == _KEY else 0):
            rest = key[:place] + key[place + 1 :]
            gapped[place][rest] = gapped[place].get(rest, "") + key[place]
    return gapped


@cache
def _damaged_pairs() -> dict[str, tuple[str, ...]]:
    """Every short key with one character damaged → the keys that it may stand for."""
    damaged: dict[str, tuple[str, ...]] = {}
    for key in _keys():
        for place, lookalikes in enumerate(map(_lookalikes, key if len(key) < _KEY else "")):
            for printed in (key[:place] + other + key[place + 1 :] for other in lookalikes):
                damaged[printed] = (*damaged.get(printed, ()), key)
    return damaged


def _lookalikes(character: str) -> str:
    lookalikes: str = load_rules(_FILE)["stands_for"].get(character, "")
    return lookalikes


def has_sign(words: str) -> bool:
    """Whether one of the characters shows noise."""
    return not _signs().isdisjoint(words)


def is_lookalike(one: str, other: str) -> bool:
    """Whether noise may have made one character of the other; never those that tell opposites apart."""
    origins, opposite = lookalike_origins(), load_rules(_FILE)["opposite"]
    return one + other not in opposite and (other in origins.get(one, "") or one in origins.get(other, ""))


def mended_forms(words: str) -> Iterator[str]:
    """The words with one character in the place of another that looks like it (案件怠数: 案件总数)."""
    for place, character in enumerate(words):
        for origin in lookalike_origins().get(character, ""):
            yield words[:place] + origin + words[place + 1 :]


@cache
def lookalike_origins() -> dict[str, str]:
    """Printed character → the characters that it may stand for."""
    origins: dict[str, str] = {}
    for character, lookalikes in load_rules(_FILE)["stands_for"].items():
        for lookalike in lookalikes:
            origins[lookalike] = origins.get(lookalike, "") + character
    return origins


def _find_mends(text: str, starts: Iterable[int]) -> list[Mend]:
    """The damaged words of which a key stands at one of the starts, the longest and least damaged first."""
    found = {mend for start, key in _mended_keys(text, starts) for mend in _around(text, start, key)}
    return sorted(found, key=lambda mend: (-len(mend.word), mend.damage, mend.start, mend.word))


def _mended_keys(text: str, starts: Iterable[int]) -> Iterator[tuple[int, str]]:
    """(start, key) wherever a key is printed at one of the starts but for one character, which looks like its own."""
    origins, damaged = lookalike_origins(), _damaged_pairs()
    without_first, without_second, without_third = _gapped_keys()
    padded = text + _GAP * (_KEY - 1)
    pairs, gapped = [*map(add, padded, padded[1:])], [*map(add, padded, padded[2:])]
    for start in starts:
        pair, behind = pairs[start], pairs[start + 1]
        if whole := without_first.get(behind):
            for own in origins.get(padded[start], ""):
                if own in whole:
                    yield start, own + behind
        if whole := without_second.get(gapped[start]):
            for own in origins.get(padded[start + 1], ""):
                if own in whole:
                    yield start, padded[start] + own + padded[start + 2]
        if whole := without_third.get(pair):
            for own in origins.get(padded[start + 2], ""):
                if own in whole:
                    yield start, pair + own
        if pair in damaged:
            for key in damaged[pair]:
                yield start, key


def _around(text: str, start: int, key: str) -> Iterator[Mend]:
    """The words that hold the key and stand damaged around it."""
    origins, words = lookalike_origins(), _words()
    for left, own in ((start - place, own) for place, own in _keys()[key].items() if place <= start):
        beside = _beside(text, left, start)
        for word in chain(*(own.get(alike, ()) for alike in ("", *beside, *origins.get(beside, "")))):
            printed = text[left : left + len(word)]
            if len(printed) != len(word):
                continue
            for one, other in zip(word, printed, strict=True):
                if one != other and one not in origins.get(other, ""):
                    break  # as in most words: the key alone is alike
            else:
                if printed not in words and (damage := _count_damage(word, printed)):
                    yield Mend(left, word, damage)


def _count_damage(word: str, printed: str) -> int:
    """The characters that differ, each a lookalike of the word's own; 0 where the word was not printed so.

    Characters that the reports use themselves tell less (线下公开), and a word that says which year never changes
    into another that does (转入本年), nor does what may be one or the other (转入木年).
    """
    origins, dated, differing = lookalike_origins(), load_rules(_FILE)["dated"], ""
    for place, (own, other) in enumerate(zip(word, printed, strict=True), 1):
        if own != other:
            if printed[place - 1 : place + 1] in dated:
                return 0
            pair = word[place - 1 : place + 1]
            if pair in dated and any(year + "年" in dated for year in origins[other] if not _same_year(year, own)):
                return 0
            differing += other
    strange = not _signs().isdisjoint(differing)
    believed = word in _own_words() or len(differing) * (2 if strange else _LONG) <= len(word)
    return len(differing) if believed else 0


def _same_year(one: str, other: str) -> bool:
    this_year = load_rules(_FILE)["this_year"]
    return one == other or (one in this_year and other in this_year)


def _breaks_word(text: str, mend: Mend) -> bool:
    """Whether the mend would change a known word as long as its own: the 现行 of 未办理行政许可, the 工作 of 补正作.

    Some words are never changed, however short they are.
    """
    changed = [place for place, own in enumerate(mend.word, mend.start) if text[place] != own]
    sound = [match.span() for match in _sound_words().finditer(text)]
    if any(left <= place < right for left, right in sound for place in changed):
        return True
    return any(not has_sign(text[place]) and _longest_word(text, place) >= len(mend.word) for place in changed)


@cache
def _sound_words() -> re.Pattern[str]:
    """The words that look like the reports' own and are other ones."""
    return quick_pattern("|".join(load_rules(_FILE)["sound"]))


def _apply(text: str, mends: Sequence[Mend]) -> str:
    """The text with its words mended; of two that overlap the first is taken."""
    characters, taken = list(text), bytearray(len(text))
    for mend in mends:
        end = mend.start + len(mend.word)
        if not any(taken[mend.start : end]) and not _breaks_word(text, mend):
            characters[mend.start : end] = mend.word
            taken[mend.start : end] = b"\1" * len(mend.word)
    return "".join(characters)
