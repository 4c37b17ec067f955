"""How much there is to draw in a PDF, told before it is drawn: unpacked instructions, forms in forms counted through.

PDFium interprets a page as a whole and cannot be stopped in it; this look at the bytes is what bounds its time.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator

from extract.quick import record

_STREAM = re.compile(rb">>(?:\s|%[^\r\n]{0,80}[\r\n]){0,40}stream[^\r\n]{0,80}(?:\r\n?|\n)")
_OBJECT = re.compile(rb"(\d+)\s+\d+\s+$")
_NUMBERS = 24  # bytes before `obj` in which its number stands
_NO_DRAWING = re.compile(rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType|XML)|/Length1\b|/Type\s*/XRef")
_FONT_MAGIC = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf", b"\x01\x00", b"%!")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_REFERENCE = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")
_CALL = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_CONTENTS = re.compile(rb"/Contents\s+(\d+)\s+\d+\s+R")
_LIST = re.compile(rb"\[\s*((?:\d+\s+\d+\s+R\s*)+)\]")
_LISTED = re.compile(rb"(\d+)\s+\d+\s+obj\s*$")
_TARGET = re.compile(rb"(\d+)\s+\d+\s+R")
_DEFLATE, _CHECK = 8, 31  # of the first two bytes of what is deflated
_MOST_PACKED = 4  # filters over one another; producers use one or two
_HEADER = 20_000  # bytes before a stream in which its dictionary begins
_DEEPEST = 60  # forms in forms; producers nest two or three
_MOST_OBJECTS = 10_000_000  # bytes of packed objects that are looked through
_OPEN = -1  # the length of a form that is being measured
_CALL_COST = 200  # bytes of instructions that take as long as calling a form


@record
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
    roots: list[tuple[int, _Stream]] = []
    drawn: Counter[int] = Counter()
    _count_drawn(content, drawn)
    names: dict[bytes, set[int]] = defaultdict(set)
    for name, number in _REFERENCE.findall(content):
        names[name].add(int(number))
    left = limit
    for number, header, instructions in _streams(content, limit, drawn):
        left -= len(instructions)
        if left < 0:
            return limit + 1
        if b"/ObjStm" in header:
            _count_drawn(instructions, drawn)
            for name, target in _REFERENCE.findall(instructions):
                names[name].add(int(target))
        own = {name: int(target) for name, target in _REFERENCE.findall(header)}
        calls = Counter(_CALL.findall(instructions))
        if calls.keys() - own.keys():
            own |= _names_apart(content, own)
        stream = _Stream(len(instructions), calls, own)
        if _FORM.search(header):
            forms[number] = stream
        else:
            roots.append((number, stream))
    lengths: dict[int, int] = {}
    return sum(max(1, drawn[number]) * _length(root, forms, names, lengths, limit=limit) for number, root in roots)


def mentions(content: bytes, name: bytes) -> bool:
    """Whether the name stands in one of the file's objects, packed ones among them."""
    if name in content:
        return True
    packed = _streams(content, _MOST_OBJECTS, Counter()) if b"/ObjStm" in content else iter(())
    return any(name in unpacked for _, header, unpacked in packed if b"/ObjStm" in header)


def _names_apart(content: bytes, names: dict[bytes, int]) -> dict[bytes, int]:
    """The names that a dictionary explains in objects of their own: its resources, and the forms listed in these."""
    found: dict[bytes, int] = {}
    for key in (b"Resources", b"XObject"):
        number = names.get(key, found.get(key))
        body = (
            re.search(rb"(?<!\d)%d\s+0\s+obj(.{0,%d}?)endobj" % (number, _HEADER), content, re.DOTALL)
            if number
            else None
        )
        if body:
            found |= {name: int(target) for name, target in _REFERENCE.findall(body[1])}
    return found


