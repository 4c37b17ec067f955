"""What a file is, told by its content; what is not read is refused with a way out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import SourceError, UnreadableError, UnsupportedError
from extract.pages import read_content, read_document
from extract.pages.kind import Kind, is_archive, tell_kind
from extract.pages.mhtml import mhtml_to_html
from extract.settings import load_settings
from tests.report_2019 import make_printed, to_html, to_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
PAGE = "<!DOCTYPE html><html><head><meta charset='gb2312'></head><body><p>年度报告</p></body></html>"


def zip_of(*names: str, content: bytes = b"<x/>") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", Kind.PDF),
        (b"\x00\r\n junk before %PDF-1.4", Kind.PDF),
        (zip_of("[Content_Types].xml", "word/document.xml"), Kind.DOCX),
        (zip_of("[Content_Types].xml", "word\\document2.xml"), Kind.DOCX),
        (zip_of("OFD.xml", "Doc_0/Document.xml"), Kind.OFD),
        (zip_of("2023/报告.txt"), Kind.ZIP),
        (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0", Kind.IMAGE),
        (b"II*\x00", Kind.IMAGE),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Kind.IMAGE),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00" + bytes(40), Kind.IMAGE),
        (PAGE.encode("gb18030"), Kind.HTML),
        (PAGE.encode("utf-16"), Kind.HTML),
        (b"\xef\xbb\xbf\r\n<!-- saved from url -->\n<?xml version='1.0'?>\n<HTML><body>", Kind.HTML),
        ("<div class='art'><p>一、总体情况</p><p><span>本局</span></p></div>".encode(), Kind.HTML),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", Kind.WEB_ARCHIVE),
        ("一、总体情况\n<table><tr><td>1</td></tr></table>\n".encode(), Kind.TEXT),
        (
            "<html><body><table></table></body></html>\n二、\n<html><body><table></table></body></html>".encode(),
            Kind.TEXT,
        ),
        ("# 年度报告\n一、总体情况".encode("gb18030"), Kind.TEXT),
        ("BM局2023年度报告".encode(), Kind.TEXT),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x">', Kind.DOCX),
    ],
)
def test_the_kind_is_told_by_the_content(content: bytes, kind: Kind) -> None:
    assert tell_kind(content, file="any.name") is kind


@pytest.mark.parametrize(
    ("content", "cause", "remedy"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), r"old binary Word file \(\.doc\)", "save it as DOCX or PDF"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password", "take the password off"),
        (OLE + "Workbook".encode("utf-16-le"), "old binary Excel", "export"),
        (OLE, "old binary Office file", "save it as DOCX or PDF"),
        (b"{\\rtf1\\ansi", "RTF", "save it as DOCX or PDF"),
        (b"Rar!\x1a\x07", "RAR", "unpack"),
        (zip_of("[Content_Types].xml", "xl/workbook.xml"), "Excel workbook", "export"),
        (zip_of("mimetype", "content.xml", "META-INF/manifest.xml"), "OpenDocument", "save it as DOCX"),
        (b'<?xml version="1.0"?><office:document xmlns:office="x">', "OpenDocument", "save it as DOCX"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x">', "Word 2003 XML", "save it as DOCX"),
    ],
)
def test_a_kind_that_is_not_read_is_named_with_a_remedy(content: bytes, cause: str, remedy: str) -> None:
    with pytest.raises(UnsupportedError, match=rf"a\.doc: .*{cause}.*; .*{remedy}"):
        tell_kind(content, file="a.doc")


def test_a_document_that_was_cut_short_is_damaged() -> None:
    with pytest.raises(UnreadableError, match="damaged or cut short"):
        tell_kind(zip_of("word/document.xml", "b.xml")[:-30], file="a.docx")


def test_an_encrypted_archive_of_a_document_needs_its_password() -> None:
    content = bytearray(zip_of("word/document.xml"))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnsupportedError, match="password"):
        tell_kind(bytes(content), file="a.docx")


@pytest.mark.parametrize("maker", [docx.Document, openpyxl.Workbook])
def test_an_office_file_that_its_password_encrypts_says_what_to_do(maker: Callable[[], Any]) -> None:
    ooxml = pytest.importorskip("msoffcrypto.format.ooxml")
    plain, locked = io.BytesIO(), io.BytesIO()
    maker().save(plain)
    ooxml.OOXMLFile(plain).encrypt("secret", locked)
    with pytest.raises(UnsupportedError, match=r"password.*take the password off"):
        tell_kind(locked.getvalue(), file="a.docx")


def test_an_archive_of_endless_files_is_refused_before_they_are_listed() -> None:
    content = bytearray(zip_of("a.txt"))
    end = content.index(b"PK\x05\x06")
    content[end + 12 : end + 16] = (30_000_000).to_bytes(4, "little")
    assert not is_archive(io.BytesIO(bytes(content)))
    with pytest.raises(UnsupportedError, match="more files than any folder"):
        tell_kind(bytes(content), file="a.zip")


def test_what_only_begins_as_an_image_is_a_broken_one() -> None:
    with pytest.raises(UnreadableError, match=r"a\.png: this image is broken .*download it again"):
        read_content(b"\x89PNG\r\n\x1a\n" + bytes(50), file="a.png", settings=load_settings())


@pytest.mark.parametrize(("name", "encoding"), [("a.pdf", "utf-8"), ("b.txt", "gb18030"), ("c.docx", "utf-16")])
def test_the_suffix_decides_nothing(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(to_text(make_printed()).encode(encoding))
    document = read_document(path, settings=load_settings())
    assert (document.source.format, document.source.file) == ("text", name)


def test_a_doc_that_is_a_web_page_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "报告.doc"
    path.write_text(to_html(make_printed()), encoding="utf-8")
    assert read_document(path, settings=load_settings()).source.format == "html"


def test_a_web_archive_holds_its_page() -> None:
    import base64

    body = base64.encodebytes(PAGE.encode("gb18030")).decode()
    content = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
        "Content-Type: text/html; charset=gb2312\n"
        f"Content-Transfer-Encoding: base64\n\n{body}\n--x\nContent-Type: image/png\n\nabc\n--x--\n"
    )
    assert tell_kind(content.encode(), file="a.mht") is Kind.WEB_ARCHIVE
    assert mhtml_to_html(content.encode(), file="a.mht") == PAGE.encode("gb18030")
    frame = "Content-Type: text/html\n\n<table><tr><td>1</td></tr></table>\n--x--"
    assert mhtml_to_html(content.replace("--x--", "--x\n" + frame).encode(), file="a.mht").startswith(b"<table>")
    with pytest.raises(UnreadableError, match="no HTML page"):
        mhtml_to_html(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--", file="a.mht")


def test_text_and_html_never_load_the_readers_of_other_kinds(tmp_path: Path) -> None:
    import subprocess
    import sys

    text, page = tmp_path / "a.txt", tmp_path / "b.html"
    text.write_text(to_text(make_printed()), encoding="utf-8")
    page.write_text(to_html(make_printed()), encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from extract.pages import read_document;"
        "from extract.settings import load_settings;"
        "[read_document(Path(name), settings=load_settings()) for name in sys.argv[1:]];"
        "print([n for n in sys.modules if n.split('.')[0] in ('pypdfium2', 'docx', 'lxml', 'PIL', 'selectolax')])"
    )
    for paths, loaded in (([text], {"[]"}), ([text, page], {"selectolax"})):
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, paths)], capture_output=True, text=True, check=True
        )
        names = {name.strip(" '[]\n").split(".")[0] or "[]" for name in done.stdout.split(",")}
        assert names == loaded


@given(st.binary(max_size=200))
def test_any_bytes_are_of_some_kind_or_refused(content: bytes) -> None:
    with suppress(SourceError):
        assert tell_kind(content, file="x") in Kind


@given(st.sampled_from([b"<!--", b"-->", b"<?", b">", b"<%", b"<html", b"<table>", b" ", b"x"]).map(lambda b: b * 40))
def test_marks_without_an_end_do_not_hang(piece: bytes) -> None:
    assert tell_kind(piece * 200, file="x") in (Kind.TEXT, Kind.HTML)
