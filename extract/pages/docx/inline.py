"""The inside of a paragraph → its text: deleted, struck and hidden text left out, fields by their results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.pages.docx.ink import is_unseen
from extract.pages.docx.names import attribute, is_on, names_of, number_at, value_at
from extract.pages.docx.styles import RAISED, UNPRINTED
from extract.pages.docx.walk import THROUGH, OpenField, Walk, alternative, enter
from extract.pages.flow import UNREAD
from extract.pages.marks import is_figure

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DELETED = frozenset(("del", "moveFrom"))
_MARKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_PICTURES = frozenset(("blip", "imagedata"))
_NOTES = frozenset(("footnoteReference", "endnoteReference"))
_DINGBATS = ("wingdings", "webdings", "dingbats")
_DRAWN = frozenset(("chart", "contentPart", "custGeom", "relIds", "textpath"))
"""Charts, ink, free shapes, diagrams and lettering: like pictures of what they show."""
_FORMULAS = names_of(
    "f rad nary d func eqArr m sSup sSub sSubSup sPre box borderBox bar acc groupChr limLow limUpp phant"
)
"""Parts of a formula in which the file does not keep its characters in line."""
_PRINTING = names_of("= EQ QUOTE SYMBOL SEQ AUTONUM AUTONUMLGL AUTONUMOUT LISTNUM FORMULA DISPLAYBARCODE")
"""Fields that print something of their own, whether the file holds their result or not."""
_RAISED_LEAST = 6  # half points above the line; whoever only evens out a line moves it by less
_SYMBOLS_FROM = 0xF000
_SYMBOLS = 256  # of a symbol font
_PRINTABLE = range(0x20, 0xD800)  # below are control codes, above surrogates
_NOTE_BEGINS, _NOTE_ENDS = "\ue100", "\ue101"  # around what may be the mark of a note, until its paragraph is read
_NOTE = re.compile(f"{_NOTE_BEGINS}[^{_NOTE_ENDS}]*{_NOTE_ENDS}")


def paragraph_text(walk: Walk, element: Element) -> tuple[str, list[Element]]:
    """The text (line breaks are \\n), and the contents of the text boxes that are anchored in the paragraph."""
    boxes: list[Element] = []
    text = _drop_note_marks("".join(_inline(walk, element, boxes)))
    if UNREAD in text:
        bare = text.replace(UNREAD, "")
        text = bare + UNREAD if not bare.strip() or (walk.within and is_figure(bare)) else bare
    walk.fields.clear()
    walk.instructions = 0
    return text, boxes


def _inline(walk: Walk, element: Element, boxes: list[Element]) -> Iterator[str]:
    """The pieces of text inside a paragraph or a run; text boxes are put aside."""
    enter(walk)
    for child in element:
        name = child.tag
        if name == "r":
            if len(child) == 1 and child[0].tag == "t" and _is_plain_style(walk):  # most runs: text, and no more
                yield _plain(walk, child[0], "t")
            else:
                yield from _run(walk, child, boxes)
        elif name in _DELETED:
            continue
        elif name in ("t", "tab", "br", "cr", "ptab", "noBreakHyphen"):
            yield _plain(walk, child, name)
        elif name == "sym" and not walk.instructions:
            yield _symbol(child)
        elif name == "fldChar":
            yield _turn_field(walk, attribute(child, "fldCharType") or "")
        elif name == "instrText" and walk.fields:
            walk.fields[-1].instruction += child.text or ""
        elif name == "fldSimple":
            texts = list(_inline(walk, child, boxes))
            yield from texts if "".join(texts).strip() else [_print_unread(attribute(child, "instr") or "")]
        elif name in _FORMULAS:
            yield UNREAD
        elif name in _NOTES:
            walk.pending.append(f"{name.removesuffix('Reference')} {attribute(child, 'id') or ''}")
        elif name == "AlternateContent":
            yield from _inline(walk, alternative(child), boxes)
        elif name in ("drawing", "pict", "object"):
            _look_into_drawing(walk, child, boxes)
        elif name in THROUGH:
            yield from _inline(walk, child, boxes)
    walk.depth -= 1


def _run(walk: Walk, run: Element, boxes: list[Element]) -> Iterator[str]:
    properties = run.find("rPr")
    if properties is None:
        properties = run
    if not len(properties) and _is_plain_style(walk):
        yield from _inline(walk, run, boxes)
        return
    if _is_unprinted(walk, properties):
        return
    texts = list(_inline(walk, run, boxes))
    if is_unseen(properties, walk.inks, style=walk.style, ground=walk.ground):
        return
    if _is_raised(walk, properties) and _is_note_mark("".join(texts)):
        # Alone in a cell it may be the mark of a note whose number is blank; but values may be moved to the middle.
        doubt = UNREAD if walk.within and properties.find("position") is None else ""
        texts = [_NOTE_BEGINS, *texts, doubt, _NOTE_ENDS]
    yield from texts


def _is_plain_style(walk: Walk) -> bool:
    """Whether the paragraph's style says neither that text is not printed nor what colour it has."""
    return walk.style not in walk.unprinted and walk.style not in walk.inks


