"""What the benchmark of whole folders says of the documents that it finds."""

from __future__ import annotations

from pathlib import Path

from extract.batch import extract_many
from training.benchmark_batch import State, look_at, make_reports


def test_documents_that_are_damaged_missing_or_of_other_bytes_are_named_and_so_is_what_else_lies_there(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    sources = make_reports(tmp_path / "in", 4, jobs=1)
    extract_many(sources, out, jobs=1)
    names = [f"{source.name}.json" for source in sources]
    assert look_at(out, sources) == State(4, (), ())
    (out / names[0]).write_text("{", encoding="utf-8")
    (out / names[1]).unlink()
    sources[2].write_bytes(sources[2].read_bytes() + b"\n")
    (out / ".gouji-a.tmp").touch()
    assert look_at(out, sources) == State(1, tuple(names[:3]), (".gouji-a.tmp",))
