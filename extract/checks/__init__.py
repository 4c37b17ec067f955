"""Values as read + the template's sums → violations."""

from extract.checks.check import check_tables

__all__ = ["check_tables"]
