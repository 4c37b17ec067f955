"""The pages in a browser: from doubtful cell to doubtful cell, evidence and picture, filters, a phone's width."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from extract.outputs import write_report
from extract.outputs.webpage import write_page
from extract.quick import replace
from extract.takeaway import write_webpages
from tests.outputs.webpage.chromium import hover, open_chromium, press
from tests.outputs.webpage.scans import BLAMED, DOUBTFUL, draw_page, scanned_report
from tests.outputs.webpage.test_overview import example

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

_CSS = "css selector"
_ESCAPE, _UP, _RIGHT = "\ue00c", "\ue013", "\ue014"  # as the WebDriver standard numbers them
DESKTOP, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a scan and of three other reports."""
    folder = tmp_path_factory.mktemp("site")
    write_report(scanned_report(draw_page(folder / "扫描.png")), folder / "in" / "scan.json")
    for agency, year in (("青溪市统计局", 2023), ("青溪市教育局", 2023), ("青溪市教育局", 2024)):
        write_report(example(agency, year, received=year - 2000), folder / "in" / f"{agency}{year}.json")
    write_webpages([folder / "in"], folder / "out", folder)
    return folder / "out"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    yield from open_chromium(tmp_path_factory.mktemp("profile"), DESKTOP)


@pytest.fixture
def browser(chromium: Chrome) -> Iterator[Chrome]:
    """The browser at the desktop's size; a page that broke a policy or threw an error fails its test."""
    _resize(chromium, DESKTOP)
    yield chromium
    assert [entry for entry in chromium.get_log("browser") if entry["level"] == "SEVERE"] == []


def _resize(browser: Chrome, size: tuple[int, int]) -> None:
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def _open(browser: Chrome, page: Path) -> None:
    browser.get("about:blank")
    browser.get(page.as_uri())


def _press(browser: Chrome, key: str) -> str:
    """The field whose cell has the focus after the key."""
    press(browser, key)
    return (browser.switch_to.active_element.get_attribute("id") or "").removeprefix("c-")


def _card(browser: Chrome) -> WebElement:
    return browser.find_element("id", "card")


def _cell(browser: Chrome, field: str) -> WebElement:
    return browser.find_element("id", f"c-{field}")


def test_a_doubtful_cell_of_a_scan_is_found_by_key_with_its_evidence_and_picture(site: Path, browser: Chrome) -> None:
    _open(browser, site / "scan.html")
    assert not _card(browser).is_displayed()
    assert _press(browser, "n") == DOUBTFUL
    assert _card(browser).is_displayed()
    assert "12 0.61；17 0.35" in _card(browser).text
    box = browser.execute_script("return document.querySelector('#card .crop use').getBBox().width")
    assert box > 600  # pixels: the row of the page, so the picture was decoded
    frame = browser.find_element(_CSS, "#card .crop .frame")
    assert frame.size["width"] > 30


def test_no_table_is_printed_over_two_sheets(tmp_path: Path, browser: Chrome) -> None:
    report = scanned_report(draw_page(tmp_path / "扫描.png"))
    lines = [replace(report.sentences[0], id=f"s{number:03}") for number in range(1, 16)]
    write_page(replace(report, sentences=tuple(lines)), tmp_path / "scan.html", lambda source: None)
    _open(browser, tmp_path / "scan.html")
    printed = pypdfium2.PdfDocument(base64.b64decode(browser.print_page()))
    sheets = [page.get_textpage().get_text_range() for page in printed]
    assert [("一、本年新收" in sheet, "四、结转下年度" in sheet) for sheet in sheets].count((True, True)) == 1


def test_keys_go_round_the_doubtful_cells_and_close_the_card(site: Path, browser: Chrome) -> None:
    _open(browser, site / "scan.html")
    assert [_press(browser, key) for key in "nnnpp"] == [DOUBTFUL, BLAMED, DOUBTFUL, BLAMED, DOUBTFUL]
    _press(browser, _ESCAPE)
    assert not _card(browser).is_displayed()


def test_arrows_go_from_cell_to_cell_over_merged_heads(site: Path, browser: Chrome) -> None:
    _open(browser, site / "scan.html")
    _press(browser, "n")
    assert _press(browser, _RIGHT) == "requests.granted.business"
    assert _press(browser, _UP) == "requests.carried_in.business"
    assert "上年结转" in _card(browser).text


