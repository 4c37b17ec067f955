"""ZIP archives and folders of reports: what is taken, what is refused, and that nothing eats memory or leads out."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.archives import is_archive, list_members, read_member
from extract.batch import extract_many
from extract.errors import SourceError, UnreadableError, UnsupportedError
from extract.quick import replace
from extract.settings import load_settings
from extract.sources import find_files, plan_jobs
from tests.report_2019 import make_printed, to_html, to_text

REPORT = to_text(make_printed()).encode()


def pack(path: Path, files: dict[str, bytes], *, encoding: str = "utf-8") -> Path:
    """An archive of those files; under another encoding than UTF-8 the names carry no mark of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name if encoding == "utf-8" else "?" * len(name.encode(encoding)))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    if encoding != "utf-8":
        packed = path.read_bytes()
        for name in files:
            raw = name.encode(encoding)
            packed = packed.replace(b"?" * len(raw), raw, 2)
        path.write_bytes(packed)
    return path


def packed_bytes(tmp_path: Path, files: dict[str, bytes]) -> bytes:
    return pack(tmp_path / "inner.tmp", files).read_bytes()


def member_names(path: Path) -> list[str]:
    return [member.name for member in list_members(path, settings=load_settings())[0]]


def written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.json"))


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_names_are_right_whatever_system_packed_them(tmp_path: Path, encoding: str) -> None:
    path = pack(tmp_path / "a.zip", {"各局/水利局.txt": REPORT, "说明.txt": REPORT}, encoding=encoding)
    assert member_names(path) == ["各局/水利局.txt", "说明.txt"]


def test_a_document_is_read_whatever_its_name_in_folders_and_archives(tmp_path: Path) -> None:
    page = f"<html><body>{to_html(make_printed())}</body></html>".encode()
    word, ofd = (packed_bytes(tmp_path, {name: b"<x/>"}) for name in ("word/document.xml", "OFD.xml"))
    files = {"年报.xls": page, "a.jsp": b"%PDF-1.4", "b.xls": b"\xd0\xcf\x11\xe0", "c.js": b"var page = '<html>'"}
    files |= {"d.docx.bak": word, "e.dat": ofd, "f.jar": packed_bytes(tmp_path, {"a.class": b"x"}), "g.bin": b"PK\3\4"}
    path = pack(tmp_path / "a.zip", files)
    for name, content in files.items():
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(content)
    found, other = find_files(tmp_path / "in")
    assert (
        sorted(member_names(path))
        == sorted(path.name for path in found)
        == ["a.jsp", "d.docx.bak", "e.dat", "年报.xls"]
    )
    assert [path.name for path in other] == ["b.xls", "c.js", "f.jar", "g.bin"]


def test_every_report_of_an_archive_gets_its_document(tmp_path: Path) -> None:
    html = to_html(make_printed(1)).encode("gb18030")
    inner = packed_bytes(tmp_path, {"水利局.txt": REPORT})
    files = {"甲/水利局.txt": REPORT, "乙/水利局.doc": html, "丙.zip": inner, "图.gif": b"x", "__MACOSX/a.txt": b"x"}
    pack(tmp_path / "in" / "全市.zip", files)
    batch = extract_many([tmp_path / "in"], tmp_path / "out")
    assert (batch.written, batch.failures) == (3, ())
    assert written(tmp_path / "out") == [
        "全市.zip__丙.zip__水利局.txt.json",
        "水利局.doc.json",
        "水利局.txt.json",
    ]


def test_an_archive_named_itself_is_opened_and_its_bad_files_are_named(tmp_path: Path) -> None:
    path = pack(
        tmp_path / "a.zip",
        {"好.txt": REPORT, "坏.txt": b"\x00\x01" * 500, "空.txt": b"", "旧.doc": b"\xd0\xcf\x11\xe0"},
    )
    batch = extract_many([path], tmp_path / "out")
    assert (batch.written, written(tmp_path / "out")) == (1, ["好.txt.json"])
    assert len(batch.failures) == 3
    assert all(f"{path}/" in line and ";" in line for line in map(str, batch.failures))


def test_a_document_that_is_packed_as_zip_is_no_archive(tmp_path: Path) -> None:
    document = pack(tmp_path / "a.zip", {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    assert not is_archive(document)
    assert not is_archive(tmp_path / "gone.zip")
    assert is_archive(pack(tmp_path / "b.docx", {"报告.txt": REPORT}))


def test_names_never_lead_out_of_the_output_folder(tmp_path: Path) -> None:
    files = {"../../x.txt": REPORT, "/etc/y.txt": REPORT, "a\\..\\z.txt": REPORT, "c:w.txt": REPORT}
    jobs, failures, _ = plan_jobs([pack(tmp_path / "a.zip", files)], tmp_path / "out")
    assert failures == []
    assert sorted(job.target.name for job in jobs) == ["c_w.txt.json", "x.txt.json", "y.txt.json", "z.txt.json"]
    assert {job.target.parent for job in jobs} == {tmp_path / "out"}


def test_a_member_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"bomb.txt": b"0" * 3_000_000, "好.txt": REPORT})
    bomb, good = list_members(path, settings=load_settings())[0]
    with pytest.raises(UnsupportedError, match=r"bomb\.txt: it would unpack to"):
        read_member(bomb, settings=load_settings())
    assert read_member(good, settings=load_settings()) == REPORT


