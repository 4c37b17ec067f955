"""A small PDF writer for tests: text, rules, pictures, turned pages, attachments, a form; no font is embedded."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor 7 0 R/DW 1000/W[1 95 500 814 939 500]>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880"
    b"/Descent -120/CapHeight 880/StemV 90>>",
)


def make_pdf(objects: Sequence[bytes]) -> bytes:
    """A file of these objects; the first is the catalogue."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, len(content))
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%b>>stream\n%b\nendstream" % (len(packed), entries, packed)


@dataclass
class Sheet:
    """One page; x runs to the right and y downwards from the top left corner, in points."""

    rotate: int = 0
    instructions: list[bytes] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, *, size: float = 10, mode: int = 0) -> Sheet:
        code = text.encode("utf-16-be").hex().encode()
        self.instructions.append(b"BT /F %g Tf %d Tr %g %g Td <%b> Tj ET" % (size, mode, x, HEIGHT - y, code))
        return self

    def spelled(self, x: float, y: float, text: str) -> Sheet:
        """Text beside which the file states what it means (ActualText)."""
        self.instructions.append(b"/Span <</ActualText <feff%b>>> BDC" % text.encode("utf-16-be").hex().encode())
        self.text(x, y, text)
        self.instructions.append(b"EMC")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        self.instructions.append(b"%g %g m %g %g l S" % (x0, HEIGHT - y0, x1, HEIGHT - y1))
        return self

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        self.instructions.append(b"q %g 0 0 %g %g %g cm /I Do Q" % (x1 - x0, y1 - y0, x0, HEIGHT - y1))
        return self

    def table(
        self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], *, size: float = 9
    ) -> Sheet:
        """A fully ruled table, each text at the left of its cell."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for y, row in zip(ys, rows, strict=False):
            for x, text in zip(xs, row, strict=False):
                for k, part in enumerate(text.split("\n")):
                    self.text(x + 3, y + (k + 1) * 1.2 * size, part, size=size)
        return self

    def turned(self, matrix: str) -> Sheet:
        """The same drawing under a transformation."""
        body = b"q %b cm\n%b\nQ" % (matrix.encode(), b"\n".join(self.instructions))
        return Sheet(self.rotate, [body])


def to_pdf(*sheets: Sheet, size: tuple[float, float] = (WIDTH, HEIGHT)) -> bytes:
    """The file of these pages."""
    first = 9
    kids = b" ".join(b"%d 0 R" % (first + 2 * k) for k in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(sheets)),
        b"<</Font<</F 4 0 R>>/XObject<</I 8 0 R>>>>",
        _FONT[0],
        b"null",
        *_FONT[1:],
        stream(b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"),
    ]
    for k, sheet in enumerate(sheets):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Rotate %d/Resources 3 0 R/Contents %d 0 R>>"
            % (*size, sheet.rotate, first + 2 * k + 1),
            stream(b"\n".join(sheet.instructions)),
        ]
    return make_pdf(objects)


def to_form_pdf(sheet: Sheet, matrix: str) -> bytes:
    """A page that draws the sheet as one form under a transformation."""
    form = stream(b"\n".join(sheet.instructions), b"/Subtype/Form/BBox[0 0 %g %g]/Resources 5 0 R" % (WIDTH, HEIGHT))
    return make_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Contents 4 0 R/Resources<</XObject<</X 8 0 R>>>>>>"
            % (WIDTH, HEIGHT),
            stream(b"q %b cm /X Do Q" % matrix.encode()),
            b"<</Font<</F 9 0 R>>>>",
            *_FONT[1:],
            form,
            _FONT[0],
        ]
    )


def attach(content: bytes, *files: tuple[str, bytes], pinned: bool = False) -> bytes:
    """The PDF of one page with these files attached to it, or pinned to its page."""
    first = content.count(b" obj\n") + 1
    objects, names, pins = b"", b"", b""
    for k, (name, attached) in enumerate(files):
        number = first + 2 * k
        title = b"<feff%b>" % name.encode("utf-16-be").hex().encode()
        objects += b"%d 0 obj\n%b\nendobj\n" % (number, stream(attached, b"/Type/EmbeddedFile"))
        objects += b"%d 0 obj\n<</Type/Filespec/F%b/UF%b/EF<</F %d 0 R>>>>\nendobj\n" % (
            number + 1,
            title,
            title,
            number,
        )
        names += b"%b %d 0 R " % (title, number + 1)
        pins += b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS %d 0 R>>" % (number + 1)
    if pinned:
        content = content.replace(b"/Type/Page/Parent", b"/Type/Page/Annots[%b]/Parent" % pins)
    else:
        content = content.replace(b"/Type/Catalog", b"/Type/Catalog/Names<</EmbeddedFiles<</Names[%b]>>>>" % names)
    return content[: content.rindex(b"xref\n0")] + objects + b"trailer<</Root 1 0 R>>"


def fill_form(value: bytes, *, drawn: bool) -> bytes:
    """A form whose one field holds the value; `drawn` tells whether the program that filled it in has drawn it, too."""
    look = stream(
        b"/Tx BMC BT /H 10 Tf 2 5 Td (%b) Tj ET EMC" % value, b"/Subtype/Form/BBox[0 0 60 20]/Resources 7 0 R"
    )
    return make_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/NeedAppearances true/DR 7 0 R/DA(/H 10 Tf)>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 7 0 R/Annots[5 0 R]>>",
            stream(b"BT /H 10 Tf 50 700 Td (2023) Tj ET"),
            b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(%b)/Rect[200 695 260 715]/F 4/DA(/H 10 Tf)%b>>"
            % (value, b"/AP<</N 6 0 R>>" if drawn else b""),
            look,
            b"<</Font<</H 8 0 R>>>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )
