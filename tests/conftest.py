"""Options of the test run."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("gouji", deadline=None)  # a slow moment of the machine is no fault of the code
settings.load_profile("gouji")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regen", action="store_true", help="write the golden outputs in the READMEs anew")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--regen") and os.environ.get("CI"):
        raise pytest.UsageError("--regen is refused where CI is set: people rewrite golden outputs, and read them")
