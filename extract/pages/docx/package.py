"""The parts of a Word file: a ZIP of XML files, or one XML file that holds them all (flat OPC)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from extract.errors import UnreadableError, UnsupportedError
from extract.pages.docx.names import attribute, children
from extract.quick import record

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
_SAVE_AGAIN = "open it in Word, WPS or LibreOffice and save it again as DOCX"
_MAIN = "word/document.xml"
_STYLE_BEGINS, _STYLE_ENDS, _TABLE_STYLE = b"<w:style ", b"</w:style>", b'w:type="table"'
_SHADE = re.compile(rb"<w:shd\s[^<>]*w:fill=.(?!auto)")
_SHADED = b'<w:tblPr><w:shd w:val="pct10"/></w:tblPr>'

_LOOKS = re.compile(
    rb"<w:(?:(?:adjustRightInd|autoSpaceDE|autoSpaceDN|b|bCs|bookmarkEnd|bookmarkStart|bottom|hideMark|i|iCs|ind|jc|kern"
    rb"|lang|left|noWrap|proofErr|rFonts|right|snapToGrid|spacing|szCs|tcW|textAlignment|top|u|vAlign|widowControl)"
    rb"(?:\s[^<>]*)?"
    rb"|sz\s+w:val=.\d\d+.\s*"
    rb"|color\s+w:val=.auto.[^<>]*"
    rb"|shd(?=\s[^<>]*w:val=.(?:clear|nil).)(?=[^<>]*w:fill=.auto.)[^<>]*)/>"
)
"""Empty elements that say how text looks: two thirds of what Word writes, and nothing of what is read.

Sizes that nobody can read and colours are kept: they tell whether text is seen.
"""


@record
class Package:
    """`entries` are the files of the ZIP, `elements` the roots that a flat file holds; names without leading slash.

    `bytes_most` holds for all parts of text together; `unpacked` has the bytes of those that were read.
    """

    file: str
    bytes_most: int
    archive: zipfile.ZipFile | None
    entries: Mapping[str, zipfile.ZipInfo]
    elements: Mapping[str, Element]
    unpacked: dict[str, int]


def open_package(content: bytes, *, file: str, bytes_most: int) -> Package:
    """The package in `content`. Raises: UnreadableError where it is damaged, UnsupportedError where it is locked."""
    if not content.startswith(b"PK"):
        return Package(file, bytes_most, None, {}, _flat_parts(content, file, bytes_most), {})
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in archive.infolist()}
    except _DAMAGED as error:
        raise UnreadableError(file, "this Word file is damaged or cut short", _SAVE_AGAIN) from error
    return Package(file, bytes_most, archive, entries, {}, {})


def _flat_parts(content: bytes, file: str, bytes_most: int) -> dict[str, Element]:
    _refuse_large(len(content), bytes_most, file)
    root = parse_xml(content, file=file)
    parts: dict[str, Element] = {}
    for part in children(root, "part"):
        roots = [inner for stored in children(part, "xmlData") for inner in stored]
        if roots:
            parts[(attribute(part, "name") or "").lstrip("/")] = roots[0]
    return parts


def read_bytes(package: Package, name: str, *, is_text: bool = True) -> bytes | None:
    """The content of a part, None where there is none. Raises: UnreadableError, UnsupportedError."""
    entry = package.entries.get(name)
    if entry is None or package.archive is None:
        return None
    if entry.flag_bits & 1:
        raise UnsupportedError(package.file, "this Word file is protected by a password", "take the password off first")
    try:
        with package.archive.open(entry) as stream:
            content = stream.read(package.bytes_most + 1)
    except _DAMAGED as error:
        raise UnreadableError(package.file, f"its part {name} is damaged", _SAVE_AGAIN) from error
    if is_text:
        package.unpacked[name] = len(content)
        _refuse_large(sum(package.unpacked.values()), package.bytes_most, package.file)
    return content


def read_part(package: Package, name: str) -> Element | None:
    """The root element of a part, None where there is none."""
    if name in package.elements:
        return package.elements[name]
    content = read_bytes(package, name)
    if content is None:
        return None
    content = _drop_table_styles(content) if _TABLE_STYLE in content else content
    return parse_xml(content, file=package.file)


def _drop_table_styles(content: bytes) -> bytes:
    """The part without its styles of tables: some files have a hundred, which say nothing of the text.

    Of those that shade their cells, only that is kept.
    """
    *styles, rest = content.split(_STYLE_ENDS)
    kept = []
    for style in styles:
        start = style.rfind(_STYLE_BEGINS)
        is_table = start >= 0 and _TABLE_STYLE in style[start : style.find(b">", start)]
        if is_table:
            head = style[start : style.find(b">", start) + 1]
            style = style[:start] + (head + _SHADED if _SHADE.search(style, start) else head)
        kept.append(style + _STYLE_ENDS)
    return b"".join(kept) + rest


def _refuse_large(length: int, bytes_most: int, file: str) -> None:
    if length > bytes_most:
        cause = f"it unpacks to more than {bytes_most // 10**6} MB of XML, which no report does"
        raise UnsupportedError(file, cause, "check that it is the report, or raise max_docx_bytes in the settings")


def parse_xml(content: bytes, *, file: str) -> Element:
    """The root element, all elements under their local names.

    Document types, and with them all entities, are refused; nothing outside is ever read.
    """
    from xml.etree.ElementTree import ParseError, fromstring

    if b"<!DOCTYPE" in content.replace(b"\x00", b""):
        raise UnsupportedError(file, "its XML declares a document type, which Word never writes", _SAVE_AGAIN)
    try:
        return _drop_namespaces(fromstring(_LOOKS.sub(b"", content)))
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableError(file, f"its XML is damaged ({error})", _SAVE_AGAIN) from error


def _drop_namespaces(root: Element) -> Element:
    """Transitional and strict files differ only in their namespaces; without them the tree is also faster to search."""
    local: dict[str, str] = {}
    for element in root.iter():
        tag = element.tag
        if tag not in local:
            local[tag] = tag.rpartition("}")[2]
        element.tag = local[tag]
    return root


def main_part(package: Package) -> str:
    """The name of the document's own part."""
    related = related_parts(package, "")
    return related.get("officeDocument", [_MAIN])[0]


def related_parts(package: Package, name: str) -> dict[str, list[str]]:
    """Kind of relation (styles, numbering, footnotes, …) → part names; `name` is empty for the package itself."""
    return {kind: list(parts.values()) for kind, parts in related_by_id(package, name).items()}


def related_by_id(package: Package, name: str) -> dict[str, dict[str, str]]:
    """Kind of relation → relation id → part name."""
    folder, base = posixpath.split(name)
    root = read_part(package, posixpath.join(folder, "_rels", f"{base}.rels"))
    found: dict[str, dict[str, str]] = {}
    for relation in root if root is not None else ():
        if relation.tag != "Relationship" or attribute(relation, "TargetMode") == "External":
            continue
        kind = (attribute(relation, "Type") or "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, attribute(relation, "Target") or ""))
        found.setdefault(kind, {})[attribute(relation, "Id") or ""] = target.lstrip("/")
    return found
