"""Prose and headings → lines: hard wrapping, spaces around numbers, punctuation, marks of markdown."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from training.synthesis.confusion import confuse_prose
from training.synthesis.draft import Draft, Paragraph

_WORD = re.compile(r"[0-9A-Za-z.,%:/_-]+|.", re.DOTALL)
_BROKEN = 0.1  # share of paragraphs with a line broken where none ends, in the noisiest text
_NOT_FIRST = "，。；：！？、）》”’」"


@dataclass(frozen=True, slots=True)
class Style:
    """How one document is set."""

    heading: str  # text before a section heading: "## ", "**", ""
    numbers: str  # 一、 or none, wrong, spaced or dot
    wrap: int  # characters in a line, 0 for none
    indent: str
    airy: bool  # blank lines between paragraphs
    spaced_numbers: bool
    half_width: bool
    page_lines: int  # lines of a page, 0 for no pages
    mark: str
    runner: str
    form_feed: str
    repeat_heads: bool
    encoding: str
    newline: str


def sample_style(draft: Draft, around: dict[str, list[str]]) -> Style:
    """One style."""
    rng = draft.rng
    torn = draft.level == "torn"
    held_out = draft.generator == "holdout"
    numbers = rng.choices(("usual", "spaced", "dot", "none", "wrong"), weights=(75, 8, 7, 5, 5))[0]
    if numbers in ("none", "wrong", "dot"):
        draft.allow("S005", about="headings without numbers or misnumbered")
    wrap = rng.randint(28, 46) if torn or rng.random() < 0.35 else 0
    return Style(
        rng.choice(("", "", "", "### ", "#### ") if held_out else ("", "", "## ", "# ", "**", "mixed")),
        numbers,
        wrap,
        rng.choice(("", "　　", "    ")),
        rng.random() < (0.3 if wrap else 0.75),
        rng.random() < (0.8 if torn else 0.35),
        rng.random() < 0.08,
        rng.choice((0, rng.randint(18, 46))),
        rng.choice(around["marks"]),
        rng.choice(["", "", *around["runners"]]),
        rng.choice(("", "", "\f", "---", "\n")),
        rng.random() < 0.5,
        rng.choices(("utf-8", "utf-8-sig", "gb18030", "utf-16"), weights=(66, 10, 16, 8))[0],
        rng.choice(("\n", "\n", "\n", "\r\n")),
    )


def set_paragraph(draft: Draft, paragraph: Paragraph, style: Style) -> list[str]:
    """The lines of a paragraph, or of a heading inside a section."""
    text = paragraph.heading or "".join(sentence.text for sentence in paragraph.sentences)
    text = confuse_prose(text, draft.level, draft.rng, draft.generator)
    text = set_characters(text, style)
    if paragraph.heading:
        mark = draft.rng.choice(("### ", "## ", "")) if style.heading.startswith("#") else ""
        return [mark + style.indent * (not mark) + text, *[""] * style.airy]
    lines = wrap_text(style.indent + text, style.wrap) if style.wrap else [style.indent + text]
    if draft.level == "text-2" and draft.rng.random() < _BROKEN:
        lines = _break_line(lines, draft.rng)
    return lines + [""] * style.airy


def _break_line(lines: list[str], rng: random.Random) -> list[str]:
    """The first line broken between two characters that are no digits."""
    first, *rest = lines
    cuts = [k for k in range(6, len(first) - 6) if not first[k - 1 : k + 1].isascii() and first[k] not in _NOT_FIRST]
    cut = rng.choice(cuts) if cuts else 0
    return [first[:cut], first[cut:], *rest] if cut else lines


def set_characters(text: str, style: Style) -> str:
    """Spaces around numbers and half-width punctuation, as the style has it."""
    if style.spaced_numbers:
        text = re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)", " ", text)
        text = re.sub(r"(?<=[\d%])(?=[\u4e00-\u9fff])", " ", text)
    if style.half_width:
        text = text.translate(str.maketrans("（），；：", "(),;:"))
    return text


def wrap_text(text: str, width: int) -> list[str]:
    """Lines of about that many full characters; numbers and words are not cut."""
    lines, line, used = [], "", 0.0
    for word in _WORD.findall(text):
        size = sum(0.5 if char.isascii() else 1.0 for char in word)
        if used + size > width and word not in _NOT_FIRST:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
            word = word.lstrip(" ")
        line, used = line + word, used + size
    return [*lines, line] if line else lines


def set_heading(draft: Draft, number: int, place: int, style: Style) -> list[str]:
    """A section heading; `place` counts the headings printed so far, from 1."""
    ordinal = "一二三四五六"[place - 1]
    if style.numbers == "wrong":
        ordinal = "一二三四五六七"[place - 1 + (place > 3)]
    prefix = {"none": "", "spaced": f"{ordinal}、 ", "dot": f"{place}. "}.get(style.numbers, f"{ordinal}、")
    text = prefix + confuse_prose(draft.headings[number], draft.level, draft.rng, draft.generator)
    mark = draft.rng.choice(("# ", "## ", "### ", "")) if style.heading == "mixed" else style.heading
    line = f"**{text}**" if mark == "**" else mark + text
    return [*[""] * style.airy, line, *[""] * style.airy]
