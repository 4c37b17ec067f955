"""Findings about words → where in the file these words stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from extract.quick import record, replace
from extract.records import Cells, Claim, Document, Finding, Item, Line, Narrative, SectionedDocument, Sentence, Spot
from extract.textform import squeeze

_LEAST = 8  # so many of the letters meant are looked for, where not all stand together: a page's number parts them
_FLOWING = ("html", "docx")  # files without lines and pages of their own, whose paragraphs a person can count
_WORDED = ("L001", "S005")  # what they found is a label or a heading


@record
class _Print:
    """The letters of a document; `ends`: where among them each line and each row ends."""

    letters: str
    ends: Sequence[int]
    items: Sequence[Item]
    has_lines: bool  # whether it has lines that a person can count
    paragraphs: Mapping[int, tuple[int, int]]  # by the lines' own ids: of which section, the how many-th paragraph

    def find(self, words: str, *, least: int = 0, start: int = 0) -> int | None:
        """Where the words begin at or behind `start`, or where so many of their letters do; None: nowhere."""
        letters = squeeze(words)
        found = self.letters.find(letters, start) if letters else -1
        if found < 0 and 0 < least < len(letters):
            found = self.letters.find(letters[:least], start)
        return None if found < 0 else found

    def spot(self, place: int) -> Spot:
        position = bisect_right(self.ends, place)
        item = self.items[position]
        number = item.number if self.has_lines else None
        if isinstance(item, Line):
            return Spot(item.page, number, item.bbox, None, *self.paragraphs.get(id(item), ()))
        behind = place - (self.ends[position - 1] if position else 0)
        ends = accumulate(len(squeeze(cell.text)) for cell in item.cells)
        cell = next(cell for cell, end in zip(item.cells, ends, strict=True) if behind < end)
        return Spot(item.page, number, cell.bbox, cell.place)


def find_spots(
    findings: Iterable[Finding],
    document: Document,
    narrative: Narrative,
    cells: Cells,
    sectioned: SectionedDocument | None = None,
) -> tuple[Finding, ...]:
    """The findings, each with the spots of its sentences, in their order, or of the label or heading that it speaks of;
    without one where the words do not stand together in the file. Of a `sectioned` one also which paragraphs these are.
    """
    told = tuple(findings)
    if not any(finding.sentences or finding.code in _WORDED for finding in told):
        return told
    printed = _print(document, sectioned if document.source.format in _FLOWING else None)
    return tuple(replace(own, spots=tuple(map(printed.spot, _places(own, printed, narrative, cells)))) for own in told)


def _print(document: Document, sectioned: SectionedDocument | None) -> _Print:
    texts = [
        squeeze(item.text) if isinstance(item, Line) else "".join([squeeze(cell.text) for cell in item.cells])
        for item in document.items
    ]
    ends, has_lines = list(accumulate(map(len, texts))), document.source.format == "text"
    paragraphs = dict(_count_paragraphs(sectioned)) if sectioned else {}
    return _Print("".join(texts), ends, document.items, has_lines, paragraphs)


def _count_paragraphs(sectioned: SectionedDocument) -> Iterator[tuple[int, tuple[int, int]]]:
    """The section and the number in it of each line below a heading that is printed, and of those before the first."""
    front = sectioned.front if sectioned.sections[0].heading else ()
    own = ((section.number, section.items) for section in sectioned.sections if section.heading)
    for number, items in ((0, front), *own):
        lines = (item for item in items if isinstance(item, Line))
        yield from ((id(line), (number, place)) for place, line in enumerate(lines, start=1))


def _places(finding: Finding, printed: _Print, narrative: Narrative, cells: Cells) -> Iterator[int]:
    """Where among the letters the finding's words begin."""
    if finding.code in _WORDED and isinstance(finding.found, str):
        own = [cells[name] for name in finding.fields if name in cells and cells[name].line]
        near = _first_letter(own[0].page, own[0].line, printed) if own else 0
        yield from _nearest(finding.found, near, printed)
    positions = {sentence.id: position for position, sentence in enumerate(narrative.sentences)}
    for position in (positions[name] for name in finding.sentences if name in positions):
        sentence, before = narrative.sentences[position], narrative.sentences[:position]
        yield from _in_sentence(sentence, _start(finding, sentence, narrative.claims), before, printed)


def _first_letter(page: int, line: int, printed: _Print) -> int:
    """Where the line of a cell begins, or of an empty one the next; 0 where it is none of the document's."""
    starts = (0, *printed.ends)
    lines = ((item.page, item.number) for item in printed.items)
    return next((start for start, own in zip(starts, lines, strict=False) if own >= (page, line)), 0)


def _nearest(label: str, near: int, printed: _Print) -> Iterator[int]:
    """The place of the label that is nearest to that of its numbers: the prose may speak of it, too. Of one in pieces,
    that of its first letters.
    """
    for least in (0, _LEAST):
        places: list[int] = []
        while (place := printed.find(label, least=least, start=places[-1] + 1 if places else 0)) is not None:
            places.append(place)
        if places:
            yield min(places, key=lambda place: abs(place - near))
            return


def _in_sentence(sentence: Sentence, start: int, before: Sequence[Sentence], printed: _Print) -> Iterator[int]:
    """The place of the sentence's words from `start` on. What `before` says just so stands before."""
    place: int | None = -1
    for _ in range(1 + sum(other.text == sentence.text for other in before)):
        place = None if place is None else printed.find(sentence.text, start=place + 1)
    if place is not None:
        yield place + len(squeeze(sentence.text[:start]))
    elif (place := printed.find(sentence.text[start:], least=_LEAST)) is not None:
        yield place


def _start(finding: Finding, sentence: Sentence, claims: Iterable[Claim]) -> int:
    """Where in the sentence stands what the finding found; 0 where that is not known."""
    if isinstance(finding.found, str):  # of several words the first
        words = finding.found if finding.found in sentence.text else finding.found.partition("、")[0]
        if words in sentence.text:
            return sentence.text.index(words)
    own = [claim.start for claim in claims if claim.id in finding.claims and claim.sentence == sentence.id]
    return min(own, default=0)
