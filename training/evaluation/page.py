"""Slices → `evaluation.json` and `evaluation.html`, one page that needs nothing else and loads nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from extract.outputs import write_text
from extract.outputs.webpage.markup import Markup, tag
from extract.outputs.webpage.shell import page_to_html
from extract.outputs.webpage.words import with_english
from extract.quick import as_dict
from training.evaluation.plots import reliability_plot, risk_coverage_plot
from training.evaluation.slices import Estimate, Slice
from training.evaluation.table import write_figure

_COLUMNS = (
    ("field_accuracy", "读取正确", "right", "share"),
    ("nonzero_accuracy", "不为 0 的", "not 0", "share"),
    ("coverage", "覆盖率", "coverage", "share"),
    ("wrong_accepted_rate", "采信而错", "accepted, wrong", "rate"),
    ("bound", "错误率上界", "upper bound", "rate"),
    ("ece", "ECE", "", "small"),
    ("brier", "Brier", "", "small"),
    ("risk_coverage_area", "风险面积", "risk area", "small"),
)
_KINDS = {"family": ("族", "family"), "table": ("表", "table"), "all": ("合计", "all")}
_TABLES = {"disclosure": "表二", "requests": "表三", "challenges": "表四"}
_EXPLAIN = (
    (
        "左图：按可信度分成格数相等的各段，横轴为该段自认的出错率，纵轴为实际出错率；点在虚线上为准，在其上为过于自信，空心点为无一出错。"
        "右图：最有把握的那部分格（横轴）中读错的比例；红点为现在的采信界线，红虚线为允许的风险。",
        "Left: bins of equal mass; the share of wrong fields that the confidence expects, and the one observed. On the "
        "dashed line it is right, above it too sure; hollow dots: none is wrong. Right: the share of wrong fields "
        "among the surest; red dot: what is accepted now, red line: the risk allowed.",
    ),
    (
        "区间与色带：按报告重抽样的 95 % 区间；一格未错处自助法不见风险，请看上界（自助法与泊松界取大者）。",
        "Intervals and bands: 95 %, documents drawn anew. Where nothing is wrong they are blind: see the upper bound, "
        "the larger of the bootstrap's and Poisson's.",
    ),
)


def write_evaluation(
    slices: Sequence[Slice], figures: Mapping[str, Any], out: Path, *, source: str, risk: float
) -> None:
    """Both files into the folder, which is made. `figures` are those of `figures_by_family`, per table of documents."""
    from extract.artifacts import this_maker

    maker = as_dict(this_maker(risk))
    content = {
        "source": source,
        "risk": risk,
        "made_by": maker,
        "figures": figures,
        "slices": list(map(asdict, slices)),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    write_text(text + "\n", out / "evaluation.json")
    write_text(slices_to_html(slices, source=source, risk=risk), out / "evaluation.html")


def slices_to_html(slices: Sequence[Slice], *, source: str, risk: float) -> str:
    """The page. `risk` is the share of accepted fields that may be wrong."""
    head, body = _masthead(slices[-1], source), tag("main", _summary(slices, risk), _cards(slices, risk))
    style = files("training.evaluation").joinpath("page.css").read_text(encoding="utf-8")
    return page_to_html("度量 Evaluation", "", head, body, more_style=style)


def _masthead(whole: Slice, source: str) -> Markup:
    tallies = (
        (f"{whole.documents:,}", "报告", "documents"),
        (write_figure(whole.estimates["coverage"].value, "share"), "覆盖率", "coverage"),
        (f"{whole.wrong_accepted:,}", "采信而错的格", "accepted, wrong"),
        (write_figure(whole.estimates["ece"].value, "small"), "校准误差", "ECE"),
    )
    shown = [tag("p", tag("b", value), _both(zh, en), class_="tally") for value, zh, en in tallies]
    return tag(
        "header",
        tag("div", tag("p", tag("b", "勾稽 gouji"), class_="kind"), tag("p", source), class_="line"),
        tag("div", tag("h1", _both("度量", "Evaluation")), tag("div", shown, class_="tallies"), class_="front"),
        class_="masthead",
    )


def _both(chinese: str, english: str) -> Markup:
    return tag("span", with_english(chinese, english) if english else chinese)


def _summary(slices: Sequence[Slice], risk: float) -> Markup:
    heads = [("", ""), ("报告", "documents"), *((zh, en) for _, zh, en, _ in _COLUMNS)]
    head = tag(
        "tr", [tag("th", _both(*texts), scope="col", class_="number" if k else None) for k, texts in enumerate(heads)]
    )
    kinds = [None, *(own.kind for own in slices)]
    rows = [_row(own, risk, first=own.kind != kind) for kind, own in zip(kinds, slices, strict=False)]
    table = tag("table", tag("thead", head), tag("tbody", rows), class_="list")
    notes = tag("div", [tag("p", _both(*_EXPLAIN[1]))], class_="notes")
    title = tag("h2", _both("各族各表", "By family and table"))
    return tag("section", title, tag("div", table, class_="scroll summary"), notes, class_="wide")


def _row(own: Slice, risk: float, *, first: bool) -> Markup:
    cells = [tag("td", f"{own.documents:,}", class_="number")]
    for name, _, _, kind in _COLUMNS:
        estimate = Estimate(own.bound, None) if name == "bound" else own.estimates[name]
        span = " – ".join(write_figure(end, kind) for end in estimate.interval) if estimate.interval else None
        over = name == "wrong_accepted_rate" and (estimate.value or 0) > risk
        shown = tag("span", span, class_="span") if span else None
        cells.append(tag("td", write_figure(estimate.value, kind), shown, class_="number over" if over else "number"))
    return tag("tr", tag("th", _name(own), scope="row"), cells, class_="first" if first else None)


def _name(own: Slice) -> Markup:
    if own.kind == "family":
        return Markup(tag("span", own.name))
    return _both(_TABLES[own.name], own.name) if own.kind == "table" else _both(*_KINDS["all"])


def _cards(slices: Sequence[Slice], risk: float) -> Markup:
    cards = [_card(own, risk) for own in (slices[-1], *slices[:-1])]
    title = tag("h2", _both("可信度", "Confidence"))
    explained = tag("p", _both(*_EXPLAIN[0]), class_="explain")
    return tag("section", title, explained, tag("div", cards, class_="slices"), class_="wide")


def _card(own: Slice, risk: float) -> Markup:
    wrong = f"{own.fields:,} 格 fields，采信而错 accepted and wrong: {own.wrong_accepted:,}"
    plots = (
        ("可信度校准图", "reliability", reliability_plot(own.reliability)),
        ("风险—覆盖率曲线", "risk and coverage", risk_coverage_plot(own, risk)),
    )
    figures = [tag("figure", tag("figcaption", _both(zh, en)), drawn) for zh, en, drawn in plots]
    head = tag("h3", _name(own), tag("span", wrong, class_="calm"))
    return tag("article", head, tag("div", figures, class_="pair"), class_="slice")
