"""Violations, deviations, discrepancies → findings, one per cause; and the catalogue that explains them."""

from extract.findings.catalogue import Entry, load_catalogue
from extract.findings.collect import collect_findings

__all__ = ["Entry", "collect_findings", "load_catalogue"]
