"""Paths of the command line → the files to read, those below folders and in archives, and where each document goes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.archives import Member, is_archive, list_members, pages_of, show
from extract.errors import Failure, SourceError, UnreadableError
from extract.guard import guard
from extract.pages.ours import is_ours
from extract.quick import record
from extract.settings import load_settings
from extract.textform import spell_name

_NAMES_SHOWN = 5  # of each kind that is not read


@record
class Job:
    """One source file, or a member of an archive, and the document to write.

    `found`: it was not named but found, in a folder or an archive. `remark`: why its document has another name.
    """

    path: Path
    target: Path
    member: Member | None = None
    found: bool = False
    remark: str = ""

    @property
    def file(self) -> str:
        return show(self.member) if self.member else str(self.path)


@dataclass(slots=True)
class _Noted:
    """Beside the files to read: what cannot be read, and files that are no reports by their kind."""

    failures: list[Failure]
    other: list[str]


def plan_jobs(paths: Sequence[Path], out_dir: Path) -> tuple[list[Job], list[Failure], list[str]]:
    """(jobs, one failure per path that cannot be read, remarks). Equal names in two folders get two documents.

    A remark names the files of kinds that are not read.
    """
    jobs: dict[tuple[str, tuple[int, ...]], Job] = {}
    taken: dict[str, str] = {}
    noted = _Noted([], [])
    resolve = _resolver()
    for root in paths:
        is_folder = os.path.isdir(root)
        for path, member in _find_sources(root, noted):
            key = (resolve(path), member.places if member else ())
            if key in jobs:
                continue
            place = path / member.name if member else path
            own, name = spell_name(place.name), _free_name(place, root, taken)
            remark = _name_namesake(place, taken[own.casefold()], own, name) if name != own else ""
            taken[name.casefold()] = str(place)
            jobs[key] = Job(path, out_dir / f"{name}.json", member, member is not None or is_folder, remark)
    other = list(dict.fromkeys(noted.other))
    return list(jobs.values()), noted.failures, [_name_other(other)] if other else []


def _resolver() -> Callable[[Path], str]:
    """A function as `os.path.realpath`, which looks once at each folder: ten thousand files lie in few."""
    real_folder = cache(os.path.realpath)

    def resolve(path: Path) -> str:
        folder, name = os.path.split(path)
        if name in ("", ".", "..") or os.path.islink(path):
            return os.path.realpath(path)
        return os.path.join(real_folder(folder), name)

    return resolve


def _name_namesake(place: Path, first: str, own: str, name: str) -> str:
    return (
        f"{place}: {own}.json 已留给 {first}，此件写为 {name}.json / "
        f"{own}.json is kept for {first}; this one is written as {name}.json"
    )


def _name_other(other: Sequence[str]) -> str:
    """How many files of which kinds were left out, and their names as far as they are few; the rarest kinds first."""
    kinds: dict[str, list[str]] = {}
    for name in other:
        kinds.setdefault(Path(name).suffix.casefold(), []).append(name)
    rarest = sorted(kinds.items(), key=lambda kind: (len(kind[1]), kind[0]))
    shown = "，".join(
        f"{suffix} {len(names)}（{'、'.join(names[:_NAMES_SHOWN])}{' …' if len(names) > _NAMES_SHOWN else ''}）"
        for suffix, names in rarest
    )
    return (
        f"{len(other)} 个文件的种类不读，已略过：{shown}；单独读取其中一个，可知如何处理 / "
        "files of kinds that are not read were left out; extract one of them alone to learn what to do"
    )


def _find_sources(root: Path, noted: _Noted) -> Iterator[tuple[Path, Member | None]]:
    """The files that a path stands for, those in archives too; what is not read is added to `noted`."""
    found = [root]
    if os.path.isdir(root):
        before = len(noted.failures)
        found, other = find_files(root, on_error=lambda error: noted.failures.append(_unlisted(error)))
        noted.other += map(str, other)
        if len(noted.failures) > before and not found:
            return
    if not found:
        noted.failures.append(Failure(str(root), "no readable file is in this folder", "name the files themselves"))
    for path in found:
        if is_archive(path):
            yield from ((path, member) for member in _find_members(path, noted))
        else:
            yield path, None


def _unlisted(error: OSError) -> Failure:
    """Of a folder whose files nobody may see."""
    return Failure(str(error.filename), str(error.strerror or error), "check the path and its permissions")


def _find_members(path: Path, noted: _Noted) -> list[Member]:
    try:
        with guard(path):
            members, errors, other = list_members(path, settings=load_settings())
    except SourceError as error:
        members, errors, other = [], [error], []
    if not members and not errors:
        errors = [UnreadableError(str(path), "no readable file is in this archive", "unpack it and name the files")]
    noted.failures += [error.failure() for error in errors]
    noted.other += other
    return members


def find_files(folder: Path, *, on_error: Callable[[OSError], None] | None = None) -> tuple[list[Path], list[Path]]:
    """(the files below a folder that may be reports, by suffix, or as web pages, PDFs, DOCX or OFD by content; the
    others), both in order, without hidden ones, what gouji wrote and truths. `on_error` is told of folders that cannot
    be looked into.
    """
    suffixes = load_settings().folder_suffixes
    found: list[Path] = []
    other: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _belongs_to_page(name, names))
        visible = sorted(name for name in names if not name.startswith((".", "~$")))
        for path in (Path(place, name) for name in visible):
            if not (is_ours(path) or _is_truth(path)):
                (found if path.suffix.casefold() in suffixes or _is_document(path) else other).append(path)
    return found, other


def _is_truth(path: Path) -> bool:
    """Whether it says what a report beside its folder prints, for `gouji evaluate`: truth/报告.docx.json."""
    return path.parent.name == "truth" and path.suffix == ".json" and (path.parent.parent / path.stem).is_file()


def _is_document(path: Path) -> bool:
    from extract.pages.kind import is_document

    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return is_document(stream)
    except OSError:
        return False


def _belongs_to_page(folder: str, names: Sequence[str]) -> bool:
    """Whether the folder holds the pictures and scripts of a web page that was saved beside it."""
    return any(page in names for page in pages_of(folder))


def _free_name(path: Path, root: Path, taken: dict[str, str]) -> str:
    """The file's name; where another file has it, its folders below `root` before it, then a number."""
    name = spell_name(path.name)
    if name.casefold() not in taken:
        return name
    parts = path.relative_to(root).parts if root != path else path.parts[-2:]
    base = spell_name("__".join(part for part in parts if part not in ("/", "..")))
    names: Iterator[str] = (base if number == 1 else f"{number}__{base}" for number in range(1, len(taken) + 3))
    return next(name for name in names if name.casefold() not in taken)
