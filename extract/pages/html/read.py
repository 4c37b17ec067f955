"""Bytes of a web page, or the markup of a table inside a text → lines and rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from extract.errors import UnsupportedError
from extract.pages.attached import TABLE_WORDS
from extract.pages.decode import decode_text
from extract.pages.flow import Block, Flow, Paragraph, Piece, flatten_blocks, pieces_to_items
from extract.pages.html.added import find_added
from extract.pages.html.bounds import refuse_endless
from extract.pages.html.ink import may_be_unseen
from extract.pages.html.lines import CellLines, cell_lines
from extract.pages.html.missing import explain_missing, refuse_tables_of_scripts
from extract.pages.html.parts import find_parts
from extract.pages.html.region import page_title, report_pieces
from extract.pages.html.styles import read_styles
from extract.pages.html.tree import Looks, Tree, read_tree
from extract.pages.presence import (
    FEWEST_HEADINGS,
    count_headings,
    count_named_tables,
    count_pictures,
    has_tables,
)
from extract.quick import record, replace
from extract.records import Item, Page, Row
from extract.settings import Settings, load_settings

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_TITLE_NAMES = ("ArticleTitle", "title", "og:title")


@record
class _Parsed:
    """A page as parsed, as a tree of blocks, and with its layout opened."""

    tree: Tree
    flow: Flow
    parser: LexborHTMLParser


def html_to_pages(content: bytes, *, file: str, settings: Settings) -> tuple[Page, ...]:
    """One page with the report's lines and rows; what the site has around it is left out.

    Raises: NotAReportError where the page only leads to the report, with the link; UnsupportedError where the report
    is pictures, or where the content is no text.
    """
    parsed = _parse(decode_text(content, file=file), file, settings)
    pieces = report_pieces(parsed.flow)
    if not has_tables(pieces) and count_headings(pieces) < FEWEST_HEADINGS:
        length = sum(len(piece.block.text) for piece in parsed.flow.pieces if isinstance(piece.block, Paragraph))
        explain_missing(parsed.tree.links, parsed.parser, pieces, length=length, file=file)
        if parsed.tree.cut:
            cause = (
                f"the page has elements more than {settings.max_nesting} deep inside one another, which no report has"
            )
            raise UnsupportedError(file, cause, "check that it is the report, or raise max_nesting in the settings")
    elif not has_tables(pieces):
        refuse_tables_of_scripts(parsed.parser, pieces, file=file)
    title = page_title(pieces, _names(parsed.parser))
    if title:
        pieces = (Piece(Paragraph(title), 0), *pieces)
    return (Page(1, pieces_to_items(pieces), count_pictures(pieces)),)


def html_to_blocks(content: bytes, *, file: str, settings: Settings) -> tuple[Block, ...]:
    """All blocks of a page that has no site around it: one that stands inside another file."""
    return _parse(decode_text(content, file=file), file, settings).tree.blocks


def table_html_to_rows(
    markup: str, *, page: int, number: int, table: int, settings: Settings | None = None
) -> tuple[Item, ...]:
    """The rows of `<table>…</table>` markup inside a text, and a line for each caption.

    The markup begins on line `number`, where all stands that has no line of its own in it; raw tables are numbered from
    `table`.
    """
    parsed = _parse(markup, "table", settings or load_settings())
    lines = cell_lines(markup)
    items = pieces_to_items(parsed.flow.pieces, page=page, table=table)
    return tuple(_on_lines(item, number, lines) for item in items)


def _on_lines(item: Item, number: int, lines: CellLines) -> Item:
    """The row on the line of its first cell, the others on theirs; no cell of a text has a place in a table."""
    if not isinstance(item, Row):
        return replace(item, number=number)
    stated = [cell.place for cell in item.cells if cell.place]
    row = lines[stated[0].row - 1] if stated and stated[0].row <= len(lines) else ()
    known = iter(row if len(row) == len(stated) else ())
    own = [next(known, 0) if cell.place else 0 for cell in item.cells]
    first = row[0] if row else 0
    cells = tuple(
        replace(cell, place=None, page=item.page, line=number + line) if line > first else replace(cell, place=None)
        for cell, line in zip(item.cells, own, strict=True)
    )
    return replace(item, cells=cells, number=number + first)


def _parse(text: str, file: str, settings: Settings) -> _Parsed:
    """What the page shows; where that lacks a table that it hides, what it hides, too."""
    from selectolax.lexbor import LexborHTMLParser

    refuse_endless(text, file=file, settings=settings)
    parser = LexborHTMLParser(text)
    if parser.body is None:
        return _Parsed(Tree((), ()), flatten_blocks(()), parser)
    inked = may_be_unseen(text)
    styles = read_styles(parser, text, inked=inked)
    turned = "override" in text or parser.css_first("bdo") is not None
    looks = Looks(styles, find_parts(parser, text, styles), find_added(parser, text), inked, turned)
    read = partial(read_tree, parser.body, looks, file=file, settings=settings)
    tree = read()
    flow = flatten_blocks(tree.blocks)
    named = count_named_tables(flow.pieces)
    if named < len(TABLE_WORDS):
        shown = read(keep_hidden=True)
        whole = flatten_blocks(shown.blocks)
        more = count_named_tables(whole.pieces) > named or (has_tables(whole.pieces) and not has_tables(flow.pieces))
        tree, flow = (shown, whole) if more else (tree, flow)
    return _Parsed(tree, flow, parser)


def _names(parser: LexborHTMLParser) -> list[str]:
    """What the page calls itself, best first."""
    names: list[str] = []
    for name in _TITLE_NAMES:
        for node in parser.css("meta"):
            stated = node.attributes.get("name") or node.attributes.get("property") or ""
            if stated.lower() == name.lower():
                names.append(node.attributes.get("content") or "")
    return [*names, *(node.text() for node in parser.css("title"))]
