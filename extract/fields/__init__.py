"""Evidence → fields with a calibrated confidence."""

from extract.fields.features import FEATURES, cell_features
from extract.fields.grade import grade_fields, settle_risk

__all__ = ["FEATURES", "cell_features", "grade_fields", "settle_risk"]
