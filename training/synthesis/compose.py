"""One document: sampled, planted, worded, laid out, damaged, and written with its truth."""

from __future__ import annotations

import datetime
import json
import random
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from training.synthesis.agencies import sample_agency
from training.synthesis.balance import judge_balances
from training.synthesis.confusion import confuse_grid
from training.synthesis.defects import break_rows, damage_grid
from training.synthesis.draft import Draft, Printed
from training.synthesis.dressing import dress_values
from training.synthesis.figures import sample_figures
from training.synthesis.grammar import to_chinese
from training.synthesis.grids import (
    Grid,
    Shape,
    challenge_grid,
    disclosure_grids,
    needs_columns,
    request_grid,
    sample_shape,
)
from training.synthesis.paging import Flow, break_pages
from training.synthesis.planting import plant_errors
from training.synthesis.prose import write_prose
from training.synthesis.renderers import KEEPS_COLUMNS, RENDERERS, Renderer, flattened, flattened_with_gaps, pipes
from training.synthesis.torn import tear_grid
from training.synthesis.truth import truth_entry
from training.synthesis.typeset import Style, sample_style, set_characters, set_heading, set_paragraph, wrap_text
from training.synthesis.wordings import head_sections

YEARS = (2021, 2025)
_LOST_HEADING = 0.08  # of the headings of sections 3 to 6 in torn text


@cache
def load_surroundings(generator: str) -> dict[str, list[str]]:
    """Page marks, running heads and site chrome of that generator."""
    path = files("training.synthesis").joinpath("pages.toml")
    entry: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))[generator]
    return entry


def make_draft(rng: random.Random, level: str, generator: str, years: tuple[int, int] = YEARS) -> Draft:
    """Figures, planted errors, wording and findings of one document, not yet laid out."""
    agency = sample_agency(rng)
    figures = sample_figures(rng, agency)
    cells = {field_id: Printed(str(value), value) for field_id, value in figures.items()}
    draft = Draft(rng, generator, level, agency, rng.randint(*years), figures, cells)
    plant_errors(draft)
    word_draft(draft)
    return draft


def word_draft(draft: Draft) -> None:
    """Headings, title and prose of a draft whose cells stand and whose errors are planted."""
    head_sections(draft)
    _write_title(draft)
    write_prose(draft)


def write_document(out_dir: Path, draft: Draft, stem: str, *, truth: bool = True) -> str:
    """The text file and, unless it is not wanted, its truth; the name of the file."""
    dress_values(draft)
    style = sample_style(draft, load_surroundings(draft.generator))
    lines = _set_document(draft, style)
    judge_balances(draft)
    if draft.level in ("text-1", "text-2", "torn"):
        draft.allow("L001", about="labels damaged by noise")
        draft.allow("S005", about="headings damaged by noise")
    name = stem + (".md" if style.heading.startswith("#") else ".txt")
    text = style.newline.join(lines) + style.newline
    (out_dir / name).write_bytes(text.encode(style.encoding))
    if truth:
        write_truth(out_dir, draft, name)
    return name


def write_truth(out_dir: Path, draft: Draft, name: str) -> None:
    """The truth of the document of that name."""
    entry = truth_entry(draft, name)
    (out_dir / "truth" / f"{name}.json").write_text(json.dumps(entry, ensure_ascii=False, indent=1), encoding="utf-8")


def _write_title(draft: Draft) -> None:
    rng, name, year = draft.rng, draft.agency.name, draft.year
    titles = (
        (f"{name}{year}年政府信息公开工作年度报告",),
        (f"{name}", f"{year}年政府信息公开工作年度报告"),
        (f"{year}年{name}政府信息公开工作年度报告",),
        (f"{name}{year}年政府信息公开", "工作年度报告"),
    )
    held_out = (
        (f"{name}政府信息公开工作年度报告（{year}年度）",),
        (f"{name}", f"政府信息公开工作{year}年度报告"),
        titles[0],
    )
    draft.title = rng.choice(titles if draft.generator == "train" else held_out)
    date = datetime.date(year + 1, rng.choice((1, 1, 1, 2, 3)), rng.randint(2, 28))
    around = load_surroundings(draft.generator)
    words = _words(draft) | {
        "iso": date.isoformat(),
        "i": f"{rng.randint(10**7, 10**8)}",
        "k": str(rng.randint(10, 999)),
    }
    card, signed = rng.random() < 0.2, rng.random() < 0.55
    if rng.random() < 0.2:
        draft.header.append(rng.choice(around["navigation"]))
    if card:
        draft.header.append(rng.choice(around["cards"]).format(**words))
    if signed:
        draft.footer += [name, _spell_date(date, rng)]
    if card or signed:
        draft.metadata["published"] = date.isoformat()
    for kind in ("attachments", "footers"):
        if rng.random() < 0.15:
            draft.footer.append(rng.choice(around[kind]).format(**words))


