"""Report → the confidence report as one HTML file that needs nothing else; many → an overview beside them."""

from extract.outputs.webpage.crops import Original
from extract.outputs.webpage.site import FindOriginal, write_page, write_site

__all__ = ["FindOriginal", "Original", "write_page", "write_site"]