@pytest.mark.parametrize("limit", [{"max_archive_files": 2}, {"max_archive_bytes": 3 * len(REPORT) - 1}])
def test_an_archive_of_too_many_or_too_large_files_is_refused_as_a_whole(tmp_path: Path, limit: dict[str, int]) -> None:
    path = pack(tmp_path / "a.zip", {f"{number}.txt": REPORT for number in range(3)})
    with pytest.raises(UnsupportedError, match="holds more than") as refused:
        list_members(path, settings=replace(load_settings(), **limit))
    chinese, _, _ = str(refused.value.failure()).partition(" / ")
    assert re.search("压缩包里的文件超过 .+ 个，或解压后超过 .+ MB", chinese)
    assert " or " not in chinese


def test_archives_nested_too_deeply_are_refused(tmp_path: Path) -> None:
    content = REPORT
    for number in range(4):
        content = packed_bytes(tmp_path, {("报告.txt" if number == 0 else "a.zip"): content})
    (tmp_path / "deep.zip").write_bytes(content)
    members, (error,), _ = list_members(tmp_path / "deep.zip", settings=load_settings())
    assert (members, "nested too deeply" in str(error)) == ([], True)


def test_a_damaged_archive_inside_leaves_the_others(tmp_path: Path) -> None:
    inner = packed_bytes(tmp_path, {"x.txt": REPORT})
    broken = inner[:40] + b"\xff" * 30 + inner[70:]
    batch = extract_many([pack(tmp_path / "a.zip", {"坏.zip": broken, "好.txt": REPORT})], tmp_path / "out")
    assert batch.written == 1
    assert len(batch.failures) == 1


def test_a_member_with_a_password_says_so(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"密.txt": REPORT})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    (member,) = list_members(path, settings=load_settings())[0]
    with pytest.raises(UnsupportedError, match="password"):
        read_member(member, settings=load_settings())


def test_an_archive_without_reports_is_a_failure(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"图.gif": b"x"})
    assert "no readable file is in this archive" in plan_jobs([path], tmp_path / "out")[1][0].cause


def test_the_folder_of_a_saved_page_is_not_walked(tmp_path: Path) -> None:
    for name in ("年报.html", "年报_files/frame.html", "年报.files/a.htm", "other_files/报告.txt", "~$年报.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(REPORT)
    assert [path.name for path in find_files(tmp_path)[0]] == ["年报.html", "报告.txt"]


def test_the_folder_of_a_saved_page_in_an_archive_is_left_out(tmp_path: Path) -> None:
    inside = ["各局/年报.html", "各局/年报_files/frame.html", "各局/年报_files/a.css", "年报_files/b.html"]
    members, errors, other = list_members(
        pack(tmp_path / "a.zip", dict.fromkeys(inside, REPORT)), settings=load_settings()
    )
    assert ([member.name for member in members], errors, other) == (["各局/年报.html", "年报_files/b.html"], [], [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(cut=st.integers(0, 400), patch=st.binary(max_size=6), at=st.integers(0, 400))
def test_broken_archives_never_crash(tmp_path: Path, cut: int, patch: bytes, at: int) -> None:
    content = bytearray(packed_bytes(tmp_path, {"a.txt": b"x" * 50, "b/c.txt": b"y" * 50, "d.zip": b"PK\x03\x04"}))
    content[at : at + len(patch)] = patch
    path = tmp_path / "broken.zip"
    path.write_bytes(bytes(content[: len(content) - cut // 4]))
    assert isinstance(is_archive(path), bool)
    with suppress(SourceError):
        for member in list_members(path, settings=load_settings())[0]:
            with suppress(SourceError):
                assert isinstance(read_member(member, settings=load_settings()), bytes)


def test_bytes_that_are_no_archive_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(io.BytesIO(b"PK\x03\x04 no more").getvalue())
    with pytest.raises(UnreadableError, match="damaged or cut short"):
        list_members(path, settings=load_settings())


def test_a_nested_archive_that_is_not_read_takes_no_other_with_it(tmp_path: Path) -> None:
    inner = packed_bytes(tmp_path, {"a.txt": REPORT})
    for _ in range(load_settings().max_archive_depth + 1):
        inner = packed_bytes(tmp_path, {"深.zip": inner})
    path = pack(tmp_path / "a.zip", {"深.zip": inner, "好.zip": packed_bytes(tmp_path, {"b.txt": REPORT})})
    members, (error,), _ = list_members(path, settings=load_settings())
    assert [member.name for member in members] == ["好.zip/b.txt"]
    assert "nested too deeply" in str(error)
