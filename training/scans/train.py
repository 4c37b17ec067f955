"""Trains the cell recogniser on synthetic cells and writes it with its card: `python -m training.scans.train`."""

from __future__ import annotations

import argparse
import math
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.pages.image.crops import normalise_crops
from extract.pages.image.ctc import ALPHABET
from extract.pages.image.recognise import stack_strips
from training.scans.fonts import SYSTEM_FOLDERS, Typeface, find_typefaces
from training.scans.network import build_network, folded_weights, onnx_to_weights, take_weights, weights_to_onnx
from training.scans.promote import promote
from training.scans.samples import CellSheet, sample_sheets
from training.scans.wear import Generator, load_wear

BATCH = 96
STEPS = 7000  # 25 minutes on one core
PEAK_RATE, RATE_GOING_ON = 3e-3, 1.5e-3
_POOL = 9_600  # cells that batches are drawn from; each is drawn about _TIMES times before it goes
_TIMES = 3
_PROFILES = ("clean", "scan_medium", "scan_heavy", "train", "train")
EASY = 400  # sheets in the beginning, until digits are known at all
_UNSURE_SIZE = 0.15  # spread of the digits' size as the reader may take it for, as a logarithm
_MARGIN = 8  # columns of paper behind the widest strip
_SHIFT = 3  # rows that a strip is moved by


@dataclass(frozen=True, slots=True)
class Example:
    """A strip as stored (uint8, 255 ink) and the indexes of its symbols, from 1."""

    strip: NDArray[np.uint8]
    symbols: tuple[int, ...]


def train_recogniser(
    faces: Sequence[Typeface], *, steps: int = STEPS, seed: int = 0, start: bytes | None = None
) -> bytes:
    """The trained network as ONNX; same typefaces, steps and seed give the same bytes on the same machine.

    `start` is an earlier network to go on from, as ONNX: after a change of the cells that are learned from.
    """
    import torch

    os.environ.setdefault("OMP_NUM_THREADS", "1")
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    network = build_network()
    rate = RATE_GOING_ON if start else PEAK_RATE
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step / steps))
    started, shown = time.monotonic(), 0.0
    batches = draw_batches(sample_examples(faces, seed, easy=0 if start else EASY), seed)
    if start:
        take_weights(network, onnx_to_weights(start), torch.from_numpy(_stack(next(batches))))
    for step, batch in zip(range(1, steps + 1), batches, strict=False):
        loss = _loss(network, batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        shown += (loss.item() - shown) * max(0.01, 1 / step)
        if step % 200 == 0 or step == steps:
            print(f"step {step}: loss {shown:.4f}, {time.monotonic() - started:.0f} s", flush=True)
    return weights_to_onnx(folded_weights(network.eval()))


def rate_at(share: float) -> float:
    """The learning rate as a share of its peak: a short rise, then half a cosine down to nothing."""
    rise = 0.05
    if share < rise:
        return share / rise
    return 0.5 * (1 + math.cos(math.pi * (share - rise) / (1 - rise)))


def sample_examples(faces: Sequence[Typeface], seed: int, *, easy: int) -> Iterator[Example]:
    """Endless examples: first of clean pages, then of worn ones with some clean among them."""
    rng = np.random.default_rng((seed, 1))
    clean = sample_sheets(faces, [load_wear("clean")], seed=seed)
    wears = [load_wear(name) for name in _PROFILES]
    for sheet in chain(islice(clean, easy), sample_sheets(faces, wears, seed=seed + 1)):
        yield from sheet_to_examples(sheet, rng)


def sheet_to_examples(sheet: CellSheet, rng: Generator) -> list[Example]:
    """The sheet's cells as the reader would see them, at times with the digits' size taken wrong."""
    size = None
    if rng.random() < 0.5:
        size = sheet.size * _DIGIT * float(np.exp(rng.normal(0, _UNSURE_SIZE)))
    strips = normalise_crops([cell.picture for cell in sheet.cells], digit_height=size)
    return [
        Example((strip.strip * 255).astype(np.uint8), tuple(1 + ALPHABET.index(mark) for mark in cell.label))
        for strip, cell in zip(strips, sheet.cells, strict=True)
    ]


_DIGIT = 0.7  # height of a digit as a share of its type's size


def draw_batches(examples: Iterator[Example], seed: int) -> Iterator[list[Example]]:
    """Endless batches of examples of about the same width, from a pool that is renewed all the time."""
    rng = np.random.default_rng((seed, 2))
    pool: list[Example] = []
    while True:
        while len(pool) < _POOL:
            pool.append(next(examples))
        order = sorted(rng.permutation(_POOL), key=lambda index: pool[index].strip.shape[1] // 16)
        batches = [order[start : start + BATCH] for start in range(0, _POOL, BATCH)]
        for number in rng.permutation(len(batches)):
            yield [_moved(pool[index], rng) for index in batches[number]]
        kept = rng.permutation(_POOL)[: _POOL - _POOL // _TIMES]
        pool = [pool[index] for index in kept]


def _moved(example: Example, rng: Generator) -> Example:
    """The example moved up or down a little, its ink a little darker or lighter."""
    shift = int(rng.integers(-_SHIFT, _SHIFT + 1)) if rng.random() < 0.5 else 0
    strip = np.roll(example.strip, shift, axis=0)
    if shift > 0:
        strip[:shift] = 0
    elif shift < 0:
        strip[shift:] = 0
    gain = rng.uniform(0.6, 1.1) if rng.random() < 0.3 else 1.0
    return Example(np.minimum(strip * gain, 255).astype(np.uint8), example.symbols)


def _stack(batch: Sequence[Example]) -> NDArray[np.float32]:
    strips = [example.strip.astype(np.float32) / np.float32(255) for example in batch]
    return stack_strips(strips, max(strip.shape[1] for strip in strips) + _MARGIN)


def _loss(network: Any, batch: Sequence[Example]) -> Any:
    import torch

    scores = network(torch.from_numpy(_stack(batch)))[:, :, 0].permute(2, 0, 1).log_softmax(2)
    steps = torch.full((len(batch),), scores.shape[0], dtype=torch.long)
    lengths = torch.tensor([len(example.symbols) for example in batch])
    symbols = torch.tensor([symbol for example in batch for symbol in example.symbols])
    losses = torch.nn.functional.ctc_loss(scores, symbols, steps, lengths, reduction="none", zero_infinity=True)
    return losses.mean()


def main() -> None:
    """Trains, and writes the model to a folder."""
    parser = argparse.ArgumentParser(prog="python -m training.scans.train", description=__doc__)
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the model is written")
    parser.add_argument("--fonts", type=Path, action="append", default=[], help="more folders with font files")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path, help="an earlier model to go on from")
    arguments = parser.parse_args()
    folders = (*SYSTEM_FOLDERS, *arguments.fonts)
    faces = find_typefaces("train", folders)
    print(f"{len(faces)} typefaces")
    start = arguments.start.read_bytes() if arguments.start else None
    model = train_recogniser(faces, steps=arguments.steps, seed=arguments.seed, start=start)
    promoted = promote(model, arguments.models, faces, find_typefaces("held_out", folders))
    print(f"cell-recogniser: {'' if promoted else 'not '}promoted")


if __name__ == "__main__":
    main()