def _is_unprinted(walk: Walk, properties: Element) -> bool:
    """Whether the run is deleted, hidden or struck out, by itself or, where it says nothing of that, by its style."""
    stated = [is_on(properties, name) for name in UNPRINTED if properties.find(name) is not None]
    if properties.find("del") is not None or any(stated):
        return True
    return not stated and (value_at(properties, "rStyle") or walk.style) in walk.unprinted


def _is_raised(walk: Walk, properties: Element) -> bool:
    """Whether the run stands above or below the line, by itself or by its style."""
    stated = value_at(properties, "vertAlign")
    if stated is None and number_at(properties, "position", otherwise=0) >= _RAISED_LEAST:
        return True
    return stated in RAISED if stated is not None else value_at(properties, "rStyle") in walk.raised


def _is_note_mark(text: str) -> bool:
    """1, ①, [2] or * in superscript is a mark of a note and no digit of the number before it."""
    bare = text.strip().strip("[]()（）【】")
    return len(bare) <= 2 and (bare.isdigit() or bare in ("*", "※", "注"))


def _drop_note_marks(text: str) -> str:
    """Without the marks of notes, unless the paragraph holds nothing else."""
    if _NOTE_BEGINS not in text:
        return text
    bare = _NOTE.sub("", text)
    return bare if bare.strip() else text.replace(_NOTE_BEGINS, "").replace(_NOTE_ENDS, "")


def _plain(walk: Walk, element: Element, name: str) -> str:
    if walk.instructions:
        return ""
    for open_field in walk.fields:
        open_field.prints = True
    return (element.text or "") if name == "t" else _MARKS[name]


def _symbol(element: Element) -> str:
    """A character by its place in a font; of a font of pictures (check marks, telephones) what stands for a picture.

    Source: ECMA-376, 17.3.3.30: F000 may be added to the code.
    """
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    if any(name in (attribute(element, "font") or "").lower() for name in _DINGBATS):
        return UNREAD
    code -= _SYMBOLS_FROM if _SYMBOLS_FROM <= code < _SYMBOLS_FROM + _SYMBOLS else 0
    return chr(code) if code in _PRINTABLE else ""


def _turn_field(walk: Walk, kind: str) -> str:
    """Between `begin` and `separate` stands what the field does, and from there to its end what it shows.

    A mark at the end of one that prints something of its own, and whose result is not in the file.
    """
    if kind == "begin":
        walk.fields.append(OpenField())
        walk.instructions += 1
    elif walk.fields and kind == "separate" and not walk.fields[-1].shows:
        walk.fields[-1].shows = True
        walk.instructions -= 1
    elif walk.fields and kind == "end":
        ended = walk.fields.pop()
        walk.instructions -= not ended.shows
        if not walk.instructions and not ended.prints:
            return _print_unread(ended.instruction)
    return ""


def _print_unread(instruction: str) -> str:
    """A mark for a field that prints something of its own; nothing for any other."""
    words = instruction.replace("=", "= ", 1).split(maxsplit=1)
    return UNREAD if words and words[0].upper() in _PRINTING else ""


def _look_into_drawing(walk: Walk, drawing: Element, boxes: list[Element]) -> None:
    """Notes pictures and puts text boxes aside, those of the alternative wording left out."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        name = element.tag
        if name == "txbxContent":
            boxes.append(element)
        elif name == "AlternateContent":
            waiting.append(alternative(element))
        else:
            if name in _PICTURES or (walk.within and name in _DRAWN):
                walk.pictures.append(
                    attribute(element, "embed") or (attribute(element, "id") if name in _PICTURES else "") or ""
                )
            waiting += reversed(element)
