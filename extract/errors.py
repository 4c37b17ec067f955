"""All exceptions of gouji.

GoujiError                exit 1
├── UsageError            exit 2   the call itself is wrong
├── DataFileError         exit 2   a template, rule or settings file has an unknown key, id or duplicate
├── ModelError            exit 1   a model file is missing, damaged or of another version
├── UnwritableError       exit 1   a result cannot be written: a full disk, no permission
└── SourceError           exit 1   this input cannot be read (names file, page and remedy)
    ├── UnreadableError            no such file, no permission, a device
    ├── UnsupportedError           a kind of file that gouji does not read
    └── NotAReportError            readable, but no 政府信息公开工作年度报告
"""

from __future__ import annotations

import errno

from extract.quick import record


@record
class Failure:
    """What a SourceError says, as a record. `page` is None where the cause is not on one page."""

    file: str
    cause: str
    remedy: str
    page: int | None = None

    def __str__(self) -> str:
        """For people: the Chinese, where it is written, before the English."""
        from extract.failures import say_in_chinese

        cause, remedy = say_in_chinese(self.cause), say_in_chinese(self.remedy)
        return self._line(f"{cause}；{remedy} / " if cause and remedy else "")

    def english(self) -> str:
        """For programs and their logs."""
        return self._line("")

    def record(self) -> dict[str, str | int | None]:
        """For the log of failures: the English, and beside it the Chinese, null where nobody has written it."""
        from extract.failures import say_in_chinese

        english = {"file": self.file, "page": self.page, "cause": self.cause, "remedy": self.remedy}
        return english | {"cause_zh": say_in_chinese(self.cause), "remedy_zh": say_in_chinese(self.remedy)}

    def _line(self, chinese: str) -> str:
        from extract.textform import spell_name

        file = spell_name(self.file)
        place = f"{file}, page {self.page}" if self.page else file
        return " ".join(f"{place}: {chinese}{self.cause}; {self.remedy}".split())


def say_of_system(error: OSError) -> str:
    """What the system says of a file, in Chinese, where it is written, and English."""
    from extract.failures import say_in_chinese

    cause = str(error.strerror or error)
    chinese = say_in_chinese(cause)
    return f"{chinese} / {cause}" if chinese else cause


class GoujiError(Exception):
    """The root of everything that gouji raises on purpose."""

    exit_code = 1


class UsageError(GoujiError):
    exit_code = 2


class DataFileError(GoujiError):
    exit_code = 2


class ModelError(GoujiError):
    pass


class UnwritableError(GoujiError):
    """A result cannot be written. `hopeless`: nor can any other one beside it."""

    def __init__(self, path: str, cause: str, hopeless: bool) -> None:
        super().__init__(path, cause, hopeless)  # all of it, so that it passes from process to process
        self.path, self.cause, self.hopeless = path, cause, hopeless

    @classmethod
    def of(cls, path: str, error: OSError) -> UnwritableError:
        """What the system says of the file `path`."""
        return cls(path, str(error.strerror or error), error.errno in _HOPELESS)

    def __str__(self) -> str:
        from extract.failures import say_in_chinese

        chinese = say_in_chinese(self.cause)
        return f"{self.path}: 无法写出{f'（{chinese}）' if chinese else ''} / cannot be written ({self.cause})"


_HOPELESS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


class SourceError(GoujiError):
    """This input cannot be read. The message has one line: file, page where known, cause, remedy."""

    def __init__(self, file: str, cause: str, remedy: str, *, page: int | None = None) -> None:
        self.file, self.cause, self.remedy, self.page = file, cause, remedy, page
        super().__init__(self.failure().english())

    def failure(self) -> Failure:
        """The same as a record, for a log."""
        return Failure(self.file, self.cause, self.remedy, self.page)


class UnreadableError(SourceError):
    pass


class UnsupportedError(SourceError):
    pass


class NotAReportError(SourceError):
    pass
