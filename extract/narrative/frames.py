"""What a piece says there was none of by who did not do what (没有一件拖到明年, 法院没有撤销过我局的答复)."""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from typing import Any

from extract.narrative.binding import Context
from extract.narrative.clauses import ASKED, Span, clause_pattern, goes_on_behind_bracket, is_free_before, is_request
from extract.narrative.denials import Denial
from extract.narrative.numbers import CLAIMS_FILE
from extract.narrative.plainness import is_known
from extract.narrative.spoken import Spoken, follow_subject, words_of
from extract.narrative.targets import CHALLENGES, DOCUMENTS, REQUESTS, Fields, challenge_fields, request_fields
from extract.narrative.windows import mentions_between
from extract.quick import record
from extract.rules import fill_names, load_rules, needed_characters, outline_of, quick_pattern, refuse_unknown

FRAMES_FILE = "frames.toml"
_KEYS = {"cells", "patterns", "about", "of_context"}
_DUE = ("carried_in", "carried_out", "carry")
_HAN = re.compile("[\u4e00-\u9fff]")
_NAME = re.compile(r"\{([a-z_]+)\}")
_YEARS = {"this_year": 0, "last_year": -1, "next_year": 1}


@record
class _Frame:
    """One way of saying that `cells` are all 0."""

    pattern: re.Pattern[str]
    needed: frozenset[str]  # characters of which a piece must hold one
    cells: Fields
    about: str
    of_context: bool


def read_frame(spoken: Spoken, piece: Span, context: Context) -> Denial | None:
    """What the piece denies as a whole statement; None where words before it say of which part or time it speaks."""
    start, end = piece
    if not _told_by("key").search(spoken.text, start, end) or goes_on_behind_bracket(spoken, start):
        return None
    characters = set(spoken.text[start:end])
    for frame in _frames(spoken.year):
        if frame.needed and frame.needed.isdisjoint(characters):
            continue
        match = frame.pattern.search(spoken.text, start, end)
        if match and _is_whole(spoken, (start, match.start()), match[0]) and _is_about(spoken, frame, match, context):
            named = mentions_between(spoken.mentions, start, match.start())
            cells = _of_context(frame, follow_subject(spoken, named, context))
            return Denial(match.start(), match.end(), cells, match.start(), ())
    return None


@cache
def _told_by(name: str) -> re.Pattern[str]:
    return re.compile(load_rules(FRAMES_FILE)["told_by"][name])


@lru_cache(maxsize=16)  # reports of many years come in any order
def _frames(year: int | None) -> tuple[_Frame, ...]:
    rules: dict[str, Any] = load_rules(FRAMES_FILE)
    words: dict[str, str] = rules["words"] | {
        name: str(year + apart) if year else "_" for name, apart in _YEARS.items()
    }
    frames = []
    for entry in rules["frame"]:
        refuse_unknown(FRAMES_FILE, entry, _KEYS)
        fill_all = partial(fill_names, place=f"{FRAMES_FILE}: frame of {', '.join(entry['cells'])}")
        whole, outline = (
            "|".join(f"(?:{fill(one, words)})" for one in entry["patterns"]) for fill in (fill_all, _outline)
        )
        cells = tuple(field for cell in entry["cells"] for field in _expand(cell))
        about, of_context = entry.get("about", ""), entry.get("of_context", False)
        frames.append(_Frame(quick_pattern(whole, outline), needed_characters(outline), cells, about, of_context))
    return tuple(frames)


def _expand(cell: str) -> Fields:
    """The cell, or those of its rows where it stands for several: requests.denied.total."""
    table, _, row = cell.rpartition(".")[0].partition(".")
    return request_fields((row,), ()) if table == REQUESTS and cell.endswith(".total") else (cell,)


def _outline(pattern: str, words: dict[str, str]) -> str:
    """The pattern with outlines of the words: read in a tenth of the time of the whole."""
    return _NAME.sub(lambda match: outline_of(_outline(words[match[1]], words)), pattern)


def _is_whole(spoken: Spoken, before: Span, said: str) -> bool:
    """Whether nothing before the words narrows them: no kind of applicant, no outcome, no condition."""
    start, end = before
    if not is_free_before(spoken, start) or clause_pattern("no_fact").search(spoken.text, start, end):
        return False
    own = [term for m in mentions_between(spoken.mentions, start, end) for term in m.terms[:1]]
    kept = (
        term.kind in ("topic", "filler", "name")
        or is_request(term)
        or (term.kind == "row" and term.value in ASKED)
        or (term.kind == "subject" and term.value in CHALLENGES)
        for term in own
    )
    if not all(kept) or not is_known(words_of(spoken), (start, end)):
        return False
    return _told_by("noun").search(said) is not None or not _HAN.search(words_of(spoken).unknown, start, end)


def _is_about(spoken: Spoken, frame: _Frame, match: re.Match[str], context: Context) -> bool:
    """Whether the sentence speaks of what the frame asks for."""
    if frame.about == REQUESTS:
        begin = max(spoken.text.rfind(mark, 0, match.start()) for mark in "：；。") + 1
        return is_of_requests(spoken, (begin, match.start()), context)
    if frame.about in DOCUMENTS:
        subjects = (term.value for m in spoken.mentions if m.end <= match.start() and (term := m.of_kind("subject")))
        return frame.about in subjects
    if frame.about == "challenges":
        return clause_pattern("of_information").search(spoken.text) is not None or context.subject in CHALLENGES
    return True


def _of_context(frame: _Frame, context: Context) -> Fields:
    """The cells of the frame, of the challenges spoken of only where it asks for that."""
    if not frame.of_context or not context.challenge:
        return frame.cells
    spoken_of = {field.rpartition(".")[0] for field in challenge_fields(context.challenge, ())}
    return tuple(field for field in frame.cells if field.rpartition(".")[0] in spoken_of) or frame.cells


def is_of_requests(spoken: Spoken, before: Span, context: Context) -> bool:
    """Whether 清零 is said of requests, and of all that were due: 上年结转2件、新收23件均已办结，年末清零."""
    terms = [term for m in spoken.mentions for term in m.terms if term.kind in ("subject", "row", "topic")]
    about = [term for term in terms if term.value != "publication"]
    if re.search(load_rules(CLAIMS_FILE)["none"]["of_some"], spoken.text[slice(*before)]):
        return False
    if context.subject == REQUESTS:
        return bool(about)
    named = any(is_request(term) or term.value in (*_DUE, REQUESTS) for term in terms)
    earlier = [m.of_kind("foreign", "detail") for m in spoken.mentions if m.start < before[1]]
    return named and context.subject is None and all(term is None or term.value == "work" for term in earlier)
