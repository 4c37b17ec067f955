"""The files that are attached to the documents of an OFD file.

Source: GB/T 33190-2016, 7.5 (document root), 20 (attachments).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from extract.errors import UnreadableError
from extract.pages.ofd.container import Container, find_all, find_text, locate
from extract.pages.ofd.structure import read_roots
from extract.settings import Settings

_MOST = 20  # a cover has one or two


def read_attachments(content: bytes, *, file: str, settings: Settings) -> tuple[tuple[str, bytes], ...]:
    """(name, bytes) of each, in the order of the list of attachments; one that is not there is left out.

    Raises: UnreadableError, UnsupportedError (over the limit on what is unpacked).
    """
    container = Container(content, file=file, settings=settings)
    return tuple(islice(_list_attachments(container), _MOST))


def _list_attachments(container: Container) -> Iterator[tuple[str, bytes]]:
    for root, document in read_roots(container):
        for entry in find_all(document, "Attachments"):
            path = locate(entry.text or "", root)
            if container.has(path):
                yield from _read_list(container, path)


def _read_list(container: Container, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in find_all(container.parse(path), "Attachment"):
        place = find_text(entry, "FileLoc")
        try:
            content = container.read(locate(place, path))
        except UnreadableError:
            continue
        yield f"{entry.get('Name') or place.rpartition('/')[2]}", content
