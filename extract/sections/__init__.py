"""Pages → the six sections: headings are found fuzzily, and content decides where headings are lost."""

from extract.sections.split import split_sections

__all__ = ["split_sections"]
