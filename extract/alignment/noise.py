"""Whether a document is so noisy that a strange word in a label is the work of reading, not of the agency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain, islice

from extract.alignment.naming import known_labels
from extract.records import Form, Item, Line

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST = 45  # characters of a label; a longer text is prose
_MOST_STRANGE = 3  # labels with a character that no label of the form has: so many may be the agency's own words


def is_noisy(items: Iterable[Iterable[Item]], form: Form) -> bool:
    """Whether more labels of the tables' sections than an agency rewords hold a character that the form's have not."""
    strange = (
        text
        for own in items
        for item in own
        for text in _texts(item)
        if not text.isascii() and len(text) <= _LONGEST and _is_strange(text, form)
    )
    return next(islice(strange, _MOST_STRANGE, None), None) is not None


@lru_cache(maxsize=1024)  # all reports print the same labels
def _is_strange(text: str, form: Form) -> bool:
    return not _characters(form).issuperset("".join(_HAN.findall(text)))


def _texts(item: Item) -> list[str]:
    return item.text.split() if isinstance(item, Line) else [cell.text for cell in item.cells]


@cache
def _characters(form: Form) -> frozenset[str]:
    """Those of all its labels, in every wording, and of its sections' headings."""
    headings = chain.from_iterable((section.heading, *section.aliases) for section in form.sections)
    labels = chain.from_iterable(known_labels(spec).every for spec in form.tables)
    return frozenset("".join(chain(headings, labels)))
