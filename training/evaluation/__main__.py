"""`python -m training.evaluation [DIR] [--misses N] [--jobs N] [--json | --readme]`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from training.evaluation import evaluate, evaluate_documents
from training.evaluation.run import HELDOUT_COUNT


def main() -> None:
    """Reads the command line and prints the figures."""
    parser = argparse.ArgumentParser(prog="training.evaluation", description=evaluate.__doc__)
    parser.add_argument("directory", type=Path, nargs="?")
    parser.add_argument("--misses", type=int, default=0, help="misses to show per document")
    parser.add_argument("--jobs", type=int, default=None, help="processes")
    parser.add_argument("--count", type=int, default=HELDOUT_COUNT, help="documents per level, without a folder")
    parser.add_argument("--json", action="store_true", help="the figures of the folder as JSON")
    parser.add_argument("--readme", action="store_true", help="write the figures into the READMEs of this checkout")
    given = parser.parse_args()
    if given.readme:
        from training.evaluation.readme import write_figures

        write_figures(Path(), jobs=given.jobs, count=given.count)
    elif given.json and given.directory:
        print(json.dumps(evaluate_documents(given.directory, given.jobs), ensure_ascii=False, indent=1))
    else:
        print(evaluate(given.directory, jobs=given.jobs, count=given.count, misses=given.misses))


if __name__ == "__main__":
    main()
