"""Rules, phrases, thresholds and texts as data (TOML), each file loaded once."""

from extract.rules.linear import OWN_CODE, LinearRule, expand_sums, linear_rules, own_sums
from extract.rules.load import fill_names, load_rules, refuse_unknown, rule_pattern, rule_patterns
from extract.rules.needed import needed_characters, outline_of, quick_pattern
from extract.rules.reading import JointLimits, LayoutLimits, MarkLimits, joint_limits, layout_limits, mark_limits

__all__ = [
    "OWN_CODE",
    "JointLimits",
    "LayoutLimits",
    "LinearRule",
    "MarkLimits",
    "expand_sums",
    "fill_names",
    "joint_limits",
    "layout_limits",
    "linear_rules",
    "load_rules",
    "mark_limits",
    "needed_characters",
    "outline_of",
    "own_sums",
    "quick_pattern",
    "refuse_unknown",
    "rule_pattern",
    "rule_patterns",
]
