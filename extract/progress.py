"""How far the reading is, files and of a scan its pages: a bar on a terminal, now and then a line in a pipe or log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from extract.quick import record

_QUIET = 10  # seconds at least between two lines: a short run prints none
_LONGEST_QUIET = 60  # seconds after which a line comes, though less than a step is done
_STEPS = 10  # lines of a run whose files come fast


@record
class Bar:
    """`advance` counts one file as done; `on_page` is told each scanned page before it is read, and of how many."""

    advance: Callable[[], None]
    on_page: Callable[[int, int], None]


@contextmanager
def show_progress(total: int, *, shown: bool) -> Iterator[Bar | None]:
    """Tells on stderr how many of so many files are done; None unless `shown`."""
    if not shown:
        yield None
    elif sys.stderr.isatty():
        with _bar(total) as bar:
            yield bar
    else:
        yield _lines(total)


@contextmanager
def _bar(total: int) -> Iterator[Bar]:
    """With the rate and the time left, one more for the pages of a scan. Of one file only these are shown, and go."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    name, rate = TextColumn("{task.description}"), TextColumn("{task.fields[rate]}")
    columns = (name, BarColumn(), MofNCompleteColumn(), rate, TextColumn("剩余"), TimeRemainingColumn())
    started = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=total == 1) as bar:
        files = bar.add_task("读取", total=total, rate="", visible=total > 1)
        pages = bar.add_task("扫描页", total=None, rate="", visible=False)

        def advance() -> None:
            done = bar.tasks[files].completed + 1
            bar.update(files, advance=1, rate=f"{done / max(time.monotonic() - started, 0.001):.1f} 份/秒")
            bar.update(pages, visible=False)

        def on_page(place: int, count: int) -> None:
            bar.update(pages, completed=place - 1, total=count, visible=True)

        yield Bar(advance, on_page)


def _lines(total: int) -> Bar:
    """A line after each tenth of the files, and each minute; none within ten seconds after the last."""
    started = last = time.monotonic()
    done = told = 0

    def tell(what: str, *, step: bool) -> bool:
        nonlocal last
        now = time.monotonic()
        if now - last < (_QUIET if step else _LONGEST_QUIET):
            return False
        last = now
        with suppress(OSError):  # whoever listened has gone: the files are read all the same
            print(f"gouji: {what}（{now - started:.0f} s）", file=sys.stderr, flush=True)
        return True

    def advance() -> None:
        nonlocal done, told
        done += 1
        step = (done - told) * _STEPS >= total
        if done < total and tell(f"已处理 {done}/{total} 个文件 / files done: {done}/{total}", step=step):
            told = done

    def on_page(place: int, count: int) -> None:
        tell(f"第 {done + 1}/{total} 个文件，扫描页 {place}/{count} / scanned page {place} of {count}", step=True)

    return Bar(advance, on_page)
