"""A page without the report → an error that says where the report is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from extract.errors import NotAReportError, UnsupportedError
from extract.pages.flow import Paragraph, Piece
from extract.pages.html.tree import Link
from extract.pages.marks import is_heading
from extract.pages.presence import count_pictures

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_ATTACHMENT = re.compile(r"\.(pdf|docx?|wps|ofd|xlsx?|zip|rar|7z|jpe?g|png|tiff?)(?:[?#&]|$)", re.IGNORECASE)
_EMBEDDED = re.compile(r"\.(pdf|ofd|docx?)(?:[?#&]|$)", re.IGNORECASE)
_IN_SCRIPT = re.compile(
    r"""["'(]([^"'()<>\s]{1,300}\.(?:pdf|docx?|wps|ofd)(?:\?[^"'()<>\s]{0,200})?)["')]""", re.IGNORECASE
)
_LEADS = re.compile(r"附件|下载")
_REPORT_WORD = re.compile(r"年度报告|年报|信息公开")
_REPORT_OF_YEAR = re.compile(r"\d{4}\s*年.{0,40}(?:年度报告|年报)")
_REPORT_NAME = re.compile(rf"(?:信息公开|政务公开).*(?:年度报告|年报)|{_REPORT_OF_YEAR.pattern}")
_VIEWED = re.compile(r"[?&#](?:file|url|src|pdf|path)=([^&#]+)", re.IGNORECASE)
_BARE_HEADINGS = 3  # headings right below one another where tables should stand
_SAVE_LATER = "open it in a browser and save it when the report is there"
_BESIDE = re.compile(r"(?:\./)?[^/:?#]+\.\w+$")  # a file by its name alone, as one that was saved in the same folder
_SAVED = re.compile(r"(?:file:|(?:\./)?[^/:]*(?:_files|\.files|_file)/).*[^/]$", re.IGNORECASE)
_NO_PAGE = ("#", "javascript:", "mailto:")  # targets that lead to no other page
_MOST_LISTED = 3  # links to reports that a message names
_FRAMES = "iframe, frame, embed, object"
_MOST_SHOWN = 200  # characters of a link in a message
_LITTLE_TEXT = 200  # characters; a page that a script fills has a name and a menu at most


def explain_missing(
    links: Sequence[Link], parser: LexborHTMLParser, pieces: Sequence[Piece], *, length: int, file: str
) -> None:
    """Raises where it can be told why the page holds no report: NotAReportError, UnsupportedError.

    `pieces` are those of the report, or what looked most like one; `length` counts the characters of the whole page.
    """
    link, listed = _find_attachment(links, parser), _find_reports(links)
    if link and link.target in _frame_targets(parser):
        _refuse_saved([link.target], file)
    is_file = link is not None and (_ATTACHMENT.search(link.target) or _ATTACHMENT.search(link.text))
    if link and (is_file or not listed):
        cause = f"the page only leads to the report as an attachment: {_viewed(_shown(link))}"
        raise NotAReportError(file, cause, "download that file and give it to gouji")
    own = any(_is_title(piece) for piece in pieces)
    if own:
        _refuse_shown(parser, pieces, file=file)
    if listed and not own and _is_list(pieces):
        names = ", ".join(map(_shown, listed[:_MOST_LISTED]))
        cause = f"the page prints no report and only has links to reports ({len(listed)}): {names}"
        raise NotAReportError(file, cause, "open the report that is meant, save its page and give that to gouji")
    _refuse_shown(parser, pieces, file=file)
    if parser.css_first("script") is not None and (own or length < _LITTLE_TEXT):
        cause = "the page holds next to no text: a script would load it, and scripts are never run"
        raise NotAReportError(file, cause, _SAVE_LATER)


def refuse_tables_of_scripts(parser: LexborHTMLParser, pieces: Sequence[Piece], *, file: str) -> None:
    """Raises: NotAReportError where table sections hold nothing but their headings, on a page with scripts.

    Pictures in their place are told elsewhere.
    """
    lines = [line for piece in pieces if isinstance(piece.block, Paragraph) for line in _lines(piece.block)]
    bare = sum(is_heading(line) and is_heading(below) for line, below in pairwise(lines))
    if bare >= _BARE_HEADINGS and not count_pictures(pieces) and parser.css_first("script") is not None:
        cause = "the page prints the report without its tables: a script would load them, and scripts are never run"
        raise NotAReportError(file, cause, _SAVE_LATER)


def _lines(paragraph: Paragraph) -> list[str]:
    return [paragraph.text] if paragraph.picture else paragraph.text.split("\n")


