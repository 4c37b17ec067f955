"""Synthetic reports as scans: set by a browser or an office program, worn, stamped, stored, with their truth."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.errors import UsageError
from extract.quick import replace
from training.scans.layout import draft_to_html, sample_setting
from training.scans.wear import Generator, Picture, Wear, load_wear, wear_page
from training.synthesis.balance import judge_balances
from training.synthesis.compose import make_draft
from training.synthesis.draft import Draft
from training.synthesis.dressing import dress_values
from training.synthesis.truth import truth_entry

LEVELS = ("scan_clean", "scan_medium", "scan_heavy")
KINDS = ("pdf", "pdf", "pdf", "tiff", "jpeg", "png")
PACKAGES = "chromium libreoffice-writer"
SEALS = {"none": 0.0, "some": 0.5, "all": 1.0}  # share of pages with a large seal; without any, no pen wrote on them

_FONTS = Path(__file__).parent / "fonts.toml"
_TYPE_POINTS = 10.5
_LONGEST_SETTING = 120  # seconds for one document
_COLOUR = 0.5  # share of scans in colour
_TURNED = {"scan_clean": 0.0, "scan_medium": 0.04, "scan_heavy": 0.08}  # share of scans a quarter turned
_EDGED = {"scan_clean": 0.0, "scan_medium": 0.1, "scan_heavy": 0.25}  # with a copier's black edge
_PHOTOGRAPHED = {"scan_clean": 0.0, "scan_medium": 0.05, "scan_heavy": 0.15}  # seen at an angle


def make_scans(
    out_dir: Path, *, count: int, seed: int, level: str, split: str = "train", digital: Path | None = None
) -> None:
    """Writes scans and `truth/<file name>.json` into the folder; `split` says whose typefaces: train or held_out.

    Where there is a folder for it, what was scanned is written there as a PDF with its text, `<file name>.pdf`.

    Raises: ValueError where the level is not known; UsageError where the programs that set pages are missing.
    """
    if level not in LEVELS:
        raise ValueError(f"level is one of {', '.join(LEVELS)}")
    (out_dir / "truth").mkdir(parents=True, exist_ok=True)
    for place in range(count):
        rng = random.Random(f"{seed}/{level}/{split}/{place}")
        draft = make_draft(rng, "text-0", "train" if split == "train" else "holdout")
        dress_values(draft)
        judge_balances(draft)
        stem = f"{level.replace('_', '-')}-{seed}-{place:04}"
        name = write_scan(out_dir, draft, level, split=split, stem=stem, digital=digital)
        entry = truth_entry(draft, name) | {"family": level.replace("_", "-")}
        (out_dir / "truth" / f"{name}.json").write_text(json.dumps(entry, ensure_ascii=False, indent=1), "utf-8")


def write_scan(out_dir: Path, draft: Draft, level: str, *, split: str, stem: str, digital: Path | None = None) -> str:
    """Writes the draft as a scan; its file name. One sheet as JPEG or PNG can't hold a report of several pages."""
    rng = np.random.default_rng(draft.rng.getrandbits(64))
    with tempfile.TemporaryDirectory() as folder:
        printed = _print(draft, split, Path(folder))
        pages = scan_pages(printed, level, rng)
        kind = draft.rng.choice(KINDS)
        if kind in ("jpeg", "png"):
            pages = [np.vstack(_same_width(pages))]
        name = store_pages(pages, out_dir / stem, kind, level, rng).name
        if digital:
            shutil.copyfile(printed, digital / f"{name}.pdf")
    return name


def scan_pages(
    printed: Path, level: str, rng: Generator, *, pages: int | None = None, seals: str = "some"
) -> list[NDArray[np.uint8]]:
    """The sheets of a PDF, or the first so many, as they lie on a scanner of that level, all at one resolution.

    `seals` is one of SEALS.
    """
    wear = load_wear(level)
    if seals == "none":
        wear = replace(wear, seal=0.0, strokes=0.0)
    dpi = round(float(rng.uniform(*wear.dpi)))
    sheets = islice(pdf_to_pages(printed, dpi), pages)
    return [_scan(page, wear, level, dpi, rng, stamped=SEALS[seals]) for page in sheets]


def _print(draft: Draft, split: str, folder: Path) -> Path:
    """The draft as a PDF with its text, in the typefaces of `split`."""
    faces = tomllib.loads(_FONTS.read_text(encoding="utf-8"))["pages"][split]
    source = folder / "report.html"
    source.write_text(draft_to_html(draft, sample_setting(draft.rng, faces["text"], faces["digits"])), encoding="utf-8")
    return print_with_office(source) if draft.rng.random() < 0.25 else print_with_browser(source)


def print_with_browser(source: Path) -> Path:
    """The PDF of a page of HTML, beside it. Raises: UsageError where no browser is installed."""
    target = source.with_suffix(".pdf")
    browser = _program("chromium", "chromium-browser", "google-chrome")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    _run([browser, *options, f"file://{source}"])
    return target


def print_with_office(source: Path) -> Path:
    """The PDF of a page of HTML, beside it. Raises: UsageError where no office program is installed."""
    profile = f"-env:UserInstallation=file://{source.parent}/office"
    options = ["--headless", "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"]
    _run([_program("soffice", "libreoffice"), profile, *options, "--outdir", str(source.parent), str(source)])
    return source.with_suffix(".pdf")


def _program(*names: str) -> str:
    """Raises: UsageError where none is installed."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise UsageError(f"{names[0]} is not installed; pages are set with it: install {PACKAGES}")


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_LONGEST_SETTING)


def pdf_to_pages(path: Path, dpi: int) -> Iterator[Picture]:
    """The pages of a PDF in print, grey, at `dpi`."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            yield np.asarray(page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L"))
    finally:
        document.close()


