"""The command line: thin commands over library functions. Nothing heavy is imported before it is used."""

from __future__ import annotations

import io
import os
import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.collector import collect_rarely
from extract.errors import GoujiError, SourceError, UnwritableError, UsageError, say_of_system
from extract.quick import replace

if TYPE_CHECKING:
    from extract.batch import Batch, Options
    from extract.takeaway import Search

_WrongCall: type[Exception] = typer.BadParameter.__mro__[1]  # what is raised of any call that is wrong
_INPUTS_SHOWN = 3  # in the example of a call
_INTERRUPTED = 130  # what shells report of a program that Ctrl-C ended
_TERMINATED = 143  # the same of SIGTERM

# A file that may not be read is the reader's to complain of: in both languages, with the rest of the batch done.
_path_argument = partial(typer.Argument, readable=False)
_path_option = partial(typer.Option, readable=False)

app = typer.Typer(
    name="gouji",
    help="勾稽：读取政府信息公开工作年度报告，核对并给出每格的可信度。\n\n"
    "Reads Chinese 政府信息公开工作年度报告 into checked, graded fields.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class TakeawayFormat(StrEnum):
    """What `gouji report` writes."""

    HTML = "html"
    XLSX = "xlsx"
    DOCX = "docx"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


class Format(StrEnum):
    """How one report is printed."""

    TEXT = "text"
    JSON = "json"


def main() -> None:
    """Runs the command line. Exit status: 0 done, 1 an input could not be read or a result not be written, 2 wrong
    usage, 130 interrupted, 143 terminated.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    _buffer_output()
    collect_rarely()
    try:
        status = app(prog_name="gouji", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has seen enough (| head)
        _drop_output()
        raise SystemExit(1) from None
    except OSError as error:
        _drop_output()
        named = f"{error.filename}: {say_of_system(error)}" if error.filename else ""
        _complain(named or str(UnwritableError.of("标准输出 / standard output", error)))
        raise SystemExit(UnwritableError.exit_code) from None
    except _WrongCall as error:
        _complain_of_call(error)
        raise SystemExit(UsageError.exit_code) from None
    except typer.Abort:
        raise SystemExit(_INTERRUPTED) from None
    except GoujiError as error:
        _complain(str(error.failure() if isinstance(error, SourceError) else error))
        raise SystemExit(error.exit_code) from None
    raise SystemExit(status if isinstance(status, int) else 0)


def _buffer_output() -> None:
    """Where Python does not buffer (PYTHONUNBUFFERED, usual in containers) it drops what a full disk did not take of an
    output, and says nothing of it: a buffer tells.
    """
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(raw, io.RawIOBase):
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(raw), sys.stdout.encoding, "replace")


def _drop_output() -> None:
    """Nothing more can be printed: what is left goes nowhere, without another error at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain_of_call(error: Any) -> None:
    """In Chinese and English; help that was asked for without words as it is."""
    from extract.failures import USAGE, say_in_chinese

    english = " ".join(error.format_message().split())
    chinese = say_in_chinese(english, USAGE)
    if chinese is None:
        error.show()
        return
    _complain(f"{chinese} / {english}")
    if error.ctx:
        _complain(f"用法见 / for help: {error.ctx.command_path} --help")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"gouji {version('gouji')}")
        except PackageNotFoundError:
            typer.echo("gouji (a checkout that is not installed)")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="显示版本。Print the version.")
    ] = False,
) -> None:
    """Options before the command."""


@app.command()
def extract(
    paths: Annotated[
        list[Path], _path_argument(metavar="PATH...", help="文件、文件夹或 ZIP。Files, folders, ZIP archives.")
    ],
    out: Annotated[Path | None, _path_option(metavar="DIR", help="写入 DIR/<文件名>.json。Output folder.")] = None,
    format: Annotated[Format, typer.Option(help="无 --out 时打印什么。What to print without --out.")] = Format.TEXT,
    jobs: Annotated[int | None, typer.Option(min=1, help="进程数。Number of processes.")] = None,
    again: Annotated[bool, typer.Option("--again", help="未变的文件也重读。Read unchanged files, too.")] = False,
    risk: Annotated[
        float | None, typer.Option(metavar="SHARE", help="采信的格出错不超过，如 0.001。Wrong among accepted, at most.")
    ] = None,
    rules: Annotated[
        Path | None, _path_option(metavar="FILE", help="自定的别名、合计规则和阈值（TOML）。Labels, sums, limits.")
    ] = None,
    debug_images: Annotated[
        Path | None,
        _path_option(metavar="DIR", help="扫描件：把识别所见画在页面上（SVG）。Draw what was seen on scanned pages."),
    ] = None,
) -> None:
    """读取报告：打印可信度报告，或写出 JSON。Read reports."""
    _use_rules(rules)
    if out is None:
        _print_one(paths, format, risk, debug_images)
    elif debug_images:
        raise UsageError("--debug-images 只用于单个文件，不与 --out 同用 / is for one file, without --out")
    else:
        from extract.batch import Options

        _write_all(paths, out, jobs, Options(again, risk))


