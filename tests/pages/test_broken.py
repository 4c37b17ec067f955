"""Broken bytes of every kind: never a crash, never a hang, always an error of our own or a document."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import SourceError, UnreadableError
from extract.pages import read_content
from extract.records import Document
from extract.settings import load_settings
from tests.pages.ofd_builder import build_ofd, line_object, pack, text_object
from tests.report_2019 import make_printed, to_html, to_text

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org"
_SECONDS = 10  # for one example; the usual one takes milliseconds


def _docx() -> bytes:
    row = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("规章", "0", "1"))
    body = f"<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p><w:tbl><w:tr>{row}</w:tr></w:tbl>"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    kind = f"{_OFFICE}/officeDocument/2006/relationships/officeDocument"
    rels = f'<Relationship Id="r1" Type="{kind}" Target="word/document.xml"/>'
    return pack(
        {
            "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types">{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{rels}</Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        }
    )


def _pdf() -> bytes:
    stream = b"BT /F1 12 Tf 72 720 Td (2023 0 0 1) Tj ET 72 700 m 300 700 l S"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    content = b"%PDF-1.4\n"
    for number, body in enumerate(objects, 1):
        content += b"%d 0 obj%sendobj\n" % (number, body)
    return content + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


def _ofd() -> bytes:
    return build_ofd([[text_object(20, 30, "一、总体情况"), *(line_object(20, y, 90, y) for y in (40, 50))]])


_MAKERS: dict[str, Callable[[], bytes]] = {
    "text": lambda: to_text(make_printed())[:3000].encode("gb18030"),
    "html": lambda: to_html(make_printed())[:6000].encode(),
    "docx": _docx,
    "pdf": _pdf,
    "ofd": _ofd,
}


@cache
def sample(kind: str) -> bytes:
    return _MAKERS[kind]()


def read(content: bytes) -> Document | None:
    """The document, or None where it is refused with an error of our own. Anything else fails the test."""
    try:
        return read_content(content, file="x", settings=load_settings())
    except SourceError as error:
        return None if error.cause and error.remedy else pytest.fail("an error without cause or remedy")


@pytest.mark.parametrize("kind", ["text", "html", "docx", "ofd"])
def test_the_samples_are_read_whole(kind: str) -> None:
    document = read(sample(kind))
    assert document is not None
    assert document.source.format == kind
    assert document.items


@pytest.mark.parametrize("kind", _MAKERS)
@settings(deadline=1000 * _SECONDS, max_examples=40)
@given(
    patches=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=12)), max_size=8), cut=st.floats(0, 1)
)
def test_overwritten_and_cut_bytes_are_read_or_refused(
    kind: str, patches: list[tuple[float, bytes]], cut: float
) -> None:
    content = bytearray(sample(kind))
    for place, patch in patches:
        start = int(place * len(content))
        content[start : start + len(patch)] = patch
    read(bytes(content[: max(1, int((1 - cut / 2) * len(content)))]))


@pytest.mark.parametrize("kind", ["docx", "ofd"])
@settings(deadline=1000 * _SECONDS, max_examples=40)
@given(part=st.integers(0, 9), place=st.floats(0, 1), patch=st.binary(max_size=12), length=st.integers(0, 40))
def test_broken_parts_of_a_whole_archive_are_read_or_refused(
    kind: str, part: int, place: float, patch: bytes, length: int
) -> None:
    with zipfile.ZipFile(io.BytesIO(sample(kind))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = sorted(parts)[part % len(parts)]
    start = int(place * len(parts[name]))
    read(pack(parts | {name: parts[name][:start] + patch + parts[name][start + length :]}))


@pytest.mark.parametrize("kind", ["docx", "ofd"])
def test_a_part_that_is_missing_is_an_error_or_not_needed(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(sample(kind))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        read(pack({other: content for other, content in parts.items() if other != name}))


_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY a{k} "{f"&a{k - 1};" * 10 if k > 1 else "&a;" * 10}">' for k in range(1, 12)
)


@pytest.mark.parametrize(("kind", "part"), [("docx", "word/document.xml"), ("ofd", "Doc_0/Document.xml")])
def test_entities_that_multiply_are_refused(kind: str, part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(sample(kind))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert read(pack(parts | {part: f"{_LAUGHS}]><x>&a11;</x>".encode()})) is None


@pytest.mark.parametrize(("kind", "part"), [("docx", "word/document.xml"), ("ofd", "Doc_0/Pages/Page_0/Content.xml")])
def test_a_part_that_unpacks_without_end_is_refused(kind: str, part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(sample(kind))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert read(pack(parts | {part: b" " * 250_000_000})) is None


def test_five_megabytes_of_script_are_passed_over() -> None:
    statement = 'var a = "<table><tr><td>1</td></tr></table>";'
    script = f"<script>{statement * 100_000}</script>"
    document = read(to_html(make_printed()).replace("<body>", f"<body>{script}").encode())
    assert document is not None
    assert len(document.items) == len(read(to_html(make_printed()).encode()).items)  # type: ignore[union-attr]


@pytest.mark.parametrize(("count", "length"), [(1, 60_000), (20, 30_000)])
def test_more_prose_than_any_report_has_is_refused(count: int, length: int) -> None:
    prose = f"<p>{'公开信息，' * (length // 5)}</p>" * count
    with pytest.raises(UnreadableError, match="characters"):
        read_content(
            to_html(make_printed()).replace("<body>", f"<body>{prose}").encode(),
            file="a.html",
            settings=load_settings(),
        )


def test_thousands_of_texts_under_thousands_of_areas_take_no_time_to_speak_of() -> None:
    area = '<ofd:PathObject ID="9" Boundary="0 0 210 297" Fill="true" Stroke="false">'
    area += "<ofd:AbbreviatedData>M 0 0 L 210 0 L 210 297 L 0 297 C</ofd:AbbreviatedData></ofd:PathObject>"
    texts = [text_object(20, 20 + k * 0.01, "公开1") for k in range(3000)]
    started = time.process_time()
    read(build_ofd([[*texts, *[area] * 3000, text_object(20, 30, "一、总体情况")]]))
    assert time.process_time() - started < _SECONDS
