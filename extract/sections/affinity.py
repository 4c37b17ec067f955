"""How much one item looks like each part of the report: front, sections 1 to 6, judged by the item alone."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from operator import itemgetter

from rapidfuzz import fuzz, process

from extract.quick import record
from extract.records import Form, Item, Row
from extract.rules import load_rules
from extract.textform import bare_label, split_numbering, squeeze

FRONT, PARTS = 0, 7  # part 0 is the front, 1..6 the sections

_LONGEST_VALUE = 12  # characters
_VALUE = re.compile(
    rf"^[\d０-９OoＯ\u039f\u03bf\u041e\u043e〇○lIＩ丨,，.．/／—–\-－无件元万+＋\s]{{1,{_LONGEST_VALUE}}}$"
)
_PROSE = re.compile(r"[\u4e00-\u9fff].*[，。；：]|[\u4e00-\u9fff]{26}")
_SHORT_PROSE = 60  # in section 6 the fee is a paragraph of its own, elsewhere a clause
_LEAST_NUMBERED, _LEAST_BARE = 0.62, 0.8  # a line without a number must be nearer to a heading to be one
_NO_HEADING = re.compile(r"[|。；]")
_SUBHEAD = re.compile(r"^[\s#*]*[（(]")
_NUMBER_BONUS, _ALIAS_MALUS = 0.03, 0.02  # the section's own number speaks for a heading, another wording against it
_SUBHEAD_MALUS = 0.1  # （一） numbers what stands inside a section
_HEAD = re.compile(r"[\u4e00-\u9fff（）()]+")
_FEWEST_HEADS, _LONGEST_HEAD = 3, 12  # so many short words and nothing else are a table's heads
_LIST_CUTOFF = 72  # rapidfuzz scale, 0..100
_MAX_HEADING = 44
_MAX_LABEL = 48


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load_rules("sections.toml")[name])))


@record
class Heading:
    """How well a line matches a section's heading: `section` 1..6, `similarity` 0..1, `number` as printed."""

    section: int
    similarity: float
    number: int | None


@lru_cache(maxsize=8)
def _table_vocabulary(form: Form) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Squeezed labels of all tables and the table number of each."""
    labels: dict[str, int] = {}
    for table in form.tables:
        for block in table.blocks:
            for axis in (*block.rows, *block.columns):
                for label in (*axis.labels, axis.group):
                    if len(squeeze(label)) > 1:
                        labels.setdefault(bare_label(label), table.number)
            labels.setdefault(squeeze(block.caption), table.number)
        for label in table.head_labels:
            labels[squeeze(label)] = table.number
    labels.pop("", None)
    for common in ("总计", "合计", "其他"):
        labels.pop(common, None)
    return tuple(labels), tuple(labels.values())


@lru_cache(maxsize=8)
def _headings(form: Form) -> tuple[tuple[str, ...], tuple[tuple[int, bool], ...]]:
    """Squeezed wordings of the headings; for each its section, and whether it is the statutory one."""
    texts = [(text, section) for section in form.sections for text in (section.heading, *section.aliases)]
    wordings = tuple(squeeze(text) for text, _ in texts)
    return wordings, tuple((section.number, text == section.heading) for text, section in texts)


@lru_cache(maxsize=4096)  # as the labels, most headings
def match_heading(text: str, form: Form) -> Heading | None:
    """The section whose heading `text` is, if it is one."""
    if len(text) > _MAX_HEADING or _NO_HEADING.search(text) or _words("front_words").search(text):
        return None
    number, rest = split_numbering(text)
    plain = squeeze(rest)
    if len(plain) < 3:
        return None
    least = _LEAST_NUMBERED if number is not None else _LEAST_BARE
    wordings, headings = _headings(form)
    cutoff = 100 * (least - _NUMBER_BONUS)  # rapidfuzz scale
    near = process.extract(plain, wordings, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None)
    best: Heading | None = None
    for _, score, index in sorted(near, key=itemgetter(2)):
        section, statutory = headings[index]
        similarity = score / 100 - (0.0 if statutory else _ALIAS_MALUS)
        if number == section:
            similarity += _NUMBER_BONUS
        if _SUBHEAD.match(text):
            similarity -= _SUBHEAD_MALUS
        if similarity >= least and (best is None or similarity > best.similarity):
            best = Heading(section, min(similarity, 1.0), number)
    return best


def texts_of(item: Item) -> list[str]:
    """The line, or the cells of the row that are not empty."""
    return [cell.text for cell in item.cells if cell.text] if isinstance(item, Row) else [item.text]


def score_item(texts: list[str], form: Form, *, is_row: bool) -> tuple[float, ...]:
    """A score per part (7 numbers, any scale, larger is likelier) from an item's own texts, whatever its numbers."""
    if is_row:
        texts = ["0" if text.isdecimal() and len(text) <= _LONGEST_VALUE else text for text in texts]
    return _score_texts(tuple(texts), form, is_row=is_row)


