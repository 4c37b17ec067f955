"""Synthetic text reports with their truths, for training and for measuring."""

from __future__ import annotations

import random
from pathlib import Path

LEVELS = ("text-0", "text-1", "text-2", "torn")
GENERATORS = ("train", "holdout")


def make_documents(out_dir: Path, *, count: int, seed: int, level: str, generator: str = "train") -> None:
    """Writes text reports and `truth/<file name>.json` into the folder; the same arguments give the same files.

    Raises: ValueError where the level or the generator is not known.
    """
    from training.synthesis.compose import make_draft, write_document

    if level not in LEVELS or generator not in GENERATORS:
        raise ValueError(f"level is one of {', '.join(LEVELS)}, generator one of {', '.join(GENERATORS)}")
    (out_dir / "truth").mkdir(parents=True, exist_ok=True)
    for place in range(count):
        rng = random.Random(f"{seed}/{level}/{generator}/{place}")
        write_document(out_dir, make_draft(rng, level, generator), f"{level}-{generator}-{seed}-{place:05}")
