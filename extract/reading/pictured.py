"""Tables that stand in the file as pictures: their cells are there and not readable."""

from __future__ import annotations

from extract.quick import replace
from extract.records import Cells, Form, State

_EVIDENCE = "文件中没有这个表格的文字，表格应是图片"


def mark_pictured(cells: Cells, form: Form, pictures: int) -> Cells:
    """The cells; where nobody read the file's `pictures`, those of a table that is nowhere as text are illegible."""
    if not pictures:
        return cells
    marked = dict(cells)
    for spec in form.tables:
        own = [f"{row.id}.{column.id}" for block in spec.blocks for row in block.rows for column in block.columns]
        if all(cells[field].state is State.MISSING for field in own):
            marked |= {
                field: replace(cells[field], state=State.ILLEGIBLE, scores={}, evidence=(_EVIDENCE,)) for field in own
            }
    return marked
