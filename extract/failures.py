"""What is said of a file that cannot be read, in Chinese: `rules/failures.toml` has it beside the English."""

from __future__ import annotations

import re
from functools import cache

from extract.rules import load_rules, refuse_unknown

_FILE = "failures.toml"


def say_in_chinese(english: str) -> str | None:
    """The Chinese for a cause or a remedy; None where nobody has written it."""
    for pattern, chinese in _patterns():
        if found := pattern.fullmatch(english):
            return chinese.replace("{}", "%s") % found.groups()
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The longest English first. Raises: DataFileError on an unknown key."""
    entries = load_rules(_FILE)
    refuse_unknown(_FILE, entries, {"chinese"})
    longest = sorted(entries["chinese"].items(), key=lambda pair: -len(pair[0].replace("{}", "")))
    return tuple(
        (re.compile("(.+)".join(map(re.escape, english.split("{}")))), chinese) for english, chinese in longest
    )
