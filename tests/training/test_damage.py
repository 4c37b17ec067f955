"""Torn tables: every value is still there unless the way of tearing loses it, and the same seed tears alike."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.text_builders import lines, table_3_rows
from training import damage

TEXT = "一、总体情况\n\n" + lines(table_3_rows({"requests.received": (5, 1, 0, 0, 0, 0, 6)}), " | ") + "\n五、问题\n"


def test_the_same_seed_tears_alike() -> None:
    assert damage.scramble(TEXT, random.Random(3)) == damage.scramble(TEXT, random.Random(3))


@given(st.integers(0, 10**6))
def test_prose_is_left_alone(seed: int) -> None:
    torn = damage.scramble(TEXT, random.Random(seed))
    assert torn.startswith("一、总体情况\n\n")
    assert torn.endswith("五、问题\n")


@given(st.integers(0, 10**6))
def test_no_value_is_made_up(seed: int) -> None:
    before = Counter(part for part in TEXT.replace("|", " ").split() if part.isdigit())
    after = Counter(
        part for part in damage.scramble(TEXT, random.Random(seed)).replace("|", " ").split() if part.isdigit()
    )
    assert set(after) <= set(before)
