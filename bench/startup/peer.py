"""The peer of bench/startup: a plain PyTorch script that trains and reports the same first epoch.

Reads the gzipped IDX files, keeps the last tenth as validation split, trains an MLP 784-128-64-10 with Adam (lr 0.001, batch 128)
and prints a line after each epoch, as most people write it: tensors pre-loaded and normalised, no DataLoader.
"""
import gzip
import sys

import numpy as np
import torch
from torch import nn

FOLDER, EPOCHS = sys.argv[1], int(sys.argv[2])
VALIDATION, BATCH = 6000, 128


def read(name, header):
    with gzip.open(f"{FOLDER}/{name}") as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


images = torch.from_numpy(read("train-images-idx3-ubyte.gz", 16).reshape(-1, 784).copy()).float().div_(255).sub_(0.2860).div_(0.3530)
labels = torch.from_numpy(read("train-labels-idx1-ubyte.gz", 8).copy()).long()
train_x, train_y = images[:-VALIDATION], labels[:-VALIDATION]
val_x, val_y = images[-VALIDATION:], labels[-VALIDATION:]

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss_of = nn.CrossEntropyLoss()

for epoch in range(EPOCHS):
    order = torch.randperm(len(train_x))
    for start in range(0, len(order), BATCH):
        batch = order[start:start + BATCH]
        optimizer.zero_grad()
        loss = loss_of(model(train_x[batch]), train_y[batch])
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        accuracy = (model(val_x).argmax(1) == val_y).float().mean().item()
    print(f"epoch {epoch + 1} val_accuracy {accuracy:.4f}", flush=True)
