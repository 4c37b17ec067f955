"""Source file → pages of printed lines and raw table rows, one reader per kind of file."""

from extract.pages.read import read_content, read_document

__all__ = ["read_content", "read_document"]
