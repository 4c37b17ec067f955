"""All metadata of one report."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from extract.metadata.agency import Signature, find_author, find_signature
from extract.metadata.dates import YEAR_BEGINS, find_damaged_periods, find_dates, find_periods
from extract.metadata.lines import Printed, item_text, read_end, read_start, squeeze_text
from extract.metadata.placeholders import find_placeholders
from extract.metadata.title import Title, best_title, find_titles, is_agency, parse_title
from extract.metadata.year import find_disagreements, find_headed, gather_years, vote_year
from extract.quick import replace
from extract.records import Field, Metadata, SectionedDocument, Sentence, State
from extract.rules import load_rules, rule_pattern
from extract.settings import load_settings
from extract.textform import abbreviates

_PUBLISHED = re.compile(r"(?:日期|时间|发布于|发布)[:：]?$")
Period = tuple[tuple[date, date], int, int]  # first and last day, page, line
_Finder = Callable[[str], tuple[tuple[date, date, int, int], ...]]
_PERIOD_WORD = re.compile(r"统计|期限|数据|周期|时限|起止")
_ENDS = 2  # characters at both ends of a name, by which another reading of it is known
_CHARACTERS_A_FAULT = 5  # of a damaged name one in so many is damaged; of two names more differ
_DISTRICT = 2  # characters with which the names of a district's agencies begin alike

_TABLES = (2, 3, 4)  # sections in whose sentences a year stands in passing


def read_metadata(sectioned: SectionedDocument, sentences: tuple[Sentence, ...]) -> Metadata:
    """Agency, year, title, published, period_start, period_end, each a Field, and the D001 and D002 deviations."""
    start, end = read_start(sectioned), read_end(sectioned)
    signature, period = find_signature(end), _find_period(start)
    published = _find_published(start, signature)
    body = "".join([*(line.text for line in (*start, *end)), *(squeeze_text(sentence.text) for sentence in sentences)])
    title = best_title(find_titles(start), body) or _quoted_title(body)
    title = _without_neighbour(title, signature)
    head = title.year if title else None
    day = published[0].year if published else None
    told = tuple(sentence for sentence in sentences if sentence.section not in _TABLES)
    evidence = gather_years(head, period[0] if period else None, told, day, find_headed(sectioned))
    vote = vote_year(evidence)
    fields = {
        "agency": _agency_field(title, signature, find_author(sentences), body),
        "year": _field(vote.year, "agreed" if vote.places > 1 else "single", title, f"{vote.places} 处一致"),
        "title": _field(title.text if title else None, _title_trust(title), title, "标题"),
        "published": _dated(published, "落款或发布日期"),
        **_period_fields(period),
    }
    return Metadata(
        _as_printed(fields, sectioned),
        (*find_disagreements(evidence, vote.year), *find_placeholders(sectioned, sentences)),
        vote.open_years,
    )


def without_lines(metadata: Metadata) -> Metadata:
    """The metadata of a file that has no lines which a person could count."""
    return replace(metadata, fields={key: replace(field, line=None) for key, field in metadata.fields.items()})


def _without_neighbour(title: Title | None, signature: Signature | None) -> Title | None:
    """The title without another agency of the same district in the line above it; the signature says whose it is."""
    if title is None or signature is None or not signature.agency:
        return title
    above = title.agency.removesuffix(signature.agency)
    glued = above != title.agency and is_agency(above) and above[:_DISTRICT] == signature.agency[:_DISTRICT]
    return replace(title, text=title.text.removeprefix(above), agency=signature.agency) if glued else title


def _as_printed(fields: Mapping[str, Field], sectioned: SectionedDocument) -> Mapping[str, Field]:
    """The fields with the full-width brackets that the document prints."""
    bracketed = {key: field for key, field in fields.items() if isinstance(field.value, str) and "(" in field.value}
    if not bracketed:
        return fields
    items = (item for part in (sectioned.front, *(section.items for section in sectioned.sections)) for item in part)
    printed = "".join("".join(map(item_text, items)).split())
    wide = str.maketrans("()", "（）")
    kept = dict(fields)
    for key, field in bracketed.items():
        if (text := str(field.value).translate(wide)) in printed:
            kept[key] = replace(field, value=text, raw=text)
    return kept


def _quoted_title(body: str) -> Title | None:
    """A title that stands only inside 《》 in the text."""
    for quoted in re.findall(r"《([^《》]{10,60})》", body):
        parsed = parse_title(quoted)
        if parsed and parsed[2]:
            return Title(*parsed, page=1, line=1)
    return None


def _agency_field(title: Title | None, signature: Signature | None, author: str, body: str) -> Field:
    """The title's agency; where it is damaged or missing, the signature's, then the preamble's."""
    named = [title.agency if title else "", signature.agency if signature else "", author]
    names = [name for name in named if name]
    if not names:
        return _field(None, "absent", None, "未找到发布机关")
    name = names[0]
    twin = next((other for other in names[1:] if _nearly_same(name, other)), None)
    place: Title | Signature | None = title if named[0] else signature
    if twin and body.count(twin) > body.count(name):
        return _field(twin, "repaired", place, f"标题作“{name}”，正文、落款作“{twin}”")
    misread = rule_pattern("metadata.toml", "agency", "misread").search(name) is not None
    if misread or (any(_is_other_reading(name, other) for other in names[1:]) and body.count(name) <= 1):
        trust = "guessed"
    else:
        trust = "agreed" if body.count(name) > 1 else "single" if named[0] else "guessed"
    return _field(name, trust, place, "标题" if named[0] else "落款" if named[1] else "正文")


