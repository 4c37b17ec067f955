"""The style sheets inside a page → their rules for a screen, each with the elements that its selectors match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.quick import record

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NOISE = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
_BRACE = re.compile(r"([{}])")
_COMMA = re.compile(r",(?![^()\[\]]*[)\]])")
_NAME = re.compile(r"[.#]([\w\-]+)")
_OWN_NAMES = re.compile(r"""\s(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|\[[^\]]*\]|\([^()]*\)")
_GLUE = re.compile(r"\s*[>+]\s*")
_MANY_STEPS = 3  # "inside" and "after" in one selector; the parser's matcher tries every way to take them
_DEEP = "*>" * 60 + "*"  # in a page that is nested so deep only one such step is tried
_NEVER = re.compile(r":has\(|::|:(?:before|after|hover|focus|active|target)\b", re.IGNORECASE)
_BESIDE = re.compile(r"(.*?)::?(?:before|after)", re.IGNORECASE | re.DOTALL)
_SPECIFIC = (
    re.compile(r"#[\w\-]+"),
    re.compile(r"\.[\w\-]+|\[[^\]]*\]|:(?!not\(|is\(|where\()[\w\-]+"),
    re.compile(r"(?:^|[\s>+~(,])[a-z][\w\-]*", re.IGNORECASE),
)
_LONGEST = 1_000_000  # characters of a style sheet that are looked at; those of a whole site have a tenth
_MOST_SELECTORS = 3_000  # that are matched; a whole site has a tenth
_WIDTH = 1280  # pixels of the screen that the page is read on, as on a desk
_FEATURE = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_EM = 16  # pixels


@record
class Rule:
    """A style rule: those of its selectors that some element may match. `place` counts the rules of the page."""

    selectors: tuple[str, ...]
    properties: str
    place: int


def read_rules(parser: LexborHTMLParser, markup: str, *, added: bool = False) -> tuple[Rule, ...]:
    """The rules of the page's own style sheets that hold on a screen, without those for names that no element has.

    With `added` those for what they put before and behind elements, by the selectors of these elements.
    """
    sheets = [node for node in parser.css("style") if _is_for_screens(node.attributes.get("media") or "all")]
    if not sheets:
        return ()
    names = {name for groups in _OWN_NAMES.findall(markup) for text in groups for name in text.split()}
    rules = (rule for node in sheets for rule in _split(node.text()[:_LONGEST]))
    if added:
        rules = ((_added(selectors), properties) for selectors, properties in rules)
    found = ((_possible(selectors, names), properties) for selectors, properties in rules)
    return tuple(Rule(selectors, properties, place) for place, (selectors, properties) in enumerate(found) if selectors)


def _added(selectors: str) -> str:
    parts = (_BESIDE.fullmatch(part.strip()) for part in _COMMA.split(selectors))
    return ",".join(part[1] or "*" for part in parts if part)


def _possible(selectors: str, names: set[str]) -> tuple[str, ...]:
    parts = _COMMA.split(selectors) if "," in selectors else [selectors] if selectors else []
    return tuple(
        one for one in parts if names.issuperset(_NAME.findall(_QUOTED.sub("", one))) and not _NEVER.search(one)
    )


def _split(sheet: str) -> Iterator[tuple[str, str]]:
    """(selectors, properties), also of what stands in `@media` for screens; not what stands in any other block."""
    opened: list[str] = []
    parts = _BRACE.split(_NOISE.sub(_keep_quoted, sheet))
    for text, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            opened.append(text.rpartition(";")[2].strip())
            continue
        name = opened.pop() if opened else ""
        if name and not name.startswith("@") and all(_holds(outer) for outer in opened):
            yield name, text


def _keep_quoted(noise: re.Match[str]) -> str:
    """A quotation without braces; nothing of any other, and of comments."""
    return noise[0] if noise[0][0] in "\"'" and not _BRACE.search(noise[0]) else ""


def _holds(block: str) -> bool:
    kind, _, query = block.partition(" ") if " " in block else (block[:6], "", block[6:])
    return kind.lower() == "@media" and _is_for_screens(query)


def _is_for_screens(query: str) -> bool:
    """Whether a media query surely holds on a desk's screen."""
    return any(map(_is_for_screen, query.lower().split(",")))


def _is_for_screen(query: str) -> bool:
    for part in query.strip().removeprefix("only ").split(" and "):
        feature = _FEATURE.fullmatch(part.strip())
        if feature is None:
            if part.strip() not in ("all", "screen", "not print"):
                return False
            continue
        pixels = float(feature[2]) * (1 if feature[3] == "px" else _EM)
        if (pixels > _WIDTH) if feature[1] == "min" else (pixels < _WIDTH):
            return False
    return True


def match_rules(
    parser: LexborHTMLParser, rules: tuple[Rule, ...]
) -> Iterator[tuple[Rule, tuple[int, ...], list[LexborNode]]]:
    """Per selector: its rule, how specific it is, the elements that it matches.

    The parser's own matcher is asked, but not for what would take it long.
    """
    steps, asked = 1 if parser.css_first(_DEEP) is not None else _MANY_STEPS, 0
    for rule in rules:
        for selector in rule.selectors:
            inside = _GLUE.sub(">", _QUOTED.sub("", selector).strip()).replace("~", " ").split()
            if len(inside) - 1 <= steps and asked < _MOST_SELECTORS:
                asked += 1
                yield rule, tuple(len(part.findall(selector)) for part in _SPECIFIC), _match(parser, selector)


def _match(parser: LexborHTMLParser, selector: str) -> list[LexborNode]:
    from selectolax.lexbor import SelectolaxError

    try:
        return parser.css(selector)
    except SelectolaxError:  # a browser passes over what it does not know, too
        return []