def test_the_pointer_shows_a_card_and_a_click_keeps_it(site: Path, browser: Chrome) -> None:
    _open(browser, site / "scan.html")
    hover(browser, _cell(browser, "requests.handled.total"))
    assert "（七）总计" in _card(browser).text
    hover(browser, browser.find_element("tag name", "h2"))
    assert not _card(browser).is_displayed()
    _cell(browser, "requests.handled.total").click()
    hover(browser, _cell(browser, DOUBTFUL))
    assert "（七）总计" in _card(browser).text


def test_findings_and_claims_lead_to_their_cells_and_back(site: Path, browser: Chrome) -> None:
    _open(browser, site / "scan.html")
    claim = browser.find_element(_CSS, "#sentence-s001 a.claim")
    hover(browser, claim)
    assert "lit" in (_cell(browser, BLAMED).get_attribute("class") or "")
    claim.click()
    assert browser.switch_to.active_element.get_attribute("id") == f"c-{BLAMED}"
    browser.find_element(_CSS, "#card a[href='#f-0']").click()
    assert browser.execute_script("return document.querySelector(':target').id") == "f-0"
    assert browser.switch_to.active_element.get_attribute("id") == "f-0"


def test_a_page_fits_a_phone_and_its_card_lies_at_the_foot(site: Path, browser: Chrome) -> None:
    _resize(browser, PHONE)
    for page in ("scan.html", "index.html"):
        _open(browser, site / page)
        width = browser.execute_script("return document.documentElement.scrollWidth")
        assert width <= PHONE[0], page
    for drawn in browser.find_elements(_CSS, "svg.chart, #reports"):
        assert drawn.rect["x"] + drawn.rect["width"] <= PHONE[0]
    _open(browser, site / "scan.html")
    ways = browser.find_element(_CSS, ".ways a:last-child").rect
    assert ways["x"] + ways["width"] <= browser.find_element(_CSS, ".steps").rect["x"]
    for table in browser.find_elements(_CSS, "table.form"):
        assert table.rect["x"] + table.rect["width"] <= PHONE[0]
    _press(browser, "n")
    assert _card(browser).is_displayed()
    foot = browser.execute_script("return document.getElementById('card').getBoundingClientRect().bottom")
    assert round(foot) == PHONE[1]
    top = browser.execute_script("return document.getElementById('card').getBoundingClientRect().top")
    cell = browser.execute_script("return document.activeElement.getBoundingClientRect().bottom")
    assert cell <= top


def _listed(browser: Chrome) -> list[str]:
    """Agency and year of the lines that are shown."""
    lines = browser.find_elements(_CSS, "#reports tbody tr")
    return [
        " ".join(cell.text for cell in line.find_elements("tag name", "td")[:2])
        for line in lines
        if line.is_displayed()
    ]


def test_the_overview_is_filtered_and_sorted(site: Path, browser: Chrome) -> None:
    _open(browser, site / "index.html")
    assert len(_listed(browser)) == 4
    browser.find_element("id", "search").send_keys("教育局")
    assert _listed(browser) == ["青溪市教育局 2023", "青溪市教育局 2024"]
    assert browser.find_element("id", "shown").text == "2"
    browser.find_element(_CSS, "#years option[value='2024']").click()
    assert _listed(browser) == ["青溪市教育局 2024"]
    _open(browser, site / "index.html")
    browser.find_element("id", "search").send_keys("a001 2023")
    assert {"青溪市统计局 2023", "青溪市教育局 2023"} <= set(_listed(browser))
    assert len(_listed(browser)) < 4
    browser.find_element("id", "search").send_keys(" y001")
    assert _listed(browser) == []
    _open(browser, site / "index.html")
    scores = [float(cell.text) for cell in browser.find_elements(_CSS, "#reports td:nth-child(3)")]
    browser.find_element("id", "below").send_keys(str(max(scores)))
    assert len(_listed(browser)) == sum(score < max(scores) for score in scores) < len(scores)
    _open(browser, site / "index.html")
    browser.find_element(_CSS, "#reports th:nth-child(4) button").click()
    errors = [cell.text for cell in browser.find_elements(_CSS, "#reports td:nth-child(4)")]
    assert errors == ["2", "1", "1", "1"]
    browser.find_element(_CSS, "#reports tbody tr a").click()
    assert browser.find_element(_CSS, ".back").is_displayed()
