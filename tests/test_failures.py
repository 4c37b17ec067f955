"""What is said of files that cannot be read, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

import extract
from extract import extract_report
from extract.batch import extract_many
from extract.errors import Failure, NotAReportError, SourceError
from extract.failures import say_in_chinese
from extract.pages.kind import tell_kind
from extract.rules import load_rules

RAISED = {"Failure", "SourceError", "UnreadableError", "UnsupportedError", "NotAReportError"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        (
            "WordDocument",
            "旧版二进制 Word 文件（.doc）；请用 Word、WPS 或 LibreOffice 打开，另存为 DOCX 或 PDF / ",
        ),
        (
            "EncryptedPackage",
            "有密码保护；请用密码在 Word 或 WPS 中打开，去掉密码，另存为 DOCX 或 PDF / ",
        ),
    ],
)
def test_a_file_that_is_not_read_is_named_with_cause_and_remedy_in_both_languages(stream: str, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        tell_kind(OLE + stream.encode("utf-16-le"), file="年报/a.doc")
    line = str(caught.value.failure())
    assert line.startswith("年报/a.doc: ")
    assert said in line


def test_what_differs_from_file_to_file_is_carried_over() -> None:
    failure = Failure("a.png", "20 pages, more than the 9 that a report may have", "check the path")
    assert str(failure).startswith("a.png: 有 20 页，多于报告可有的 9 页；请检查路径 / 20 pages")


def test_what_nobody_has_put_in_chinese_is_said_in_english() -> None:
    assert str(Failure("a", "unexpected KeyError", "check the path")) == "a: unexpected KeyError; check the path"


def test_a_text_that_is_no_report_is_named_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("你好", encoding="utf-8")
    with pytest.raises(NotAReportError) as caught:
        extract_report(tmp_path / "a.txt")
    assert str(caught.value).startswith(f"{tmp_path / 'a.txt'}: ")


def test_pictures_beside_the_reports_are_no_failures_unless_they_are_named(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    folder = tmp_path / "年报"
    folder.mkdir()
    Image.new("RGB", (40, 40), "red").save(folder / "logo.png")
    batch = extract_many([folder], tmp_path / "out", jobs=1)
    assert (batch.stray, batch.failures) == (1, ())
    (failure,) = extract_many([folder / "logo.png"], tmp_path / "out", jobs=1).failures
    assert failure.remedy == "check that it is the right file, and sharp enough to be read"  # no word of a conversion


def test_every_message_that_has_its_chinese_is_still_raised() -> None:
    package = Path(extract.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    for english in load_rules("failures.toml")["chinese"]:
        assert max(english.split("{}"), key=len) in source, english


def test_every_message_has_its_chinese() -> None:
    """Causes and remedies that stand in the source as they are; parts that differ as any text."""
    texts = [text for path in Path(extract.__file__).parent.rglob("*.py") for text in _said(path)]
    assert len(texts) > 50
    assert [text for text in texts if say_in_chinese(text) is None] == []


def _said(path: Path) -> Iterator[str]:
    """The texts that the file gives to failures and errors, after the name of the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in RAISED:
            yield from (text for argument in call.args[1:] if (text := _text_of(argument)))


def _text_of(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)  # type: ignore[misc]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
