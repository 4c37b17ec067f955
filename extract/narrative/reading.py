"""The preamble, sections 1, 5 and 6, and what stands beside the tables → sentences with labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.narrative.frame import cut_closing, cut_title
from extract.narrative.labelling import label_sentences
from extract.narrative.lines import Paragraph, clean_items, find_page_width, find_paragraphs, find_running_heads
from extract.narrative.mending import mend_texts
from extract.narrative.plain import to_plain
from extract.narrative.sentences import cut_sentences
from extract.narrative.table_prose import find_table_prose
from extract.records import Item, SectionedDocument, Sentence

NARRATIVE_SECTIONS = (1, 5, 6)
_FACTS = 1  # the section whose sentences those beside tables are like


def read_sentences(sectioned: SectionedDocument) -> tuple[Sentence, ...]:
    """The sentences of the preamble, which counts as section 1, of sections 1, 5 and 6, and of those beside tables.

    Raises: ModelError where the sentence classifier is missing or damaged.
    """
    parts = [(number, clean_items(items)) for number, items in _narrative_items(sectioned)]
    every = [line for _, lines in parts for line in lines]
    heads, width = find_running_heads(every), find_page_width(every)
    cut = [
        (number, text, paragraph, position == len(own), score)
        for number, lines in parts
        for paragraph in find_paragraphs(lines, running_heads=heads, page_width=width)
        for own in [cut_sentences(paragraph.text)]
        for position, (text, score) in enumerate(zip(own, _scores(own, paragraph), strict=True), 1)
    ]
    numbers, texts, paragraphs, _, _ = zip(*cut, strict=True) if cut else ((), (), (), (), ())
    spoken_of = [number if number in NARRATIVE_SECTIONS else _FACTS for number in numbers]
    labels = label_sentences(_mended(texts), spoken_of, [paragraph.topic for paragraph in paragraphs])
    return tuple(
        Sentence(f"s{position:03d}", number, text, label, confidence, paragraph.page, ending, score)
        for position, ((number, text, paragraph, ending, score), (label, confidence)) in enumerate(
            zip(cut, labels, strict=True), 1
        )
    )


def _scores(sentences: Sequence[str], paragraph: Paragraph) -> Iterator[float]:
    """The score of each sentence of a paragraph: that of the least sure line which it touches."""
    if all(score == 1.0 for _, score in paragraph.scores):
        yield from (1.0 for _ in sentences)
        return
    reached, shares = 0.0, len(paragraph.text) / max(1, sum(map(len, sentences)))  # blanks between them were cut off
    for text in sentences:
        start, reached = reached, reached + len(text) * shares
        starts = (0, *(end for end, _ in paragraph.scores))
        yield min(
            (
                score
                for first, (end, score) in zip(starts, paragraph.scores, strict=False)
                if first < reached and start < end
            ),
            default=1.0,
        )


def _mended(texts: Sequence[str]) -> Sequence[str]:
    """The texts as printed, or, where noise damaged them, as they are analysed."""
    plain = tuple(to_plain(text).text for text in texts)
    mended = mend_texts(plain)
    return texts if mended == plain else mended


def _narrative_items(sectioned: SectionedDocument) -> list[tuple[int, Sequence[Item]]]:
    """(section, items): the preamble without the title, then the sections without tables, date and signature."""
    parts: list[tuple[int, Sequence[Item]]] = [(1, cut_title(sectioned.front))]
    for section in sectioned.sections:
        if section.number in NARRATIVE_SECTIONS:
            parts.append((section.number, cut_closing(section.items)))
        elif beside := find_table_prose(section.items):
            parts.append((section.number, beside))
    return parts
