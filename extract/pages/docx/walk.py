"""What the reader of one Word document knows and remembers, and which elements it goes through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.errors import UnsupportedError
from extract.pages.docx.ink import PAPER, Ink
from extract.pages.docx.names import find, names_of
from extract.pages.docx.numbering import Counters, Numbering
from extract.pages.flow import Block

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


THROUGH = names_of(
    "ins moveTo hyperlink smartTag sdt sdtContent customXml fldSimple dir bdo subDoc rubyBase ruby Choice oMath"
    " oMathPara"
)
"""Elements that say something of what is in them and print nothing themselves."""


@dataclass(slots=True)
class OpenField:
    """A field whose end has not come: what it does, whether its result has begun, whether that prints something."""

    instruction: str = ""
    shows: bool = False
    prints: bool = False


@dataclass(slots=True)
class Walk:
    """`file` and the limits are for errors, all else for reading."""

    file: str
    numbering: Numbering
    notes: Mapping[tuple[str, str], Element]
    chunks: Mapping[str, tuple[Block, ...]]
    nesting_most: int
    cells_most: int
    unprinted: frozenset[str] = frozenset()  # styles of text and paragraphs whose text is hidden or struck out
    raised: frozenset[str] = frozenset()  # character styles whose text is raised
    inks: Mapping[str, Ink] = field(default_factory=dict)  # what styles say of colours
    style: str = ""  # of the paragraph that is being read
    ground: str = PAPER  # the colour behind what is being read
    counters: Counters = field(default_factory=Counters)
    pending: list[str] = field(default_factory=list)  # notes whose marks were read and that are not printed yet
    merged: str = ""  # text of paragraphs whose end was deleted: they go on in the next one
    fields: list[OpenField] = field(default_factory=list)  # the innermost last
    instructions: int = 0  # of these, those that have not come to their results
    within: int = 0  # cells around what is being read
    cells: int = 0
    pictures: list[str] = field(default_factory=list)  # relation ids, empty for one that is not in the file
    depth: int = 0


def enter(walk: Walk) -> None:
    walk.depth += 1
    if walk.depth > walk.nesting_most:
        cause = f"its elements stand more than {walk.nesting_most} deep inside one another"
        raise UnsupportedError(walk.file, cause, "open it in Word and save it again")


def alternative(element: Element) -> Element:
    """The newer wording of something that stands twice in the file; the older one where there is no other."""
    choice = find(element, "Choice")
    fallback = find(element, "Fallback")
    if choice is not None and (len(choice) or fallback is None):
        return choice
    return fallback if fallback is not None else element
