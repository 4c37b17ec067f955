"""Whether a document is so noisy that a strange word in a label is the work of reading, not of the agency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extract.records import Form, Item, Line

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST = 45  # characters of a label; a longer text is prose
_MOST_STRANGE = 3  # labels with a character that no label of the form has: so many may be the agency's own words


def is_noisy(items: Iterable[Iterable[Item]], form: Form) -> bool:
    """Whether more labels of the tables' sections than an agency rewords hold a character that the form's have not."""
    known = _characters(form)
    strange = (
        text
        for own in items
        for item in own
        for text in _texts(item)
        if len(text) <= _LONGEST and not known.issuperset("".join(_HAN.findall(text)))
    )
    return sum(1 for _, _ in zip(range(_MOST_STRANGE + 1), strange, strict=False)) > _MOST_STRANGE


def _texts(item: Item) -> Iterator[str]:
    yield from item.text.split() if isinstance(item, Line) else (cell.text for cell in item.cells)


@cache
def _characters(form: Form) -> frozenset[str]:
    """Those of all its labels, in every wording, and of its sections' headings."""
    texts = [text for section in form.sections for text in (section.heading, *section.aliases)]
    for spec in form.tables:
        texts += [*spec.head_labels, spec.corner, *(label for label, _ in spec.over)]
        for block in spec.blocks:
            texts.append(block.caption)
            for axis in (*block.rows, *block.columns):
                texts += [*axis.labels, axis.group, *axis.group_aliases]
    return frozenset("".join(filter(None, texts)))