def _scan(page: Picture, wear: Wear, level: str, dpi: int, rng: Generator, *, stamped: float) -> NDArray[np.uint8]:
    """One sheet as it lies on the scanner: worn, stamped, askew, at times at an angle or with a black edge."""
    worn = wear_page(page, wear, rng, size=_TYPE_POINTS * dpi / 72)
    sheet = cv2.cvtColor(worn, cv2.COLOR_GRAY2BGR).astype(np.uint8) if rng.random() < _COLOUR else worn
    if rng.random() < stamped:
        sheet = _stamp_in_colour(sheet, dpi, rng)
    sheet = _lay_askew(sheet, wear, rng, angled=rng.random() < _PHOTOGRAPHED[level])
    if rng.random() < _EDGED[level]:
        thick = int(dpi * rng.uniform(0.05, 0.25))
        side = int(rng.integers(4))
        (sheet[:thick], sheet[-thick:], sheet[:, :thick], sheet[:, -thick:])[side][:] = int(rng.integers(0, 50))
    turned = rng.random() < _TURNED[level]
    return np.ascontiguousarray(np.rot90(sheet, int(rng.integers(1, 4)))) if turned else sheet


def _stamp_in_colour(sheet: NDArray[np.uint8], dpi: int, rng: Generator) -> NDArray[np.uint8]:
    """A round seal of 4 cm with a star and writing around, red where the scan is in colour."""
    rows, columns = sheet.shape[:2]
    layer = np.full((rows, columns), 255, np.uint8)
    radius = int(dpi * 2.0 / 2.54)
    centre = (int(rng.integers(radius, columns - radius)), int(rng.integers(radius, rows - radius)))
    thick = max(2, dpi // 50)
    cv2.circle(layer, centre, radius, 0, thick, cv2.LINE_AA)
    angles = np.arange(5) * 4 * np.pi / 5 - np.pi / 2
    star = np.array(centre) + radius * 0.3 * np.stack((np.cos(angles), np.sin(angles)), axis=1)
    cv2.fillPoly(layer, [star.astype(np.int32)], 0, cv2.LINE_AA)
    for angle in np.linspace(0.75 * np.pi, 2.25 * np.pi, 14):  # the agency's name, as blocks of strokes
        spot = np.array(centre) + radius * 0.78 * np.array((np.cos(angle), np.sin(angle)))
        for _ in range(6):
            ends = spot + rng.normal(0, radius * 0.06, (2, 2))
            cv2.line(
                layer, ends[0].astype(int).tolist(), ends[1].astype(int).tolist(), 0, max(1, thick // 2), cv2.LINE_AA
            )
    ink = cv2.GaussianBlur(layer, (0, 0), 0.7).astype(np.float32) / 255
    fade = float(rng.uniform(0.4, 0.9))
    if sheet.ndim == 2:
        return np.asarray(sheet * (1 - (1 - ink) * fade * 0.7), np.uint8)
    strength = np.stack(
        [(1 - ink) * fade * share for share in (0.85, 0.9, 0.12)], axis=2
    )  # blue, green, red taken away
    return np.asarray(sheet * (1 - strength), np.uint8)


def _lay_askew(sheet: NDArray[np.uint8], wear: Wear, rng: Generator, *, angled: bool) -> NDArray[np.uint8]:
    """The sheet turned by the profile's skew, and where it was photographed, its corners moved."""
    rows, columns = sheet.shape[:2]
    corners = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), float(rng.uniform(*wear.skew)), 1.0)
    moved = corners @ turn[:, :2].T + turn[:, 2]
    if angled:
        moved += rng.uniform(-0.025, 0.025, (4, 2)) * columns
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return np.asarray(cv2.warpPerspective(sheet, matrix, (columns, rows), borderValue=(245,) * 3), np.uint8)


def _same_width(pages: Sequence[NDArray[np.uint8]]) -> list[NDArray[np.uint8]]:
    width = max(page.shape[1] for page in pages)
    coloured = [page if page.ndim == 3 else cv2.cvtColor(page, cv2.COLOR_GRAY2BGR) for page in pages]
    return [
        cv2.copyMakeBorder(page, 0, 0, 0, width - page.shape[1], cv2.BORDER_CONSTANT, value=(255,) * 3).astype(np.uint8)
        for page in coloured
    ]


def store_pages(pages: Sequence[NDArray[np.uint8]], stem: Path, kind: str, level: str, rng: Generator) -> Path:
    """Writes the pages as one file of that kind, as poor as the level stores pictures."""
    from PIL import Image

    pictures = [Image.fromarray(page if page.ndim == 2 else cv2.cvtColor(page, cv2.COLOR_BGR2RGB)) for page in pages]
    path = stem.with_name(f"{stem.name}.{kind.replace('jpeg', 'jpg').replace('tiff', 'tif')}")
    quality = round(float(rng.uniform(*load_wear(level).jpeg)))
    many = {"save_all": True, "append_images": pictures[1:]} if kind in ("pdf", "tiff") else {}
    pictures[0].save(path, format=kind.upper(), **many, **({"quality": quality} if kind in ("pdf", "jpeg") else {}))
    return path


def main() -> None:
    """Reads the command line and writes the scans."""
    import argparse

    parser = argparse.ArgumentParser(prog="python -m training.scans.scanner", description=make_scans.__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--level", choices=LEVELS, default=LEVELS[0])
    parser.add_argument("--split", choices=("train", "held_out"), default="train")
    given = parser.parse_args()
    make_scans(given.out, count=given.count, seed=given.seed, level=given.level, split=given.split)


if __name__ == "__main__":
    main()
