"""Reports of several years and units → what they say of one another."""

from extract.history.compare import Comparison, compare_reports
from extract.history.units import AgencyNames, load_names, load_parts

__all__ = ["AgencyNames", "Comparison", "compare_reports", "load_names", "load_parts"]
