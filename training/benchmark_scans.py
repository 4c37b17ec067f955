"""What gouji reads off scans beside general tools: `python -m training.benchmark_scans [DIR]`.

The same pages for all, one thread each. What the others see (words with their boxes, or tables as HTML) is laid into
the statutory form by gouji's own readers of files without rules and of web pages: they are measured as eyes alone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from extract.errors import GoujiError, UsageError
from extract.quick import replace
from extract.records import Document, Page, Report, Source

GENERATED = 2  # scans of each level that are made where no folder is given
LEVELS = ("scan_clean", "scan_medium", "scan_heavy")
SEED = 20_000_047

_SPARE = 5  # more are made than are needed: some are one long picture
_WIDE = 595.0  # points: pages are as wide as A4
_TALLEST = 2.0  # heights of a page in widths; a taller picture is several pages, which no general tool is made for
_READ_AND_TELL = """
import resource, sys
from pathlib import Path
from extract.pages import read_document
from extract.settings import load_settings
read_document(Path(sys.argv[1]), settings=load_settings())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
_MISSING = {
    "RapidOCR": "pip install 'gouji[scan]'",
    "Tesseract chi_sim": "apt-get install tesseract-ocr tesseract-ocr-chi-sim",
    "img2table": "python -m venv ENV; ENV/bin/pip install img2table onnxruntime 'rapidocr>=3.10,<3.11'; "
    "then --img2table ENV/bin/python",
}

