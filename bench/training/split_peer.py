#!/usr/bin/python3
"""A step of the MLP or the CNN in bare PyTorch, Adam, batch 128, cut into its parts. Reads "MODEL PRECISION" a line, answers the
microseconds a row of data, forward, backward and optimizer, each the fastest of STEPS. Started by split.py: split_peer.py STEPS"""
import sys
import time

import torch
from torch import nn

STEPS, BATCH, BATCHES = int(sys.argv[1]), 128, 64
generator = torch.Generator().manual_seed(1)
labels = torch.randint(0, 10, (BATCH * BATCHES,), generator=generator)
rows = torch.randint(0, 256, (BATCH * BATCHES, 784), generator=generator).float().div_(255).sub_(0.286).div_(0.353)


def build(name):
    if name == "mlp":
        return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)), rows
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten(),
        nn.Linear(9216, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10)), rows.view(-1, 1, 28, 28)


def split(name, precision):
    torch.manual_seed(0)
    model, data = build(name)
    kind = torch.bfloat16 if precision == "bfloat16" else torch.float32
    layout = torch.channels_last if name == "cnn" else torch.contiguous_format
    model, data = model.to(dtype=kind, memory_format=layout), data.to(dtype=kind)
    optimizer = torch.optim.Adam(model.parameters())
    loss_of = nn.CrossEntropyLoss()
    best = [float("inf")] * 4
    for step in range(STEPS):
        part = torch.randperm(len(data))[:BATCH]
        times = [time.perf_counter()]
        x, y = data[part], labels[part]
        if name == "cnn":
            x = x.contiguous(memory_format=layout)
        times.append(time.perf_counter())
        loss = loss_of(model(x).float(), y)
        times.append(time.perf_counter())
        optimizer.zero_grad()
        loss.backward()
        times.append(time.perf_counter())
        optimizer.step()
        times.append(time.perf_counter())
        best = [min(b, after - before) for b, before, after in zip(best, times, times[1:])]
    return [b / BATCH * 1e6 for b in best]


split("mlp", "float32")
print("ready", torch.__version__, "threads", torch.get_num_threads(), flush=True)
for line in sys.stdin:
    print(*(f"{t:.2f}" for t in split(*line.split())), flush=True)
