"""Violations, deviations, discrepancies → findings, one per cause; and the catalogue that explains them."""

from extract.findings.catalogue import Entry, load_catalogue
from extract.findings.collect import collect_findings
from extract.findings.contrasts import contrast_finding
from extract.findings.recognised import has_unclear_print, leave_recognised, leave_recognised_prose
from extract.findings.spots import find_spots

__all__ = [
    "Entry",
    "collect_findings",
    "contrast_finding",
    "find_spots",
    "has_unclear_print",
    "leave_recognised",
    "leave_recognised_prose",
    "load_catalogue",
]
