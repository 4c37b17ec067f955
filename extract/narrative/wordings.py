"""T005 for wordings that make cells equal (均已办结, 均为自然人), T003 for counts whose number was left out."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate

from extract.narrative.all_words import AllWord
from extract.narrative.analysis import Analysis, analyse_sentences
from extract.narrative.binding import NO_OUTCOMES
from extract.narrative.making import is_government
from extract.narrative.missing import find_alike
from extract.narrative.numbers import form_units
from extract.narrative.scopes import is_wider, may_be_name
from extract.narrative.targets import request_fields
from extract.records import Cells, Discrepancy, Sentence, State

_HANDLED = ("requests.handled.total",)
_STOCKS = ("received", "handled", "carried")


def find_wordings(
    sentences: tuple[Sentence, ...], cells: Cells, year: int | None, agency: str | None = None
) -> list[Discrepancy]:
    """One T005 for each wording that the cells deny; words in it that are not known must be the agency's name."""
    found = []
    for sentence, analysis in zip(sentences, analyse_sentences(sentences, year), strict=True):
        for word in analysis.all_words:
            if not may_be_name(word.strange, agency):
                continue
            if _follows_other_count(word, analysis, cells):
                continue
            if is_wider(analysis.plain.text, word.start) and not is_government(agency):
                continue
            part, whole = _total(word.part, cells), _whole(word, cells)
            if part is None or whole is None or part == whole or _bear_out(word, cells):
                continue
            if not word.aside or whole > (_total(word.aside, cells) or 0):
                start, end = analysis.plain.printed_span(word.start, word.end)
                fields = _fields(word, cells)
                found.append(Discrepancy("T005", fields, (sentence.id,), float(whole), sentence.text[start:end], "all"))
    return found


def _follows_other_count(word: AllWord, analysis: Analysis, cells: Cells) -> bool:
    """应诉民事案件9件，都已调解: whether the words are of so many before them, which are not what the cells show."""
    begin = max(analysis.plain.text.rfind(mark, 0, word.start) for mark in "；。") + 1
    counted = [bound for bound in analysis.bounds if begin <= bound.number.start and bound.number.end <= word.start]
    if not counted or counted[-1].number.unit not in form_units():
        return False
    if analysis.plain.text[: counted[-1].number.start].endswith("各"):
        return False  # 复议、诉讼各一件，均已审结
    wholes = {
        _total(fields, cells) for fields in (word.whole, word.part, *(bound.fields for bound in counted)) if fields
    }
    wholes |= {_total(request_fields((row,), ()), cells) for row in _STOCKS}
    return not wholes & set(accumulate(bound.number.value for bound in reversed(counted)))


def _bear_out(word: AllWord, cells: Cells) -> bool:
    """Whether other cells make the words true, were not read, or show that only a part is spoken of."""
    pairs = [(_total(part, cells), _total(whole, cells)) for part, whole in word.or_equal]
    wholes = {whole for _, whole in pairs} | {_whole(word, cells)}
    own = {_total(word.part, cells)} if word.part else set()
    return any(part == whole or None in (part, whole) for part, whole in pairs) or (
        word.counted is not None and (word.counted not in wholes or word.counted in own)
    )


def _total(fields: tuple[str, ...], cells: Cells) -> Decimal | None:
    """The sum of the cells, None where one was not read; no cells are none of it."""
    total = Decimal(0)
    for field in fields:
        cell = cells.get(field)
        if cell is None or cell.state is not State.READ or cell.value is None:
            return None
        total += cell.value
    return total


def _whole(word: AllWord, cells: Cells) -> Decimal | None:
    """The whole; where its 总计 was not read and none of it may be left, what its applicant kinds show."""
    whole = _total(word.whole, cells)
    if whole is None and not word.part and len(word.whole) == 1:
        row = word.whole[0].rsplit(".", 1)[0]
        shown = [cell.value for name, cell in cells.items() if name.startswith(f"{row}.") and cell.value]
        return max(shown, default=None)
    return whole


def _fields(word: AllWord, cells: Cells) -> tuple[str, ...]:
    """The cells that deny the wording, then those that it speaks of."""
    fields = [*word.part, *word.whole]
    denying: list[str] = []
    for field in word.whole:
        group, end = field.rsplit(".", 1)
        if (end == "total" and word.part) or (not word.part and group.startswith("requests.")):
            denying += [name for name, cell in cells.items() if name.startswith(f"{group}.") and cell.value]
    if word.part and word.whole == _HANDLED:
        stocks = tuple(f"requests.{row}." for row in NO_OUTCOMES)
        outcomes = (name for name in cells if name.startswith("requests.") and not name.startswith(stocks))
        denying += [name for name in outcomes if cells[name].value]
    return tuple(dict.fromkeys([*fields, *denying]))


def find_missing(sentences: tuple[Sentence, ...], year: int | None) -> list[Discrepancy]:
    """One T003 for each sentence that states counts without their numbers."""
    found = []
    for sentence, analysis in zip(sentences, analyse_sentences(sentences, year), strict=True):
        if analysis.missing:
            spans = [analysis.plain.printed_span(*span) for span in find_alike(analysis.plain.text, analysis.missing)]
            words = "、".join(sentence.text[start:end] for start, end in spans)
            found.append(Discrepancy("T003", (), (sentence.id,), None, words, sentence.text))
    return found
