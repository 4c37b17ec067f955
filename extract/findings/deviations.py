"""One deviation → its L, S or D finding, worded by what departs from the template."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.findings.catalogue import load_catalogue
from extract.findings.make import make_finding
from extract.forms.english import name_cells_en, name_column_en, name_row_en
from extract.forms.places import Place, places
from extract.numerals import CHINESE_DIGITS
from extract.quick import replace
from extract.records import Deviation, Finding, Form, Narrative, Sentence

_MARKUP = re.compile(r"^[#*_>\s]+|[*_\s]+$")  # of Markdown, around a heading


def deviation_finding(deviation: Deviation, form: Form, narrative: Narrative, *, title: str) -> Finding:
    """The finding. `title` is the report's: a D001 says whether the year was told by it."""
    if deviation.code == "S005":
        found = _MARKUP.sub("", deviation.found)
        deviation = replace(deviation, found=found, expected=_numbered(deviation.expected, form))
    notes: list[dict[str, str]] = load_catalogue()[deviation.code].extra.get("notes", [])
    worded = next((item for item in notes if item["note"] == deviation.note), {})
    return make_finding(
        deviation.code,
        fields=deviation.fields,
        sentences=_sentences(deviation, narrative.sentences),
        expected=deviation.expected or None,
        found=deviation.found or None,
        message=worded.get("message", ""),
        message_en=worded.get("message_en", ""),
        values=_words(deviation, form, title),
    )


def _words(deviation: Deviation, form: Form, title: str) -> dict[str, str]:
    """What fills the templates beside expected and found."""
    known = [place for field in deviation.fields if (place := places(form.id).get(field))]
    year = deviation.expected.removesuffix("年")
    words = {
        "places_en": name_cells_en(form, deviation.fields),
        "judged": "据标题判断，" if year and year in title else "综合判断，",
        "marks": "".join(f"“{mark}”" for mark in deviation.expected.split("、")),
    }
    if deviation.code == "D001":
        words["expected"] = year
        words["found"] = deviation.found.rstrip("。") if "为" in deviation.found[:6] else f"“{deviation.found}”"
    return words | _table_words(deviation, known, form)


def _table_words(deviation: Deviation, known: list[Place], form: Form) -> dict[str, str]:
    """Names of the table, row or column that an S002 or S003 speaks of."""
    table = known[0].table if known else 0
    is_column = deviation.note == "column"
    name_en = ""
    if known:
        name_en = name_column_en(form, known[0].column_id) if is_column else name_row_en(form, known[0].row_id)
    named = deviation.note.strip("“”")
    rows = f"{deviation.note}{'各有' if '”“' in deviation.note or '等 ' in deviation.note else '行有'} {{n}} 个数"
    if not named:
        rows = f"表{CHINESE_DIGITS[table]}数据行共 {{n}} 个数"
    return {
        "table": f"表{CHINESE_DIGITS[table]}" if table else "表中",
        "table_en": f"Table {table}" if table else "Tables",
        "kind": "列" if is_column else "行",
        "kind_en": "column" if is_column else "row",
        "name_en": name_en or deviation.expected,
        "rows": rows.format(n=deviation.found),
        "rows_en": _rows_en(deviation, known, form),
    }


def _rows_en(deviation: Deviation, known: list[Place], form: Form) -> str:
    """The rows of an S003, in English: which print how many values."""
    rows = list(dict.fromkeys(place.row_id for place in known))
    if known and known[0].table == 4:
        return f"The row of table 4 prints {deviation.found} values"
    if len(rows) == 1:
        return f"The row “{name_row_en(form, rows[0])}” prints {deviation.found} values"
    return f"{len(rows)} rows print {deviation.found} values each"


def _numbered(heading: str, form: Form) -> str:
    """主动公开政府信息情况 → 二、主动公开政府信息情况; what is no heading of a section as it is."""
    number = next((spec.number for spec in form.sections if spec.heading == heading), 0)
    return f"{CHINESE_DIGITS[number]}、{heading}" if number else heading


def _sentences(deviation: Deviation, sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """The sentences of a D finding: the one that the note names, or else those that the quoted text stands in."""
    if not deviation.code.startswith("D"):
        return ()
    quote, known = deviation.found, tuple(sentences)
    if any(item.id == deviation.note for item in known):
        return (deviation.note,)
    return tuple(item.id for item in known if len(quote) >= 4 and (quote in item.text or item.text in quote))
