#!/usr/bin/python3
"""The reference CNN in bare PyTorch, Adam, batch 128: contiguous, channels_last, and bfloat16 channels_last (the whole model,
or autocast around float32 weights). Reads one of these names a line, answers samples a second. Started by cnn.py: cnn_peer.py EPOCHS"""
import contextlib
import sys
import time

import torch
from torch import nn

EPOCHS = int(sys.argv[1])
BATCH, ROWS = 128, 5_120

generator = torch.Generator().manual_seed(1)
y = torch.randint(0, 10, (ROWS,), generator=generator)
signal = torch.randint(0, 64, (10, 784), generator=generator)
x = (torch.randint(0, 128, (ROWS, 784), generator=generator) + signal[y]).float().div_(255).sub_(0.286).div_(0.353).view(-1, 1, 28, 28)


def train(name, epochs, rows=ROWS):
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten(),
        nn.Linear(9216, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))
    layout = torch.contiguous_format if name == "contiguous" else torch.channels_last
    kind = torch.bfloat16 if name == "bfloat16" else torch.float32
    model = model.to(memory_format=layout, dtype=kind)
    data = x.to(memory_format=layout, dtype=kind)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss_of = nn.CrossEntropyLoss()
    around = torch.autocast("cpu", dtype=torch.bfloat16) if name == "autocast" else contextlib.nullcontext()
    start = time.perf_counter()
    for _ in range(epochs):
        order = torch.randperm(rows)
        for i in range(0, rows, BATCH):
            part = order[i : i + BATCH]
            optimizer.zero_grad()
            with around:
                logits = model(data[part].to(memory_format=layout))
            loss = loss_of(logits.float(), y[part])
            loss.backward()
            optimizer.step()
    return epochs * rows / (time.perf_counter() - start)


train("contiguous", 1, 512)
print("ready", torch.__version__, "threads", torch.get_num_threads(), flush=True)
for line in sys.stdin:
    print(f"{train(line.strip(), EPOCHS):.1f}", flush=True)
