"""Paths of the command line → the files to read, those below folders and in archives, and where each document goes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.archives import Member, is_archive, list_members, show
from extract.errors import Failure, SourceError, UnreadableError
from extract.guard import guard
from extract.settings import load_settings

_PAGE_FOLDERS = ("_files", ".files", "_文件")  # what browsers call the folder of a saved page


@dataclass(frozen=True, slots=True)
class Job:
    """One source file, or a member of an archive, and the document to write.

    `found`: it was not named but found, in a folder or an archive.
    """

    path: Path
    target: Path
    member: Member | None = None
    found: bool = False

    @property
    def file(self) -> str:
        return show(self.member) if self.member else str(self.path)


def plan_jobs(paths: Sequence[Path], out_dir: Path) -> tuple[list[Job], list[Failure], list[str]]:
    """(jobs, one failure per path that cannot be read, remarks). Equal names in two folders get two documents."""
    jobs: dict[tuple[Path, tuple[int, ...]], Job] = {}
    taken: dict[str, str] = {}
    failures: list[Failure] = []
    remarks: list[str] = []
    for root in paths:
        for path, member in _find_sources(root, failures):
            key = (path.resolve(), member.places if member else ())
            if key in jobs:
                continue
            place = path / member.name if member else path
            name = _free_name(place, root, taken)
            if name != place.name:
                first = taken[place.name.casefold()]
                remarks.append(f"{place}: {first} has the same name; written as {name}.json")
            taken[name.casefold()] = str(place)
            jobs[key] = Job(path, out_dir / f"{name}.json", member, found=member is not None or root.is_dir())
    return list(jobs.values()), failures, remarks


def _find_sources(root: Path, failures: list[Failure]) -> Iterator[tuple[Path, Member | None]]:
    """The files that a path stands for, those in archives too; what fails is added to `failures`."""
    found = find_files(root) if root.is_dir() else [root]
    if not found:
        failures.append(Failure(str(root), "no readable file is in this folder", "name the files themselves"))
    for path in found:
        if is_archive(path):
            yield from ((path, member) for member in _find_members(path, failures))
        else:
            yield path, None


def _find_members(path: Path, failures: list[Failure]) -> list[Member]:
    try:
        with guard(path):
            members, errors = list_members(path, settings=load_settings())
    except SourceError as error:
        members, errors = [], [error]
    if not members and not errors:
        errors = [UnreadableError(str(path), "no readable file is in this archive", "unpack it and name the files")]
    failures += [error.failure() for error in errors]
    return members


def find_files(folder: Path) -> list[Path]:
    """The files below a folder that may be reports, by suffix, in order; hidden ones are left out."""
    suffixes = load_settings().folder_suffixes
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _belongs_to_page(name, names))
        visible = sorted(name for name in names if not name.startswith((".", "~$")))
        found += [Path(place, name) for name in visible if Path(name).suffix.casefold() in suffixes]
    return found


def _belongs_to_page(folder: str, names: Sequence[str]) -> bool:
    """Whether the folder holds the pictures and scripts of a web page that was saved beside it."""
    return any(
        folder.endswith(end) and f"{folder.removesuffix(end)}{suffix}" in names
        for end in _PAGE_FOLDERS
        for suffix in (".html", ".htm")
    )


def _free_name(path: Path, root: Path, taken: dict[str, str]) -> str:
    """The file's name; where another file has it, its folders below `root` before it, then a number."""
    if path.name.casefold() not in taken:
        return path.name
    parts = path.relative_to(root).parts if root != path else path.parts[-2:]
    base = "__".join(part for part in parts if part not in ("/", ".."))
    names: Iterator[str] = (base if number == 1 else f"{number}__{base}" for number in range(1, len(taken) + 3))
    return next(name for name in names if name.casefold() not in taken)
