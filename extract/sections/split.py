"""The likeliest division of the items into front and six sections (Viterbi over the parts, headings as evidence)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import inf
from operator import add

from extract.quick import replace
from extract.records import Deviation, Document, Form, Item, Line, Row, Section, SectionedDocument
from extract.sections.affinity import FRONT, PARTS, Heading, match_heading, may_be_of_table, score_item, texts_of
from extract.textform import split_numbering, squeeze

_HEADING_GAIN = 7.0  # a perfect heading outweighs a page of weak content evidence
_NO_GAIN = 0.5  # similarity up to which a heading speaks for nothing
_ENTER_WITHOUT_HEADING = 2.5
_SKIPPED_SECTION = 1.0
_GO_BACK = 9.0
_GO_BACK_HEADED = 5.0  # a section printed out of order, its own heading over it
_CLEAR_HEADING = 0.9
_SURE_HEADING = 0.85  # beyond that similarity what else the line looks like does not count
_TABLE_SECTIONS = (2, 3, 4)
_TABLE_WITHIN = 10  # items below its heading in which a table shows
_TRACE_OF_TABLE = 1.5
_SUBHEAD_DOUBT = 0.3
_CONTENTS_LIST = 4  # that many headings with nothing between are a table of contents


def split_sections(document: Document, form: Form) -> SectionedDocument:
    """Every item of the document in the front or in one of the six sections, in printed order within each."""
    items = document.items
    texts = [texts_of(item) for item in items]
    scores = [score_item(own, form, is_row=isinstance(item, Row)) for item, own in zip(items, texts, strict=True)]
    headings = _doubt_subheads(_find_headings(texts, form), scores)
    parts = _leave_appendices(_likeliest_parts(scores, headings), items, headings, form)
    parts = _leave_mentions(parts, items, headings)
    sections, deviations = [], []
    for spec in form.sections:
        own = [k for k, part in enumerate(parts) if part == spec.number]
        first = next((k for k in own if _is_heading(headings[k], spec.number)), None)
        heading = items[first] if first is not None else None
        body = tuple(items[k] for k in own if k != first)
        line = _to_line(heading) if heading else None
        sections.append(Section(spec.number, line, body))
        if line is None and not body and (misplaced := _find_misplaced(items, headings, spec.number)):
            deviations.append(_out_of_order(misplaced, spec.heading))
        else:
            deviations += _heading_deviations(line, spec.number, spec.heading, bool(body))
    deviations += _order_deviations(parts, items)
    front = tuple(item for item, part in zip(items, parts, strict=True) if part == FRONT)
    return SectionedDocument(front, tuple(sections), tuple(deviations))


def _to_line(item: Item) -> Line:
    return Line("".join(cell.text for cell in item.cells), item.page, item.number) if isinstance(item, Row) else item


def _find_headings(texts: Sequence[Sequence[str]], form: Form) -> list[Heading | None]:
    """The heading that each item of these texts may be; the entries of a table of contents are none."""
    headings = [match_heading(own[0], form) if len(own) == 1 else None for own in texts]
    places = [k for k, heading in enumerate(headings) if heading is not None]
    for _, group in groupby(enumerate(places), key=lambda place: place[1] - place[0]):  # one after the other
        run = [k for _, k in group]
        if len(run) >= _CONTENTS_LIST:
            headings[run[0] : run[-1] + 1] = [None] * len(run)
    return headings


def _is_heading(heading: Heading | None, section: int) -> bool:
    return heading is not None and heading.section == section and heading.similarity >= 0.7


def _doubt_subheads(headings: list[Heading | None], scores: list[tuple[float, ...]]) -> list[Heading | None]:
    """Headings of table sections with no trace of their table below are likely sub-heads of the prose."""
    doubted: list[Heading | None] = []
    for k, heading in enumerate(headings):
        if heading is not None and heading.section in _TABLE_SECTIONS:
            below = scores[k + 1 : _end_of(k, headings)]
            if below and max(own[heading.section] for own in below) < _TRACE_OF_TABLE:
                heading = replace(heading, similarity=heading.similarity - _SUBHEAD_DOUBT)
        doubted.append(heading)
    return doubted


def _end_of(k: int, headings: list[Heading | None]) -> int:
    """How far down the table of heading k may show: a clearer heading of its section has what is below to itself."""
    own, end = headings[k], min(len(headings), k + 1 + _TABLE_WITHIN)
    for below in range(k + 1, end):
        other = headings[below]
        if own and other and other.section == own.section and other.similarity > own.similarity:
            return below
    return end


def _likeliest_parts(item_scores: list[tuple[float, ...]], headings: list[Heading | None]) -> list[int]:
    """The part (0 front, 1..6) of each item on the best path; going back costs, but headings can pay for it."""
    best = [0.0] + [-inf] * (PARTS - 1)  # what the best path to each part is worth: the front comes first
    back: list[list[int]] = []
    for scores, heading in zip(item_scores, headings, strict=True):
        worth, origins = _go_on(best)
        if heading is not None and heading.similarity > _NO_GAIN:
            worth[heading.section], origins[heading.section] = _begin_section(best, heading)
        best = worth
        back.append(origins)
        if heading is None or heading.similarity <= _SURE_HEADING:
            best = [*map(add, best, scores)]
    parts = [best.index(max(best))] if back else []
    for origins in reversed(back[1:]):
        parts.append(origins[parts[-1]])
    return parts[::-1]


def _go_on(best: list[float]) -> tuple[list[float], list[int]]:
    """What the best path to each part is worth one item further, whatever that item's own score, and whence it comes.
    Without a heading there.
    """
    most = max(best)
    likeliest, back = best.index(most), most - _GO_BACK  # from elsewhere it is dearer than any way ahead
    worth, origins = [], []
    ahead, nearest = -inf, FRONT  # the best way from a part before, and which; without the price of entering
    for part, stays in enumerate(best):
        came, origin = ahead - _ENTER_WITHOUT_HEADING, nearest
        if came < stays:
            came, origin = stays, part
        if back > came and part < likeliest:
            came, origin = back, likeliest
        worth.append(came)
        origins.append(origin)
        ahead -= _SKIPPED_SECTION
        if stays > ahead:
            ahead, nearest = stays, part
    return worth, origins


def _begin_section(best: list[float], heading: Heading) -> tuple[float, int]:
    """The same of the section that the heading speaks for: one that begins there, not one that began before."""
    section, gain = heading.section, _HEADING_GAIN * (heading.similarity - _NO_GAIN) / (1.0 - _NO_GAIN)
    ahead, nearest = -inf, FRONT
    for part, stays in enumerate(best[:section]):
        ahead -= _SKIPPED_SECTION
        if stays > ahead:
            ahead, nearest = stays, part
    came, origin = (best[section], section) if ahead + gain < best[section] else (ahead + gain, nearest)
    price = _GO_BACK_HEADED if heading.similarity >= _CLEAR_HEADING else _GO_BACK
    behind = max(best[section + 1 :], default=-inf)
    if behind - price + gain > came:
        came, origin = behind - price + gain, best.index(behind, section + 1)
    return came, origin


def _leave_appendices(
    parts: list[int], items: tuple[Item, ...], headings: list[Heading | None], form: Form
) -> list[int]:
    """The parts, but what stands behind the tables, goes back to one that was there and shows no heading and no label
    of any stays where it stands: a signature or an agency's own list looks like a table by its numbers only.
    """
    kept, start = list(parts), 0
    while start < len(parts):
        end = start + 1
        while end < len(parts) and parts[end] == parts[start]:
            end += 1
        before = kept[start - 1] if start else FRONT
        returns = parts[start] in _TABLE_SECTIONS and before > max(_TABLE_SECTIONS) and parts[start] in kept[:start]
        if returns and not any(headings[k] or may_be_of_table(items[k], form) for k in range(start, end)):
            kept[start:end] = [before] * (end - start)
        start = end
    return kept


def _leave_mentions(parts: list[int], items: tuple[Item, ...], headings: list[Heading | None]) -> list[int]:
    """The parts, but a section of a table of which nothing is there but sentences, and no heading, is a part of what
    stands before it: 全年未收取行政事业性收费。 is a sentence of section 1, no table.
    """
    kept = list(parts)
    for section in _TABLE_SECTIONS:
        own = [k for k, part in enumerate(parts) if part == section]
        if all(_is_sentence(items[k]) and not _is_heading(headings[k], section) for k in own):
            for k in own:
                kept[k] = kept[k - 1] if k else FRONT
    return kept


def _is_sentence(item: Item) -> bool:
    return isinstance(item, Line) and item.text.endswith("。")


def _heading_deviations(line: Line | None, section: int, statutory: str, has_body: bool) -> list[Deviation]:
    """S001 where neither heading nor content is there; S005 where the heading is lost, misnumbered or reworded."""
    if line is None:
        code, note = ("S005", "heading not printed") if has_body else ("S001", "")
        return [Deviation(code, "", statutory, note=note)]
    number, rest = split_numbering(line.text)
    if squeeze(rest) == squeeze(statutory) and number in (section, None):
        return []
    note = "misnumbered" if number not in (section, None) else "worded otherwise"
    return [Deviation("S005", line.text, statutory, page=line.page, note=note)]


def _find_misplaced(items: tuple[Item, ...], headings: list[Heading | None], section: int) -> Item | None:
    """The heading of a section that the division left to others, since it stands where it hardly can."""
    return next((item for item, own in zip(items, headings, strict=True) if _is_heading(own, section)), None)


def _out_of_order(item: Item, statutory: str) -> Deviation:
    line = _to_line(item)
    return Deviation("S005", line.text, statutory, page=line.page, note="out of order")


def _order_deviations(parts: list[int], items: tuple[Item, ...]) -> list[Deviation]:
    """S005 where a section begins after a later one."""
    found, highest = [], 0
    for k, part in enumerate(parts):
        if part and part < highest and parts[k - 1] != part:
            found.append(_out_of_order(items[k], ""))
        highest = max(highest, part)
    return found
