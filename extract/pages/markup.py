"""Text without what converters and recognisers leave in it of markup; as many lines as before.

Recognisers of pages write markdown with pieces of HTML and of LaTeX in it: tables as elements, centred titles,
pictures, comments at page ends, numbers as formulas ($9 5 . 5 \\%$). Tables are lifted out before (`text.py`).
What goes may never bring two numbers together: such markup stays, and the cell that holds it is a person's.
"""

from __future__ import annotations

import html
import re

_SIGNS = ("<", "&", "```", "](", "}--")  # without one of these a text has no markup; each is looked for quickly
_BLOCK = "div|p|center|section|article|header|footer|h[1-6]|ul|ol|li|hr|figure|figcaption"
_INLINE = "span|font|img|b|strong|i|em|u|ins|a|mark|small|big"
_COMMENT = re.compile(r"<!--(?:(?!-->)[^\n])*-->")
_HIDDEN = re.compile(
    r"<(\w+)\b[^<>\n]*(?:display\s*:\s*none|visibility\s*:\s*hidden)[^<>\n]*>[^<>\n]*</\1>", re.IGNORECASE
)
_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\((?:https?:|mailto:|javascript:|[./#])[^()\s]*\)")
_NOTE = re.compile(r"(?<=[^\s|>])<sup\b[^<>\n]*>(?:\[\d{1,2}\]|［\d{1,2}］|[①-⑳*†‡])</sup>", re.IGNORECASE)
_AROUND = re.compile(  # elements that begin and end with their line; within one they part what stands beside them
    rf"^[ \t]*(?:</?(?:{_BLOCK})\b[^<>\n]*>[ \t]*)+|(?:[ \t]*</?(?:{_BLOCK})\b[^<>\n]*>)+[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_WITHIN = re.compile(rf"(?:</?(?:{_INLINE})\b[^<>\n]*>)+", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[\da-fA-F]{2,4});")
_FENCE = re.compile(r"^[ \t]*```\w*[ \t]*$|^\{\d+\}-{10,}[ \t]*$", re.MULTILINE)  # around a page, between pages
_LONGEST = 60  # characters of a formula that is a number
_FORMULA = re.compile(rf"(?<![\d$])\$([^$\n]{{1,{_LONGEST}}})\$(?![\d$])|\\\(([^\n]{{1,{_LONGEST}}}?)\\\)")
_IN_FORMULA = (
    (re.compile(r"\\(?:mathrm|text|mathbf|mathsf|textbf)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\{\s*([,.%])\s*\}"), r"\1"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\\geq?(?:slant)?(?![a-zA-Z])"), "≥"),
    (re.compile(r"\\leq?(?:slant)?(?![a-zA-Z])"), "≤"),
    (re.compile(r"\\sim(?![a-zA-Z])"), "～"),
    (re.compile(r"\\times(?![a-zA-Z])"), "×"),
)
_IS_COUNT = re.compile(r"[≥≤～×+\-]?\d[\d.,]*(?:[～×+\-=]\d[\d.,]*)*%?[\u4e00-\u9fff]{0,2}")
_PROSE = re.compile(r"[\u4e00-\u9fff，。、；：（）“”]")


def read_formulas(text: str) -> str:
    """The text with numbers that are written as formulas as numbers; other formulas stay."""
    return _FORMULA.sub(_read_formula, text) if "$" in text or "\\(" in text else text


def _read_formula(found: re.Match[str]) -> str:
    inner = found[1] or found[2]
    for pattern, plain in _IN_FORMULA:
        inner = pattern.sub(plain, inner)
    parts = inner.split()
    one = len(parts) == 1 or sum(part[0].isdigit() for part in parts) == 1  # ≥ 95%
    if not one and not (_is_in_prose(found) and all(len(part) == 1 for part in parts)):
        return found[0]
    number = "".join(parts)
    return number if _IS_COUNT.fullmatch(number) else found[0]


def _is_in_prose(found: re.Match[str]) -> bool:
    """Whether words stand on both sides: in a cell blanks may part several numbers."""
    before, behind = found.string[: found.start()].rstrip(" "), found.string[found.end() :].lstrip(" ")
    return bool(_PROSE.match(before[-1:]) and _PROSE.match(behind[:1]))


def strip_markup(text: str) -> str:
    """The text without tags, comments, pictures, addresses of links and fences; characters for their entities."""
    if not any(sign in text for sign in _SIGNS):
        return text
    for pattern, kept in ((_COMMENT, ""), (_HIDDEN, ""), (_PICTURE, ""), (_LINK, r"\1"), (_FENCE, ""), (_NOTE, "")):
        text = pattern.sub(kept, text)
    text = _WITHIN.sub(_drop_tags, _AROUND.sub("", text))
    return _ENTITY.sub(_read_entity, text)


def _drop_tags(found: re.Match[str]) -> str:
    beside = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return found[0] if all(character.isdigit() for character in beside) else ""


def _read_entity(found: re.Match[str]) -> str:
    character = html.unescape(found[0])
    return found[0] if character == "|" or len(f".{character}.".splitlines()) > 1 else character
