"""What is said in English of a file that cannot be read or a call that is wrong, in Chinese: `rules/failures.toml`
and `rules/usage.toml` have it beside the English."""

from __future__ import annotations

import re
from functools import cache

from extract.rules import load_rules, refuse_unknown

FAILURES, USAGE = "failures.toml", "usage.toml"


def say_in_chinese(english: str, file: str = FAILURES) -> str | None:
    """The Chinese for a cause or a remedy, which may leave out the last of what differs; None where nobody has written
    it.
    """
    for pattern, chinese in _patterns(file):
        if found := pattern.fullmatch(english):
            return chinese.replace("{}", "%s") % found.groups()[: chinese.count("{}")]
    return None


@cache
def _patterns(file: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The longest English first. Raises: DataFileError on an unknown key."""
    entries = load_rules(file)
    refuse_unknown(file, entries, {"chinese", "system"})
    said = entries["chinese"] | entries.get("system", {})
    longest = sorted(said.items(), key=lambda pair: -len(pair[0].replace("{}", "")))
    return tuple(
        (re.compile("(.+)".join(map(re.escape, english.split("{}")))), chinese) for english, chinese in longest
    )
