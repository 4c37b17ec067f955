"""Prose → sentences with labels and claims; claims × cells → verdicts and T codes."""

from extract.narrative.doubts import withdraw_doubtful
from extract.narrative.making import make_claims
from extract.narrative.misdated import leave_open_years, settle_years
from extract.narrative.reading import read_sentences
from extract.narrative.table_prose import cut_table_prose
from extract.narrative.verdicts import check_claims

__all__ = [
    "check_claims",
    "cut_table_prose",
    "leave_open_years",
    "make_claims",
    "read_sentences",
    "settle_years",
    "withdraw_doubtful",
]
