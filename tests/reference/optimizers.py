#!/usr/bin/python3
"""Writes optimizers.json: what PyTorch 1.13 (foreach=False) and, for those that it lacks, adaptive.py make of the same parameters and gradients in 50 steps. Run: /usr/bin/python3 tests/reference/optimizers.py"""
import json
import pathlib

import numpy
import torch

import adaptive

STEPS = 50
KEPT = [1, 2, 7, 50]
SHAPES = [(3, 5), (4,)]
random = numpy.random.default_rng(20240607)
start = [random.standard_normal(s).astype(numpy.float32) for s in SHAPES]
# Sizes from 1e-4 to 10, a drift so that means do not vanish, and some exact zeros.
gradients = []
for step in range(STEPS):
    parts = []
    for s in SHAPES:
        g = (random.standard_normal(s) + 0.3) * 10.0 ** random.uniform(-4, 1, s)
        g[random.random(s) < 0.05] = 0
        parts.append(g.astype(numpy.float32))
    gradients.append(parts)

optim = torch.optim
cases = [
    ("sgd", {}, 0.01, optim.SGD, {}),
    ("sgd", {"weight_decay": 0.1}, 0.01, optim.SGD, {"weight_decay": 0.1}),
    ("gd", {"weight_decay": 0.01}, 0.03, optim.SGD, {"weight_decay": 0.01}),
    ("momentum", {}, 0.01, optim.SGD, {"momentum": 0.9}),
    ("momentum", {"momentum": 0.7, "dampening": 0.3, "weight_decay": 0.05}, 0.01, optim.SGD, {"momentum": 0.7, "dampening": 0.3, "weight_decay": 0.05}),
    ("nesterov", {}, 0.01, optim.SGD, {"momentum": 0.9, "nesterov": True}),
    ("nesterov", {"momentum": 0.5, "weight_decay": 0.1}, 0.02, optim.SGD, {"momentum": 0.5, "nesterov": True, "weight_decay": 0.1}),
    ("adagrad", {}, 0.01, optim.Adagrad, {}),
    ("adagrad", {"lr_decay": 0.1, "initial_accumulator": 0.5, "weight_decay": 0.1, "eps": 1e-6}, 0.1, optim.Adagrad, {"lr_decay": 0.1, "initial_accumulator_value": 0.5, "weight_decay": 0.1, "eps": 1e-6}),
    ("rmsprop", {}, 0.01, optim.RMSprop, {}),
    ("rmsprop", {"alpha": 0.9, "weight_decay": 0.1, "eps": 1e-4}, 0.01, optim.RMSprop, {"alpha": 0.9, "weight_decay": 0.1, "eps": 1e-4}),
    ("rmsprop", {"momentum": 0.9}, 0.001, optim.RMSprop, {"momentum": 0.9}),
    ("rmsprop", {"centered": True}, 0.01, optim.RMSprop, {"centered": True}),
    ("rmsprop", {"centered": True, "momentum": 0.5, "alpha": 0.95}, 0.01, optim.RMSprop, {"centered": True, "momentum": 0.5, "alpha": 0.95}),
    ("adam", {}, 0.01, optim.Adam, {}),
    ("adam", {"beta1": 0.8, "beta2": 0.99, "eps": 1e-3, "weight_decay": 0.1}, 0.01, optim.Adam, {"betas": (0.8, 0.99), "eps": 1e-3, "weight_decay": 0.1}),
    ("adam", {"amsgrad": True}, 0.01, optim.Adam, {"amsgrad": True}),
    ("adamw", {}, 0.01, optim.AdamW, {}),
    ("adamw", {"weight_decay": 0.3, "amsgrad": True, "beta2": 0.9}, 0.02, optim.AdamW, {"weight_decay": 0.3, "amsgrad": True, "betas": (0.9, 0.9)}),
    ("adadelta", {}, 1.0, optim.Adadelta, {}),
    ("adadelta", {"rho": 0.8, "eps": 1e-4, "weight_decay": 0.1}, 0.5, optim.Adadelta, {"rho": 0.8, "eps": 1e-4, "weight_decay": 0.1}),
    ("adamax", {}, 0.01, optim.Adamax, {}),
    ("adamax", {"beta1": 0.7, "beta2": 0.9, "weight_decay": 0.1}, 0.01, optim.Adamax, {"betas": (0.7, 0.9), "weight_decay": 0.1}),
    ("radam", {}, 0.01, optim.RAdam, {}),
    ("radam", {"beta2": 0.9, "weight_decay": 0.1}, 0.01, optim.RAdam, {"betas": (0.9, 0.9), "weight_decay": 0.1}),
    ("adam", {"clip_norm": 1.0}, 0.01, optim.Adam, {"_clip_norm": 1.0}),
    ("sgd", {"clip_norm": 2.0, "weight_decay": 0.1}, 0.05, optim.SGD, {"_clip_norm": 2.0, "weight_decay": 0.1}),
    ("momentum", {"clip_value": 0.5}, 0.01, optim.SGD, {"momentum": 0.9, "_clip_value": 0.5}),
]


def flat(tensors):
    return [float(x) for t in tensors for x in numpy.asarray(t).reshape(-1)]


def run_torch(kind, rate, options, dtype):
    torch.set_default_dtype(dtype)
    options = dict(options)
    clip_norm, clip_value = options.pop("_clip_norm", None), options.pop("_clip_value", None)
    parameters = [torch.nn.Parameter(torch.tensor(p, dtype=dtype)) for p in start]
    optimizer = kind(parameters, lr=rate, foreach=False, **options)
    kept = {}
    for step in range(1, STEPS + 1):
        for p, g in zip(parameters, gradients[step - 1]):
            p.grad = torch.tensor(g, dtype=dtype)
        if clip_norm:
            torch.nn.utils.clip_grad_norm_(parameters, clip_norm)
        if clip_value:
            torch.nn.utils.clip_grad_value_(parameters, clip_value)
        optimizer.step()
        if step in KEPT:
            kept[step] = flat([p.detach().numpy() for p in parameters])
    return kept


def run_written(method, rate, dtype, options):
    optimizer = method([p.astype(dtype) for p in start], **options)
    kept = {}
    for step in range(1, STEPS + 1):
        optimizer.step([g.astype(dtype) for g in gradients[step - 1]], rate)
        if step in KEPT:
            kept[step] = flat(optimizer.theta)
    return kept


results = []
for name, settings, rate, kind, options in cases:
    single, double = run_torch(kind, rate, options, torch.float32), run_torch(kind, rate, options, torch.float64)
    results.append({"optimizer": name, "settings": settings, "rate": rate, "float32": single, "float64": double})
for name, settings, rate, method in adaptive.CASES:
    single, double = run_written(method, rate, numpy.float32, settings), run_written(method, rate, numpy.float64, settings)
    results.append({"optimizer": name, "settings": settings, "rate": rate, "float32": single, "float64": double})

document = {
    "source": f"PyTorch {torch.__version__}, tests/reference/optimizers.py",
    "shapes": SHAPES,
    "start": flat(start),
    "gradients": [flat(g) for g in gradients],
    "cases": results,
}
target = pathlib.Path(__file__).with_name("optimizers.json")
target.write_text(json.dumps(document, separators=(",", ":")).replace('{"optimizer"', '\n{"optimizer"') + "\n")
print(target, target.stat().st_size, "bytes")
