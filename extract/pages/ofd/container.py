"""The parts of an OFD file: members of its ZIP, parsed as XML without entities, within limits of size.

Source: GB/T 33190-2016, 7 (file structure).
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from extract.errors import UnreadableError, UnsupportedError
from extract.pages.kind import common_folder
from extract.settings import Settings

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_ENCODING = re.compile(rb"""^(<\?xml\b[^>]{0,60}?)\s+encoding=["']([\w-]{1,20})["'][^>]{0,60}>""")
_CHINESE = (b"gb18030", b"gbk", b"gb2312")
_BOMS = (b"\xfe\xff", b"\xff\xfe")
_CHUNK = 1 << 20
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(RuntimeError, NotImplementedError, ValueError, OverflowError),
)  # all that a damaged archive has been seen to raise


class Container:
    """An open OFD file; it counts what has been unpacked."""

    def __init__(self, content: bytes, *, file: str, settings: Settings) -> None:
        self.file, self._most, self._left = file, settings.max_ofd_bytes, settings.max_ofd_bytes
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except _FAULTS as error:
            raise self.damaged("it is no whole ZIP archive") from error
        names = {name.replace("\\", "/").lstrip("/").casefold(): name for name in self._archive.namelist()}
        folder = common_folder(names, "ofd.xml")  # someone packed the folder that it was unpacked into
        self._names = {name.removeprefix(folder): own for name, own in names.items()}

    def damaged(self, what: str) -> UnreadableError:
        """The error for a file that does not hold what it should."""
        return UnreadableError(self.file, f"this OFD file is damaged ({what})", "download or export it again")

    def has(self, path: str) -> bool:
        return path.casefold() in self._names

    def parse(self, path: str) -> Element:
        """The root element of the part at `path`. Raises: UnreadableError, UnsupportedError."""
        from xml.etree.ElementTree import ParseError, fromstring

        content = _to_utf8(self.read(path))
        if any(mark in content.replace(b"\x00", b"") for mark in _DECLARATIONS):
            cause = f"{path} declares a document type or entities, which OFD does not allow"
            raise UnsupportedError(self.file, cause, "export it again with the program that made it")
        try:
            return fromstring(content)
        except (ParseError, ValueError, LookupError) as error:
            raise self.damaged(f"{path} is no valid XML") from error

    def read(self, path: str) -> bytes:
        """The bytes of the part at `path`. Raises: UnreadableError, UnsupportedError."""
        name = self._names.get(path.casefold())
        if name is None:
            raise self.damaged(f"{path} is not in it")
        try:
            if self._archive.getinfo(name).flag_bits & 1:
                remedy = "open it with its password and save a copy without one"
                raise UnsupportedError(self.file, "this OFD file is protected by a password", remedy)
            with self._archive.open(name) as member:
                return b"".join(self._chunks(member))
        except _FAULTS as error:
            raise self.damaged(f"{path} cannot be unpacked") from error

    def read_picture(self, path: str) -> bytes:
        """The bytes of the picture at `path`, which alone may be as large as all XML. Raises: as `read`."""
        left, self._left = self._left, self._most
        try:
            return self.read(path)
        finally:
            self._left = left

    def _chunks(self, member: IO[bytes]) -> Iterator[bytes]:
        while chunk := member.read(_CHUNK):
            self._left -= len(chunk)
            if self._left < 0:
                cause = "it unpacks to more than an OFD report has"
                raise UnsupportedError(
                    self.file, cause, "check that it is the report, or raise max_ofd_bytes in the settings"
                )
            yield chunk


def _to_utf8(content: bytes) -> bytes:
    """The XML in UTF-8 where it states a Chinese encoding, or none that fits it; expat knows only those of Unicode."""
    declared = _ENCODING.match(content)
    stated = declared[2].lower() if declared else b""
    if stated not in _CHINESE and (content.startswith(_BOMS) or _is_utf8(content)):
        return content
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return content
    return _ENCODING.sub(rb"\1?>", text.encode(), count=1)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def locate(location: str, base: str) -> str:
    """The path inside the archive of a location that stands in the part `base`; one from the root begins with /."""
    location = location.strip().replace("\\", "/")
    path = location if location.startswith("/") else posixpath.join(posixpath.dirname(base), location)
    return posixpath.normpath(path).lstrip("/")


def local_name(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def find_all(element: Element, *path: str) -> Iterator[Element]:
    """The elements below `element` along the path of local names."""
    if not path:
        yield element
        return
    for child in element:
        if local_name(child) == path[0]:
            yield from find_all(child, *path[1:])


def find_text(element: Element, *path: str) -> str:
    """The text of the first element along the path, empty where there is none."""
    return next(((found.text or "").strip() for found in find_all(element, *path)), "")
