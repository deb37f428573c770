"""Reads a file of `sweep export-weights` with PyTorch, into an equal nn.Sequential, and prints its parts: python3 state_dict.py FILE."""

import re
import sys

import torch

state = torch.load(sys.argv[1])
for name, tensor in state.items():
    print(name, tuple(tensor.shape), tensor.dtype, "finite" if torch.isfinite(tensor).all() else "NOT FINITE")

# An mlp's: Linear layers at their positions, with what has no parameters between them.
layers = sorted({int(name.split(".")[0]) for name in state})
if all(re.fullmatch(r"\d+\.(weight|bias)", name) and state[f"{name.split('.')[0]}.weight"].dim() == 2 for name in state):
    modules = [torch.nn.ReLU() for _ in range(layers[-1] + 1)]
    for at in layers:
        outputs, inputs = state[f"{at}.weight"].shape
        modules[at] = torch.nn.Linear(inputs, outputs)
    network = torch.nn.Sequential(*modules)
    print(network.load_state_dict(state))
