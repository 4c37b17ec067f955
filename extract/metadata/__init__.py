"""Title block, preamble and signature → agency, year, title, dates; D001 and D002."""

from extract.metadata.read import read_metadata, without_lines

__all__ = ["read_metadata", "without_lines"]
