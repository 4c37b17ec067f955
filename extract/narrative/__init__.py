"""Prose → sentences with labels and claims; claims × cells → verdicts and T codes."""

from extract.narrative.doubts import withdraw_doubtful
from extract.narrative.misdated import leave_open_years, settle_years
from extract.narrative.reading import read_narrative
from extract.narrative.verdicts import check_claims

__all__ = ["check_claims", "leave_open_years", "read_narrative", "settle_years", "withdraw_doubtful"]
