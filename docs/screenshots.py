"""Makes the pictures of the pages in this folder anew, from the examples and from invented reports.

python docs/screenshots.py        needs the extra `test`, Chromium with its driver, and a font with Chinese characters
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from selenium import webdriver
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.service import Service

from extract import extract_report
from extract.outputs import write_report
from extract.takeaway import write_webpages
from training.synthesis.office import make_office_documents

_DOCS = Path(__file__).parent
_EXAMPLES = _DOCS.parent / "examples"
_DOTS, _ASKEW = 180, 0.5  # an inch, and degrees, of the scan
_COLOURS = 160  # of a picture: text and a few tints need no more
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")
_SHOTS = (  # picture, page, width and height, scale, keys, dark
    ("report.png", "yanchuan-water-2024.txt.html", (1280, 860), 1, "n", False),
    ("report-scan.png", "scan.tif.html", (1280, 860), 1, "n", False),
    ("report-dark.png", "wangxi-district-2023.txt.html", (1280, 860), 1, "", True),
    ("report-phone.png", "yanchuan-water-2024.txt.html", (390, 844), 2, "n", False),
    ("overview.png", "index.html", (1280, 960), 1, "", False),
)


def main() -> None:
    """Reads the reports, writes their pages, and photographs them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_office_documents(folder / "files", count=24, seed=2, family="pdf")
        printed = sorted((folder / "files").glob("*.pdf"))
        scan = _scan(printed[0], folder / "files" / "scan.tif")
        files = [scan, *printed[1:], *sorted(_EXAMPLES.glob("*.[tm][xd]*"))]
        for file in files:
            write_report(extract_report(file), folder / "documents" / f"{file.name}.json")
        write_webpages([folder / "documents"], folder / "site", folder / "files")
        for picture, page, size, scale, keys, dark in _SHOTS:
            _photograph(folder / "site" / page, _DOCS / picture, (*size, scale), keys, dark=dark)


def _scan(printed: Path, scan: Path) -> Path:
    """The pages of a PDF as a scanner would give them: grey, a little askew, on paper with a grain."""
    import pypdfium2

    grain = np.random.default_rng(1)
    pages = []
    for page in pypdfium2.PdfDocument(printed):
        drawn = page.render(scale=_DOTS / 72, grayscale=True).to_pil().rotate(_ASKEW, fillcolor=255, resample=3)
        grey = 0.9 * np.asarray(drawn, dtype=float) + grain.normal(12, 9, (drawn.height, drawn.width))
        pages.append(Image.fromarray(grey.clip(0, 255).astype(np.uint8)))
    pages[0].save(scan, save_all=True, append_images=pages[1:], compression="jpeg")
    return scan


def _photograph(page: Path, picture: Path, metrics: Sequence[int], keys: str, *, dark: bool) -> None:
    """The page in a window of (width, height, scale) after the keys, as a small PNG."""
    width, height, scale = metrics
    options = webdriver.ChromeOptions()
    for flag in _FLAGS:
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or "chromedriver"))
    try:
        device = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < height}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        browser.get(page.as_uri())
        if keys:
            ActionChains(browser).send_keys(keys).perform()
        browser.save_screenshot(str(picture))
    finally:
        browser.quit()
    with Image.open(picture) as image:
        image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)


if __name__ == "__main__":
    main()