def _words(draft: Draft) -> dict[str, str]:
    return {"a": draft.agency.name, "y": str(draft.year)}


def _spell_date(date: datetime.date, rng: random.Random) -> str:
    if rng.random() < 0.15:
        year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(date.year))
        return f"{year}年{to_chinese(date.month)}月{to_chinese(date.day)}日"
    return f"{date.year}年{date.month}月{date.day}日"


def _set_document(draft: Draft, style: Style) -> list[str]:
    flows = [Flow([[line] for line in (*draft.header, *_set_title(draft, style), "")])]
    flows += [Flow([set_paragraph(draft, paragraph, style)], cuttable=True) for paragraph in draft.front]
    shape = sample_shape(draft)
    for place, number in enumerate(printed_sections(draft), 1):
        if not (draft.level == "torn" and number > 2 and draft.rng.random() < _LOST_HEADING):
            counted = place - draft.restarts if place > 1 else place
            flows.append(Flow([set_heading(draft, number, counted, style)]))
        if number in (2, 3, 4):
            flows += _set_tables(draft, number, shape)
        for paragraph in draft.sections.get(number, []):
            flows.append(Flow([set_paragraph(draft, paragraph, style)], cuttable=bool(paragraph.sentences)))
    flows.append(Flow([[""], *([set_characters(line, style)] for line in draft.footer)]))
    return break_pages(flows, style, _words(draft), draft.rng)


def printed_sections(draft: Draft) -> list[int]:
    """The numbers of the sections that are there, in printed order."""
    return [number for number in draft.order if f"section {number}" not in draft.left_out]


def _set_title(draft: Draft, style: Style) -> list[str]:
    title = [set_characters(line, style) for line in draft.title]
    if style.wrap and len(title) == 1:
        title = wrap_text(title[0], 22)
    return ["# " + title[0], *title[1:]] if style.heading.startswith("#") else title


def _set_tables(draft: Draft, number: int, shape: Shape) -> list[Flow]:
    if number == 2:
        grids = disclosure_grids(draft, shape)
    else:
        grids = [request_grid(draft, shape) if number == 3 else challenge_grid(draft, shape)]
    if draft.level == "torn":
        return [Flow([[line] for line in tear_grid(draft, grid)], digits=True) for grid in grids]
    return [flow for grid in grids for flow in _set_grid(draft, grid)]


def _set_grid(draft: Draft, grid: Grid) -> list[Flow]:
    renderer = choose_renderer(draft)
    keeps_columns = any(renderer in kind for kind in KEEPS_COLUMNS.values())
    damage_grid(draft, grid, keeps_columns=keeps_columns)
    confuse_grid(grid, draft.level, draft.rng, draft.generator, keeps_columns=keeps_columns)
    units = renderer([row.cells for row in grid.rows], draft.rng)
    if draft.level == "text-2":
        units = break_rows(units, draft.rng)
    repeat = [line for unit in units[: grid.heads] for line in unit]
    flat = renderer in (flattened, flattened_with_gaps)
    return [Flow([*units, [""]], repeat=repeat, digits=flat or renderer is not pipes)]


def choose_renderer(draft: Draft) -> Renderer:
    """One for the whole document, now and then another one for a table."""
    if needs_columns(draft):
        return draft.rng.choice(KEEPS_COLUMNS[draft.generator])
    if draft.renderer is None or draft.rng.random() < 0.15:
        draft.renderer = draft.rng.choice(RENDERERS[draft.generator])
    return draft.renderer
