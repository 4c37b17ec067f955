"""Boosted decision trees on a few dozen numbers: how they are fitted, and how they become an ONNX graph.

Source: J. H. Friedman, Stochastic gradient boosting, 2002.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

TREES = 250
DEPTH = 5
LEARNING_RATE = 0.05
SHARE_OF_CASES = 0.7
SHARE_OF_FEATURES = 0.2
LEAST_CASES = 10  # in a leaf
_PARTS = (
    "nodes_treeids", "nodes_nodeids", "nodes_modes", "nodes_featureids", "nodes_values", "nodes_truenodeids",
    "nodes_falsenodeids", "target_treeids", "target_nodeids", "target_ids", "target_weights",
)  # fmt: skip


def fit_trees(features: Any, labels: Sequence[bool], weights: Sequence[float], seed: int) -> Any:
    """The fitted trees; `features` is (n_cases, n_features)."""
    import numpy as np
    from sklearn.ensemble import GradientBoostingClassifier

    model = GradientBoostingClassifier(
        n_estimators=TREES,
        learning_rate=LEARNING_RATE,
        max_depth=DEPTH,
        subsample=SHARE_OF_CASES,
        max_features=SHARE_OF_FEATURES,
        min_samples_leaf=LEAST_CASES,
        random_state=seed,
    )
    return model.fit(np.asarray(features, dtype=np.float32), labels, sample_weight=weights)


def tell_odds(model: Any, features: Any) -> list[float]:
    """The log-odds of each case."""
    import numpy as np

    return [float(odds) for odds in model.decision_function(np.asarray(features, dtype=np.float32))]


def trees_to_graph(model: Any, name: str, source: str) -> Any:
    """The ONNX graph that gives the `logits` (n_cases,) of `source` (n_cases, n_features)."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    size = model.n_features_in_
    parts: dict[str, list[Any]] = {part: [] for part in _PARTS}
    for number, (tree,) in enumerate(model.estimators_):
        _add_tree(parts, number, tree.tree_)
    nothing = np.zeros((1, size), dtype=np.float32)
    of_trees = sum(float(tree.predict(nothing)[0]) for (tree,) in model.estimators_)
    base = tell_odds(model, nothing)[0] - LEARNING_RATE * of_trees
    nodes = [
        helper.make_node(
            "TreeEnsembleRegressor", [source], ["summed"], domain="ai.onnx.ml", n_targets=1, base_values=[base], **parts
        ),  # (n_cases, 1)
        helper.make_node("Reshape", ["summed", "shape"], ["logits"]),  # (n_cases,)
    ]
    inputs = [helper.make_tensor_value_info(source, TensorProto.FLOAT, ["n_cases", size])]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n_cases"])]
    shape = numpy_helper.from_array(np.array([-1], dtype=np.int64), "shape")
    return helper.make_graph(nodes, name, inputs, outputs, [shape])


def _add_tree(parts: dict[str, list[Any]], number: int, tree: Any) -> None:
    for node in range(tree.node_count):
        leaf = int(tree.children_left[node]) < 0
        parts["nodes_treeids"].append(number)
        parts["nodes_nodeids"].append(node)
        parts["nodes_modes"].append("LEAF" if leaf else "BRANCH_LEQ")
        parts["nodes_featureids"].append(0 if leaf else int(tree.feature[node]))
        parts["nodes_values"].append(0.0 if leaf else float(tree.threshold[node]))
        parts["nodes_truenodeids"].append(0 if leaf else int(tree.children_left[node]))
        parts["nodes_falsenodeids"].append(0 if leaf else int(tree.children_right[node]))
        if leaf:
            parts["target_treeids"].append(number)
            parts["target_nodeids"].append(node)
            parts["target_ids"].append(0)
            parts["target_weights"].append(LEARNING_RATE * float(tree.value[node].item()))
