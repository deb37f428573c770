#!/usr/bin/python3
"""Writes layers.json: loss and gradients (float64) of small networks of every layer, from seeded float32 parameters. Those with batch norm are
trained besides, and then evaluated with the running averages and with statistics taken again (torch.optim.swa_utils.update_bn).
Run: /usr/bin/python3 tests/reference/layers.py"""
import copy
import json
import pathlib

import torch
from torch import nn
from torch.optim.swa_utils import update_bn

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


class MeanPlace(nn.Module):
    def forward(self, x):
        return x.mean(1)


class Positions(nn.Module):
    """Vaswani et al. 2017, section 3.5."""

    def __init__(self, length, width):
        super().__init__()
        place = torch.arange(length, dtype=torch.float64).unsqueeze(1)
        even = torch.arange(0, width, 2, dtype=torch.float64)
        self.table = torch.zeros(length, width, dtype=torch.float64)
        self.table[:, 0::2] = torch.sin(place / 10000 ** (even / width))
        self.table[:, 1::2] = torch.cos(place / 10000 ** (even / width))[:, : width // 2]

    def forward(self, x):
        return x + self.table


class Block(nn.Module):
    """A basic block of He et al. 2015, its shortcut a 1 by 1 convolution where the shape changes (option B)."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        same = stride == 1 and inputs == outputs
        self.shortcut = nn.Identity() if same else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))


def encoder(activation, before):
    return lambda width, heads, wide: nn.TransformerEncoderLayer(width, heads, wide, 0.0, activation, batch_first=True, norm_first=before)


MODULES = {
    "mean": MeanPlace,
    "positions": Positions,
    "norm2d": nn.BatchNorm2d,
    "layernorm": nn.LayerNorm,
    "block": Block,
    "average": lambda: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()),
    "encoder relu after": encoder("relu", False),
    "encoder gelu before": encoder("gelu", True),
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


def trained(model, data, labels, steps=40, rate=0.05, batch=5):
    """SGD with momentum; step k sees the rows 2k to 2k + 4, round and round."""
    optimizer = torch.optim.SGD(model.parameters(), rate, momentum=0.5)
    losses, evaluated = [], []
    for step in range(steps):
        rows = [(2 * step + i) % ROWS for i in range(batch)]
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(data[rows]), labels[rows])
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
        model.eval()
        evaluated.append(float(nn.functional.cross_entropy(model(data), labels)))
        model.train()
    result = {"rate": rate, "momentum": 0.5, "batch": batch, "losses": losses, "evaluated": evaluated, "buffers": running(model)}
    update_bn([data[:5], data[2:]], model)
    model.eval()
    return {**result, "retaken": running(model), "retaken_evaluated": float(nn.functional.cross_entropy(model(data), labels))}


def running(model):
    return numbers(b for n, b in model.named_buffers() if "running" in n)


def case(name, features, layers, loss="cross_entropy", smoothing=0.0, seed=5):
    torch.manual_seed(seed)
    model = nn.Sequential(*[MODULES[kind](*sizes) for kind, *sizes in layers]).double()
    untrained = copy.deepcopy(model)
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
        "buffers": running(model),
        **({"trained": trained(untrained, rows.double() / 255 / 0.25 - 2, labels)} if name.startswith("batch norm") else {}),
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
        case("batch norm of images", 64, [["unflatten", 1, 8, 8], ["conv", 1, 4, 3, 0], ["norm2d", 4], ["relu"], ["conv", 4, 5, 3, 1],
                                          ["norm2d", 5], ["gelu"], ["pool", 2], ["flatten"], ["linear", 45, 3]]),
        case("batch norm in residual blocks", 108, [["unflatten", 3, 6, 6], ["conv", 3, 4, 3, 1], ["norm2d", 4], ["relu"], ["block", 4, 4, 1],
                                                   ["block", 4, 6, 2], ["block", 6, 8, 2], ["average"], ["linear", 8, 3]]),
        case("transformer, norm after", 15, [["unflatten", 5, 3], ["linear", 3, 8], ["positions", 5, 8], ["encoder relu after", 8, 2, 12],
                                             ["encoder relu after", 8, 4, 12], ["mean"], ["linear", 8, 3]]),
        case("transformer, norm before", 15, [["unflatten", 5, 3], ["linear", 3, 6], ["positions", 5, 6], ["encoder gelu before", 6, 3, 10],
                                              ["layernorm", 6], ["mean"], ["linear", 6, 3]]),
        case("smoothing", 6, dense(["relu"]), smoothing=0.2),
        case("mean squares", 6, dense(["tanh"]), loss="mse"),
        case("mean squares, smoothed", 6, dense(["relu"]), loss="mse", smoothing=0.1),
    ],
}
target = pathlib.Path(__file__).with_name("layers.json")
target.write_text(json.dumps(document, separators=(",", ":")).replace('{"', '\n{"').lstrip() + "\n")
print(target, target.stat().st_size, "bytes")
