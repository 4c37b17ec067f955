"""Violations, deviations, discrepancies → findings, one per cause; and the catalogue that explains them."""

from extract.findings.catalogue import Entry, load_catalogue
from extract.findings.collect import collect_findings
from extract.findings.contrasts import contrast_finding
from extract.findings.recognised import leave_recognised

__all__ = ["Entry", "collect_findings", "contrast_finding", "leave_recognised", "load_catalogue"]
