"""An OFD file with other files in it."""

from __future__ import annotations

import pytest

from extract.errors import UnsupportedError
from extract.pages import read_content
from extract.records import Row
from extract.settings import load_settings
from tests.pages.ofd_builder import SPACE, build_ofd, text_object

COVER = [[text_object(20, 40, "临桥县水利局2023年政府信息公开工作年度报告，全文见附件。")]]
ROOT = (
    f"<ofd:Document {SPACE}><ofd:CommonData/>"
    "<ofd:Pages><ofd:Page ID='10' BaseLoc='Pages/Page_0/Content.xml'/></ofd:Pages>"
    "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>"
)
LIST = (
    f"<ofd:Attachments {SPACE}><ofd:Attachment ID='1' Name='年度报告'><ofd:FileLoc>{{}}</ofd:FileLoc></ofd:Attachment>"
    "</ofd:Attachments>"
)
REPORT = "四、结转下年度继续办理\n| 行政许可 | 1 |\n| 规章 | 2 |".encode()


def read(place: str, content: bytes) -> list[list[str]]:
    parts = {
        "Doc_0/Document.xml": ROOT,
        "Doc_0/Attachs/Attachments.xml": LIST.format(place),
        "Doc_0/Attachs/a": content,
    }
    document = read_content(build_ofd(COVER, replaced=parts), file="cover.ofd", settings=load_settings())
    return [[cell.text for cell in item.cells] for item in document.items if isinstance(item, Row)]


def test_a_report_that_is_attached_to_its_cover_is_read_behind_it() -> None:
    assert read("a", REPORT) == [["行政许可", "1"], ["规章", "2"]]


def test_attachments_that_hold_no_report_are_named() -> None:
    with pytest.raises(UnsupportedError, match=r"年度报告.*save the attached report"):
        read("a", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def test_an_attachment_that_is_not_there_is_passed_over() -> None:
    assert read("b", REPORT) == []
