"""Rows that number the columns of a table (甲, 1, 2, 3 …): they hold no values."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEAD = re.compile(r"[甲乙丙丁]|[栏列行]次")  # what stands over the labels in such a row
_FEWEST, _SURELY = 5, 10  # columns that are numbered, with such a head and without


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether the texts of a row are the numbers of its columns, from 1 on; empty ones do not count."""
    if "1" not in texts and "（1）" not in texts and "(1)" not in texts:
        return False
    printed = [text.strip("() （）") for text in texts if text.strip()]
    values = [text for text in printed if not _HEAD.fullmatch(text)]
    least = _FEWEST if len(values) < len(printed) else _SURELY
    return len(values) >= least and values == [str(k) for k in range(1, len(values) + 1)]
