#!/usr/bin/python3
"""Writes metrics.json: what numpy and PyTorch say of the outputs of one fully connected layer, in float64.
Run: /usr/bin/python3 tests/reference/metrics.py"""
import json
import pathlib

import numpy
import torch

ROWS, FEATURES, CLASSES = 40, 6, 7

rows = (numpy.arange(ROWS * FEATURES) * 7919 % 251).reshape(ROWS, FEATURES) / 255 / 0.25 - 2


def layer(outputs):
    weights = ((numpy.arange(outputs * FEATURES) * 31 % 17) - 8) / 20
    bias = ((numpy.arange(outputs) * 5 % 3) - 1) / 4
    return rows @ weights.reshape(outputs, FEATURES).T + bias


def regression():
    predicted, targets = layer(1)[:, 0], ((numpy.arange(ROWS) * 13 % 9) - 3) * 1.5
    errors = predicted - targets
    return {
        "loss": float(torch.nn.functional.mse_loss(torch.tensor(predicted), torch.tensor(targets))),
        "mae": float(numpy.abs(errors).mean()),
        "rmse": float(numpy.sqrt((errors ** 2).mean())),
        # The coefficient of determination, as scikit-learn's r2_score defines it.
        "r2": float(1 - (errors ** 2).sum() / ((targets - targets.mean()) ** 2).sum()),
    }


def classification():
    logits, labels = layer(CLASSES), numpy.arange(ROWS) * 2 % CLASSES
    loss = float(torch.nn.functional.cross_entropy(torch.tensor(logits), torch.tensor(labels)))
    order = numpy.argsort(-logits, axis=1)
    return {
        "loss": loss,
        "accuracy": float((order[:, 0] == labels).mean()),
        "top5": float((order[:, :5] == labels[:, None]).any(axis=1).mean()),
        "perplexity": float(numpy.exp(loss)),
    }


document = {
    "source": f"PyTorch {torch.__version__}, numpy {numpy.__version__}, tests/reference/metrics.py",
    "regression": regression(),
    "classification": classification(),
}
target = pathlib.Path(__file__).with_name("metrics.json")
target.write_text(json.dumps(document, indent=1) + "\n")
print(target.read_text())