def _refuse_shown(parser: LexborHTMLParser, pieces: Sequence[Piece], *, file: str) -> None:
    """Raises where the page shows the report as pictures, or in a frame: UnsupportedError, NotAReportError."""
    pictures = count_pictures(pieces)
    if pictures and (pictures == len(pieces) or any(_names_report(piece) for piece in pieces)):
        found = (piece.block.source for piece in pieces if isinstance(piece.block, Paragraph) and piece.block.picture)
        first = next(filter(None, found), "")
        cause = f"the page prints no report as text, and has {pictures} pictures: the report is pictures"
        cause += f" ({first[:_MOST_SHOWN]})" if first else ""
        raise UnsupportedError(file, cause, "save the pictures, put them into one PDF in their order, and give that")
    frames = [target for target in _frame_targets(parser) if not target.startswith(("about:", "javascript:"))]
    if frames:
        _refuse_saved(frames, file)
        frame = _viewed(frames[0])[:_MOST_SHOWN]
        cause = f"the page only frames another page or file: {frame}"
        raise NotAReportError(file, cause, "open that address, save the page or the PDF that it shows, and give that")


def _refuse_saved(targets: Sequence[str], file: str) -> None:
    """Raises: NotAReportError where some of them are files that lie, or may lie, beside the page."""
    paths = [unquote(re.split("[?#]", target)[0])[:_MOST_SHOWN] for target in targets]
    saved = list(dict.fromkeys(filter(_SAVED.match, paths)))
    if len(saved) > 1:
        names = ", ".join(saved[:_MOST_LISTED])
        cause = f"the page only frames files that were saved with it ({len(saved)}): {names}"
        raise NotAReportError(file, cause, "open them in a browser, and give the one that holds the report")
    if saved:
        cause = f"the page only frames a file that was saved with it: {saved[0]}"
        raise NotAReportError(file, cause, f"give that file itself: {saved[0]}")
    if beside := next((path for path, target in zip(paths, targets, strict=True) if _BESIDE.match(target)), ""):
        cause = f"the page only frames another page or file: {beside}"
        remedy = (
            f"give {beside} itself if it was saved beside this page, or open it in a browser and save it from there"
        )
        raise NotAReportError(file, cause, remedy)


def _viewed(target: str) -> str:
    """What a viewer is told to show, where its address says so: viewer.html?file=%2Fa.pdf."""
    shown = _VIEWED.search(target)
    return unquote(shown[1]) if shown else target


def _find_attachment(links: Sequence[Link], parser: LexborHTMLParser) -> Link | None:
    """The link that most likely is the report: an embedded document, then one that says so, then the first."""
    for target in _frame_targets(parser):
        if _EMBEDDED.search(target):
            return Link("", target)
    named = [link for link in links if _ATTACHMENT.search(link.target) or _ATTACHMENT.search(link.text)]
    led = [link for link in links if _LEADS.search(link.lead) or _LEADS.search(link.text)]
    found = next((link for link in named if _REPORT_WORD.search(link.text)), next(iter((*named, *led)), None))
    if found:
        return found
    for node in parser.css("script, [onclick]"):
        stated = _IN_SCRIPT.search(node.text() if node.tag == "script" else node.attributes.get("onclick") or "")
        if stated:
            return Link("", stated[1])
    return None


def _find_reports(links: Sequence[Link]) -> list[Link]:
    """The links whose text is the name of a report, each target once."""
    named = {
        link.target: link
        for link in links
        if _REPORT_NAME.search(link.text) and not link.target.lower().startswith(_NO_PAGE)
    }
    return list(named.values())


def _is_list(pieces: Sequence[Piece]) -> bool:
    """Whether there is little text beside the links, less than theirs."""
    paragraphs = [piece.block for piece in pieces if isinstance(piece.block, Paragraph)]
    linked = sum(own.linked for own in paragraphs)
    return sum(len(own.text) for own in paragraphs) - linked < max(linked, _LITTLE_TEXT)


def _frame_targets(parser: LexborHTMLParser) -> list[str]:
    return [
        target
        for node in parser.css(_FRAMES)
        if (target := node.attributes.get("src") or node.attributes.get("data") or "")
    ]


def _names_report(piece: Piece) -> bool:
    return isinstance(piece.block, Paragraph) and bool(_REPORT_WORD.search(piece.block.text))


def _is_title(piece: Piece) -> bool:
    """Whether it names the report of one year, and is no link to it."""
    block = piece.block
    return isinstance(block, Paragraph) and not block.linked and bool(_REPORT_OF_YEAR.search(block.text))


def _shown(link: Link) -> str:
    return (f"{link.text} ({link.target})" if link.text else link.target)[:_MOST_SHOWN]
