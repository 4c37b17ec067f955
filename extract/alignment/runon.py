"""Labels whose last words stand before the next label, on its line: each gets its own words back."""

from __future__ import annotations

from collections.abc import Sequence

from extract.quick import replace
from extract.records import Axis, Strip
from extract.textform import bare_label, split_numbering, squeeze

_LEAST = 4  # characters of a label that its own line must print


def rejoin_labels(strips: Sequence[Strip], rows: Sequence[Axis]) -> Sequence[Strip]:
    """The strips; where a row's label lacks its end and the next line begins with just that, before a numbered label
    of its own, the end is the row's.
    """
    labels = [bare_label(row.label) for row in rows]
    whole = frozenset(labels)
    joined = list(strips)
    for k, following in enumerate(strips[1:]):
        texts = joined[k].texts
        own = bare_label(texts[-1]) if texts and joined[k].cells else ""
        if len(own) < _LEAST or own in whole or not following.texts:
            continue
        ends = {label[len(own) :] for label in labels if label.startswith(own)}
        first, *others = following.texts
        for end in ends if len(ends) == 1 else ():
            cut = _cut_behind(first, end)
            if cut:
                joined[k] = replace(joined[k], texts=(*texts[:-1], texts[-1] + first[:cut]))
                joined[k + 1] = replace(following, texts=(first[cut:], *others))
    return joined


def _cut_behind(text: str, words: str) -> int:
    """How many characters of the text are these words, where it begins with them and goes on with a number; else 0."""
    cuts = (k for k in range(len(words), len(text)) if squeeze(text[:k]) == words)
    return next((k for k in cuts if split_numbering(text[k:])[0] is not None), 0)
