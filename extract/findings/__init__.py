"""Violations, deviations, discrepancies → findings, one per cause; and the catalogue that explains them."""

from extract.findings.catalogue import Entry, load_catalogue
from extract.findings.collect import collect_findings
from extract.findings.contrasts import contrast_finding

__all__ = ["Entry", "collect_findings", "contrast_finding", "load_catalogue"]
