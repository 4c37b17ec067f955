"""Whether a text layer can be read: pages without text, text laid under a scan, leaning text, text that means
nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Sequence
from itertools import accumulate

from extract.errors import NotAReportError, UnsupportedError
from extract.pages.pdf.drawing import Drawing
from extract.textform import is_unreadable

_FEW = 12  # characters; a page with fewer says nothing by itself (a page number, a stamp)
_JUDGED = 60  # characters from which the words of a page can be judged
PICTURE_PAGE = 0.3  # share of the page from which a picture may hold the report
HIDDEN = 0.5  # share of unpainted characters that makes the layer one laid under a scan
_RULED = 0.9  # share of the width of a page that the rules of its tables take
_RISE = 3.0  # points that a leaning rule may rise: what is higher is no rule, and rows are not told apart
_UNREADABLE = 0.05  # share of characters without meaning that makes the layer useless
_FEWEST_HAN = 0.3  # share of Han among the letters and signs of a Chinese page
_FEWEST_COMMON = 0.08  # share of the commonest characters among the Han; a shuffled font has next to none
_COMMON = frozenset(
    "的一是了在有和人中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "政府信息公开申请机关理结果总计规章情况本件项数其他不予处维持纠正尚未审诉讼复议度报告务制文收费加强内容三二四五六七八九十"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_NEUTRAL = re.compile(r"[\d\s.,，。、:：;；()（）/\-—–%《》〈〉“”\"'‘’·•…]")
_MOST_DRAWN = 2.0  # marks for each character of text; a page with more is written in shapes
_FEWEST_DRAWN = 100  # marks of such a page
_MOST_PICTURES = 20  # that are looked at beside text: a report has few, each takes seconds
# labels of the three tables, and how often they print them: where all stand, nothing is lost; prose tells of few
_COMPLETE = {"行政事业性收费": 1, "要求提供公开出版物": 1, "重复申请": 1, "结转下年度": 1, "尚未审结": 3}


def find_unusable(drawings: Sequence[Drawing], *, file: str) -> dict[int, str]:
    """Number of each page whose text layer is missing or useless → what is wrong with it.

    None where the other pages hold the whole report.

    Raises: NotAReportError where nothing is printed.
    """
    texts = ["".join(glyph.text for glyph in drawing.glyphs) for drawing in drawings]
    pictured = (drawing.picture_share >= PICTURE_PAGE for drawing in drawings)
    if not any(texts) and not any(pictured) and not any(map(_is_written_in_shapes, drawings)):
        raise NotAReportError(file, "this file prints no text and no pictures", "check that it is the right file")
    bad = {
        drawing.number: cause
        for drawing, text in zip(drawings, texts, strict=True)
        if (cause := _defect(drawing, text))
    }
    rest = "".join(text for drawing, text in zip(drawings, texts, strict=True) if drawing.number not in bad)
    return {} if _is_complete(rest) else bad


def find_pictured(drawings: Sequence[Drawing], unusable: Container[int]) -> tuple[int, ...]:
    """Numbers of the first pages with text whose pictures may hold a table; none where the text has all tables."""
    usable = [drawing for drawing in drawings if drawing.number not in unusable]
    if not any(drawing.pictures for drawing in usable):
        return ()
    if _is_complete("".join(glyph.text for drawing in usable for glyph in drawing.glyphs)):
        return ()
    counts = accumulate(len(drawing.pictures) for drawing in usable)
    return tuple(
        drawing.number
        for drawing, count in zip(usable, counts, strict=True)
        if drawing.pictures and count <= _MOST_PICTURES
    )


def _is_complete(text: str) -> bool:
    return all(text.count(word) >= times for word, times in _COMPLETE.items())


def refuse_undrawn(drawings: Sequence[Drawing], *, file: str) -> None:
    """For a PDF that holds an XFA form: its pages are the report, or a notice that another program is needed.

    Raises: UnsupportedError where they hold no word of a statutory table and no picture of one.
    """
    texts = ("".join(glyph.text for glyph in drawing.glyphs) for drawing in drawings)
    if any(word in text for text in texts for word in _COMPLETE):
        return
    if any(drawing.picture_share >= PICTURE_PAGE for drawing in drawings):
        return
    cause = "this PDF is an XFA form, whose pages only Adobe Acrobat and Reader draw"
    raise UnsupportedError(file, cause, "open it in Adobe Reader and print it to a new PDF")


def _is_written_in_shapes(drawing: Drawing) -> bool:
    return len(drawing.marks) >= max(_FEWEST_DRAWN, _MOST_DRAWN * len(drawing.glyphs))


def _defect(drawing: Drawing, text: str) -> str:
    """What is wrong with the text layer of a page, or the empty string."""
    if _is_written_in_shapes(drawing):
        return "the characters of this page are drawn as shapes, without a text layer"
    if len(text) < _FEW:
        return "this page is a scanned picture without text" if drawing.picture_share >= PICTURE_PAGE else ""
    if drawing.hidden_share >= HIDDEN:
        return "the text of this page was laid under a scanned picture by a recogniser and cannot be trusted"
    if _RULED * drawing.width * abs(math.tan(math.radians(drawing.lean))) > _RISE:
        return "the lines of this page lean, so that its rows cannot be told apart by its text layer"
    broken = max(drawing.unmapped, sum(map(is_unreadable, text)))
    if broken > _UNREADABLE * len(text):
        return "the text layer of this page is unusable (its characters have no code)"
    return "" if _means_something(text) else "the text layer of this page is unusable (it is no Chinese text)"


def _means_something(text: str) -> bool:
    letters = _NEUTRAL.sub("", text)
    if len(letters) < _JUDGED:
        return True
    han = _HAN.findall(letters)
    if len(han) < _FEWEST_HAN * len(letters):
        return False
    return sum(character in _COMMON for character in han) >= _FEWEST_COMMON * len(han)
