"""Text without what converters and recognisers leave in it of markup; as many lines as before.

Recognisers of pages write markdown with pieces of HTML and of LaTeX in it: tables as elements, centred titles,
pictures, comments at page ends, numbers as formulas ($9 5 . 5 \\%$). Tables are lifted out before (`text.py`).
"""

from __future__ import annotations

import html
import re

_SIGNS = ("<", "&", "```", "](", "}--")  # without one of these a text has no markup; each is looked for quickly
_COMMENT = re.compile(r"<!--(?:(?!-->)[^\n])*-->")
_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\((?:https?:|mailto:|javascript:|[./#])[^()\s]*\)")
_NOTE = re.compile(r"<sup\b[^<>\n]*>[^<>\n]{1,6}</sup>", re.IGNORECASE)  # the mark of a footnote is none of the number
_TAG = re.compile(  # <br> parts lines in a cell and <s>, <del> strike out: these say something
    r"</?(?:div|p|span|center|font|img|b|strong|i|em|u|ins|a|sup|sub|section|article|header|footer|h[1-6]|ul|ol|li|hr"
    r"|figure|figcaption|mark|small|big)\b[^<>\n]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[\da-fA-F]{2,4});")
_FENCE = re.compile(r"^[ \t]*```\w*[ \t]*$|^\{\d+\}-{10,}[ \t]*$", re.MULTILINE)  # around a page, between pages
_FORMULA = re.compile(r"\$([^$\n]{1,60})\$|\\\(([^\n]{1,60}?)\\\)")
_IN_FORMULA = (
    (re.compile(r"\\(?:mathrm|text|mathbf|mathsf|textbf)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\{\s*([,.%])\s*\}"), r"\1"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\\geq?(?:slant)?\b"), "≥"),
    (re.compile(r"\\leq?(?:slant)?\b"), "≤"),
    (re.compile(r"\\sim\b"), "～"),
    (re.compile(r"\\times\b"), "×"),
    (re.compile(r"\\[ ,;:!]|~"), ""),
)
_IS_COUNT = re.compile(r"[≥≤～×+\-]?\d[\d.,]*(?:[～×+\-=]\d[\d.,]*)*%?[\u4e00-\u9fff]{0,2}")


def read_formulas(text: str) -> str:
    """The text with numbers that are written as formulas as numbers; other formulas stay."""
    return _FORMULA.sub(_read_formula, text) if "$" in text or "\\(" in text else text


def _read_formula(found: re.Match[str]) -> str:
    inner = found[1] or found[2]
    for pattern, plain in _IN_FORMULA:
        inner = pattern.sub(plain, inner)
    inner = "".join(inner.split())  # blanks mean nothing in a formula
    return inner if _IS_COUNT.fullmatch(inner) else found[0]


def strip_markup(text: str) -> str:
    """The text without tags, comments, pictures, addresses of links and fences; characters for their entities."""
    if not any(sign in text for sign in _SIGNS):
        return text
    for pattern, kept in ((_COMMENT, ""), (_PICTURE, ""), (_LINK, r"\1"), (_FENCE, ""), (_NOTE, ""), (_TAG, "")):
        text = pattern.sub(kept, text)
    return _ENTITY.sub(_read_entity, text)


def _read_entity(found: re.Match[str]) -> str:
    character = html.unescape(found[0])
    return found[0] if character == "|" or len(f".{character}.".splitlines()) > 1 else character