def may_be_of_table(item: Item, form: Form) -> bool:
    """Whether a table of the form may have the item: one of its labels, however noisy, or values and nothing else."""
    texts = [piece for text in texts_of(item) for piece in _pieces(text)]
    return all(_VALUE.match(text) for text in texts) or bool(_table_affinity(texts, form))


@lru_cache(maxsize=4096)  # all reports print the same labels, most with zeros behind them
def _score_texts(printed: tuple[str, ...], form: Form, *, is_row: bool) -> tuple[float, ...]:
    scores = [0.0] * PARTS
    if not printed:
        return tuple(scores)
    texts = [piece for text in printed for piece in _pieces(text)]
    values = sum(1 for text in texts if _VALUE.match(text))
    prose = max(len(text) for text in texts) > 24 and any(_PROSE.search(text) for text in texts)
    affinity = _table_affinity(texts, form)
    for table, share in affinity.items():
        for part in range(PARTS):
            scores[part] += 2.4 * share if part == table else -1.0 * share
    if prose and not affinity:
        _add(scores, (2, 3, 4), -1.6)
    if values and (is_row or values >= 3 or values == len(texts)):
        _add(scores, (0, 1, 5, 6), -1.0 if values < 3 else -2.5)
        scores[3] += 0.6 if 5 <= values <= 9 else 0.0
        scores[4] += 1.0 if values >= 10 else 0.0
        scores[2] += 0.6 if values == 3 else 0.0
    if not values and not affinity:
        joined = "".join(texts)
        scores[5] += 0.5 * min(3, len(_words("problem_words").findall(joined)))
        scores[6] += 0.8 if _words("other_words").search(joined) else 0.0
        scores[6] += 2.0 if _words("fee_words").search(joined) and len(joined) < _SHORT_PROSE else 0.0
        scores[0] += 1.0 if _words("front_words").search(joined) and len(joined) < 50 else 0.0
    return tuple(scores)


def _pieces(text: str) -> list[str]:
    """A line `（三）不予公开 1.属于国家秘密 0 0` in labels and values, one of heads in heads; any other as it is."""
    words = text.split()
    if len(words) >= _FEWEST_HEADS and all(len(word) <= _LONGEST_HEAD and _HEAD.fullmatch(word) for word in words):
        return words
    if len(words) < 2 or not _VALUE.match(words[-1]) or len(text) > 2 * _MAX_LABEL:
        return [text]
    pieces: list[str] = []
    for word in words:
        if pieces and not _VALUE.match(word) and not _VALUE.match(pieces[-1]) and split_numbering(word)[0] is None:
            pieces[-1] += word
        else:
            pieces.append(word)
    lone = [k for k in range(len(pieces) - 2) if _VALUE.match(pieces[k + 1]) and not _VALUE.match(pieces[k + 2])]
    is_prose = any(not _VALUE.match(pieces[k]) for k in lone)  # 申请 33 件，其中自然人 31
    return [text] if is_prose else pieces


def _table_affinity(texts: list[str], form: Form) -> dict[int, float]:
    """Table number → similarity (0..1) of the best matching label, for tables that match at all."""
    best: dict[int, float] = {}
    for text in texts:
        if text.isascii():
            continue
        for table, score in _nearest_tables(text, form):
            best[table] = max(best.get(table, 0.0), score)
    top = max(best.values(), default=0.0)
    return {table: score for table, score in best.items() if score >= top - 0.1}


@lru_cache(maxsize=4096)
def _nearest_tables(text: str, form: Form) -> tuple[tuple[int, float], ...]:
    """(table number, similarity 0..1) of the two labels nearest to a text. Kept: all reports print the same labels."""
    plain = bare_label(text)
    if not 2 <= len(plain) <= _MAX_LABEL or plain.isascii():
        return ()
    labels, tables = _table_vocabulary(form)
    near = process.extract(plain, labels, scorer=fuzz.ratio, score_cutoff=_LIST_CUTOFF, limit=2)
    return tuple((tables[index], score / 100) for _, score, index in near)


def _add(scores: list[float], parts: tuple[int, ...], amount: float) -> None:
    for part in parts:
        scores[part] += amount
