"""ZIP archives of reports: which files are in one, through nested archives, and the bytes of each, within limits."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from extract.errors import SourceError, UnreadableError, UnsupportedError
from extract.quick import record
from extract.settings import Settings

_UTF8_NAME = 0x800  # flag bit of an entry whose name is UTF-8
_ENCRYPTED = 0x1
_SMALL = 1_000_000  # bytes; what unpacks to less is no bomb, however tightly it is packed
_CHUNK = 1 << 20
_UNPRINTABLE = re.compile(r'[\x00-\x1f\x7f:*?"<>|]')
_LITTER = ("__MACOSX",)
_PAGE_FOLDERS = ("_files", ".files", "_文件")  # what browsers call the folder of a saved page
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(RuntimeError, NotImplementedError, ValueError, OverflowError, IndexError),
)  # all that a damaged archive has been seen to raise


@record
class Member:
    """A file in an archive. `places` are its numbers in the archive, in the archive inside that, and so on."""

    archive: Path
    places: tuple[int, ...]
    name: str  # its path inside the archive, names of nested archives among the folders


class _TooMuchError(UnsupportedError):
    """The archive as a whole holds more than it may."""


@dataclass(slots=True)
class _Budget:
    """What may still be found in one archive."""

    files: int
    size: int


@dataclass(slots=True)
class _Noted:
    """Beside the members: nested archives that were not read, and files that are no reports by their kind."""

    errors: list[SourceError]
    other: list[str]


def is_archive(path: Path) -> bool:
    """Whether the file is a ZIP archive of files; False where it cannot be opened, which its reader will say."""
    from extract.pages.kind import is_archive as is_archive_stream

    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return is_archive_stream(stream)
    except OSError:
        return False


def list_members(path: Path, *, settings: Settings) -> tuple[list[Member], list[SourceError], list[str]]:
    """(the files in the archive that may be reports, by suffix or content, in order; one error per nested archive not
    read; the files of other kinds, as messages name them).

    Raises: UnsupportedError (too many files, too large, a bomb), UnreadableError (damaged).
    """
    noted = _Noted([], [])
    budget = _Budget(settings.max_archive_files, settings.max_archive_bytes)
    with path.open("rb") as stream:
        members = list(_walk(stream, Member(path, (), ""), budget, settings, noted))
    return members, noted.errors, noted.other


def read_member(member: Member, *, settings: Settings) -> bytes:
    """The bytes of the file. Raises: UnsupportedError (password, too large, a bomb), UnreadableError (damaged)."""
    content = b""
    with member.archive.open("rb") as stream:
        source: BinaryIO = stream
        for place in member.places:
            content = _unpack(source, place, show(member), settings)
            source = io.BytesIO(content)
    return content


def show(member: Member) -> str:
    """The member as messages name it: archive/folder/file."""
    return f"{member.archive}/{member.name}" if member.name else str(member.archive)


def pages_of(folder: str) -> Iterator[str]:
    """The names of the web pages beside a folder whose pictures and scripts it may hold: 年报.html for 年报_files."""
    for end in _PAGE_FOLDERS:
        if folder.endswith(end):
            yield from (f"{folder.removesuffix(end)}{suffix}" for suffix in (".html", ".htm"))


def _belongs_to_page(parts: tuple[str, ...], names: Set[tuple[str, ...]]) -> bool:
    """Whether a folder that the member stands in belongs to a saved page among `names`, the archive's members."""
    return any((*parts[:k], page) in names for k, folder in enumerate(parts[:-1]) for page in pages_of(folder))


def _walk(stream: BinaryIO, outer: Member, budget: _Budget, settings: Settings, noted: _Noted) -> Iterator[Member]:
    """The members of one archive, those of archives inside it at their place."""
    entries = _entries(stream, show(outer))
    names = set(map(_parts, entries))
    for place, entry in enumerate(entries):
        parts = _parts(entry)
        if entry.is_dir() or not parts or _is_hidden(parts) or _belongs_to_page(parts, names):
            continue
        member = Member(outer.archive, (*outer.places, place), "/".join(filter(None, (outer.name, *parts))))
        known = PurePosixPath(member.name).suffix.casefold() in settings.folder_suffixes
        if not known and not _is_document(stream, place, entry, settings):
            noted.other.append(show(member))
            continue
        _spend(entry, budget, member, settings)
        if PurePosixPath(member.name).suffix.casefold() != ".zip":
            yield member
            continue
        try:
            yield from _open_nested(stream, place, member, budget, settings, noted)
        except _TooMuchError:
            raise
        except SourceError as error:  # damaged, nested too deeply, with a password: the others are read
            noted.errors.append(error)


