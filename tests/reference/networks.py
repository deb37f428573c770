#!/usr/bin/python3
"""Writes networks.json: PyTorch 1.13's initialisation of Linear from a seed, and the loss and gradients of small networks.
Run: /usr/bin/python3 tests/reference/networks.py"""
import json
import pathlib

import torch
from torch import nn

torch.set_num_threads(1)


def numbers(tensor):
    return [float(x) for x in tensor.detach().reshape(-1)]


def linear(seed, inputs, outputs):
    torch.manual_seed(seed)
    layer = nn.Linear(inputs, outputs)
    return {"seed": seed, "inputs": inputs, "outputs": outputs, "weight": numbers(layer.weight), "bias": numbers(layer.bias)}


def network(activation, module, seed=11):
    """Seeded once, then built layer by layer: 6-5-4-3, on 7 rows of bytes, in float64."""
    torch.manual_seed(seed)
    layers = nn.Sequential(nn.Linear(6, 5), module, nn.Linear(5, 4), module, nn.Linear(4, 3)).double()
    rows = torch.arange(42).reshape(7, 6).mul(37).remainder(256)
    labels = torch.arange(7).mul(2).remainder(3)
    torch.manual_seed(seed)
    single = nn.Sequential(nn.Linear(6, 5), module, nn.Linear(5, 4), module, nn.Linear(4, 3))
    layers.load_state_dict({k: v.double() for k, v in single.state_dict().items()})
    loss = nn.functional.cross_entropy(layers(rows.double() / 255 / 0.25 - 2), labels)
    loss.backward()
    return {
        "activation": activation,
        "seed": seed,
        "loss": float(loss),
        "gradients": [x for p in layers.parameters() for x in numbers(p.grad)],
    }


def initialisation(name, sizes, seed=9, **settings):
    torch.manual_seed(seed)
    return {"name": name, "sizes": list(sizes), "seed": seed, "values": numbers(getattr(nn.init, name)(torch.empty(sizes), **settings))}


document = {
    "source": f"PyTorch {torch.__version__}, tests/reference/networks.py",
    "linear": [linear(0, 4, 3), linear(123456789, 7, 5)],
    "initialisations": [
        initialisation(name, sizes, **({"nonlinearity": "relu"} if name.startswith("kaiming") else {}))
        for name in ("kaiming_uniform_", "kaiming_normal_", "xavier_uniform_", "xavier_normal_") for sizes in ((5, 7), (4, 3, 3, 2))
    ],
    "networks": [network("relu", nn.ReLU()), network("tanh", nn.Tanh()), network("sigmoid", nn.Sigmoid()), network("gelu", nn.GELU())],
}
target = pathlib.Path(__file__).with_name("networks.json")
target.write_text(json.dumps(document, separators=(",", ":")).replace('{"', '\n{"').lstrip() + "\n")
print(target, target.stat().st_size, "bytes")
