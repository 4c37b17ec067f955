"""Pictures of table rows: the right piece of the page, upright, within the size; originals told by their content."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageStat
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from extract import extract_report
from extract.originals import find_originals
from extract.outputs import write_report
from extract.outputs.webpage import crops
from extract.outputs.webpage.crops import crop_rows
from extract.outputs.webpage.report import report_to_html
from extract.quick import as_tuple, replace
from extract.records import PrintedPage
from extract.rules import load_rules
from extract.settings import load_settings
from extract.takeaway import write_webpages
from tests.outputs.webpage.scans import COLUMNS, DOUBTFUL, ROW, SIZE, cell_box, draw_page, scanned_report
from tests.pages.ofd_builder import HEIGHT, WIDTH, build_ofd, report_sheets
from tests.report_2019 import make_printed

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


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_cell_of_a_page_of_characters_is_drawn_however_the_page_lies(turn: int, tmp_path: Path) -> None:
    report = scanned_report(draw_page(tmp_path / "页.png"), degrees=-90 * turn % 360)
    boxes = [tuple(part * side for part, side in zip(cell_box(k), SIZE * 2, strict=True)) for k in range(len(COLUMNS))]
    characters = tuple((str(k), box, box[3]) for k, box in enumerate(boxes))
    far = ("远", (0.0, 0.0, 10.0, 10.0), 10.0)
    page = PrintedPage(*SIZE, turn, (far, *characters), ((300.0, 600.0, 930.0, 600.0),))  # type: ignore[arg-type]
    made = crop_rows(report, [page], FIRST)
    (strip,) = made.strips
    text = HTMLParser(f"<svg>{strip.drawing}</svg>").css_first("text")
    assert text.text() == "0123456"
    for place, column in zip((text.attributes["x"] or "").split(), COLUMNS, strict=True):
        left, top, right, bottom = made.cells[f"{ROW}.{column}"][1]
        assert left - 1 <= float(place) < right
        assert 0 <= top < float(text.attributes["y"] or 0) <= bottom + 1 <= strip.height + 1
    assert "重画" in report_to_html(report, made)


def test_the_rows_of_an_ofd_file_are_drawn(tmp_path: Path) -> None:
    pages = report_sheets(make_printed(), form_id="2019", year=2020).pages
    (tmp_path / "a.ofd").write_bytes(build_ofd(pages))
    report = extract_report(tmp_path / "a.ofd")
    write_report(report, tmp_path / "a.json")
    write_webpages([tmp_path / "a.json"], tmp_path / "a.html", tmp_path)
    page = HTMLParser((tmp_path / "a.html").read_text(encoding="utf-8"))
    strips = [strip.text() for strip in page.css("svg.strips g")]
    assert any("国家秘密" in strip for strip in strips)
    assert len(page.css("svg.crop")) >= len(page.css("article.card"))


def test_a_scanned_page_of_an_ofd_file_is_a_picture() -> None:
    pytest.importorskip("cv2")
    from extract.pages.ofd import print_pages

    whole = f'<ofd:ImageObject ID="3" Boundary="0 0 {WIDTH} {HEIGHT}" ResourceID="50"/>'
    stream = io.BytesIO()
    Image.new("L", (840, 1188), "white").save(stream, "PNG")
    content = build_ofd([[whole], [whole.replace("50", "51")]], pictures={"50": stream.getvalue()})
    first, second = print_pages(content, file="a.ofd", settings=load_settings())
    assert Image.open(io.BytesIO(first.picture)).size[1] == pytest.approx(1188, rel=0.02)
    assert (second.picture, second.characters) == (b"", ())


@pytest.mark.parametrize("drawn", [True, False])
def test_of_a_cell_as_wide_as_the_page_the_part_around_its_print_is_framed(drawn: bool, tmp_path: Path) -> None:
    page, (left, upper, right, lower) = Image.new("L", SIZE, "white"), (20, 500, 1000, 530)
    pen, mark = ImageDraw.Draw(page), (700, 507, 710, 522)
    pen.rectangle((left, upper, right, lower), outline="black")
    pen.rectangle(mark, fill="black")
    page.save(tmp_path / "a.png")
    report = scanned_report(tmp_path / "a.png")
    box = left / SIZE[0], upper / SIZE[1], right / SIZE[0], lower / SIZE[1]
    fields = {name: replace(field, bbox=None) for name, field in report.fields.items()}
    report = replace(report, fields={**fields, DOUBTFUL: replace(fields[DOUBTFUL], page=1, bbox=box)})
    characters = PrintedPage(*SIZE, 0, (("1", mark, 522.0),), ((left, lower, right, lower),))  # type: ignore[arg-type]
    (strip,), cells = as_tuple(crop_rows(report, [characters] if drawn else tmp_path / "a.png", FIRST))
    x0, y0, x1, y1 = cells[DOUBTFUL][1]
    start = strip.width * (mark[0] - left) / (right - left)
    assert x0 < start < x1
    assert 3 < (x1 - x0) / (y1 - y0) < 5


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
    report = replace(report, fields={**other, **report.fields, **other})
    assert crop_rows(report, page, FIRST).cells[DOUBTFUL][0] == 0
    assert crop_rows(report, page, frozenset({"requests.received.total"})).cells[DOUBTFUL][0] == 1


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n broken"])
def test_a_page_that_cannot_be_drawn_has_no_picture(content: bytes, tmp_path: Path) -> None:
    report = scanned_report(draw_page(tmp_path / "页.png"))
    (tmp_path / "broken.png").write_bytes(content)
    assert crop_rows(report, tmp_path / "broken.png", FIRST).strips == ()
    pdf = replace(report, source=replace(report.source, format="pdf"))
    assert crop_rows(pdf, tmp_path / "broken.png", FIRST).strips == ()


def test_rows_of_a_pdf_are_pictured(tmp_path: Path) -> None:
    with Image.open(draw_page(tmp_path / "页.png")) as image:
        image.convert("RGB").save(tmp_path / "页.pdf")
    report = scanned_report(tmp_path / "页.pdf")
    report = replace(report, source=replace(report.source, format="pdf"))
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
    report = replace(report, source=replace(report.source, format="pdf" if suffix == "pdf" else "image"))
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "all.zip", "w") as archive:
        archive.writestr("other.txt", "无关")
        archive.write(page, f"deep/renamed.{suffix}")
    (tmp_path / "in" / "broken.zip").write_bytes((tmp_path / "in" / "all.zip").read_bytes()[:200])
    original = find_originals(tmp_path / "in")(report.source)
    assert original == page.read_bytes()
    assert len(crop_rows(report, original, FIRST).strips) == 1


@pytest.mark.parametrize("box", [(0.62, 0.37, 0.71, 0.4), (0.1, 0.2, 0.3, 0.7), (0.57, 0.281, 0.63, 0.302)])
def test_a_lone_cell_turns_no_page(box: tuple[float, float, float, float]) -> None:
    assert crops._turn_of([box]) == 0


def test_a_row_of_one_cell_is_turned_as_the_longest_row_of_its_page(tmp_path: Path) -> None:
    report = scanned_report(draw_page(tmp_path / "页.png"), degrees=180)
    lone = "disclosure.licensing.decisions"
    first = report.fields[f"{ROW}.{COLUMNS[0]}"]
    fields = {**report.fields, lone: replace(report.fields[lone], page=first.page, bbox=first.bbox)}
    report = replace(report, fields=fields)
    assert crops._turns_of(report, crops._rows_of(report)) == {first.page: 180}
