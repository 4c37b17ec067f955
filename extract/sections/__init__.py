"""Pages → the six sections: headings are found fuzzily, and content decides where headings are lost."""

from extract.sections.several import first_report
from extract.sections.split import split_sections

__all__ = ["first_report", "split_sections"]
