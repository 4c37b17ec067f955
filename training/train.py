"""Retrains every model from the corpus and promotes each only where it is no worse: `gouji train`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from extract.artifacts import REGISTRY
from extract.errors import UsageError
from extract.versions import archive_version
from training.corpus_check import faults, near_duplicates, read_labelled, written_sentences
from training.own_documents import FOLDER, document_faults
from training.same_counts import FOLDER as COUNTS
from training.same_counts import count_faults

NEEDED = ("sklearn", "scipy", "onnx")
_SHOWN_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One model. `run` trains it from (corpus, folder of models, seed), prints its held-out figures, writes the new
    model into the folder only where it is no worse than the one that lies there, and says whether it did."""

    model: str
    run: Callable[[Path, Path, int], bool]


def train(corpus: Path, models: Path, *, seed: int = 0, steps: Sequence[Step] | None = None) -> int:
    """0 where every model was promoted, 1 where a worse one was refused; same corpus and seed give the same bytes.

    The steps go in order, because the confidence model learns from what the pipeline reads with the classifier of the
    step before. Each works on a copy of `models`; what is there is only ever replaced whole.

    Raises: UsageError where the corpus is faulty or the packages for training are missing.
    """
    steps = own_steps() if steps is None else steps
    if steps and missing_packages():
        remedy = "pip install '.[train]'（在 gouji 文件夹中 / in its folder）"
        raise UsageError(f"训练需要 / training needs {', '.join(missing_packages())}: {remedy}")
    _check_corpus(corpus)
    started, refused = time.monotonic(), []
    with _progress(len(steps)) as advance:
        for step in steps:
            advance(step.model)
            begun = time.monotonic()
            if not run_step(step, corpus, models, seed):
                refused.append(step.model)
            print(f"{step.model}: {time.monotonic() - begun:.0f} s")
    print(f"trained in {time.monotonic() - started:.0f} s; the models are in {models}")
    for model in refused:
        print(_refusal(model, models))
    return 1 if refused else 0


def own_steps() -> tuple[Step, ...]:
    """The models of gouji, in the order in which they depend on one another."""
    return (
        Step("sentence-classifier", _train_classifier),
        Step("claim-binding", _train_binding),
        Step("same-counts", _train_same_counts),
        Step("part-sums", _train_part_sums),
        Step("field-confidence", _train_confidence),
    )


def _train_classifier(corpus: Path, models: Path, seed: int) -> bool:
    from training.classifier import train_classifier

    return train_classifier(corpus, models, seed)


def _train_binding(corpus: Path, models: Path, seed: int) -> bool:
    from training.binding import train_binding

    return train_binding(corpus, models, seed)


def _train_same_counts(corpus: Path, models: Path, seed: int) -> bool:
    from training.same_counts import train_same_counts

    return train_same_counts(corpus, models, seed)


def _train_part_sums(corpus: Path, models: Path, seed: int) -> bool:
    from training.part_sums import train_part_sums

    return train_part_sums(corpus, models, seed)


def _train_confidence(corpus: Path, models: Path, seed: int) -> bool:
    from training.confidence import table, train_confidence

    documents = corpus / FOLDER
    old, new, promoted = train_confidence(models, seed=seed, documents=documents if documents.is_dir() else None)
    if old is not None:
        print(f"field-confidence, the current model\n{table(old)}")
    print(f"field-confidence, the new model\n{table(new)}\nfield-confidence: {'' if promoted else 'not '}promoted")
    return promoted


def missing_packages() -> list[str]:
    """The packages that training needs and that are not installed."""
    return [name for name in NEEDED if find_spec(name) is None]


def run_step(step: Step, corpus: Path, models: Path, seed: int) -> bool:
    """Trains in a copy of the folder and moves what changed into place, the registry last; True where promoted."""
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=models) as folder:
        fresh = Path(folder)
        for path in _model_files(models):
            shutil.copy2(path, fresh)
        promoted = step.run(corpus, fresh, seed)
        if promoted:
            archive_version(models, step.model)
            _move_changed(fresh, models)
    return promoted


def _model_files(folder: Path) -> list[Path]:
    """The files of the folder, the registry last: it must never name a model that is not there yet."""
    files = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return sorted(files, key=lambda path: (path.name == REGISTRY, path.name))


def _move_changed(fresh: Path, models: Path) -> None:
    from extract.artifacts import load_session, model_path, read_registry

    for path in _model_files(fresh):
        place = models / path.name
        if not place.is_file() or place.read_bytes() != path.read_bytes():
            os.replace(path, place)
    for loaded in (load_session, model_path, read_registry):
        loaded.cache_clear()


def _check_corpus(corpus: Path) -> None:
    """Prints near-duplicates across batches. Raises: UsageError where the corpus has no batch, or faults."""
    try:
        passages = read_labelled(corpus)
    except (FileNotFoundError, ValueError) as error:
        raise UsageError(
            f"{corpus}: {error}; the corpus is a folder with sentences/*.jsonl, one passage a line"
        ) from error
    if wrong := [*faults(passages), *document_faults(corpus / FOLDER), *count_faults(corpus / COUNTS)]:
        shown = "\n  ".join(wrong[:_SHOWN_FAULTS])
        raise UsageError(
            f"{corpus}: {len(wrong)} faults; mend them (python -m training.corpus_check lists all)\n  {shown}"
        )
    if pairs := near_duplicates(written_sentences(passages)):
        print(
            f"{len(pairs)} sentences stand nearly alike in two batches: the held-out figures flatter; "
            "python -m training.corpus_check lists them"
        )


def _refusal(model: str, models: Path) -> str:
    return (
        f"{model}: the new model is worse on held-out data, the current one stays. Look at the figures above: "
        "are new sentences labelled wrongly? If the lower figures are meant, "
        f"remove {model} from {models / REGISTRY} and train again."
    )


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A function that shows which model is being trained: a bar on a terminal, a line elsewhere."""
    if not sys.stderr.isatty():
        yield lambda model: print(f"{model}: training", flush=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total, completed=-1)
        yield lambda model: bar.update(task, description=model, advance=1)
        bar.update(task, completed=total)
