"""`python -m training.benchmark_batch`: a folder of generated text reports, killed (-9) on the way and resumed.

It prints the rate, the peak of memory over all processes, and whether every document is there once and undamaged.
Linux only: memory and processor time come from /proc.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path

from extract.forms import form_ids, load_form
from training.synthesis import LEVELS, make_documents

_SEED = 20_000_003
_CHUNK = 250  # reports made by one call
_LOOK_SECONDS = 0.5  # between two looks at progress: each counts thousands of names, on a core of the readers
_LOOKS = 2  # so many of them for one at memory, which takes as long again
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """One run of gouji: documents there at its start and end, wall and processor seconds (None: killed), peak bytes.

    `shared` counts memory that several processes share once for each; `proportional` once in all.
    """

    before: int
    after: int
    seconds: float
    processor: float | None
    shared: int
    proportional: int


@dataclass(frozen=True, slots=True)
class State:
    """Of the documents in the output: how many are whole, how many not, and what else lies there."""

    whole: int
    damaged: tuple[str, ...]
    strange: tuple[str, ...]


def make_reports(folder: Path, count: int, jobs: int) -> list[Path]:
    """Writes the reports, all levels of noise in turn; their paths."""
    parts = [(_SEED + first, min(_CHUNK, count - first)) for first in range(0, count, _CHUNK)]
    folders = [folder / f"{place:03}" for place in range(len(parts))]
    levels = [LEVELS[place % len(LEVELS)] for place in range(len(parts))]
    with ProcessPoolExecutor(jobs) as pool:
        list(pool.map(_make_part, folders, parts, levels))
    return [path for part in folders for path in sorted(part.iterdir())]


def _make_part(folder: Path, part: tuple[int, int], level: str) -> None:
    seed, count = part
    make_documents(folder, count=count, seed=seed, level=level, generator="holdout")
    shutil.rmtree(folder / "truth")  # a folder of reports holds no such files: each would be looked into, and left out


def run_batch(folder: Path, out: Path, jobs: int, *, kill_at: int | None = None) -> Run:
    """Runs `gouji extract` on the folder; kills it and its processes as soon as `kill_at` documents are there."""
    command = [sys.executable, "-m", "extract.cli", "extract", str(folder), "--out", str(out), "--jobs", str(jobs)]
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(out.parent / "compiled")}  # as installed
    before, started, used = _count(out), time.monotonic(), _processor()
    shared = proportional = 0
    with subprocess.Popen(
        command, start_new_session=True, stderr=subprocess.DEVNULL, env=os.environ | compiled
    ) as process:
        for look in count():
            if process.poll() is not None:
                break
            if look % _LOOKS == 0:
                sizes = _memory(process.pid)
                shared, proportional = max(shared, sizes[0]), max(proportional, sizes[1])
            if kill_at is not None and _count(out) >= kill_at:
                os.killpg(process.pid, signal.SIGKILL)
                break
            time.sleep(_LOOK_SECONDS)
    seconds = time.monotonic() - started
    killed = process.returncode < 0
    return Run(before, _count(out), seconds, None if killed else _processor() - used, shared, proportional)


def _processor() -> float:
    """Seconds that ended children used, their own children included."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _count(out: Path) -> int:
    return sum(name.endswith(".json") for name in os.listdir(out)) if out.is_dir() else 0


def _memory(leader: int) -> tuple[int, int]:
    """Bytes of all processes of the leader's session: (shared pages counted in each, in proportion)."""
    sums = [0, 0]
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(place.name)) != leader:
                continue
            lines = (place / "smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue  # it ended meanwhile
        sizes = {line.split()[0]: int(line.split()[1]) * 1024 for line in lines[1:]}
        sums = [sums[0] + sizes.get("Rss:", 0), sums[1] + sizes.get("Pss:", 0)]
    return sums[0], sums[1]


def look_at(out: Path, sources: Sequence[Path]) -> State:
    """What lies in the output: a whole document has every field and the digest of its source."""
    wanted = {f"{path.name}.json": path for path in sources}
    damaged, whole = [], 0
    for name, source in wanted.items():
        if _is_whole(out / name, source):
            whole += 1
        else:
            damaged.append(name)
    return State(whole, tuple(damaged), tuple(sorted(set(os.listdir(out)) - set(wanted))))


@cache
def _sizes() -> frozenset[int]:
    """How many fields the templates have."""
    return frozenset(len(load_form(form_id).field_ids) for form_id in form_ids())


def _is_whole(path: Path, source: Path) -> bool:
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    return bool(document["source"]["sha256"] == digest and len(document["fields"]) in _sizes())


def _stamps(out: Path) -> dict[str, tuple[int, int]]:
    found = ((path.name, path.stat()) for path in out.glob("*.json"))
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found}


def run_with_kills(folder: Path, out: Path, count: int, jobs: int, kills: int) -> Iterator[tuple[Run, int]]:
    """(each run, how many documents of the runs before it were written again): all but the last are killed."""
    run = partial(run_batch, folder, out, jobs)
    done: dict[str, tuple[int, int]] = {}
    for place in range(kills + 1):
        kill_at = count * (place + 1) // (kills + 1) if place < kills else None
        own = run(kill_at=kill_at)
        now = _stamps(out)
        yield own, sum(now.get(name) != stamp for name, stamp in done.items())
        done = now


def main() -> None:
    """Makes the reports, runs, kills, resumes, and prints what came of it."""
    parser = argparse.ArgumentParser(prog="training.benchmark_batch", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="reports")
    parser.add_argument("--kills", type=int, default=3, help="times that the run is killed")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place, "reports"), Path(place, "out")
        sources = make_reports(folder, given.count, given.jobs)
        runs = []
        for run, again in run_with_kills(folder, out, given.count, given.jobs, given.kills):
            runs.append(run)
            print(_describe(run, again), flush=True)
        state = look_at(out, sources)
    print(_summary(runs, state, given.count, given.jobs))
    raise SystemExit(0 if state.whole == given.count and not state.strange else 1)


def _describe(run: Run, again: int) -> str:
    made = run.after - run.before
    spent = (
        None if run.processor is None else f"{1000 * run.processor / max(made, 1):.1f} ms of processor time a report"
    )
    end = f"ended, {spent}" if spent else "killed"
    rate = f"{made / run.seconds:.1f} a second"
    return f"{run.before} → {run.after} in {run.seconds:.1f} s, {rate}, {end}; {again} older documents written again"


def _summary(runs: Sequence[Run], state: State, count: int, jobs: int) -> str:
    rate = count / sum(run.seconds for run in runs)
    shared, proportional = (
        max(sizes) / _MEGABYTE for sizes in zip(*((run.shared, run.proportional) for run in runs), strict=True)
    )
    return "\n".join(
        (
            f"{state.whole} of {count} documents whole, {len(state.damaged)} damaged or missing, other files: "
            f"{', '.join(state.strange) or 'none'}",
            f"{rate:.1f} reports a second over all {len(runs)} runs on {jobs} processes",
            f"peak {shared:.0f} MB in all processes together, {proportional:.0f} MB with shared memory counted once",
        )
    )


if __name__ == "__main__":
    main()
