"""A Y or H contrast between reports → its finding."""

from __future__ import annotations

from extract.findings.catalogue import load_catalogue
from extract.findings.make import make_finding
from extract.forms import load_form
from extract.forms.english import name_cell_en, name_cells_en, name_column_en, name_row_en
from extract.forms.places import name_cell, name_cells, number_text, places
from extract.records import Contrast, Finding

_MOST = 12  # a longer sum is not written out


def contrast_finding(contrast: Contrast) -> Finding:
    """The finding of the later report, or of the government; `fields` are cells of its template."""
    return make_finding(
        contrast.code,
        fields=contrast.fields,
        sentences=contrast.sentences,
        expected=contrast.expected,
        found=contrast.found,
        values=_words(contrast),
    )


def _words(contrast: Contrast) -> dict[str, str]:
    words = {"files": f"（{contrast.earlier}）" if contrast.earlier else "", **_working(contrast)}
    words["files_en"] = f" ({contrast.earlier})" if contrast.earlier else ""
    if not contrast.fields:
        return words
    form = load_form(contrast.template)
    place, *others = (places(form.id)[name] for name in contrast.fields)
    beside = [name_column_en(form, own.column_id) for own in others]
    return words | {
        "cell": name_cell(form, place.field),
        "cell_en": name_cell_en(form, place.field),
        "others": f"同一行不符的还有：{'、'.join(own.column for own in others)}。" if others else "",
        "others_en": f" In the same row also differ: {', '.join(beside)}." if others else "",
        "place": name_cells(form, contrast.fields),
        "row": place.row,
        "column": place.column,
        "fields_en": name_cells_en(form, contrast.fields),
        "row_en": name_row_en(form, place.row_id),
        "column_en": name_column_en(form, place.column_id),
    }


def _working(contrast: Contrast) -> dict[str, str]:
    """How the figure comes about that was expected: （上年现行有效 16＋本年制发 5－本年废止 4＝17）."""
    if not 1 < len(contrast.terms) <= _MOST:
        return {"working": "", "working_en": ""}
    extra = load_catalogue()[contrast.code].extra
    names, names_en = extra.get("terms", {}), extra.get("terms_en", {})
    shown = [(names.get(name, name), names_en.get(name, name), value) for name, value in contrast.terms]
    chinese = "".join(
        f"{'－' if value.is_signed() else '＋'}{name} {number_text(abs(value))}" for name, _, value in shown
    )
    english = "".join(
        f" {'−' if value.is_signed() else '+'} {name} {number_text(abs(value))}" for _, name, value in shown
    )
    return {
        "working": f"（{chinese.removeprefix('＋')}＝{number_text(contrast.expected)}）",
        "working_en": f" ({english.removeprefix(' + ')})",
    }
