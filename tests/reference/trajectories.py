#!/usr/bin/python3
"""Writes trajectories.json: whole trainings in float64 by every optimizer, PyTorch 1.13's (foreach=False) or adaptive.py's, on a fixed quadratic and a fixed small network. Run: /usr/bin/python3 tests/reference/trajectories.py"""
import json
import pathlib

import numpy
import torch

import adaptive

torch.set_default_dtype(torch.float64)
STEPS = 40
KEPT = [1, 10, STEPS]
random = numpy.random.default_rng(20250301)

# f(x) = 1/2 sum h_i (x_i - c_i)^2
curvature = numpy.array([0.1, 0.3, 1.0, 2.0, 5.0, 10.0])
center = numpy.round(random.standard_normal(6), 3)

# 5-4-3 with tanh, mean softmax cross-entropy on 12 rows.
data = numpy.round(random.standard_normal((12, 5)), 3)
labels = [int(x) for x in random.integers(0, 3, 12)]
weights = [numpy.round(random.standard_normal(s) * 0.5, 3) for s in [(4, 5), (4,), (3, 4), (3,)]]


def quadratic(p):
    return 0.5 * (torch.tensor(curvature) * (p[0] - torch.tensor(center)) ** 2).sum()


def network(p):
    hidden = torch.tanh(torch.tensor(data) @ p[0].t() + p[1])
    return torch.nn.functional.cross_entropy(hidden @ p[2].t() + p[3], torch.tensor(labels))


PROBLEMS = {"quadratic": (quadratic, [numpy.zeros(6)]), "network": (network, weights)}

optim = torch.optim
TORCH = [
    ("gd", {}, 0.05, optim.SGD, {}),
    ("sgd", {"weight_decay": 0.01}, 0.05, optim.SGD, {"weight_decay": 0.01}),
    ("momentum", {"momentum": 0.8}, 0.05, optim.SGD, {"momentum": 0.8}),
    ("nesterov", {}, 0.05, optim.SGD, {"momentum": 0.9, "nesterov": True}),
    ("adagrad", {}, 0.1, optim.Adagrad, {}),
    ("rmsprop", {"centered": True, "momentum": 0.5}, 0.01, optim.RMSprop, {"centered": True, "momentum": 0.5}),
    ("adam", {}, 0.05, optim.Adam, {}),
    ("adamw", {}, 0.05, optim.AdamW, {}),
    ("adadelta", {}, 1.0, optim.Adadelta, {}),
    ("adamax", {}, 0.05, optim.Adamax, {}),
    ("radam", {}, 0.05, optim.RAdam, {}),
]


def flat(tensors):
    return [float(x) for t in tensors for x in numpy.asarray(t).reshape(-1)]


def gradients(loss, theta):
    parameters = [torch.tensor(t, requires_grad=True) for t in theta]
    loss(parameters).backward()
    return [p.grad.numpy() for p in parameters]


def run_torch(loss, start, kind, rate, options):
    parameters = [torch.nn.Parameter(torch.tensor(p)) for p in start]
    optimizer = kind(parameters, lr=rate, foreach=False, **options)
    kept = {}
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        loss(parameters).backward()
        optimizer.step()
        if step in KEPT:
            kept[step] = flat([p.detach().numpy() for p in parameters])
    return {"theta": kept}


def run_written(loss, start, method, rate, options):
    optimizer = method([p.copy() for p in start], **options)
    kept, answers, estimates = {}, {}, {}
    for step in range(1, STEPS + 1):
        optimizer.step(gradients(loss, optimizer.theta), rate)
        if step in KEPT:
            kept[step] = flat(optimizer.theta)
            if hasattr(optimizer, "answer"):
                answers[step] = flat(optimizer.answer)
            if hasattr(optimizer, "d"):
                estimates[step] = optimizer.d
    return {"theta": kept, "answer": answers, "estimate": estimates}


cases = []
for problem, (loss, start) in PROBLEMS.items():
    for name, settings, rate, kind, options in TORCH:
        cases.append({"optimizer": name, "problem": problem, "settings": settings, "rate": rate, **run_torch(loss, start, kind, rate, options)})
    for name, settings, rate, method in adaptive.CASES:
        cases.append({"optimizer": name, "problem": problem, "settings": settings, "rate": rate, **run_written(loss, start, method, rate, settings)})

document = {
    "source": f"PyTorch {torch.__version__} and adaptive.py, by tests/reference/trajectories.py",
    "curvature": flat([curvature]),
    "center": flat([center]),
    "data": flat([data]),
    "labels": labels,
    "shapes": {"quadratic": [[6]], "network": [list(w.shape) for w in weights]},
    "start": {"quadratic": [0.0] * 6, "network": flat(weights)},
    "cases": cases,
}
target = pathlib.Path(__file__).with_name("trajectories.json")
target.write_text(json.dumps(document, separators=(",", ":")).replace('{"optimizer"', '\n{"optimizer"') + "\n")
print(target, target.stat().st_size, "bytes")
