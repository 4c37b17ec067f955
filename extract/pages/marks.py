"""What tells a report from the page around it: the words of the statutory tables and of the six headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from extract.forms import form_ids, load_form
from extract.textform import bare_label

_FIGURE = re.compile(r"^[+＋\-－−]?[\d０-９][\d０-９,，.．]*\s*(?:万元|亿元|元|件|条|项|个|宗)?$|^[/／\-—－–无]+$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FEWEST_LABELS = 3  # a table with so many cells that read as labels of the form is a piece of it


@cache
def _labels() -> frozenset[str]:
    """Every row, column and head label of every template, squeezed, without its number."""
    labels: set[str] = set()
    for form in map(load_form, form_ids()):
        for table in form.tables:
            labels.update(table.head_labels)
            for block in table.blocks:
                for axis in (*block.rows, *block.columns):
                    labels.update((*axis.labels, axis.group, *axis.group_aliases))
    return frozenset(word for label in labels if (word := bare_label(label)) and _HAN.search(word))


@cache
def _headings() -> frozenset[str]:
    sections = [section for form in map(load_form, form_ids()) for section in form.sections]
    return frozenset(bare_label(text) for section in sections for text in (section.heading, *section.aliases))


def is_heading(text: str) -> bool:
    """Whether the line is one of the six section headings, worded as in a template."""
    return bare_label(text) in _headings()


@cache
def _pairs() -> frozenset[str]:
    """Every two characters that stand side by side in the templates."""
    return frozenset(pair for word in _labels() | _headings() for pair in map("".join, pairwise(word)))


def count_form_characters(text: str) -> int:
    """How many characters stand beside one that stands there in a template, too; none of a text read wrong way up."""
    known = [pair in _pairs() for pair in map("".join, pairwise(text))]
    return sum(before or after for before, after in zip([False, *known], [*known, False], strict=True))


def is_statutory(rows: Iterable[Iterable[str]]) -> bool:
    """Whether the grid is a statutory table or a part of one."""
    words = {bare_label(text) for row in rows for text in row if text}
    return len(words & _labels()) >= _FEWEST_LABELS


def is_figure(text: str) -> bool:
    """Whether the text is a number with or without its unit, or a mark that stands for none."""
    return bool(_FIGURE.match(text.strip()))
