"""A web page saved as one file (MHTML, also under the name .doc) → the HTML inside it."""

from __future__ import annotations

from extract.errors import UnreadableError

_PAGES = ("text/html", "application/xhtml+xml")


def mhtml_to_html(content: bytes, *, file: str) -> bytes:
    """The bytes of the HTML part with the most table cells, the first where they are alike, decoded for transfer.

    A frame that the page shows is a part of its own.

    Raises: UnreadableError where there is none.
    """
    from email import message_from_bytes

    pages = []
    for part in message_from_bytes(content.lstrip()).walk():
        payload = part.get_payload(decode=True) if part.get_content_type() in _PAGES else None
        if isinstance(payload, bytes) and payload.strip():
            pages.append(payload)
    if not pages:
        raise UnreadableError(file, "this web archive holds no HTML page", "save the page again as HTML")
    return max(pages, key=lambda page: page.lower().count(b"<td"))
