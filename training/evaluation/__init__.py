"""How right the pipeline is on labelled documents: `gouji evaluate DIR`, `python -m training.evaluation DIR`."""

from training.evaluation.run import evaluate, evaluate_documents

__all__ = ["evaluate", "evaluate_documents"]