@app.command()
def report(
    paths: Annotated[
        list[Path], _path_argument(metavar="PATH...", help="报告文档或其文件夹。Report documents, or folders of them.")
    ],
    format: Annotated[TakeawayFormat, typer.Option(help="写成什么。What to write.")],
    out: Annotated[
        Path, _path_option(metavar="OUT", help="写到哪里。The file to write (parquet, html of several: the folder).")
    ],
    sources: Annotated[
        Path | None, _path_option(metavar="PATH", help="原件或其文件夹（html）。The source files, to show their pages.")
    ] = None,
    history: Annotated[
        Path | None, _path_option(metavar="FILE", help="gouji compare 写出的 history.json。Adds its findings.")
    ] = None,
    aliases: Annotated[
        Path | None, _path_option(metavar="FILE", help="机关的其他名称（TOML）。Other names of agencies.")
    ] = None,
) -> None:
    """由报告文档生成网页、清单或数据表。Pages, lists, panels of data."""
    from extract.takeaway import read_history, write_takeaway, write_webpages

    if sources and format is not TakeawayFormat.HTML:
        raise UsageError("--sources 只用于 --format html / is for --format html only")
    if aliases and format is TakeawayFormat.JSONL:
        raise UsageError("--aliases 不用于 --format jsonl / is not for --format jsonl")
    added = read_history(history)
    if format is TakeawayFormat.HTML:
        written, failures, search = write_webpages(paths, out, sources, added, aliases=aliases, progress=True)
        if sources:
            _name_lost(sources, search)
    else:
        written, failures, doubles = write_takeaway(paths, format, out, added, aliases=aliases, progress=True)
        for double in doubles:
            _complain(
                f"{double.agency} {double.year} 年有 {len(double.files)} 份报告，都已写出 / reports of one agency "
                f"and year, all are written: {'、'.join(double.files)}"
            )
    for failure in failures:
        _complain(str(failure))
    if written:
        _complain(f"已写出 {written} 份报告 / reports written: {written}：{out}")
    else:
        _complain(f"没有可写的报告，{out} 未写 / no report to write: {out} is as it was")
    if failures:
        raise typer.Exit(1)


def _name_lost(sources: Path, search: Search) -> None:
    """Says of which reports the originals were not found; a file that was changed since is another one."""
    lost = search.lost
    if lost:
        shown = "、".join(lost[:_INPUTS_SHOWN]) + " …" * (len(lost) > _INPUTS_SHOWN)
        _complain(
            f"--sources {sources}: 没有找到 {len(lost)} 份报告的原件，页面上没有图像（按内容比对，改过的文件不算）："
            f"{shown} / their originals are not there (told by content): no pictures of these"
        )
    elif not search.found:
        _complain(
            f"--sources {sources}: 没有用上，这些报告的原件都没有版面（文本、网页、Word）/ not used: "
            "the originals of these reports have no page layout (text, web pages, Word)"
        )


@app.command()
def compare(
    folder: Annotated[Path, _path_argument(metavar="DIR", help="报告文档的文件夹。A folder of report documents.")],
    out: Annotated[Path | None, _path_option(metavar="OUT", help="写入 OUT/history.json。Output folder.")] = None,
    aliases: Annotated[
        Path | None, _path_option(metavar="FILE", help="机关的其他名称（TOML）。Other names of agencies.")
    ] = None,
    units: Annotated[
        Path | None, _path_option(metavar="FILE", help="政府与其下级（TOML），用于 H001。Governments and their units.")
    ] = None,
    rules: Annotated[Path | None, _path_option(metavar="FILE", help="自定的阈值（TOML）。Limits of your own.")] = None,
) -> None:
    """核对多年、多单位的报告。Compare years and units."""
    _use_rules(rules)
    _refuse_no_folder(folder)
    from extract.comparison import compare_folder, write_history
    from extract.outputs import render_history

    history, failures = compare_folder(folder, aliases=aliases, units=units)
    if out is not None:
        _make_folder(out)
        write_history(history, out)
    sys.stdout.write(render_history(history, width=_width(sys.stdout.isatty())))
    for failure in failures:
        _complain(str(failure))
    if failures:
        raise typer.Exit(1)


