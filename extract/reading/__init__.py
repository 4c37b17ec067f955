"""Candidate rows + sums + claims → what each cell prints."""

from extract.reading.choose import read_cells
from extract.reading.pictured import mark_pictured
from extract.reading.recognised import doubt_unrecognised
from extract.reading.variants import choose_rows

__all__ = ["choose_rows", "doubt_unrecognised", "mark_pictured", "read_cells"]
