"""A look over a large page before it is parsed: the parser's time grows with the square of depth and attributes."""

from __future__ import annotations

import re

from extract.errors import UnsupportedError
from extract.settings import Settings

_SMALL = 100_000  # characters; whatever a shorter page holds is parsed in a second or two
_SUSPECT = 4_000  # characters; no page has a shorter tag with too many attributes
_VALUE = r"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ATTRIBUTE = re.compile(rf"[^\s/>][^\s/>=]*+{_VALUE}")
_MARK = re.compile(rf"<!--|<(/?)([a-zA-Z][^\s/>]*+)((?:[\s/]++|[^\s/>][^\s/>=]*+{_VALUE})*+)")
_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")} | {"": re.compile("-->")}
"""What ends a comment, and the elements whose content is no markup."""
_ENDED_BY_OTHERS = "p li dt dd td th tr tbody thead tfoot option optgroup rt rp a nobr"
_EMPTY = "area base br col embed hr img input link meta source track wbr"
_NEVER_PILED = frozenset(f"{_ENDED_BY_OTHERS} {_EMPTY}".split())


def refuse_endless(text: str, *, file: str, settings: Settings) -> None:
    """Raises: UnsupportedError where the page has more elements, deeper ones or more attributes than any page."""
    if len(text) < _SMALL:
        return
    depth = elements = position = 0
    while mark := _MARK.search(text, position):
        position = mark.end()
        name = (mark[2] or "").lower()
        if name in _ENDS:
            end = _ENDS[name].search(text, position)
            position = end.end() if end else len(text)
            continue
        elements += not mark[1]
        if name not in _NEVER_PILED:
            depth = max(0, depth - 1) if mark[1] else depth + 1
        if elements > settings.max_page_elements:
            cause = f"the page has more than {settings.max_page_elements} elements, which no report has"
            setting = "max_page_elements"
        elif depth > settings.max_page_depth:
            most, setting = settings.max_page_depth, "max_page_depth"
            cause = f"the page has elements more than {most} deep inside one another, which no report has"
        elif _count_attributes(mark[3]) > settings.max_page_attributes:
            cause = (
                f"the page has an element with more than {settings.max_page_attributes} attributes, which no report has"
            )
            setting = "max_page_attributes"
        else:
            continue
        raise UnsupportedError(file, cause, f"check that it is the report, or raise {setting} in the settings")


def _count_attributes(text: str) -> int:
    """How many attributes a tag has; 0 of one that is too short to have many."""
    return sum(1 for _ in _ATTRIBUTE.finditer(text)) if len(text) > _SUSPECT else 0
