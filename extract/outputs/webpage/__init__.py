"""Report → the confidence report as one HTML file that needs nothing else; many → an overview beside them."""

from extract.outputs.webpage.originals import find_originals
from extract.outputs.webpage.site import write_page, write_site

__all__ = ["find_originals", "write_page", "write_site"]
