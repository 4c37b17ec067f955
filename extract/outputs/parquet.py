"""Reports → Parquet: a long panel (one row per field) and a wide one (one row per report), typed and documented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from extract.forms import form_ids, load_form
from extract.outputs.panel import Column, NameUnit, Row, long_columns, long_rows, wide_columns, wide_row
from extract.outputs.write import whole_file
from extract.records import Report

if TYPE_CHECKING:
    import pyarrow

_BATCH = 20_000  # rows that are held in memory at once
_WIDE_BATCH = 200
_LONG = 2**63  # a whole number so large is no integer of Parquet's


def write_parquet(reports: Iterable[Report], folder: Path, name_unit: NameUnit = str) -> None:
    """Writes `long.parquet` and `wide.parquet` into the folder; each column says in its metadata what it means.

    The wide panel has the fields of those templates that the reports are on: which these are is known at the end.
    """
    import pyarrow.parquet

    schemas = _schema(long_columns()), _schema(wide_columns(_fields_of(form_ids())))
    rows: list[Row] = []
    wide_rows: list[Row] = []
    forms: set[str] = set()
    with (
        whole_file(folder / "long.parquet") as long,
        whole_file(folder / "wide.parquet") as wide,
        TemporaryDirectory() as temporary,
    ):
        whole = Path(temporary, "wide.parquet")
        with (
            pyarrow.parquet.ParquetWriter(long, schemas[0]) as long_writer,
            pyarrow.parquet.ParquetWriter(whole, schemas[1]) as wide_writer,
        ):
            for report in reports:
                forms.add(report.template.id)
                rows += long_rows(report, name_unit)
                wide_rows.append(wide_row(report, name_unit))
                _flush(long_writer, rows, schemas[0], _BATCH)
                _flush(wide_writer, wide_rows, schemas[1], _WIDE_BATCH)
            _flush(long_writer, rows, schemas[0], 1)
            _flush(wide_writer, wide_rows, schemas[1], 1)
        _copy_columns(whole, wide, _schema(wide_columns(_fields_of(sorted(forms) or form_ids()))))


def _fields_of(forms: Sequence[str]) -> list[str]:
    """The fields that the templates have between them, those of the newest first."""
    return list(dict.fromkeys(field for form_id in reversed(forms) for field in load_form(form_id).field_ids))


def _copy_columns(source: Path, target: Path, schema: pyarrow.Schema) -> None:
    """Writes the columns of the schema to another file, a group of rows at a time."""
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(source) as whole, pyarrow.parquet.ParquetWriter(target, schema) as writer:
        for batch in whole.iter_batches(_WIDE_BATCH, columns=schema.names):
            writer.write_batch(batch.select(schema.names))


def _flush(writer: Any, rows: list[Row], schema: pyarrow.Schema, least: int) -> None:
    """Writes the rows as one batch where there are at least so many, and forgets them."""
    import pyarrow

    if len(rows) >= least:
        try:
            batch = pyarrow.RecordBatch.from_pylist(rows, schema=schema)
        except pyarrow.ArrowInvalid:  # a number of twenty digits goes into a column of numbers as a float alone
            batch = pyarrow.RecordBatch.from_pylist([_fit(row) for row in rows], schema=schema)
        writer.write_batch(batch)
        rows.clear()


def _fit(row: Row) -> Row:
    return {name: float(own) if isinstance(own, int) and abs(own) >= _LONG else own for name, own in row.items()}


def _schema(columns: Sequence[Column]) -> pyarrow.Schema:
    import pyarrow

    kinds = {
        "text": pyarrow.string(),
        "whole": pyarrow.int64(),
        "number": pyarrow.float64(),
        "truth": pyarrow.bool_(),
    }
    return pyarrow.schema(
        [pyarrow.field(column.name, kinds[column.kind], metadata={"means": column.means}) for column in columns]
    )
