"""A web page → its pages: the region that holds the report, its paragraphs and its tables."""

from extract.pages.html.read import html_to_pages, table_html_to_rows

__all__ = ["html_to_pages", "table_html_to_rows"]
