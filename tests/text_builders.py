"""Builders of printed text: the statutory tables in plain layouts, to be damaged by a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.forms import load_form
from extract.pages.text import text_to_pages
from extract.records import AlignedTable, Cells, Document, Source, TableSpec

FORM = load_form("2021")
TABLE_2, TABLE_3, TABLE_4 = FORM.tables

HEAD = "申请人情况\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"


def document(text: str) -> Document:
    """The text as a document."""
    pages = text_to_pages(text)
    return Document(Source("test.txt", "0" * 64, "text", len(pages)), pages)


def table_3_rows(values: Mapping[str, Sequence[int]]) -> list[list[str]]:
    """25 rows of label and seven cells; rows that `values` does not name (by row id) are zeros."""
    block = TABLE_3.blocks[0]
    return [[row.label, *map(str, values.get(row.id, (0,) * 7))] for row in block.rows]


def lines(rows: Sequence[Sequence[str]], separator: str = "\t") -> str:
    return "\n".join(separator.join(row) for row in rows)


def align(text: str, spec: TableSpec = TABLE_3) -> AlignedTable:
    from extract.alignment import align_table

    return align_table(document(text).items, spec)


def read(text: str, spec: TableSpec = TABLE_3) -> Cells:
    """The cells of one table's text, the sums as evidence."""
    from extract.cells import place_cells
    from extract.reading import read_cells
    from extract.rules import linear_rules

    rules = [rule for rule in linear_rules(FORM) if rule.id]
    return read_cells(place_cells(align(text, spec), spec), rules, {})
