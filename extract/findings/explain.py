"""A code of the catalogue → its entry as text."""

from __future__ import annotations

from difflib import get_close_matches

from extract.errors import UsageError
from extract.findings.catalogue import Entry, load_catalogue
from extract.forms import form_ids, load_form
from extract.records import Severity

_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


def explain_rule(code: str) -> str:
    """The entry of a code, or of a finding's name, in Chinese and English.

    Raises: UsageError with the nearest codes where there is none such.
    """
    catalogue = load_catalogue()
    names = {entry.name: entry.code for entry in catalogue.values()}
    known = names.get(code.lower(), code.upper())
    if known not in catalogue:
        near = get_close_matches(known, catalogue, n=3, cutoff=0.5) or get_close_matches(code.lower(), names, n=3)
        raise UsageError(
            f"{code}: 没有此代码 / no such finding; " + (f"did you mean {', '.join(near)}?" if near else _all_codes())
        )
    return _entry_text(catalogue[known])


def _all_codes() -> str:
    return f"known are {', '.join(load_catalogue())}"


def _notices() -> str:
    """The notices that the forms come from, the newest first; an old report follows an old one."""
    return "、".join(load_form(name).notice for name in form_ids())


def _entry_text(entry: Entry) -> str:
    later = "需要多年或多个机关的报告。Needs reports of several years or agencies.\n" if entry.later else ""
    return (
        f"{entry.code} {entry.title}（{_SEVERITIES[entry.severity]}）\n"
        f"{entry.name}: {entry.title_en} ({entry.severity.value})\n\n"
        f"含义　{entry.means}\n      {entry.means_en}\n"
        f"为何　{entry.matters}\n      {entry.matters_en}\n"
        f"正确示例　{entry.good['shows']}\n"
        f"错误示例　{entry.bad['shows']}\n"
        f"依据　{entry.source.format(notice=_notices())}\n"
        f"自 gouji {entry.since} 版起\n{later}"
    ).rstrip()