def _is_document(stream: BinaryIO, place: int, entry: zipfile.ZipInfo, settings: Settings) -> bool:
    """Whether the member is a web page, PDF, DOCX or OFD by its content; not where it cannot be opened."""
    from extract.pages.kind import HEAD, is_document

    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive, archive.open(entry) as packed:
            head = packed.read(HEAD)
        whole = head if not head.startswith(b"PK") else _unpack(stream, place, entry.filename, settings)
        return is_document(io.BytesIO(whole))
    except (*_FAULTS, SourceError):
        return False


def _open_nested(
    stream: BinaryIO, place: int, member: Member, budget: _Budget, settings: Settings, noted: _Noted
) -> Iterator[Member]:
    from extract.pages.kind import is_archive as is_archive_stream

    inner = io.BytesIO(_unpack(stream, place, show(member), settings))
    if not is_archive_stream(inner):
        yield member  # a document under the name of an archive, or a damaged one: its reader will say
        return
    if len(member.places) > settings.max_archive_depth:
        raise UnsupportedError(show(member), "archives are nested too deeply", "unpack the outer ones first")
    yield from _walk(inner, member, budget, settings, noted)


def _entries(stream: BinaryIO, file: str) -> list[zipfile.ZipInfo]:
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            return archive.infolist()
    except _FAULTS as error:
        raise UnreadableError(file, "this archive is damaged or cut short", "download it again") from error


def _unpack(stream: BinaryIO, place: int, file: str, settings: Settings) -> bytes:
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            entry = archive.infolist()[place]
            _refuse_bomb(entry, file, settings)
            if entry.flag_bits & _ENCRYPTED:
                raise UnsupportedError(file, "it is packed with a password", "unpack it with the password first")
            with archive.open(entry) as packed:
                return b"".join(iter(lambda: packed.read(_CHUNK), b""))
    except _FAULTS as error:
        raise UnreadableError(
            file, "it cannot be unpacked (damaged, or packed in a rare way)", "unpack it first"
        ) from error


def _spend(entry: zipfile.ZipInfo, budget: _Budget, member: Member, settings: Settings) -> None:
    """Counts the entry. Raises: UnsupportedError where the archive holds more than it may."""
    budget.files -= 1
    budget.size -= entry.file_size
    if budget.files < 0 or budget.size < 0:
        most = f"{settings.max_archive_files} files or {settings.max_archive_bytes // 2**20} MB"
        remedy = "unpack it, or raise max_archive_files or max_archive_bytes in the settings"
        raise _TooMuchError(str(member.archive), f"the archive holds more than {most}", remedy)


def _refuse_bomb(entry: zipfile.ZipInfo, file: str, settings: Settings) -> None:
    """By the stated size, which is the most that is ever unpacked."""
    tight = entry.file_size > _SMALL and entry.file_size > settings.max_archive_ratio * max(1, entry.compress_size)
    if tight or entry.file_size > settings.max_file_bytes:
        cause = f"it would unpack to {entry.file_size // 2**20} MB"
        raise UnsupportedError(file, cause, "it is no report; leave it out, or unpack it yourself")


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    """Folders and name, fit for a file name; nothing leads out of the archive."""
    path = _decode_name(entry).replace("\\", "/")
    parts = (_UNPRINTABLE.sub("_", part).strip() for part in path.split("/"))
    return tuple(part for part in parts if part.strip("."))


def _decode_name(entry: zipfile.ZipInfo) -> str:
    """The name; without the mark of UTF-8 it is what the system that packed it writes: often GBK."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _is_hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith((".", "~$")) or part in _LITTER for part in parts)
