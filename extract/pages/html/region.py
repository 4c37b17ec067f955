"""The pieces of a page → those that belong to the report: navigation, sidebars, head and foot of the site are left out.

The report is the innermost element that holds nearly all prose and figures that are no links, and every statutory
table and section heading. Of what stands before it, lines that read as its title or its day of publication are kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.pages.flow import Flow, Paragraph, Piece
from extract.pages.marks import is_figure, is_heading, is_statutory

_MASS_SHARE = 0.9  # the rest is what a site says of itself in whole sentences
_LINKED_SHARE = 0.5  # a paragraph of which more stands in links is a way to other pages
_PROSE = re.compile(r"[。；，]")
_TITLE = re.compile(r"年度报告|年报|工作报告")
_FIRST_TITLE = re.compile(r"(?:年度报告|年报|工作报告)(?:[（(].{0,12}[)）])?\s*$", re.MULTILINE)
_PUBLISHED = re.compile(r"(?:日期|时间)\s*[：:]?\s*(?:19|20)\d\d|^\s*20\d\d年")
_NAME_SEPARATOR = re.compile(r"\s*[-_|–—»>·]+\s*")
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零]")
_NAMELESS = re.compile(
    r"(?:关于)?\s*(?:(?:19|20)\d\d|二[〇○零]|政府信息公开)"
)  # a title that begins so names no agency
_AGENCY = re.compile(r"(?:局|厅|部|委|会|办|府|院|心|处|站|所|队|室|行|署|镇|乡|街道|公司)$")
_LONGEST_TITLE = 200
_TITLE_WITHIN = 12  # pieces; a title that comes later is a link text or a quotation


def report_pieces(flow: Flow) -> tuple[Piece, ...]:
    """The report's pieces in order, with the title lines before it."""
    masses = [_mass(piece) for piece in flow.pieces]
    proofs = [_is_proof(piece) for piece in flow.pieces]
    box = _innermost(flow, masses, proofs)
    first, last = box, _last_inside(flow.parents)[box]
    inside = [k for k, piece in enumerate(flow.pieces) if first <= piece.box <= last]
    if not inside:
        return ()
    before = [piece for k, piece in enumerate(flow.pieces[: inside[0]]) if _belongs_before(flow.pieces, k)]
    kept = [flow.pieces[k] for k in inside if not _is_linked(flow.pieces[k])]
    return (*before, *kept)


def _mass(piece: Piece) -> int:
    """Characters of prose or of a table with figures; links, menus and imprints weigh nothing."""
    if isinstance(piece.block, Paragraph):
        return len(piece.block.text) if _PROSE.search(piece.block.text) and not _is_linked(piece) else 0
    texts = [text for row in piece.block for text in row if text]
    return sum(map(len, texts)) if any(map(is_figure, texts)) else 0


def _is_proof(piece: Piece) -> bool:
    if isinstance(piece.block, Paragraph):
        return not _is_linked(piece) and any(map(is_heading, piece.block.text.split("\n")))
    return is_statutory(piece.block)


def _innermost(flow: Flow, masses: Sequence[int], proofs: Sequence[bool]) -> int:
    """The box furthest in that has nearly all of the mass and all proofs; the whole page where there are none."""
    weights, counts = [0] * len(flow.parents), [0] * len(flow.parents)
    for piece, mass, proof in zip(flow.pieces, masses, proofs, strict=True):
        weights[piece.box] += mass
        counts[piece.box] += proof
    for box in range(len(flow.parents) - 1, 0, -1):
        weights[flow.parents[box]] += weights[box]
        counts[flow.parents[box]] += counts[box]
    enough, all_proofs = weights[0] * _MASS_SHARE, counts[0]
    if not enough and not all_proofs:
        return 0
    return max(box for box in range(len(weights)) if weights[box] >= enough and counts[box] == all_proofs)


def _last_inside(parents: Sequence[int]) -> list[int]:
    """Per box the highest number of a box inside it (or its own)."""
    last = list(range(len(parents)))
    for box in range(len(parents) - 1, 0, -1):
        last[parents[box]] = max(last[parents[box]], last[box])
    return last


def _is_linked(piece: Piece) -> bool:
    if not isinstance(piece.block, Paragraph) or not piece.block.linked:
        return False
    length = sum(1 for character in piece.block.text if not character.isspace())
    return piece.block.linked > length * _LINKED_SHARE


def _belongs_before(pieces: Sequence[Piece], place: int) -> bool:
    """A printed title or day of publication above the report, or the agency's name right above a title without one."""
    piece = pieces[place]
    if not isinstance(piece.block, Paragraph):
        texts = [text for row in piece.block for text in row]
        return any(_PUBLISHED.search(text) for text in texts) and not any(len(text) > _LONGEST_TITLE for text in texts)
    text = piece.block.text
    if _is_linked(piece) or len(text) > _LONGEST_TITLE:
        return False
    if _FIRST_TITLE.search(text) or _PUBLISHED.search(text):
        return True
    below = pieces[place + 1].block if place + 1 < len(pieces) else None
    nameless = isinstance(below, Paragraph) and _NAMELESS.match(below.text) and _FIRST_TITLE.search(below.text)
    return bool(nameless and _AGENCY.search(text))


def page_title(pieces: Sequence[Piece], names: Sequence[str]) -> str:
    """The report's title by the page's own name, empty where the text prints one. `names` come best first."""
    head = pieces[:_TITLE_WITHIN]
    printed = (piece.block.text for piece in head if isinstance(piece.block, Paragraph))
    if any(_FIRST_TITLE.search(text) for text in printed):
        return ""
    parts = [part.strip() for name in names for part in (name, *_NAME_SEPARATOR.split(name)) if _TITLE.search(part)]
    whole = [part for part in parts if _FIRST_TITLE.search(part) and not _NAME_SEPARATOR.search(part)]
    return next((part for part in whole if _YEAR.search(part)), whole[0] if whole else "")
