"""Raw rows → the canonical rows and columns of the form."""

from extract.alignment.align import align_table

__all__ = ["align_table"]
