"""The narrative: sentences with their labels, and in them the claims, underlined and linked to their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.forms.places import name_cell, name_cells
from extract.outputs.webpage.findings import finding_link, sentence_place
from extract.outputs.webpage.markup import Child, Markup, join, tag
from extract.outputs.webpage.view import View, claim_cells
from extract.outputs.webpage.words import page_rules, word
from extract.records import Claim, Label, Sentence


def sentences_to_html(section: int, view: View) -> Markup:
    """The sentences of a section, in order, one line each with its label."""
    lines = [_sentence_to_html(sentence, view) for sentence in view.report.sentences if sentence.section == section]
    return tag("ol", lines, class_="prose") if lines else tag("p", word("no_sentences"), class_="calm")


def _sentence_to_html(sentence: Sentence, view: View) -> Markup:
    claims = [claim for claim in view.report.claims if claim.sentence == sentence.id]
    findings = [finding_link(number, view) for number in view.findings_of_sentence.get(sentence.id, ())]
    chinese, english = page_rules()["labels"][sentence.label.value]
    shown = chinese if sentence.label is not Label.OTHER else ""
    return tag(
        "li",
        tag("span", shown, class_="label", title=f"{chinese} {english} {sentence.confidence:.2f}"),
        tag("span", _underlined(sentence.text, claims, view), [" ", findings] if findings else None, class_="text"),
        id=sentence_place(sentence.id),
        class_=f"label-{sentence.label.value}",
        tabindex=-1,
    )


def _underlined(text: str, claims: Sequence[Claim], view: View) -> Markup:
    """The text with its claims as links; of two that overlap, the second stands behind the text."""
    pieces: list[Child] = []
    behind: list[Claim] = []
    end = 0
    for claim in sorted(claims, key=lambda claim: (claim.start, claim.end)):
        if claim.start < end or not claim.start < claim.end <= len(text):
            behind.append(claim)
            continue
        pieces += [text[end : claim.start], _claim_to_html(claim, text[claim.start : claim.end], view)]
        end = claim.end
    rest = [_claim_to_html(claim, f"“{claim.text}”", view) for claim in behind]
    return join([pieces, text[end:], rest])


def _claim_to_html(claim: Claim, shown: str, view: View) -> Markup:
    """The claim, its verdict as a mark, and a link to its first cell."""
    sign, chinese, english = page_rules()["verdicts"][claim.verdict.value]
    cells = [name for name in claim_cells(claim) if name in view.report.fields]
    target = f"#c-{cells[0]}" if cells else None
    title = "；".join([*_meaning(claim, view), f"{chinese} {english}", *([claim.note] if claim.note else [])])
    return tag(
        "a",
        shown,
        tag("span", sign, class_="verdict"),
        href=target,
        id=f"k-{claim.id}",
        class_=f"claim {claim.verdict.value}",
        title=title,
        data_cells=" ".join(cells) or None,
    )


def _meaning(claim: Claim, view: View) -> Iterable[str]:
    """The cell, the sum of cells, or the share that the claim means."""
    if claim.share_of:
        parts, whole = (_names(cells, view) for cells in claim.share_of)
        yield word("share", parts=parts, whole=whole)
    elif cells := claim_cells(claim):
        yield _names(cells, view)


def _names(cells: Sequence[str], view: View) -> str:
    return name_cell(view.form, cells[0]) if len(cells) == 1 else name_cells(view.form, cells)
