"""Synthetic reports as web pages, Word files and PDFs, and on the template of 2019, with their truths."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from training.synthesis.draft import Draft

FAMILIES = ("html", "docx", "pdf", "2019")
_OLD_YEARS = (2019, 2020)


def make_office_documents(
    out_dir: Path,
    *,
    count: int,
    seed: int,
    family: str,
    generator: str = "holdout",
    kinds: Sequence[str] = FAMILIES[:3],
) -> None:
    """Writes reports and `truth/<file name>.json` into the folder; the same arguments give the same reports.

    The family `2019` is that template as files of the `kinds` in turn.

    Raises: ValueError where the family is not known, ImportError where the maker of its files is not installed.
    """
    from training.synthesis.compose import write_truth
    from training.synthesis.office.parts import make_parts

    if family not in FAMILIES:
        raise ValueError(f"family is one of {', '.join(FAMILIES)}")
    (out_dir / "truth").mkdir(parents=True, exist_ok=True)
    kinds = kinds if family == "2019" else (family,)
    for place in range(count):
        rng = random.Random(f"{seed}/{family}/{generator}/{place}")
        draft = _make_draft(rng, family, generator)
        kind = kinds[place % len(kinds)]
        name = f"{family}-{generator}-{seed}-{place:05}.{kind}"
        (out_dir / name).write_bytes(_writer(kind, generator)(make_parts(draft), rng))
        write_truth(out_dir, draft, name)


def _make_draft(rng: random.Random, family: str, generator: str) -> Draft:
    """What the report prints; all that depends on its sums is judged."""
    from training.synthesis.balance import judge_balances
    from training.synthesis.compose import YEARS, make_draft
    from training.synthesis.dressing import dress_values
    from training.synthesis.office.old_form import print_on_old_form

    draft = make_draft(rng, family, generator, years=_OLD_YEARS if family == "2019" else YEARS)
    dress_values(draft)
    judge_balances(draft)
    if family == "2019":
        print_on_old_form(draft)
    return draft


def _writer(kind: str, generator: str) -> Callable[..., bytes]:
    if kind == "html":
        from training.synthesis.office.web import write_html

        return partial(write_html, generator=generator)
    if kind == "docx":
        from training.synthesis.office.word import write_docx

        return write_docx
    from training.synthesis.office.print import write_pdf

    return write_pdf
