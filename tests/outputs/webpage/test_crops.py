"""Pictures of table rows: the right piece of the page, upright, within the size; originals told by their content."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from extract.originals import find_originals
from extract.outputs.webpage import crops
from extract.outputs.webpage.crops import crop_rows
from extract.outputs.webpage.report import report_to_html
from extract.rules import load_rules
from tests.outputs.webpage.scans import COLUMNS, DOUBTFUL, ROW, draw_page, scanned_report

FIRST = frozenset({DOUBTFUL})


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_cell_is_found_in_its_row_however_the_page_lies(degrees: int, tmp_path: Path) -> None:
    page = draw_page(tmp_path / "页.png")
    report = scanned_report(page, degrees=degrees)
    with Image.open(page) as image:
        image.rotate(-degrees, expand=True).save(page)
    made = crop_rows(report, page, FIRST)
    (strip,) = made.strips
    picture = Image.open(io.BytesIO(strip.jpeg))
    assert picture.size == (strip.width, strip.height)
    darkness = [_darkness(picture, made.cells[f"{ROW}.{column}"][1]) for column in COLUMNS]
    assert darkness[0] > 0.9
    assert max(darkness[1:]) < 0.3


def _darkness(picture: Image.Image, box: tuple[float, float, float, float]) -> float:
    cell = picture.convert("L").crop(tuple(map(round, box)))  # type: ignore[arg-type]
    return 1 - ImageStat.Stat(cell).mean[0] / 255


def test_the_picture_stands_once_in_the_page_and_the_card_frames_the_cell(tmp_path: Path) -> None:
    page = draw_page(tmp_path / "页.png")
    report = scanned_report(page)
    html = report_to_html(report, crop_rows(report, page, FIRST))
    assert html.count("data:image/jpeg;base64,") == 1
    assert html.count('href="#strip-0"') == len(COLUMNS)
    assert "--sources" not in html


def test_pictures_end_where_the_size_allows_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = draw_page(tmp_path / "页.png")
    report = scanned_report(page)
    rules = load_rules("webpage.toml")
    small = {**rules, "crops": {**rules["crops"], "bytes_most": 100}}
    monkeypatch.setattr(crops, "page_rules", lambda: small)
    assert crop_rows(report, page, FIRST).strips == ()


def test_rows_with_doubtful_cells_are_pictured_first(tmp_path: Path) -> None:
    page = draw_page(tmp_path / "页.png")
    report = scanned_report(page)
    other = {f"requests.received.{column}": report.fields[f"{ROW}.{column}"] for column in COLUMNS}
    report = dataclasses.replace(report, fields={**other, **report.fields, **other})
    assert crop_rows(report, page, FIRST).cells[DOUBTFUL][0] == 0
    assert crop_rows(report, page, frozenset({"requests.received.total"})).cells[DOUBTFUL][0] == 1


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n broken"])
def test_a_page_that_cannot_be_drawn_has_no_picture(content: bytes, tmp_path: Path) -> None:
    report = scanned_report(draw_page(tmp_path / "页.png"))
    (tmp_path / "broken.png").write_bytes(content)
    assert crop_rows(report, tmp_path / "broken.png", FIRST).strips == ()
    pdf = dataclasses.replace(report, source=dataclasses.replace(report.source, format="pdf"))
    assert crop_rows(pdf, tmp_path / "broken.png", FIRST).strips == ()


def test_rows_of_a_pdf_are_pictured(tmp_path: Path) -> None:
    with Image.open(draw_page(tmp_path / "页.png")) as image:
        image.convert("RGB").save(tmp_path / "页.pdf")
    report = scanned_report(tmp_path / "页.pdf")
    report = dataclasses.replace(report, source=dataclasses.replace(report.source, format="pdf"))
    made = crop_rows(report, tmp_path / "页.pdf", FIRST)
    picture = Image.open(io.BytesIO(made.strips[0].jpeg))
    assert _darkness(picture, made.cells[DOUBTFUL][1]) > 0.9


def test_the_original_is_told_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    page = draw_page(tmp_path / "页.png")
    source = scanned_report(page).source
    (tmp_path / "deep").mkdir()
    page.rename(tmp_path / "deep" / "renamed.png")
    page.write_bytes(b"another version under the old name")
    assert find_originals(tmp_path)(source) == tmp_path / "deep" / "renamed.png"
    assert find_originals(page)(source) is None
    assert find_originals(None)(source) is None


@pytest.mark.parametrize("suffix", ["png", "pdf"])
def test_the_original_is_found_in_an_archive_and_pictured(suffix: str, tmp_path: Path) -> None:
    page = draw_page(tmp_path / "页.png")
    if suffix == "pdf":
        with Image.open(page) as image:
            image.convert("RGB").save(tmp_path / "页.pdf")
        page = tmp_path / "页.pdf"
    report = scanned_report(page)
    report = dataclasses.replace(
        report, source=dataclasses.replace(report.source, format="pdf" if suffix == "pdf" else "image")
    )
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "all.zip", "w") as archive:
        archive.writestr("other.txt", "无关")
        archive.write(page, f"deep/renamed.{suffix}")
    (tmp_path / "in" / "broken.zip").write_bytes((tmp_path / "in" / "all.zip").read_bytes()[:200])
    original = find_originals(tmp_path / "in")(report.source)
    assert original == page.read_bytes()
    assert len(crop_rows(report, original, FIRST).strips) == 1