@app.command()
def rule(code: Annotated[str, typer.Argument(help="代码，如 A002。A code of the catalogue.")]) -> None:
    """解释一条发现。Explain a finding."""
    from extract.findings.explain import explain_rule

    typer.echo(explain_rule(code))


@app.command()
def evaluate(
    directory: Annotated[
        Path | None, _path_argument(metavar="[DIR]", help="带 truth/ 的文件夹。Labelled documents.")
    ] = None,
    out: Annotated[
        Path | None, _path_option(metavar="DIR", help="写入 evaluation.html 与 evaluation.json。Page and figures.")
    ] = None,
) -> None:
    """在有标注（或新生成）的文档上度量。Measure the accuracy."""
    if directory is not None:
        _refuse_no_folder(directory)
    from training.evaluation import evaluate as measure

    if out is not None:
        _make_folder(out)
    typer.echo(measure(directory, out=out))


@app.command()
def train(
    corpus: Annotated[Path, _path_option(help="语料。The corpus.")] = Path("corpus"),
    models: Annotated[Path, _path_option(help="模型写到这里。Where models are kept.")] = Path("models"),
) -> None:
    """由语料重新训练全部模型。Retrain the models."""
    if not corpus.is_dir():
        raise UsageError(
            f"{corpus}: 没有此文件夹 / no such folder; run this in a checkout, or name the corpus with --corpus"
        )
    from training.train import train as retrain

    raise typer.Exit(retrain(corpus, models))


models_app = typer.Typer(rich_markup_mode=None, help="列出模型的各版本；回退。Models and their versions.")
app.add_typer(models_app, name="models")
_Folder = Annotated[Path | None, _path_option("--models", metavar="DIR", help="模型的文件夹。Where models are kept.")]


@models_app.callback(invoke_without_command=True)
def models(context: typer.Context, folder: _Folder = None) -> None:
    """列出模型的各版本、摘要与指标；回退。Models, their versions, digests and figures; rollback."""
    if context.invoked_subcommand is None:
        from extract.artifacts import models_folder
        from extract.versions import describe_versions

        typer.echo(describe_versions(folder or models_folder()))


@models_app.command()
def rollback(
    name: Annotated[str, typer.Argument(help="模型名称。Name of the model.")],
    digest: Annotated[str | None, typer.Argument(help="版本摘要的开头；默认最近的。Of which version.")] = None,
    folder: _Folder = None,
) -> None:
    """换回较早的版本。Put back an earlier version."""
    from extract.artifacts import models_folder
    from extract.versions import roll_back

    version = roll_back(folder or models_folder(), name, digest)
    _complain(f"{name}: 已换回 {version.digest} / put back")


def _use_rules(path: Path | None) -> None:
    """Raises: DataFileError where the file of the user's own rules is wrong."""
    if path is not None:
        from extract.own import use_own_rules
        from extract.own_file import read_own_rules

        use_own_rules(read_own_rules(path))


def _print_one(paths: list[Path], format: Format, risk: float | None, debug_images: Path | None) -> None:
    """The one report on standard output."""
    if len(paths) != 1 or os.path.isdir(paths[0]):
        what = f"{paths[0]} 是文件夹 / is a folder" if len(paths) == 1 else f"{len(paths)} 个输入 / inputs"
        shown = [shlex.quote(str(path)) for path in paths[:_INPUTS_SHOWN]] + ["…"] * (len(paths) > _INPUTS_SHOWN)
        call = f"gouji extract {' '.join(shown)} --out out"
        raise UsageError(
            f"{what}：请用 --out 指定结果写到哪个文件夹 / say with --out to which folder the documents go: {call}"
        )
    from extract.guard import guard
    from extract.outputs import dump_report, render_report
    from extract.pipeline import extract_report
    from extract.progress import show_progress
    from extract.settings import load_settings

    drawn = set()
    if debug_images:
        _make_folder(debug_images, "--debug-images")
        drawn = set(debug_images.iterdir())
    with guard(paths[0]), show_progress(1, shown=True) as bar:
        settings = replace(load_settings(), debug_images=debug_images, on_page=bar.on_page if bar else None)
        report = extract_report(paths[0], settings=settings, risk=risk)
    if debug_images:
        _name_drawn(debug_images, len(set(debug_images.iterdir()) - drawn))
    if format is Format.JSON:
        sys.stdout.write(dump_report(report))
    else:
        terminal = sys.stdout.isatty()
        color = terminal and not os.environ.get("NO_COLOR")
        sys.stdout.write(render_report(report, color=color, width=_width(terminal)))


