"""`python -m training.synthesis --out DIR --count N --seed S --level L`."""

from __future__ import annotations

import argparse
from pathlib import Path

from training.synthesis import GENERATORS, LEVELS, make_documents


def main() -> None:
    """Reads the command line and writes the documents."""
    parser = argparse.ArgumentParser(prog="training.synthesis", description=make_documents.__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--level", choices=LEVELS, default="text-0")
    parser.add_argument("--generator", choices=GENERATORS, default="train")
    given = parser.parse_args()
    make_documents(given.out, count=given.count, seed=given.seed, level=given.level, generator=given.generator)


if __name__ == "__main__":
    main()
