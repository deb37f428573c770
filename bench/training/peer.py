#!/usr/bin/python3
"""The same training in bare PyTorch: pre-loaded float tensors, the same network, batch size, optimizer and evaluation.
Reads an optimizer's name a line, answers samples a second. Started by run.py: peer.py EPOCHS"""
import sys
import time

import torch
from torch import nn

EPOCHS = int(sys.argv[1])
BATCH, ROWS, VALIDATION = 128, 60_000, 6_000

generator = torch.Generator().manual_seed(1)
labels = torch.randint(0, 10, (ROWS,), generator=generator)
signal = torch.randint(0, 64, (10, 784), generator=generator)
data = (torch.randint(0, 128, (ROWS, 784), generator=generator) + signal[labels]).float().div_(255).sub_(0.286).div_(0.353)
x, y = data[:-VALIDATION], labels[:-VALIDATION]
x_val, y_val = data[-VALIDATION:], labels[-VALIDATION:]

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True),
    "adagrad": torch.optim.Adagrad,
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=1e-3),
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
    "adadelta": torch.optim.Adadelta,
    "adamax": torch.optim.Adamax,
    "nadam": torch.optim.NAdam,
    "radam": torch.optim.RAdam,
}


def train(name, epochs):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))
    optimizer = OPTIMIZERS[name](model.parameters())
    loss_of = nn.CrossEntropyLoss()
    start = time.perf_counter()
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for i in range(0, len(x), BATCH):
            rows = order[i : i + BATCH]
            optimizer.zero_grad()
            loss = loss_of(model(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            logits = model(x_val)
            loss_of(logits, y_val).item()
            (logits.argmax(1) == y_val).float().mean().item()
    return epochs * len(x) / (time.perf_counter() - start)


train("adam", 1)
print("ready", torch.__version__, "threads", torch.get_num_threads(), flush=True)
for line in sys.stdin:
    print(f"{train(line.strip(), EPOCHS):.1f}", flush=True)
