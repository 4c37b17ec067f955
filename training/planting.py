"""Slips of the pen in passages of whole reports, so that there are enough of them to learn from.

An honest report has hardly one, and the few that an author planted are not all that happen. Here some numbers of each
passage are mistyped in copies of it: the words around them are as people write them, and the table says what is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from random import Random
from typing import Any

COPIES = 4
SHARE = 0.25
"""Of the numbers of a passage, mistyped in each copy; the others tell how a sentence with one slip looks."""
_NUMBER = re.compile(r"\d+")


def plant_slips(passage: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Copies of the passage in which some numbers of its cells are mistyped, and said to be `contradicted`.

    The same passage gives the same copies. Only plain numbers in digits that stand once in their sentence are changed.
    """
    for copy in range(COPIES):
        random = Random(f"{passage['id']} {copy}")
        planted = deepcopy(dict(passage))
        changed = [_mistype(entry, claim, random) for entry in planted["sentences"] for claim in entry["claims"]]
        if any(changed):
            yield planted


def _mistype(entry: dict[str, Any], claim: dict[str, Any], random: Random) -> bool:
    """Whether the number of the claim was changed, in the claim and in its sentence."""
    drawn = random.random() < SHARE
    number = _NUMBER.match(claim["text"])
    if not drawn or number is None or not _may_slip(entry, claim, int(number[0])):
        return False
    right = int(number[0])
    wrong = random.choices([slip for slip, _ in _SLIPS], [weight for _, weight in _SLIPS])[0](right, random)
    if wrong in (0, right):
        return False
    text = f"{wrong}{claim['text'][number.end() :]}"
    entry["text"] = entry["text"].replace(claim["text"], text)
    claim |= {"text": text, "value": wrong, "verdict": "contradicted"}
    return True


def _may_slip(entry: Mapping[str, Any], claim: Mapping[str, Any], number: int) -> bool:
    is_plain = claim["qualifier"] == "exact" and claim["value"] == number > 0
    is_of_cell = bool(claim["field"] or claim["sum_of"]) and claim.get("verdict") == "supported"
    place = entry["text"].find(claim["text"])
    stands_alone = entry["text"].count(claim["text"]) == 1 and not entry["text"][:place][-1:].isdigit()
    return is_plain and is_of_cell and stands_alone


def _swap_digits(number: int, random: Random) -> int:
    digits = str(number)
    if len(digits) == 1:
        return _mistype_digit(number, random)
    place = random.randrange(len(digits) - 1)
    return int(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])


def _mistype_digit(number: int, random: Random) -> int:
    digits = str(number)
    place = random.randrange(len(digits))
    return int(digits[:place] + random.choice("123456789") + digits[place + 1 :])


def _miscount(number: int, random: Random) -> int:
    return max(number + random.choice((-2, -1, 1, 2)), 0)


def _lose_digit(number: int, random: Random) -> int:
    return number // 10 or _mistype_digit(number, random)


def _add_zero(number: int, random: Random) -> int:
    return number * 10


def _copy_another(number: int, random: Random) -> int:
    """Last year's number, or that of another row."""
    return round(number * random.uniform(0.7, 1.4))


_SLIPS: tuple[tuple[Callable[[int, Random], int], float], ...] = (
    (_swap_digits, 0.3),
    (_mistype_digit, 0.3),
    (_miscount, 0.15),
    (_lose_digit, 0.1),
    (_add_zero, 0.05),
    (_copy_another, 0.1),
)
