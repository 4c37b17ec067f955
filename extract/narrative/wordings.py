"""T005 for wordings that make cells equal (均已办结, 均为自然人), T003 for counts whose number was left out."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal
from itertools import accumulate

from extract.narrative.all_words import AllWord
from extract.narrative.analysis import Analysis, analyse_sentences
from extract.narrative.binding import NO_OUTCOMES
from extract.narrative.making import is_government
from extract.narrative.missing import find_alike
from extract.narrative.numbers import form_units
from extract.narrative.scopes import is_wider, may_be_name
from extract.narrative.spoken import Bound
from extract.narrative.targets import APPLICANTS, request_fields
from extract.records import Cells, Discrepancy, Narrative, Sentence, State, Verdict

_HANDLED = ("requests.handled.total",)
_LEAST_SHARE = Decimal("0.5")  # of what the cells show: a smaller count is more likely one of some of them
_STOCKS = ("received", "handled", "carried")


def find_wordings(narrative: Narrative, cells: Cells, year: int | None, agency: str | None = None) -> list[Discrepancy]:
    """One T005 for each wording that the cells deny; words in it that are not known must be the agency's name."""
    found, sentences = [], narrative.sentences
    wrong = {(claim.sentence, claim.start) for claim in narrative.claims if claim.verdict is Verdict.CONTRADICTED}
    for sentence, analysis in zip(sentences, analyse_sentences(sentences, year), strict=True):
        for word in analysis.all_words:
            if not may_be_name(word.strange, agency):
                continue
            accused = {start for own, start in wrong if own == sentence.id}
            miscounted = _find_miscounted(word, analysis, cells, accused)
            if miscounted is None and _follows_other_count(word, analysis, cells):
                continue
            if is_wider(analysis.plain.text, word.start) and not is_government(agency):
                continue
            part, whole = _total(word.part, cells), _whole(word, cells)
            if part is None or whole is None or part == whole or _bear_out(word, cells, miscounted):
                continue
            if not word.aside or whole > (_total(word.aside, cells) or 0):
                start, end = analysis.plain.printed_span(word.start, word.end)
                fields = _fields(word, cells)
                found.append(Discrepancy("T005", fields, (sentence.id,), float(whole), sentence.text[start:end], "all"))
    return found


def _find_miscounted(word: AllWord, analysis: Analysis, cells: Cells, accused: Set[int]) -> Decimal | None:
    """收到申请3件，均为自然人: the number before the words, where it counts all that they speak of and is wrong itself.

    None where other kinds of applicants are named behind, or it may count a part of what the cells show. `accused` are
    the places of wrong numbers.
    """
    counted = _count_before(word, analysis)
    wholes = (word.whole, *(whole for _, whole in word.or_equal))
    if not counted or not any(counted[-1].fields and {*counted[-1].fields} <= {*whole} for whole in wholes):
        return None
    number = counted[-1].number
    wrong = analysis.plain.printed_span(number.start, number.end)[0] in accused
    others = any(mention.of_kind("column") for mention in analysis.mentions if mention.start >= word.end)
    shown = _total(counted[-1].fields, cells) or 0
    return number.value if wrong and not others and number.value >= shown * _LEAST_SHARE else None


def _follows_other_count(word: AllWord, analysis: Analysis, cells: Cells) -> bool:
    """应诉民事案件9件，都已调解: whether the words are of so many before them, which are not what the cells show."""
    counted = _count_before(word, analysis)
    if not counted or counted[-1].number.unit not in form_units():
        return False
    if analysis.plain.text[: counted[-1].number.start].endswith("各"):
        return False  # 复议、诉讼各一件，均已审结
    wholes = {
        _total(fields, cells) for fields in (word.whole, word.part, *(bound.fields for bound in counted)) if fields
    }
    wholes |= {_total(request_fields((row,), ()), cells) for row in _STOCKS}
    return not wholes & set(accumulate(bound.number.value for bound in reversed(counted)))


def _count_before(word: AllWord, analysis: Analysis) -> list[Bound]:
    """The numbers of the statement before the words."""
    begin = max(analysis.plain.text.rfind(mark, 0, word.start) for mark in "；。") + 1
    return [bound for bound in analysis.bounds if begin <= bound.number.start and bound.number.end <= word.start]


def _bear_out(word: AllWord, cells: Cells, miscounted: Decimal | None) -> bool:
    """Whether other cells make the words true, were not read, or show that only a part is spoken of."""
    if _are_all_kinds(word, cells):
        return True
    pairs = [(_total(part, cells), _total(whole, cells)) for part, whole in word.or_equal]
    wholes = {whole for _, whole in pairs} | {_whole(word, cells), miscounted}
    own = {_total(word.part, cells)} if word.part else set()
    return any(part == whole or None in (part, whole) for part, whole in pairs) or (
        word.counted is not None and (word.counted not in wholes or word.counted in own)
    )


def _are_all_kinds(word: AllWord, cells: Cells) -> bool:
    """均为自然人: whether no other kind of applicant has any; a total that is more is the table's own slip."""
    row = word.whole[0].rpartition(".")[0]
    kinds = tuple(f"{row}.{kind}" for kind in APPLICANTS)
    return bool(word.part) and {*word.part} < {*kinds} and _total(word.part, cells) == _total(kinds, cells)


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
