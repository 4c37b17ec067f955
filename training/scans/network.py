"""The recogniser's network, as a list of convolutions: built in PyTorch to be trained, written as ONNX to be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.pages.image.crops import STRIP_HEIGHT
from extract.pages.image.ctc import ALPHABET

OPSET = 17
_FLOAT = 1  # onnx.TensorProto.FLOAT


@dataclass(frozen=True, slots=True)
class Layer:
    """One convolution; all but the last are normalised and end in a ReLU. Pairs are rows, columns."""

    channels: int
    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]


LAYERS = (
    Layer(24, (5, 5), (4, 2), (2, 2)),  # 8 rows
    Layer(40, (3, 3), (2, 1), (1, 1)),  # 4
    Layer(80, (4, 3), (1, 1), (0, 1)),  # 1
    Layer(80, (1, 5), (1, 1), (0, 2)),
    Layer(64, (1, 3), (1, 1), (0, 1)),
    Layer(1 + len(ALPHABET), (1, 1), (1, 1), (0, 0)),
)
"""A strip of STRIP_HEIGHT rows becomes one row of symbol scores, a column for every two of the strip."""

Weights = Sequence[tuple[NDArray[np.float32], NDArray[np.float32]]]  # per layer: out × in × rows × columns, and biases


def build_network() -> Any:
    """The untrained network as a torch module: strips (n × 1 × rows × columns) → scores (n × symbols × 1 × steps)."""
    from torch import nn

    parts: list[Any] = []
    inputs = 1
    for layer in LAYERS:
        last = layer is LAYERS[-1]
        parts.append(nn.Conv2d(inputs, layer.channels, layer.kernel, layer.stride, layer.padding, bias=last))
        if not last:
            parts += [nn.BatchNorm2d(layer.channels), nn.ReLU(inplace=True)]
        inputs = layer.channels
    return nn.Sequential(*parts)


def folded_weights(network: Any) -> Weights:
    """The trained network's convolutions with their normalisations folded in."""
    modules = [module for module in network if type(module).__name__ != "ReLU"]
    convolutions, norms = modules[::2], modules[1::2]
    folded = []
    for convolution, norm in zip(convolutions, [*norms, None], strict=True):
        weight = convolution.weight.detach().numpy().astype(np.float64)
        if norm is None:
            bias = convolution.bias.detach().numpy()
        else:
            scale = (norm.weight / (norm.running_var + norm.eps).sqrt()).detach().numpy()
            bias = norm.bias.detach().numpy() - norm.running_mean.numpy() * scale
            weight = weight * scale[:, None, None, None]
        folded.append((weight.astype(np.float32), bias.astype(np.float32)))
    return folded


def take_weights(network: Any, weights: Weights, strips: Any) -> None:
    """Gives the network folded weights, its normalisations such that on these strips it computes just what they do."""
    import torch

    modules = [module for module in network if type(module).__name__ != "ReLU"]
    values = strips
    with torch.no_grad():
        for number, (weight, bias) in enumerate(weights):
            convolution = modules[2 * number]
            convolution.weight.copy_(torch.from_numpy(weight.copy()))
            if convolution.bias is not None:
                convolution.bias.copy_(torch.from_numpy(bias.copy()))
                return
            values = convolution(values)
            norm = modules[2 * number + 1]
            norm.running_mean.copy_(values.mean(dim=(0, 2, 3)))
            norm.running_var.copy_(values.var(dim=(0, 2, 3)))
            norm.weight.copy_((norm.running_var + norm.eps).sqrt())
            norm.bias.copy_(norm.running_mean + torch.from_numpy(bias.copy()))
            values = (values + torch.from_numpy(bias.copy())[None, :, None, None]).relu()


def onnx_to_weights(model: bytes) -> Weights:
    """The weights of a network that weights_to_onnx wrote."""
    import onnx

    arrays = {array.name: onnx.numpy_helper.to_array(array) for array in onnx.load_from_string(model).graph.initializer}
    return [(arrays[f"weight{number}"], arrays[f"bias{number}"]) for number in range(len(LAYERS))]


def weights_to_onnx(weights: Weights) -> bytes:
    """The network as ONNX: strips (n × 1 × STRIP_HEIGHT × columns) → probabilities (n × symbols × 1 × steps)."""
    from onnx import checker, helper, numpy_helper

    nodes, constants, value = [], [], "strips"
    for number, (layer, (weight, bias)) in enumerate(zip(LAYERS, weights, strict=True)):
        names = [f"weight{number}", f"bias{number}"]
        constants += [numpy_helper.from_array(array, name) for array, name in zip((weight, bias), names, strict=True)]
        rows, columns = layer.padding
        settings = {"kernel_shape": layer.kernel, "strides": layer.stride, "pads": (rows, columns, rows, columns)}
        nodes.append(helper.make_node("Conv", [value, *names], [f"sums{number}"], **settings))
        value = f"sums{number}"
        if layer is not LAYERS[-1]:
            nodes.append(helper.make_node("Relu", [value], [f"layer{number}"]))
            value = f"layer{number}"
    nodes.append(helper.make_node("Softmax", [value], ["probabilities"], axis=1))
    strips = helper.make_tensor_value_info("strips", _FLOAT, ["n", 1, STRIP_HEIGHT, "columns"])
    scores = helper.make_tensor_value_info("probabilities", _FLOAT, ["n", 1 + len(ALPHABET), 1, "steps"])
    graph = helper.make_graph(nodes, "cell-recogniser", [strips], [scores], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    checker.check_model(model)
    return bytes(model.SerializeToString())


def count_weights() -> int:
    """How many numbers the exported network has."""
    inputs = [1, *(layer.channels for layer in LAYERS)]
    return sum(
        layer.channels * (before * layer.kernel[0] * layer.kernel[1] + 1)
        for before, layer in zip(inputs, LAYERS, strict=False)
    )
