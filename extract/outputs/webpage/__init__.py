"""Report → the confidence report as one HTML file that needs nothing else; many → an overview beside them."""

from extract.outputs.webpage.crops import crop_rows
from extract.outputs.webpage.originals import find_originals
from extract.outputs.webpage.overview import Entry, overview_to_html, report_to_entry
from extract.outputs.webpage.report import report_to_html

__all__ = ["Entry", "crop_rows", "find_originals", "overview_to_html", "report_to_entry", "report_to_html"]
