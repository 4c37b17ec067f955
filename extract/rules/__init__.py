"""Rules, phrases, thresholds and texts as data (TOML), each file loaded once."""

from extract.rules.linear import LinearRule, linear_rules
from extract.rules.load import load_rules, refuse_unknown

__all__ = ["LinearRule", "linear_rules", "load_rules", "refuse_unknown"]
