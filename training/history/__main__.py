"""`python -m training.history`: what `gouji compare` finds of planted cross-year errors, per code."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from training.history.evaluate import evaluate_panel, render_outcome
from training.history.panel import make_panel
from training.synthesis import GENERATORS

_SEED = 20_000_003


def main() -> None:
    """Makes reports of agencies over several years, reads and compares them, and prints recall and precision."""
    parser = argparse.ArgumentParser(prog="training.history", description=main.__doc__)
    parser.add_argument("--agencies", type=int, default=300)
    parser.add_argument("--governments", type=int, default=20)
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--generator", choices=GENERATORS, default="holdout")
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("--misses", action="store_true", help="name what was missed, and what was found wrongly")
    parser.add_argument("--keep", type=Path, help="keep the reports and documents in this folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.keep or Path(folder)
        counts = {"agencies": given.agencies, "governments": given.governments}
        make_panel(place / "reports", **counts, seed=given.seed, generator=given.generator)
        outcome = evaluate_panel(place / "reports", place / "documents", jobs=given.jobs)
    print(render_outcome(outcome, misses=given.misses))


if __name__ == "__main__":
    main()
