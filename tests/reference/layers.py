#!/usr/bin/python3
"""Writes layers.json: loss and gradients (float64) of small networks of every layer, from seeded float32 parameters.
Run: /usr/bin/python3 tests/reference/layers.py"""
import json
import pathlib

import torch
from torch import nn

torch.set_num_threads(1)
ROWS, CLASSES = 7, 3

class Recurrent(nn.Module):
    """The outputs at all places."""

    def __init__(self, kind, inputs, width):
        super().__init__()
        self.layer = kind(inputs, width, batch_first=True)

    def forward(self, x):
        return self.layer(x)[0]


class LastPlace(nn.Module):
    def forward(self, x):
        return x[:, -1]


MODULES = {
    "lstm": lambda inputs, width: Recurrent(nn.LSTM, inputs, width),
    "gru": lambda inputs, width: Recurrent(nn.GRU, inputs, width),
    "last": LastPlace,
    "unflatten": lambda *sizes: nn.Unflatten(1, sizes),
    "conv": lambda inputs, outputs, kernel, padding: nn.Conv2d(inputs, outputs, kernel, padding=padding),
    "pool": nn.MaxPool2d,
    "flatten": nn.Flatten,
    "linear": nn.Linear,
    "norm": nn.BatchNorm1d,
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "gelu": nn.GELU,
}


def numbers(tensors):
    return [float(x) for t in tensors for x in t.detach().reshape(-1)]


def case(name, features, layers, loss="cross_entropy", smoothing=0.0, seed=5):
    torch.manual_seed(seed)
    model = nn.Sequential(*[MODULES[kind](*sizes) for kind, *sizes in layers]).double()
    rows = torch.arange(ROWS * features).mul(7919).remainder(251).reshape(ROWS, features)
    labels = torch.arange(ROWS).mul(2).remainder(CLASSES)
    logits = model(rows.double() / 255 / 0.25 - 2)
    if loss == "mse":
        target = nn.functional.one_hot(labels, CLASSES).double() * (1 - smoothing) + smoothing / CLASSES
        value = nn.functional.mse_loss(logits, target)
    else:
        value = nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)
    value.backward()
    model.eval()
    evaluated = model(rows.double() / 255 / 0.25 - 2)
    plain = (nn.functional.mse_loss(evaluated, nn.functional.one_hot(labels, CLASSES).double()) if loss == "mse"
             else nn.functional.cross_entropy(evaluated, labels))
    return {
        "name": name, "features": features, "layers": layers, "loss": loss, "smoothing": smoothing, "seed": seed,
        "value": float(value), "evaluated": float(plain),
        "gradients": numbers(p.grad for p in model.parameters()),
        "buffers": numbers(b for n, b in model.named_buffers() if "running" in n),
    }


def images(activation, side, channels=1):
    small = ((side - 2) // 2) ** 2
    return [["unflatten", channels, side, side], ["conv", channels, 4, 3, 0], [activation], ["conv", 4, 6, 3, 1], [activation], ["pool", 2],
            ["flatten"], ["linear", 6 * small, 5], [activation], ["linear", 5, 3]]


def dense(*between):
    return [["linear", 6, 5], *[[*b] for b in between], ["linear", 5, 3]]


document = {
    "source": f"PyTorch {torch.__version__}, tests/reference/layers.py",
    "cases": [
        case("cnn relu", 64, images("relu", 8)),
        case("cnn tanh", 64, images("tanh", 8)),
        case("cnn gelu", 64, images("gelu", 8)),
        case("cnn with a ragged pool", 81, images("relu", 9)),
        case("cnn of two channels", 128, images("sigmoid", 8, 2)),
        case("two blocks", 144, [["unflatten", 1, 12, 12], ["conv", 1, 3, 3, 1], ["relu"], ["pool", 2], ["conv", 3, 20, 3, 1], ["relu"],
                                 ["pool", 3], ["flatten"], ["linear", 80, 3]]),
        case("batch norm", 6, dense(["norm", 5], ["relu"])),
        case("batch norm gelu", 6, dense(["norm", 5], ["gelu"], ["linear", 5, 5], ["norm", 5], ["tanh"])),
        case("lstm", 15, [["unflatten", 5, 3], ["lstm", 3, 4], ["lstm", 4, 4], ["last"], ["linear", 4, 3]]),
        case("gru", 15, [["unflatten", 5, 3], ["gru", 3, 4], ["last"], ["linear", 4, 3]]),
        case("smoothing", 6, dense(["relu"]), smoothing=0.2),
        case("mean squares", 6, dense(["tanh"]), loss="mse"),
        case("mean squares, smoothed", 6, dense(["relu"]), loss="mse", smoothing=0.1),
    ],
}
target = pathlib.Path(__file__).with_name("layers.json")
target.write_text(json.dumps(document, separators=(",", ":")).replace('{"', '\n{"').lstrip() + "\n")
print(target, target.stat().st_size, "bytes")
