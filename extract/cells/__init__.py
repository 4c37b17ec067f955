"""Cell text → what it prints: a value, blank, a dash, or nothing that can be read."""

from extract.cells.place import place_cells
from extract.celltext import parse_cell

__all__ = ["parse_cell", "place_cells"]
