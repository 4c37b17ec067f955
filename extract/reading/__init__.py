"""Candidate rows + sums + claims → what each cell prints."""

from extract.reading.choose import read_cells
from extract.reading.variants import choose_rows

__all__ = ["choose_rows", "read_cells"]
