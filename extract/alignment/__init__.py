"""Raw rows → the canonical rows and columns of the form."""

from extract.alignment.align import align_table
from extract.alignment.gaps import other_alignments
from extract.alignment.stream import restore_columns

__all__ = ["align_table", "other_alignments", "restore_columns"]
