"""How far the reading is, on a terminal: files, and of a scan its pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from extract.quick import record


@record
class Bar:
    """`advance` counts one file as done; `on_page` is told each scanned page before it is read, and of how many."""

    advance: Callable[[], None]
    on_page: Callable[[int, int], None]


@contextmanager
def progress_bar(total: int, *, shown: bool) -> Iterator[Bar | None]:
    """A bar on stderr with the rate and the time left of so many files, one more for the pages of a scan; None unless
    `shown`. Of one file only the pages are shown, and nothing of them stays."""
    if not shown:
        yield None
        return
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
