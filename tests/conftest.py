"""Options of the test run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from extract import guard
from extract.errors import SourceError

settings.register_profile("gouji", deadline=None)  # a slow moment of the machine is no fault of the code
settings.load_profile("gouji")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regen", action="store_true", help="write the golden outputs in the READMEs anew")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--regen") and os.environ.get("CI"):
        raise pytest.UsageError("--regen is refused where CI is set: people rewrite golden outputs, and read them")


@pytest.fixture(autouse=True)
def _foreseen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails where the guard around a file or page caught what nobody foresaw: it would only be a page less.

    Not in tests marked `unforeseen`, which make such an exception.
    """
    caught: list[str] = []
    explain = guard.explain_unexpected

    def note(error: Exception, file: str, page: int | None) -> SourceError:
        explained = explain(error, file, page)
        caught.append(str(explained))
        return explained

    monkeypatch.setattr(guard, "explain_unexpected", note)
    yield
    if caught and "unforeseen" not in request.keywords:
        pytest.fail(f"the guard caught an unexpected exception: {caught[0]}")
