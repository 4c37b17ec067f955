"""Strange characters in many labels are noise; in a few they are the agency's own words."""

from __future__ import annotations

import pytest

from extract.alignment import is_noisy
from extract.forms import load_form
from tests.text_builders import document

FORM = load_form("2021")
CLEAN = [
    "信息内容 本年制发件数 本年废止件数 现行有效件数",
    "规章 0 0 0",
    "行政规范性文件 1 0 5",
    "行政许可 12",
    "行政强制 0",
]


@pytest.mark.parametrize(
    ("reworded", "noisy"),
    [
        ({}, False),
        ({"行政许可": "行政审批", "规章": "法规", "本年废止件数": "涉及金额"}, False),
        ({"行政许可": "行玫许可", "规章": "规童", "行政强制": "行政弱制", "本年废止件数": "夲年废止件数"}, True),
    ],
)
def test_many_labels_with_strange_characters_are_noise(reworded: dict[str, str], noisy: bool) -> None:
    text = "\n".join(CLEAN)
    for old, new in reworded.items():
        text = text.replace(old, new)
    assert is_noisy([document(text).items], FORM) is noisy