def _name_drawn(folder: Path, pages: int) -> None:
    """Says where the drawings of a scan are."""
    if pages:
        _complain(f"识别所见已画出，共 {pages} 页 / what was seen is drawn, pages: {pages}：{folder}")
    else:
        _complain("--debug-images: 没有扫描页，什么也没有画 / no page was read as a scan: nothing was drawn")


def _width(terminal: bool) -> int:
    """Columns of the terminal, of the settings in a pipe; never so few that the tables break."""
    import shutil

    from extract.settings import load_settings

    settings = load_settings()
    columns = shutil.get_terminal_size((settings.report_width, 0)).columns if terminal else settings.report_width
    return max(settings.report_width_least, min(columns, settings.report_width_most))


def _write_all(paths: list[Path], out: Path, jobs: int | None, options: Options) -> None:
    """One document per file; what failed is named on standard error."""
    from extract.batch import FAILURES, extract_many

    _make_folder(out)
    try:
        with _terminable():
            batch = extract_many(paths, out, options, jobs=jobs, progress=True)
    except KeyboardInterrupt as error:
        _complain("已中断；再次运行同一命令即从此处继续 / interrupted; the same command goes on from here")
        raise typer.Exit(_TERMINATED if isinstance(error, _Terminated) else _INTERRUPTED) from None
    for line in (*batch.remarks, *batch.failures):
        _complain(str(line))
    unchanged = f"；{batch.unchanged} 份未变，不再重读 (unchanged, not read again)" if batch.unchanged else ""
    stray = f"；{batch.stray} 张图片不是报告，已略过 (pictures without a report, left out)" if batch.stray else ""
    failed = f"；{len(batch.failures)} 个文件未能读取 (not read)，见 / see {out / FAILURES}" if batch.failures else ""
    _complain(f"已写出 {batch.written} 份 (written){unchanged}{stray}{failed}{_rate(batch)}")
    if batch.failures:
        raise typer.Exit(1)


class _Terminated(KeyboardInterrupt):
    """By SIGTERM, which ends a run as Ctrl-C does."""


@contextmanager
def _terminable() -> Iterator[None]:
    """Within, SIGTERM is raised as `_Terminated`."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise _Terminated

    previous = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def _rate(batch: Batch) -> str:
    """How fast files were read, where it took long enough to tell, by the clock; of several processes how many."""
    if batch.seconds < 1 or batch.read <= 1:
        return ""
    rate, each = batch.read / batch.seconds, batch.seconds / batch.read
    chinese, english = (
        (f"平均每秒 {rate:.1f} 个", f"{rate:.1f} a second")
        if rate >= 1
        else (f"平均 {each:.1f} 秒一个", f"one in {each:.1f} s")
    )
    by, by_english = (f"{batch.workers} 个进程", f" by {batch.workers} processes") if batch.workers > 1 else ("", "")
    return (
        f"；用时 {batch.seconds:.0f} 秒，{by}读取 {batch.read} 个文件，{chinese}"
        f" / {batch.seconds:.0f} s, {batch.read} files read{by_english}, {english}"
    )


def _refuse_no_folder(path: Path) -> None:
    """Raises: UsageError where the path is a file, or is not there."""
    if path.is_file():
        raise UsageError(f"{path}: 是文件，此处应为文件夹 / is a file; name a folder")
    if not path.is_dir():
        raise UsageError(f"{path}: 没有此文件夹 / no such folder")


def _make_folder(out: Path, option: str = "--out") -> None:
    """Raises: UsageError naming the folder where it cannot be made, and the option that named it."""
    try:
        if out.exists() and not out.is_dir():
            raise UsageError(f"{out}: 是文件，此处应为文件夹 / is a file; name a folder")
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"无法创建输出文件夹，请用 {option} 另选 / this folder cannot be made, name another with {option}"
        raise UsageError(f"{out}: {what}: {say_of_system(error)}") from error


def _complain(line: str) -> None:
    typer.echo(f"gouji: {line}", err=True)


if __name__ == "__main__":
    main()
