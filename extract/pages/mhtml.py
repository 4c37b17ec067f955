"""A web page saved as one file (MHTML, also under the name .doc) → the HTML inside it."""

from __future__ import annotations

from extract.errors import UnreadableError


def mhtml_to_html(content: bytes, *, file: str) -> bytes:
    """The bytes of the first HTML part, decoded from its transfer encoding.

    Raises: UnreadableError where there is none.
    """
    from email import message_from_bytes

    message = message_from_bytes(content.lstrip())
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return payload
    raise UnreadableError(file, "this web archive holds no HTML page", "save the page again as HTML")
