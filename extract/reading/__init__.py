"""Candidate rows + sums + claims → what each cell prints."""

from extract.reading.choose import read_cells

__all__ = ["read_cells"]
