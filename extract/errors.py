"""All exceptions of gouji.

GoujiError                exit 1
├── UsageError            exit 2   the call itself is wrong
├── DataFileError         exit 2   a template, rule or settings file has an unknown key, id or duplicate
├── ModelError            exit 1   a model file is missing, damaged or of another version
└── SourceError           exit 1   this input cannot be read (names file, page and remedy)
    ├── UnreadableError            no such file, no permission, a device
    ├── UnsupportedError           a kind of file that gouji does not read
    └── NotAReportError            readable, but no 政府信息公开工作年度报告
"""

from __future__ import annotations


class GoujiError(Exception):
    """The root of everything that gouji raises on purpose."""

    exit_code = 1


class UsageError(GoujiError):
    exit_code = 2


class DataFileError(GoujiError):
    exit_code = 2


class ModelError(GoujiError):
    pass


class SourceError(GoujiError):
    """This input cannot be read. The message has one line: file, page where known, cause, remedy."""

    def __init__(self, file: str, cause: str, remedy: str, *, page: int | None = None) -> None:
        self.file, self.cause, self.remedy, self.page = file, cause, remedy, page
        place = f"{file}, page {page}" if page else file
        super().__init__(f"{place}: {cause}; {remedy}")


class UnreadableError(SourceError):
    pass


class UnsupportedError(SourceError):
    pass


class NotAReportError(SourceError):
    pass