Found = tuple[tuple[Page, ...], float]
"""What a tool saw on the pages of a report, and in how many seconds."""
Word = tuple[str, tuple[float, float, float, float]]
"""A text and its box in pixels."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A report: its page pictures as files, and what its fields print: value (None where not read) and state."""

    name: str
    pictures: tuple[Path, ...]
    truth: dict[str, tuple[float | None, str]]


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the cells a tool got right, value and state, and its seconds for so many pages."""

    right: int
    cells: int
    seconds: float
    pages: int


def load_scans(folder: Path, pictures: Path, count: int) -> list[Scan]:
    """The first scans of a labelled folder whose pages are one picture each, written into the folder `pictures`."""
    from PIL import Image

    scans: list[Scan] = []
    for path in sorted((folder / "truth").glob("*.json")):
        if len(scans) == count:
            break
        source = folder / path.stem
        pages = list(_open_pages(source))
        if any(page.shape[0] > _TALLEST * page.shape[1] for page in pages):
            continue
        files = tuple(pictures / f"{source.name}-{number}.png" for number in range(1, len(pages) + 1))
        for page, file in zip(pages, files, strict=True):
            Image.fromarray(page).save(file)
        scans.append(Scan(source.name, files, _truth(json.loads(path.read_text(encoding="utf-8")))))
    return scans


def _open_pages(source: Path) -> Iterator[Any]:
    from extract.pages.image.pictures import open_pictures
    from extract.pages.pdf.source import read_drawings, render_page
    from extract.settings import load_settings

    content, settings = source.read_bytes(), load_settings()
    if content[:4] != b"%PDF":
        yield from (read() for read in open_pictures(content, file=source.name, settings=settings).values())
        return
    for drawing in read_drawings(content, file=source.name, settings=settings):
        yield render_page(content, drawing.number, file=source.name)


def _truth(entry: dict[str, Any]) -> dict[str, tuple[float | None, str]]:
    open_cells = set(entry.get("must_review") or ())
    states = entry.get("states") or {}
    return {
        name: (value if states.get(name, "read") == "read" else None, states.get(name, "read"))
        for name, value in entry["fields"].items()
        if name not in open_cells
    }


# ---------------------------------------------------------------- tools


def read_with_gouji(scan: Scan) -> Found:
    """Raises: GoujiError."""
    from extract.pages import read_content
    from extract.settings import load_settings

    content = _as_tiff(scan.pictures)
    started = time.perf_counter()
    document = read_content(content, file="scan.tif", settings=load_settings())
    _grade(document.pages)
    return document.pages, time.perf_counter() - started


def _as_tiff(pictures: Sequence[Path]) -> bytes:
    import io

    from PIL import Image

    first, *others = (Image.open(path) for path in pictures)
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", save_all=True, append_images=others)
    return buffer.getvalue()


def read_with_rapidocr(scan: Scan) -> Found:
    """Detector, classifier and recogniser as the package comes."""
    started = time.perf_counter()
    results = [_rapidocr()(str(path)) for path in scan.pictures]
    seconds = time.perf_counter() - started
    words = [
        [
            (text, (*box.min(axis=0).tolist(), *box.max(axis=0).tolist()))
            for text, box in zip(result.txts or (), result.boxes if result.txts else (), strict=True)
        ]
        for result in results
    ]
    return _words_to_pages(scan, words), seconds


@cache
def _rapidocr() -> Any:
    from rapidocr import RapidOCR

    one = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "critical", **one})


def read_with_tesseract(scan: Scan) -> Found:
    """Its words of the page taken as one block (the others of its ways to cut a page find fewer cells)."""
    words, seconds = [], 0.0
    for path in scan.pictures:
        started = time.perf_counter()
        command = ["tesseract", str(path), "-", "-l", "chi_sim", "--psm", "6", "tsv"]
        done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        seconds += time.perf_counter() - started
        words.append(list(_tsv_to_words(done.stdout.decode("utf-8"))))
    return _words_to_pages(scan, words), seconds


def _tsv_to_words(table: str) -> Iterator[Word]:
    for line in table.splitlines()[1:]:
        *_, left, top, width, height, _, text = line.split("\t")
        if text.strip():
            x, y = float(left), float(top)
            yield text.strip(), (x, y, x + float(width), y + float(height))


def read_with_img2table(scan: Scan, *, python: Path) -> Found:
    """Its tables with RapidOCR as its eyes, in an environment of its own; as one web page."""
    from extract.pages import read_content
    from extract.settings import load_settings

    script = Path(__file__).parent / "scans" / "img2table_pages.py"
    command = [str(python), str(script), *map(str, scan.pictures)]
    done = json.loads(subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8").splitlines()[-1])
    html = f"<html><body>{''.join(done['pages'])}</body></html>".encode()
    return read_content(html, file="scan.html", settings=load_settings()).pages, float(done["seconds"])


def _words_to_pages(scan: Scan, words: Sequence[Sequence[Word]]) -> tuple[Page, ...]:
    """Pages of a document without rules, their skew taken off."""
    from extract.pages.pdf import drawings_to_pages
    from extract.pages.pdf.drawing import Drawing, Glyph

    drawings = []
    for number, (path, own) in enumerate(zip(scan.pictures, words, strict=True), 1):
        size, matrix = _upright(path)
        unit = size[0] / _WIDE
        glyphs: list[Glyph] = []
        for text, (x0, y0, x1, y1) in own:
            x, y, _ = matrix @ ((x0 + x1) / 2, (y0 + y1) / 2, 1)
            left, top, wide, high = x - (x1 - x0) / 2, y - (y1 - y0) / 2, (x1 - x0) / len(text), y1 - y0
            glyphs += [
                Glyph(
                    character,
                    (
                        (left + k * wide) / unit,
                        top / unit,
                        (left + (k + 1) * wide) / unit,
                        (top + high) / unit,
                    ),
                    (top + high) / unit,
                )
                for k, character in enumerate(text)
            ]
        drawings.append(Drawing(number, _WIDE, size[1] / unit, tuple(glyphs), ()))
    return drawings_to_pages(drawings, file=scan.name)


def _upright(path: Path) -> tuple[tuple[int, int], Any]:
    """Width and height of a picture, and the matrix that takes off its skew."""
    import numpy as np
    from PIL import Image

    from extract.pages.image.ink import flatten_paper, grey_to_ink
    from extract.pages.image.upright import rotation, skew_of

    grey = np.asarray(Image.open(path).convert("L"))
    return (grey.shape[1], grey.shape[0]), rotation(grey.shape, skew_of(grey_to_ink(flatten_paper(grey)))[0])


# ---------------------------------------------------------------- scores


def measure(scans: Sequence[Scan], read: Callable[[Scan], Found]) -> Score:
    """The tool's score over the scans; models are loaded by a reading of the first that is not counted."""
    if scans:
        with suppress(GoujiError):  # a page alone may be no report
            read(replace(scans[0], pictures=scans[0].pictures[:1]))
    scores = [_score(scan, *read(scan)) for scan in scans]
    return Score(*(sum(column) for column in zip(*scores, strict=True))) if scores else Score(0, 0, 0.0, 0)


