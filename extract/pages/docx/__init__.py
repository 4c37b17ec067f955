"""A Word document → its pages, as its author sees it with all changes accepted."""

from extract.pages.docx.read import docx_to_pages

__all__ = ["docx_to_pages"]
