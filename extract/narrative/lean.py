"""spaCy without its command line, which takes two fifths of the time of its import, and 20 MB of each process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any

_COMMANDS, _INFO = "spacy.cli", "spacy.cli.info"  # the package imports the second for one function: spacy.info()
_one_at_a_time = Lock()  # else the second thread would take away what the first one's import still needs


@contextmanager
def without_commands() -> Iterator[None]:
    """While spaCy is imported here, its command line is left out; whoever asks for it later gets it."""
    with _one_at_a_time:
        if "spacy" in sys.modules:
            yield
        else:
            with _stand_ins():
                yield
            sys.modules["spacy"].__dict__["__getattr__"] = _find_commands


@contextmanager
def _stand_ins() -> Iterator[None]:
    stand_ins = {name: ModuleType(name) for name in (_COMMANDS, _INFO)}
    stand_ins[_COMMANDS].__path__ = []
    stand_ins[_INFO].__dict__["info"] = _tell_info
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _find_commands(name: str) -> ModuleType:
    """`spacy.cli`, as the package itself would have it."""
    if name == "cli":
        return import_module(_COMMANDS)
    raise AttributeError(f"module 'spacy' has no attribute {name!r}")


def _tell_info(*given: Any, **named: Any) -> Any:
    """`spacy.info()`, from the command line that is imported then."""
    return import_module(_INFO).info(*given, **named)
