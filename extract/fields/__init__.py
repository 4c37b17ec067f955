"""Evidence → fields with a calibrated confidence."""

from extract.fields.features import FEATURES, cell_features
from extract.fields.grade import grade_fields, settle_risk
from extract.fields.score import check_first, score_accepted

__all__ = ["FEATURES", "cell_features", "check_first", "grade_fields", "score_accepted", "settle_risk"]