def _is_other_reading(one: str, other: str) -> bool:
    """鹿原县刀生二建康健康局 and 鹿原县卫生健康局: the same begin and end, and neither is short for the other."""
    alike = one[:_ENDS] == other[:_ENDS] and one[-_ENDS:] == other[-_ENDS:] and one != other
    return alike and not abbreviates(one, other) and not abbreviates(other, one)


def _nearly_same(one: str, other: str) -> bool:
    """Whether two names differ by damaged characters only."""
    from rapidfuzz.distance import Levenshtein

    most = max(1, len(one) // _CHARACTERS_A_FAULT)
    return one != other and len(one) == len(other) and Levenshtein.distance(one, other) <= most


def _title_trust(title: Title | None) -> str:
    if title is None:
        return "absent"
    return "repaired" if title.damage else "single" if title.agency else "guessed"


def _find_published(start: tuple[Printed, ...], signature: Signature | None) -> tuple[date, int, int] | None:
    """The date of the signature; else one that the head of the page calls the day of publication or that is a line."""
    if signature and signature.day:
        return signature.day, signature.page, signature.line
    for line in start:
        dates = find_dates(line.text)
        if dates and (_PUBLISHED.search(line.text[: dates[0][1]]) or len(line.text.strip("()")) == _length(dates[0])):
            return dates[0][0], line.page, line.line
    return None


def _length(found: tuple[date, int, int]) -> int:
    return found[2] - found[1]


def _find_period(lines: tuple[Printed, ...]) -> Period | None:
    """(first and last day, page, line) of the reporting period, although lines break it or characters are damaged."""
    return _search_period(lines, find_periods) or _search_period(lines, find_damaged_periods)


def _search_period(lines: tuple[Printed, ...], find: _Finder) -> Period | None:
    for index, line in enumerate(lines):
        if YEAR_BEGINS.isdisjoint(line.text):
            continue
        text = line.text + "".join(other.text for other in lines[index + 1 : index + 3])
        before = lines[index - 1].text if index else ""
        for first, last, start, _ in find(text):
            whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
            if start < len(line.text) and (whole_year or _PERIOD_WORD.search((before + text[:start])[-40:])):
                return (first, last), line.page, line.line
    return None


def _period_fields(period: Period | None) -> Mapping[str, Field]:
    days = period[0] if period else (None, None)
    place = period[1:] if period else (1, 1)
    keys = ("period_start", "period_end")
    return {key: _dated((day, *place) if day else None, "统计期限") for key, day in zip(keys, days, strict=True)}


def _dated(found: tuple[date, int, int] | None, evidence: str) -> Field:
    if found is None:
        return _field(None, "absent", None, f"未找到{evidence}")
    day, page, line = found
    return _make_field(day.isoformat(), "single", page, line, evidence)


def _field(value: str | int | None, trust: str, place: Title | Signature | None, evidence: str) -> Field:
    return _make_field(value, trust, place.page if place else None, place.line if place else None, evidence)


def _make_field(value: str | int | None, trust: str, page: int | None, line: int | None, evidence: str) -> Field:
    if value is None:
        trust = "absent"
    confidence = load_rules("metadata.toml")["confidence"][trust]
    accepted = value is not None and confidence >= load_settings().metadata_threshold
    state = State.MISSING if value is None else State.READ
    return Field(value, state, confidence, accepted, "" if value is None else str(value), page, None, (evidence,), line)
