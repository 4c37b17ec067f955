"""What the recogniser of scanned cells says decides how sure a field can be."""

from __future__ import annotations

from decimal import Decimal

from extract.celltext import merge_readings
from extract.reading.recognised import doubt_unrecognised, readings_note, recognised_scores
from extract.records import Document, Page, ParsedCell, ReadCell, Source, State


def scanned(*readings: tuple[str, float]) -> ParsedCell:
    return ParsedCell(State.READ, Decimal(12), "12", 1.0, readings=readings)


def test_readings_that_mean_the_same_count_together() -> None:
    merged = merge_readings((("72", 0.4), ("12", 0.35), ("１２", 0.2), ("", 0.05)))
    assert [(text, round(probability, 6)) for text, probability in merged] == [("12", 0.55), ("72", 0.4), ("", 0.05)]


def test_the_chosen_reading_is_weighed_against_the_next() -> None:
    scores = recognised_scores(scanned(("12", 0.9), ("72", 0.1)))
    assert round(scores["recognised"], 6) == 0.9
    assert round(scores["recogniser_margin"], 6) == 0.8


def test_a_value_that_no_reading_gives_has_no_probability() -> None:
    assert recognised_scores(scanned(("72", 0.9)))["recognised"] == 0.0


def test_people_see_the_likeliest_readings() -> None:
    assert readings_note(scanned(("12", 0.98), ("", 0.01))) == "字符识别 “12”0.980、空白0.010"


def test_a_number_that_only_the_recogniser_of_lines_saw_is_for_a_person() -> None:
    document = Document(Source("a.png", "", "image", 2, ocr=True), (Page(1, (), scanned=True), Page(2, ())))
    cells = {f"f{page}": ReadCell(f"f{page}", State.READ, Decimal(1), "1", page, 1) for page in (1, 2)}
    doubted = doubt_unrecognised(cells, document)
    assert doubted["f1"].scores["recognised"] == 0.5
    assert "recognised" not in doubted["f2"].scores


def test_text_beside_a_picture_that_was_read_is_no_scan() -> None:
    document = Document(Source("a.pdf", "", "pdf", 1, ocr=True), (Page(1, (), scans=((0.1, 0.1, 0.9, 0.3),)),))
    boxes = {"off": (0.2, 0.2, 0.3, 0.22), "beside": (0.2, 0.5, 0.3, 0.52)}
    cells = {name: ReadCell(name, State.READ, Decimal(1), "1", 1, 1, bbox=box) for name, box in boxes.items()}
    doubted = doubt_unrecognised(cells, document)
    assert doubted["off"].scores["recognised"] == 0.5
    assert "recognised" not in doubted["beside"].scores
