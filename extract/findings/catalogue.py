"""rules/findings.toml → entries: what each code means and how its messages are worded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from extract.errors import DataFileError
from extract.quick import record
from extract.records import Severity
from extract.rules import load_rules, refuse_unknown

_FILE = "findings.toml"
_TABLES = {"texts", "s001", "s006", "q001", "q002", "recognised"}  # tables of the file that are no codes
_BILINGUAL = ("title", "means", "matters", "message")
_TEXTS = ("name", "since", "source", *_BILINGUAL, *(f"{key}_en" for key in _BILINGUAL))
_EMPTY = ("no_problem", "no_measure", "empty")
_OTHER_REPORT = (
    *("report_message", "report_message_en", "report_unnamed", "report_unnamed_en"),
    *("places", "places_en"),
)
_EXTRA = {
    "V002": ("told", "told_en"),
    "A005": ("others", "others_en", "more", "more_en"),
    "Q001": ("scan_message", "scan_message_en"),
    "Q002": (
        "picture_message",
        "picture_message_en",
        "page_message",
        "page_message_en",
        "part_message",
        "part_message_en",
        "cut_message",
        "cut_message_en",
        *_OTHER_REPORT,
    ),
    "S005": ("notes",),
    "T002": ("made_message", "made_message_en"),
    "T004": ("none_message", "none_message_en"),
    "Y002": ("terms", "terms_en"),
    "S006": (*_EMPTY, *(f"{key}_en" for key in _EMPTY)),
}
_TABLE_INPUT = {"cells", "states", "raws", "doubtful"}
_TEXT_INPUT = {"text", "sentences", "deviations", "front", "year", "missing_sections"}
_MINIATURE = {"shows", "also", "rules"} | _TABLE_INPUT | _TEXT_INPUT


@record
class Entry:
    """One code of the catalogue. `message` and `message_en` are templates; `good` and `bad` run as tests.

    `later` marks codes that need several reports and so are emitted by another command. Where `bad` has `rules`, it and
    `good` are read with these rules of the user's own.
    """

    code: str
    name: str
    severity: Severity
    title: str
    title_en: str
    means: str
    means_en: str
    matters: str
    matters_en: str
    message: str
    message_en: str
    since: str
    source: str
    good: Mapping[str, Any]
    bad: Mapping[str, Any]
    extra: Mapping[str, Any]
    later: bool = False


@cache
def load_catalogue() -> Mapping[str, Entry]:
    """Code → entry, in the order of the file. Raises: DataFileError on an unknown or missing key."""
    return {code: _entry(code, given) for code, given in load_rules(_FILE).items() if code not in _TABLES}


def texts() -> Mapping[str, str]:
    """Wordings that several codes share."""
    shared: Mapping[str, str] = load_rules(_FILE)["texts"]
    return shared


def limits(name: str) -> Mapping[str, Any]:
    """The word lists and limits of one code: s001, s006, q001, q002; `recognised`: of all that is told of a scan."""
    found: Mapping[str, Any] = load_rules(_FILE)[name]
    return found


def _entry(code: str, given: Mapping[str, Any]) -> Entry:
    extra = _EXTRA.get(code, ())
    refuse_unknown(f"{_FILE}, {code}", given, {*_TEXTS, *extra, "severity", "good", "bad", "later"})
    for miniature in (given.get("good", {}), given.get("bad", {})):
        refuse_unknown(f"{_FILE}, {code}", miniature, _MINIATURE)
    try:
        return Entry(
            code=code,
            severity=Severity(given["severity"]),
            good=given["good"],
            bad=given["bad"],
            extra={key: given[key] for key in extra},
            later=given.get("later", False),
            **{key: given[key] for key in _TEXTS},
        )
    except (KeyError, ValueError) as error:
        raise DataFileError(f"{_FILE}, {code}: {error}") from error