def _score(scan: Scan, pages: tuple[Page, ...], seconds: float) -> tuple[int, int, float, int]:
    try:
        fields = _grade(pages).fields
    except GoujiError:
        fields = {}
    right = sum(
        name in fields and (_as_number(fields[name].value), str(fields[name].state)) == (_as_number(value), state)
        for name, (value, state) in scan.truth.items()
    )
    return right, len(scan.truth), seconds, len(scan.pictures)


def _as_number(value: Any) -> float | None:
    return None if value is None else float(value)


def _grade(pages: tuple[Page, ...]) -> Report:
    """Raises: NotAReportError."""
    from extract.pipeline import gather_evidence, grade_evidence

    return grade_evidence(gather_evidence(Document(Source("scan", "", "image", len(pages), ocr=True), pages)))


def measure_memory(scan: Scan, folder: Path, pages: int) -> float:
    """Peak MB of a process of its own that reads a scan of so many pages: those of the given one, again and again."""
    from PIL import Image

    path = folder / "long.pdf"
    sheets = [Image.open(picture).convert("RGB") for picture in scan.pictures]
    first, *others = (sheets[k % len(sheets)] for k in range(pages))
    first.save(path, save_all=True, append_images=others, quality=70)
    command = [sys.executable, "-c", _READ_AND_TELL, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) / 1024


def list_tools(img2table: Path | None) -> dict[str, Callable[[Scan], Found] | None]:
    """Name of each tool → what reads a scan with it; None of one that is not installed."""
    return {
        "gouji": read_with_gouji,
        "RapidOCR": read_with_rapidocr if find_spec("rapidocr") else None,
        "Tesseract chi_sim": read_with_tesseract if _has_chinese() else None,
        "img2table": partial(read_with_img2table, python=img2table) if img2table and img2table.is_file() else None,
    }


def _has_chinese() -> bool:
    if not shutil.which("tesseract"):
        return False
    return (
        "chi_sim" in subprocess.run(["tesseract", "--list-langs"], check=False, capture_output=True, text=True).stdout
    )


def describe(levels: Iterable[tuple[str, Sequence[Scan]]], img2table: Path | None) -> str:
    """The table of all tools as Markdown, a column for each level; what is missing is named with its remedy below."""
    tools, rows = list_tools(img2table), list(levels)
    pages = [f"{name}, {sum(len(scan.pictures) for scan in scans)} pages" for name, scans in rows]
    lines = [f"| cells right, seconds a page | {' | '.join(pages)} |", "|---" * (len(rows) + 1) + "|"]
    for name, read in tools.items():
        if read:
            shown = [_describe_score(measure(scans, read)) for _, scans in rows]
            lines.append(f"| {name} | {' | '.join(shown)} |")
    missing = [f"{name} is not installed: {_MISSING[name]}" for name, read in tools.items() if not read]
    return "\n".join([*lines, *missing])


def _describe_score(score: Score) -> str:
    return f"{score.right} of {score.cells}, {score.seconds / max(1, score.pages):.2f} s"


def main() -> None:
    """Reads the command line and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m training.benchmark_scans", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR", help="labelled scans; made where none is given")
    parser.add_argument("--img2table", type=Path, metavar="PYTHON", help="the Python of the environment that has it")
    parser.add_argument("--count", type=int, default=GENERATED, help="how many scans of each level are made or taken")
    parser.add_argument("--long", type=int, metavar="PAGES", help="tell gouji's memory for a scan of so many pages")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        with tempfile.TemporaryDirectory() as folder:
            levels = list(_collect(options.folders, Path(folder), options.count))
            if options.long:
                peak = measure_memory(next(scan for _, own in levels for scan in own), Path(folder), options.long)
                sys.stdout.write(f"gouji: a scan of {options.long} pages, peak {peak:.0f} MB\n")
            else:
                sys.stdout.write(describe(levels, options.img2table) + "\n")
    except UsageError as error:
        raise SystemExit(str(error)) from error


def _collect(folders: Sequence[Path], made: Path, count: int) -> Iterator[tuple[str, list[Scan]]]:
    if not folders:
        from training.scans.scanner import make_scans

        for level in LEVELS:
            make_scans(made / level, count=count + _SPARE, seed=SEED, level=level, split="held_out")
        folders = [made / level for level in LEVELS]
    for folder in folders:
        pictures = made / f"pages-{folder.name}"
        pictures.mkdir()
        yield folder.name, load_scans(folder, pictures, count)


if __name__ == "__main__":
    main()
