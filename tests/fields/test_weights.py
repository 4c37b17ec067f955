"""The models as they are stored cost no more than their size asks for."""

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from extract.artifacts import model_path, models_folder, read_registry


@pytest.mark.parametrize("name", sorted(read_registry(models_folder())))
def test_no_weight_of_a_model_is_a_subnormal_number_which_is_multiplied_fifty_times_as_slowly(name: str) -> None:
    weights = map(numpy_helper.to_array, onnx.load(str(model_path(name))).graph.initializer)
    kinds = [own for own in weights if own.dtype.kind == "f"]
    assert not any(((own != 0) & (np.abs(own) < np.finfo(own.dtype).tiny)).any() for own in kinds)
