"""A small maker of reports on the template of 2019: cells that add up, printed as text or as a web page."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from extract.forms import load_form
from extract.records import Axis, State

FORM = load_form("2019")
Printed = Mapping[str, str]
"""Field id → the cell as printed."""

_HEADINGS = {section.number: section.heading for section in FORM.sections}
_NUMERALS = "零一二三四五六"
_GROUPS = ("received", "carried_in", "handled", "carried_out")


def make_printed(seed: int = 0) -> dict[str, str]:
    """All 198 cells of an invented report; sums hold, changes are signed, the amount has its unit."""
    rng = random.Random(seed)
    counts = dict.fromkeys(FORM.field_ids, 0)
    _fill_requests(counts, rng)
    for field in counts:
        if field.startswith("disclosure.") and rng.random() < 0.7:
            counts[field] = rng.choice([1, 2, 7, 18, 136, 1036, 20415])
        if field.startswith("challenges.") and not field.endswith(".total") and rng.random() < 0.2:
            counts[field] = rng.randint(1, 9)
    for group in {field.rsplit(".", 1)[0] for field in counts if field.startswith("challenges.")}:
        counts[f"{group}.total"] = sum(value for field, value in counts.items() if field.startswith(f"{group}."))
    printed = {field: str(value) for field, value in counts.items()}
    for field in printed:
        if field.endswith("items_change"):
            printed[field] = rng.choice(["+1036", "-3", "0", "+12", "/", "增加12", "减少5"])
    printed["disclosure.procurement.amount"] = rng.choice(["12.6万元", "0", "251000元", "1,204.35万元", "89.343"])
    return printed


def _fill_requests(counts: dict[str, int], rng: random.Random) -> None:
    block = FORM.tables[1].blocks[0]
    outcomes = [row.id for row in block.rows if row.id.removeprefix("requests.") not in _GROUPS]
    for column in block.columns[:-1]:
        for row in rng.sample(outcomes, 3):
            counts[f"{row}.{column.id}"] = rng.choice([0, 1, 3, 12, 40])
        handled = sum(counts[f"{row}.{column.id}"] for row in outcomes)
        counts[f"requests.handled.{column.id}"] = handled
        carried = rng.randint(0, handled)
        counts[f"requests.carried_in.{column.id}"], left = carried, rng.randint(0, 4)
        counts[f"requests.carried_out.{column.id}"] = left
        counts[f"requests.received.{column.id}"] = handled - carried + left
    for row in block.rows:
        counts[f"{row.id}.total"] = sum(counts[f"{row.id}.{column.id}"] for column in block.columns[:-1])


def expected(text: str) -> tuple[State, Decimal | None]:
    """What a printed cell of `make_printed` should be read as."""
    if not text:
        return State.BLANK, None
    if text == "/":
        return State.DASH, None
    plain = text.replace("增加", "+").replace("减少", "-").replace("万元", "").replace("元", "").replace(",", "")
    return State.READ, Decimal(plain)


def to_text(printed: Printed, *, year: int = 2019, layout: str = "tabs") -> str:
    """The report as text; `layout` is tabs, pipes or blanks."""
    separators: dict[str, Callable[[Sequence[str]], str]] = {
        "tabs": "\t".join,
        "pipes": lambda row: f"| {' | '.join(row)} |",
        "blanks": lambda row: "   ".join(row),
    }
    return "\n".join(_paragraphs(printed, year, lambda rows: "\n".join(map(separators[layout], rows))))


def to_html(printed: Printed, *, year: int = 2019) -> str:
    """The report as a web page: heads over groups of columns, row groups that span rows."""
    body = "\n".join(
        part if part.startswith("<table") else f"<p>{part}</p>" for part in _paragraphs(printed, year, _html_table)
    )
    return f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>年报</title></head><body>{body}</body></html>"


def _html_table(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<td><p><span>{cell or '&nbsp;'}</span></p></td>" for cell in row) for row in rows)
    return f"<table border='1'>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _paragraphs(printed: Printed, year: int, table: Callable[[Sequence[Sequence[str]]], str]) -> list[str]:
    return [
        f"临桥县水利局{year}年政府信息公开工作年度报告",
        f"根据《中华人民共和国政府信息公开条例》，现公布{year}年度报告。本报告统计期限为{year}年1月1日至{year}年12月31日。",
        _heading(1),
        "本局认真贯彻条例，主动公开各类信息，公开工作平稳有序。",
        _heading(2),
        table(_table_2(printed)),
        _heading(3),
        table(_table_3(printed)),
        _heading(4),
        table(_table_4(printed)),
        _heading(5),
        "存在的主要问题是公开内容还不够全面。下一步将健全制度，加强培训，提高公开质量。",
        _heading(6),
        "无其他需要报告的事项。",
    ]


def _heading(number: int) -> str:
    return f"{_NUMERALS[number]}、{_HEADINGS[number]}"


def _table_2(printed: Printed) -> list[list[str]]:
    rows = []
    for block in FORM.tables[0].blocks:
        rows += [[block.caption], ["信息内容", *(column.label for column in block.columns)]]
        rows += [[row.label, *_cells(printed, row, block.columns)] for row in block.rows]
    return rows


def _table_3(printed: Printed) -> list[list[str]]:
    block = FORM.tables[1].blocks[0]
    head = ["", "申请人情况", *(column.label for column in block.columns)]
    groups: list[str] = [""]
    rows = [head]
    for row in block.rows:
        shown = row.group if row.group not in groups else ""
        groups.append(row.group)
        rows.append([shown, row.label, *_cells(printed, row, block.columns)])
    return rows


def _table_4(printed: Printed) -> list[list[str]]:
    block = FORM.tables[2].blocks[0]
    groups = [column.group if k % 5 == 0 else "" for k, column in enumerate(block.columns)]
    return [groups, [column.label for column in block.columns], _cells(printed, block.rows[0], block.columns)]


def _cells(printed: Printed, row: Axis, columns: Sequence[Axis]) -> list[str]:
    return [printed[f"{row.id}.{column.id}"] for column in columns]
