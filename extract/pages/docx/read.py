"""Bytes of a Word file → lines and rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from extract.errors import SourceError, UnsupportedError
from extract.pages.docx.body import note_elements, read_blocks
from extract.pages.docx.ink import style_inks
from extract.pages.docx.names import find
from extract.pages.docx.numbering import load_numbering
from extract.pages.docx.package import Package, main_part, open_package, read_bytes, read_part, related_by_id
from extract.pages.docx.styles import raised_styles, unprinted_styles
from extract.pages.docx.walk import Walk
from extract.pages.flow import Block, flatten_blocks, pieces_to_items
from extract.pages.pictured import read_pictured
from extract.pages.presence import FEWEST_HEADINGS, count_headings, has_tables
from extract.records import Page
from extract.settings import Settings

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SAVE_AS = "open it in Word, WPS or LibreOffice and save it as DOCX or PDF"


def docx_to_pages(content: bytes, *, file: str, settings: Settings) -> tuple[Page, ...]:
    """One page with the document's lines and rows; heads and feet of pages, comments and deleted text are left out.

    Raises: UnreadableError (damaged), UnsupportedError (locked, no text document, tables that are pictures, beyond a
    limit of the settings).
    """
    package = open_package(content, file=file, bytes_most=settings.max_docx_bytes)
    name = main_part(package)
    root = read_part(package, name)
    body = find(root, "body")
    if root is None or body is None or root.tag != "document":
        raise UnsupportedError(file, "this Office file holds no text document", _SAVE_AS)
    walk = _begin_walk(package, name, settings)
    pieces = flatten_blocks(read_blocks(walk, body)).pieces
    if walk.pictures and (pages := read_pictured(pieces, _picture_reader(package, name, settings))):
        return pages
    if walk.pictures and not has_tables(pieces) and count_headings(pieces) < FEWEST_HEADINGS:
        cause = f"it prints no report as text, and has {len(walk.pictures)} pictures: its pages are pictures"
        raise UnsupportedError(file, cause, _as_text())
    return (Page(1, pieces_to_items(pieces), len(walk.pictures)),)


def _as_text() -> str:
    """What to do about a report in pictures."""
    from extract.pages.image import can_read

    if can_read():
        return "no table could be read in them; give a file that has the report as text"
    return "install what reads them: pip install 'gouji[scan]' ('.[scan]' in its folder); or give the report as text"


def _picture_reader(package: Package, name: str, settings: Settings) -> Callable[[str], tuple[Page, ...]]:
    """A function from a picture's relation id to its pages; none where it is not in the file or cannot be read."""
    parts = related_by_id(package, name).get("image", {})

    def read(source: str) -> tuple[Page, ...]:
        from extract.pages.image import can_read, image_to_pages

        content = read_bytes(package, parts.get(source, ""), is_text=False) if can_read() else None
        try:
            return image_to_pages(content, file=package.file, settings=settings) if content else ()
        except SourceError:
            return ()

    return read


def _begin_walk(package: Package, name: str, settings: Settings) -> Walk:
    related = related_by_id(package, name)

    def part(kind: str) -> Element | None:
        names = list(related.get(kind, {}).values())
        return read_part(package, names[0]) if names else None

    notes = note_elements(part("footnotes"), "footnote") | note_elements(part("endnotes"), "endnote")
    styles = part("styles")
    return Walk(
        package.file,
        load_numbering(part("numbering"), styles),
        notes,
        _read_chunks(package, related.get("aFChunk", {}), settings),
        settings.max_nesting,
        settings.max_table_cells,
        unprinted_styles(styles),
        raised_styles(styles),
        style_inks(styles),
    )


def _read_chunks(package: Package, chunks: dict[str, str], settings: Settings) -> dict[str, tuple[Block, ...]]:
    """Relation id → blocks of a web page that was put into the file whole; one that can't be read has none."""
    from extract.pages.html.read import html_to_blocks
    from extract.pages.mhtml import mhtml_to_html

    found: dict[str, tuple[Block, ...]] = {}
    for key, name in chunks.items():
        content = read_bytes(package, name) or b""
        try:
            if b"MIME-Version" in content[:4096]:
                content = mhtml_to_html(content, file=package.file)
            found[key] = html_to_blocks(content, file=package.file, settings=settings)
        except SourceError:
            found[key] = ()
    return found