def _count_drawn(content: bytes, drawn: Counter[int]) -> None:
    """Adds how often each stream is part of a page's contents: by itself, in a list, in a list with a number."""
    pages = Counter(int(target) for target in _CONTENTS.findall(content))
    drawn.update(pages)
    for found in _LIST.finditer(content):
        number = _LISTED.search(content[max(0, found.start() - _NUMBERS) : found.start()])
        times = max(1, pages[int(number[1])]) if number else 1
        for target, count in Counter(_TARGET.findall(found[1])).items():
            drawn[int(target)] += times * count


def _streams(content: bytes, limit: int, drawn: Counter[int]) -> Iterator[tuple[int, bytes, bytes]]:
    """(object number, dictionary, unpacked content) of every stream that may hold drawing instructions.

    Those that a page draws do, whatever their dictionary says.
    """
    for match in _STREAM.finditer(content):
        begin = content.rfind(b"obj", max(0, match.start() - _HEADER), match.start())
        numbers = _OBJECT.search(content[max(0, begin - _NUMBERS) : begin]) if begin >= 0 else None
        header = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), content[max(begin, 0) : match.start()])
        packed = content[match.end() : _find_end(content, match.end(), header)]
        number_of = int(numbers[1]) if numbers else 0
        if number_of in drawn or not _is_other(packed, header):
            yield number_of, header, _unpack(packed, header, limit)


def _is_other(packed: bytes, header: bytes) -> bool:
    """Whether the stream is a picture or a font."""
    if not _NO_DRAWING.search(header):
        return False
    return b"/Image" in header or _unpack(packed, header, 8).startswith(_FONT_MAGIC)


def _find_end(content: bytes, start: int, header: bytes) -> int:
    """Where the stream ends: as far as its length says, or at the word that ends it, whichever is farther."""
    end = content.find(b"endstream", start)
    stated = max((int(length) for length in _LENGTH.findall(header)), default=0)
    return max(end if end >= 0 else len(content), min(start + stated, len(content)))


def _unpack(packed: bytes, header: bytes, limit: int) -> bytes:
    """The content, unpacked as often as it can be, cut behind `limit` bytes.

    Whether it is deflated is told by its first bytes: the dictionary may name the filter in another place.
    """
    for _ in range(_MOST_PACKED):
        try:
            if _is_deflated(packed):
                packed = zlib.decompressobj().decompress(packed, limit + 1)
            elif b"/ASCIIHexDecode" in header or b"/AHx" in header:
                digits = re.sub(rb"[^0-9A-Fa-f]", b"", packed.partition(b">")[0])
                packed, header = bytes.fromhex(digits[: len(digits) // 2 * 2].decode()), b""
            elif b"/ASCII85Decode" in header or b"/A85" in header:
                packed, header = base64.a85decode(packed.partition(b"~")[0]), b""
            else:
                return packed
        except (zlib.error, ValueError):
            return b""
    return packed


def _is_deflated(content: bytes) -> bool:
    """Source: RFC 1950, 2.2: the method and the check bits of the first two bytes."""
    return len(content) > 1 and content[0] & 0x0F == _DEFLATE and (content[0] << 8 | content[1]) % _CHECK == 0


def _length(
    stream: _Stream,
    forms: dict[int, _Stream],
    names: dict[bytes, set[int]],
    known: dict[int, int],
    *,
    limit: int,
    depth: int = 0,
) -> int:
    """The stream's own length and that of the forms it calls; `known` holds the lengths of forms already measured.

    A form that surely calls itself has no end: PDFium draws it inside itself as deep as it can count.
    """
    if depth > _DEEPEST:
        return limit + 1
    total = stream.length
    for name, count in stream.calls.items():
        targets = {stream.names[name]} if name in stream.names else names.get(name, set())
        lengths = [0]
        for target in targets & forms.keys():
            if known.get(target) == _OPEN and name in stream.names:
                return limit + 1
            if target not in known:
                known[target] = _OPEN
                known[target] = _length(forms[target], forms, names, known, limit=limit, depth=depth + 1)
            lengths.append(max(0, known[target]) + _CALL_COST)
        total = min(total + count * max(lengths), limit + 1)
    return total
