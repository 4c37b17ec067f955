"""The page of a report: every field once, all links lead somewhere, nothing from outside, hostile text stays text."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from extract.forms import load_form
from extract.outputs.webpage.report import report_to_html
from extract.quick import replace
from extract.records import Claim, Finding, Label, Qualifier, Report, Sentence, Severity, Template, Verdict
from tests.builders import make_cells, make_field, make_report
from tests.outputs.webpage.scans import BLAMED, DOUBTFUL, draw_page, scanned_report

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e\ud800\x00"


def report_2019() -> Report:
    fields = {name: make_field(Decimal(1)) for name in load_form("2019").field_ids}
    return replace(make_report(), fields=fields, template=Template("2019", 0.9))


def hostile_report() -> Report:
    """A report that says the same wicked thing wherever it may say anything."""
    made = make_report()
    field = replace(made.fields[DOUBTFUL], raw=HOSTILE, evidence=(HOSTILE,), accepted=False)
    claim = Claim(HOSTILE, "s1", HOSTILE, 0, 9, Decimal(1), HOSTILE, Qualifier.EXACT, DOUBTFUL, note=HOSTILE)
    return replace(
        made,
        source=replace(made.source, file=HOSTILE, sha256=HOSTILE),
        report={name: make_field(HOSTILE) for name in made.report},
        fields={**made.fields, DOUBTFUL: field},
        sentences=(Sentence("s1", 1, HOSTILE, Label.OTHER, 0.9, 1),),
        claims=(claim, replace(claim, id="k2", start=3, end=12)),
        findings=(Finding("A001", Severity.ERROR, HOSTILE, HOSTILE, (DOUBTFUL,), ("s1",), HOSTILE, HOSTILE),),
    )


@pytest.mark.parametrize("report", [make_report(), report_2019()], ids=["2021", "2019"])
def test_every_field_stands_once_in_the_tables(report: Report) -> None:
    page = HTMLParser(report_to_html(report))
    shown = Counter(cell.id.removeprefix("c-") for cell in page.css("table.form td") if cell.id)
    assert shown == Counter(load_form(report.template.id).field_ids)


@pytest.mark.parametrize("report", [make_report(), report_2019()], ids=["2021", "2019"])
def test_the_cells_of_every_table_fill_its_grid(report: Report) -> None:
    for table in HTMLParser(report_to_html(report)).css("table.form"):
        lines = table.css("tr")
        taken: Counter[tuple[int, int]] = Counter()
        for number, line in enumerate(lines):
            column = 0
            for cell in line.css("th, td"):
                while taken[number, column]:
                    column += 1
                rows, columns = (int(cell.attributes.get(name) or 1) for name in ("rowspan", "colspan"))
                taken.update((number + r, column + c) for r in range(rows) for c in range(columns))
        width = max(column for _, column in taken) + 1
        assert {place: 1 for place in taken if taken[place]} == {
            (row, column): 1 for row in range(len(lines)) for column in range(width)
        }
        assert set(taken.values()) <= {0, 1}


def test_marks_tell_states_and_doubt_without_colour() -> None:
    states = {"requests.received.research": "blank", "requests.received.business": "missing"}
    report = make_report(make_cells({"requests.granted.total": 1200}, states), doubtful=("requests.granted.total",))
    finding = Finding("A001", Severity.ERROR, "不平", "", ("requests.granted.total",))
    page = HTMLParser(report_to_html(replace(report, findings=(finding,))))
    assert text_of(page, "c-requests.received.research") == "□"
    assert text_of(page, "c-requests.received.business") == "×"
    assert text_of(page, "c-requests.granted.total") == "1200!?"
    assert [item.text().split(" ")[0] for item in page.css(".legend li")] == [
        "□空格",
        "×未找到",
        "?存疑，需核对",
        "!与勾稽关系不符，或不是有效数字",
    ]


def text_of(page: HTMLParser, name: str) -> str:
    return str(page.css_first(f'[id="{name}"]').text())


def test_every_link_leads_to_a_place_of_the_page(tmp_path: Path) -> None:
    page = HTMLParser(report_to_html(scanned_report(draw_page(tmp_path / "页.png"))))
    places = {node.id for node in page.css("[id]")}
    links = {link.attributes["href"] or "" for link in page.css("a[href]")}
    assert {link.removeprefix("#") for link in links} - places == set()
    assert {f"c-{BLAMED}", f"c-{DOUBTFUL}", "f-0", "f-1", "k-k1", "sentence-s001"} <= {
        link.removeprefix("#") for link in links
    }


def test_no_two_places_of_a_page_have_one_name(tmp_path: Path) -> None:
    html = report_to_html(scanned_report(draw_page(tmp_path / "页.png")))
    names = Counter(re.findall(r' id="([^"]+)"', html))
    assert [name for name, count in names.items() if count > 1] == []


def test_findings_stand_beside_the_table_and_the_text_links_back(tmp_path: Path) -> None:
    page = HTMLParser(report_to_html(scanned_report(draw_page(tmp_path / "页.png"))))
    assert [node.id for node in page.css("#t3 .finding")] == ["f-0", "f-1"]
    assert page.css_first("#f-1 .places a[href='#sentence-s001']") is not None
    assert page.css_first("#sentence-s001 a.badge[href='#f-1']") is not None
    claim = page.css_first("#sentence-s001 a.claim.contradicted")
    assert (claim.text(), claim.attributes["href"]) == ("14件✗", f"#c-{BLAMED}")


def test_cells_that_a_sum_blames_are_not_counted_as_doubtful(tmp_path: Path) -> None:
    page = HTMLParser(report_to_html(scanned_report(draw_page(tmp_path / "页.png"))))
    assert page.css_first(".toolbar .steps span").text() == "存疑格 1 · 读数可靠而有误之格 1"
    assert page.css_first("a.tally.doubtful b").text() == "1"


def test_the_cell_that_the_year_before_does_not_bear_out_is_marked() -> None:
    name = "requests.carried_in.total"
    told = Finding("Y001", Severity.ERROR, "不接", "", (name,), (), 3, 2)
    page = HTMLParser(report_to_html(replace(make_report(), findings=(told,))))
    assert [cell.attributes["id"] for cell in page.css("td.blamed")] == [f"c-{name}"]


def test_the_card_of_every_field_is_there_and_says_what_is_known(tmp_path: Path) -> None:
    report = scanned_report(draw_page(tmp_path / "页.png"))
    html = report_to_html(report)
    cards = re.findall(r'<(?:article|template)[^>]* id="d-([^"]+)"', html)
    assert Counter(cards) == Counter(list(report.fields))
    card = text_of(HTMLParser(html), f"d-{DOUBTFUL}")
    for said in (
        "表三“（一）予以公开”行“自然人”列",
        "读出",
        "0.50",
        "“12”",
        "第 1 页距页顶 43% 处",
        "12 0.61；17 0.35",
    ):
        assert said in card
    assert "A001行合计不平" in text_of(HTMLParser(html), f"d-{BLAMED}")


def test_hostile_text_stays_text() -> None:
    html = report_to_html(hostile_report())
    html.encode("utf-8")
    page = HTMLParser(html)
    assert len(page.css("script")) == 1
    assert page.css("img, [onerror], iframe, object") == []
    assert "<script>alert" not in html.replace("<script>" + (page.css_first("script").text() or ""), "")
    assert "&lt;script&gt;alert(1)" in html
    assert not set("\u202e\x00\ud800") & set(html)


def test_a_page_needs_nothing_from_outside(tmp_path: Path) -> None:
    html = report_to_html(scanned_report(draw_page(tmp_path / "页.png")))
    assert re.findall(r"https?:|=\"//|@import|url\(|\bfetch\(|XMLHttpRequest|\bimport\(", html) == []
    assert [node.attributes.get("src") for node in HTMLParser(html).css("[src]")] == []
    assert HTMLParser(html).css("link, [style]") == []


def test_the_policy_names_the_style_and_the_script_that_are_there() -> None:
    page = HTMLParser(report_to_html(make_report()))
    policy = page.css_first("meta[http-equiv='Content-Security-Policy']").attributes["content"] or ""
    assert policy.startswith("default-src 'none'; ")
    for kind in ("style", "script"):
        (node,) = page.css(kind)
        digest = base64.b64encode(hashlib.sha256((node.text() or "").encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_a_claim_that_overlaps_another_or_lies_outside_its_sentence_stands_behind_it() -> None:
    claims = [
        Claim(f"k{start}", "s1", "3件", start, end, Decimal(3), "件", Qualifier.EXACT, verdict=Verdict.SUPPORTED)
        for start, end in ((2, 4), (3, 5), (40, 42))
    ]
    report = replace(
        make_report(), sentences=(Sentence("s1", 1, "共计3件，已办。", Label.OTHER, 0.9, 1),), claims=tuple(claims)
    )
    page = HTMLParser(report_to_html(report))
    assert text_of(page, "sentence-s1") == "共计3件✓，已办。“3件”✓“3件”✓"


def test_a_page_without_pictures_is_small_and_says_how_to_get_them(tmp_path: Path) -> None:
    html = report_to_html(scanned_report(draw_page(tmp_path / "页.png")))
    assert len(html) < 300_000
    assert "--sources" in html
    assert "--sources" not in report_to_html(make_report())


def test_cells_are_coloured_by_confidence() -> None:
    made = make_report()
    levels = {
        "requests.received.natural_person": (0.9999, True),
        "requests.received.business": (0.9975, True),
        "requests.received.research": (0.95, False),
        "requests.received.public_welfare": (0.6, False),
        "requests.received.legal_service": (0.2, False),
    }
    fields = {
        name: replace(made.fields[name], confidence=confidence, accepted=accepted)
        for name, (confidence, accepted) in levels.items()
    }
    page = HTMLParser(report_to_html(replace(made, fields={**made.fields, **fields})))
    classes = [page.css_first(f'[id="c-{name}"]').attributes["class"] or "" for name in levels]
    assert [re.findall(r"d\d", found) for found in classes] == [[], ["d0"], ["d1"], ["d2"], ["d3"]]


def test_heads_above_all_fields_are_repeated_in_print_and_those_of_one_block_are_not() -> None:
    page = HTMLParser(report_to_html(make_report()))
    assert [len(page.css(f".form-{table} thead tr")) for table in (2, 3, 4)] == [0, 3, 3]
    assert page.css("thead td") == []


def test_the_dark_colours_are_for_screens_so_that_print_is_dark_on_white() -> None:
    assert re.findall(r"@media ([^{]*color-scheme[^{]*) {", report_to_html(make_report())) == [
        "screen and (prefers-color-scheme: dark)"
    ]
