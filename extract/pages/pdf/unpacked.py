"""How much there is to draw in a PDF, told before it is drawn: unpacked instructions, forms in forms counted through.

PDFium interprets a page as a whole and cannot be stopped in it; this look at the bytes is what bounds its time.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECT = re.compile(rb"(\d+)\s+\d+\s+$")
_NUMBERS = 24  # bytes before `obj` in which its number stands
_NO_DRAWING = re.compile(rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType|XML)|/Length1\b|/Type\s*/XRef")
_FONT_MAGIC = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf", b"\x01\x00", b"%!")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_REFERENCE = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")
_CALL = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_HEADER = 20_000  # bytes before a stream in which its dictionary begins
_DEEPEST = 60  # forms in forms; producers nest two or three
_CALL_COST = 200  # bytes of instructions that take as long as calling a form


@dataclass(frozen=True, slots=True)
class _Stream:
    """Drawing instructions: their length, the forms they call by name, the names that their dictionary explains."""

    length: int
    calls: Counter[bytes]
    names: dict[bytes, int]


def unpacked_length(content: bytes, limit: int) -> int:
    """Bytes of drawing instructions that interpreting the file takes, forms counted as often as they are called.

    Stops at the first value over `limit`. Fonts and pictures are not counted; attachments are.
    """
    forms: dict[int, _Stream] = {}
    roots: list[_Stream] = []
    names: dict[bytes, set[int]] = defaultdict(set)
    for name, number in _REFERENCE.findall(content):
        names[name].add(int(number))
    left = limit
    for number, header, instructions in _streams(content, limit):
        left -= len(instructions)
        if left < 0:
            return limit + 1
        for name, target in _REFERENCE.findall(instructions) if b"/ObjStm" in header else ():
            names[name].add(int(target))
        own = {name: int(target) for name, target in _REFERENCE.findall(header)}
        stream = _Stream(len(instructions), Counter(_CALL.findall(instructions)), own)
        if _FORM.search(header):
            forms[number] = stream
        else:
            roots.append(stream)
    lengths: dict[int, int] = {}
    return sum(_length(root, forms, names, lengths, limit=limit) for root in roots)


def _streams(content: bytes, limit: int) -> Iterator[tuple[int, bytes, bytes]]:
    """(object number, dictionary, unpacked content) of every stream that may hold drawing instructions."""
    for match in _STREAM.finditer(content):
        begin = content.rfind(b"obj", max(0, match.start() - _HEADER), match.start())
        numbers = _OBJECT.search(content[max(0, begin - _NUMBERS) : begin]) if begin >= 0 else None
        header = content[max(begin, 0) : match.start()]
        end = content.find(b"endstream", match.end())
        packed = content[match.end() : end if end >= 0 else len(content)]
        times = header.count(b"/FlateDecode") + header.count(b"/Fl ")
        if _NO_DRAWING.search(header) and (b"/Image" in header or _unpack(packed, times, 8).startswith(_FONT_MAGIC)):
            continue
        yield int(numbers[1]) if numbers else 0, header, _unpack(packed, times, limit)


def _unpack(packed: bytes, times: int, limit: int) -> bytes:
    """The content, unpacked so many times, cut behind `limit` bytes; what cannot be unpacked as far as it goes."""
    for _ in range(min(times, 3)):
        try:
            packed = zlib.decompressobj().decompress(packed, limit + 1)
        except zlib.error:
            return b""
    return packed


def _length(
    stream: _Stream,
    forms: dict[int, _Stream],
    names: dict[bytes, set[int]],
    known: dict[int, int],
    *,
    limit: int,
    depth: int = 0,
) -> int:
    """The stream's own length and that of the forms it calls; `known` holds the lengths of forms already measured."""
    if depth > _DEEPEST:
        return limit + 1
    total = stream.length
    for name, count in stream.calls.items():
        targets = {stream.names[name]} if name in stream.names else names.get(name, set())
        lengths = [0]
        for target in targets & forms.keys():
            if target not in known:
                known[target] = 0  # a form that calls itself is drawn once
                known[target] = _length(forms[target], forms, names, known, limit=limit, depth=depth + 1)
            lengths.append(known[target] + _CALL_COST)
        total = min(total + count * max(lengths), limit + 1)
    return total
