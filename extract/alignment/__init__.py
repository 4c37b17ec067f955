"""Raw rows → the canonical rows and columns of the form."""

from extract.alignment.align import align_table
from extract.alignment.gaps import other_alignments
from extract.alignment.noise import is_noisy
from extract.alignment.stream import restore_columns

__all__ = ["align_table", "is_noisy", "other_alignments", "restore_columns"]
