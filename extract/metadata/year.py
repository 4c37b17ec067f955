"""Title, period, text and date of publication → the report's year, and D001 where they disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import takewhile

from extract.metadata.dates import YEAR, find_years, parse_year
from extract.metadata.lines import Printed, read_lines, squeeze_text
from extract.metadata.own_year import find_own_year
from extract.quick import record
from extract.records import Deviation, Label, Line, SectionedDocument, Sentence
from extract.rules import load_rules

_LEAD = r"(?:[一二三四五六七八九十]是|[(（][一二三四五六七八九十\d][)）]|\d[.、])?"
_PROBLEMS = 5  # the section that tells what was wrong
_NAMED = re.compile(rf"(?<!\d)({YEAR})[年午牛]")
_HEAD = re.compile(rf"^{_LEAD}[^，。（(\d]{{0,14}}?(?P<year>{YEAR})[年午牛](?!\d)")

_NAMED_YEAR = re.compile(rf"(?P<year>{YEAR})[年午牛]")
_QUOTED = re.compile("《[^》]*》?|[（(][^）)]*[）)]?")


@record
class YearEvidence:
    """The years that each place of the report names; None or empty where it names none."""

    title: int | None
    period: tuple[date, date] | None
    text: tuple[tuple[int, Sentence], ...]  # the year each sentence reports on, where it says so at its head
    mentioned: frozenset[int]  # every year that the first section names anywhere
    published: int | None
    announced: tuple[tuple[int, Sentence], ...] = ()  # the year that a sentence says the report at hand is of
    headed: tuple[tuple[int, Printed], ...] = ()  # the year in a sub-heading


@record
class Vote:
    """The report's year, None where no place names one; how many kinds of places name it; where others have nearly as
    much behind them, all of these years.
    """

    year: int | None
    places: int
    open_years: frozenset[int] = frozenset()


def gather_years(
    title: int | None,
    period: tuple[date, date] | None,
    sentences: tuple[Sentence, ...],
    published: int | None,
    headed: tuple[tuple[int, Printed], ...] = (),
) -> YearEvidence:
    """What each place of the report says of its year; `headed` as `find_headed` gives it."""
    text = tuple((year, sentence) for sentence in sentences if (year := year_of_sentence(sentence.text)))
    first = (find_years(squeeze_text(sentence.text)) for sentence in sentences if sentence.section == 1)
    mentioned = frozenset(year for years in first for year in years)
    places = {item.id: "preamble" for item in _preamble(sentences)}
    places |= {item.id: "first" for item in _find_first(sentences)}
    told = ((find_own_year(item.text, item.section, places.get(item.id, ""), known=title), item) for item in sentences)
    announced = tuple((year, item) for year, item in told if year)
    return YearEvidence(title, period, text, mentioned, published, announced, headed)


def find_headed(sectioned: SectionedDocument) -> tuple[tuple[int, Printed], ...]:
    """The sub-headings that begin with a year (（一）2023年主动公开情况), each with that year."""
    items = [*sectioned.front, *(item for section in sectioned.sections for item in section.items)]
    dated = [item for item in items if isinstance(item, Line) and ("年" in item.text or "午" in item.text)]
    found = ((_heading().match(line.text), line) for line in read_lines(dated))
    plans = load_rules("metadata.toml")["d001"]["another_year"]
    dated_heads = ((match, line) for match, line in found if match and not any(word in line.text for word in plans))
    return tuple((year, line) for match, line in dated_heads if (year := parse_year(match["year"])))


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(load_rules("metadata.toml")["d001"]["heading"].replace("{year}", f"(?P<year>{YEAR})[年午牛]"))


def _preamble(sentences: tuple[Sentence, ...]) -> Iterator[Sentence]:
    """The sentences before the first that tells figures or deeds."""
    return takewhile(lambda sentence: sentence.section <= 1 and sentence.label is Label.OTHER, sentences)


def _find_first(sentences: tuple[Sentence, ...]) -> Iterator[Sentence]:
    """The sentences with which the prose begins: those that begin with a year, up to the first figure or deed."""
    for sentence in sentences:
        if sentence.section == 1 and _HEAD.match(squeeze_text(sentence.text)):
            yield sentence
        if sentence.label is not Label.OTHER or sentence.section > 1:
            break


def year_of_sentence(text: str) -> int | None:
    """The year that a sentence reports on: the only one in it, at its head, with no word of another year beside it."""
    plain = squeeze_text(text)
    match = _HEAD.match(plain)
    if not match or {parse_year(year) for year in _NAMED.findall(plain)} - {parse_year(match["year"]), None}:
        return None
    words = load_rules("metadata.toml")["d001"]["another_year"]
    return None if any(word in plain for word in words) else parse_year(match["year"])


def vote_year(evidence: YearEvidence) -> Vote:
    """The year with most weight behind it; of two with as much the one that more kinds of places name."""
    weights = load_rules("metadata.toml")["year"]
    votes: Counter[int] = Counter()
    places: Counter[int] = Counter()
    text = Counter(year for year, _ in evidence.text).most_common(1)
    announced = Counter(year for year, _ in evidence.announced).most_common(1)
    named = {
        "title": evidence.title,
        "period": evidence.period[1].year if evidence.period else announced[0][0] if announced else None,
        "text": text[0][0] if text else None,
        "published": evidence.published - 1 if evidence.published else None,
    }
    for place, year in named.items():
        if year is not None:
            votes[year] += weights[place]
            places[year] += 1
    if not votes:
        return Vote(None, 0)
    year = max(votes, key=lambda own: (votes[own], places[own]))
    near = {own for own in votes if votes[year] - votes[own] <= weights["close"]}
    return Vote(year, places[year], frozenset(near) if len(near) > 1 else frozenset())


def find_disagreements(evidence: YearEvidence, year: int | None) -> tuple[Deviation, ...]:
    """D001: at most one for title against period, one for each statement of another year. Precision before recall."""
    if year is None:
        return ()
    odd = [
        Deviation("D001", line.text, f"{year}年", page=line.page)
        for other, line in evidence.headed
        if other != year and _are_agreed(evidence, year)
    ]
    odd += [
        Deviation("D001", sentence.text.strip(), f"{year}年", page=sentence.page)
        for sentence in _odd_statements(evidence, year)
    ]
    heads = _heads(evidence, year)
    if len(set(heads.values())) <= 1 or ("正文为" in heads and odd):
        return tuple(odd)
    shown = "，".join(f"{place}{value}年" for place, value in heads.items())
    return (Deviation("D001", shown, f"{year}年"), *odd)


def _heads(evidence: YearEvidence, year: int) -> dict[str, int]:
    """What title and period say; the text where it speaks with one voice against both, or the year is told by it."""
    heads: dict[str, int] = {}
    if evidence.title:
        heads["标题为"] = evidence.title
    if evidence.period:
        heads["统计期限起于"] = evidence.period[0].year
        heads["统计期限止于"] = evidence.period[1].year
    text = Counter(year for year, sentence in evidence.text if sentence.section == 1)
    if len(text) == 1 and evidence.title and evidence.title not in evidence.mentioned:
        heads["正文为"] = text.most_common(1)[0][0]
    elif year != evidence.title and year in {*text, *(other for other, _ in evidence.announced)}:
        heads["正文为"] = year
    return heads


def _speaks_alone(evidence: YearEvidence, years: Counter[int], other: int) -> bool:
    """True where the text reports on that year again and again, and title and period name another."""
    heads = {evidence.title, evidence.period[1].year if evidence.period else None}
    return len(heads) == 1 and None not in heads and other not in heads and set(years) == {other} and years[other] > 1


def _odd_statements(evidence: YearEvidence, year: int) -> tuple[Sentence, ...]:
    """Sentences that state what the form asks for of another year than the rest of the report does."""
    years = Counter(other for other, _ in evidence.text)
    if years[year] == 0 and evidence.title != year:
        return ()
    period = {day.year for day in evidence.period or ()}
    titled = evidence.title == year and period <= {year}
    twice = any(other == year and _tells_problems(sentence) for other, sentence in evidence.text)
    announced = [
        sentence
        for other, sentence in evidence.announced
        if other != year and titled and not (twice and other == year - 1 and sentence.section == _PROBLEMS)
    ]  # 2023年存在的问题…。2024年存在的问题…。: what the report before named, beside this year's
    stated = [
        sentence
        for other, sentence in evidence.text
        if other != year and _is_statutory(sentence) and (years[year] >= 1 or _speaks_alone(evidence, years, other))
    ]
    return tuple(dict.fromkeys((*announced, *stated)))


def _are_agreed(evidence: YearEvidence, year: int) -> bool:
    """Whether title and period both say that the report is of the year."""
    return evidence.title == year and evidence.period is not None and {day.year for day in evidence.period} == {year}


def _tells_problems(sentence: Sentence) -> bool:
    """Whether it announces or names problems: the section tells measures of the year, too."""
    short = load_rules("metadata.toml")["own_year"]["words"]["short"]
    return sentence.section == _PROBLEMS and re.search(short, squeeze_text(sentence.text)) is not None


def _is_statutory(sentence: Sentence) -> bool:
    words = load_rules("metadata.toml")["d001"]["statutory"]
    return any(word in squeeze_text(sentence.text) for word in words)
