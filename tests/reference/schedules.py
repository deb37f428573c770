#!/usr/bin/python3
"""Writes schedules.json: learning rates by PyTorch's own schedulers, and by the formulas that TensorFlow documents.

Needs Debian 12's python3-torch (PyTorch 1.13.1). A case is the curve of one schedule over a training; the C# tests lay
the schedule of the same settings over the same training and compare every step.
"""
import json
import math
import os
import warnings

import torch
from torch.optim import lr_scheduler as pt

warnings.filterwarnings("ignore")
cases = []


def case(name, source, schedule, settings, rates, lr=0.1, epochs=None, steps_per_epoch=1, momenta=None, metrics=None):
    cases.append({
        "name": name, "source": source, "schedule": schedule, "settings": settings, "lr": lr,
        "epochs": epochs or len(rates), "stepsPerEpoch": steps_per_epoch, "rates": rates,
        **({"momenta": momenta} if momenta else {}), **({"metrics": metrics} if metrics else {}),
    })


def torch_case(name, schedule, settings, make, steps, lr=0.1, epochs=None, momentum=False, steps_per_epoch=1):
    """Calls scheduler.step() after every step; make(optimizer) gives the scheduler."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr, momentum=0.9)
    scheduler = make(optimizer)
    rates, momenta = [], []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        momenta.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        scheduler.step()
    case(name, f"PyTorch {torch.__version__} {type(scheduler).__name__}", schedule, settings, rates, lr, epochs or steps // steps_per_epoch,
         steps_per_epoch, momenta if momentum else None)


# PyTorch: one step an epoch unless said otherwise, so that its epoch is ours.
torch_case("step", "step", {"gamma": 0.1, "every": 10}, lambda o: pt.StepLR(o, 10, 0.1), 35)
torch_case("multi_step", "piecewise", {"boundaries": [5.0, 20.0], "values": [1.0, 0.1, 0.01]},
           lambda o: pt.MultiStepLR(o, [5, 20], 0.1), 30)
torch_case("multiplicative", "multiplicative", {"factor": 0.95}, lambda o: pt.MultiplicativeLR(o, lambda e: 0.95), 30)
torch_case("multiplicative_from_10", "multiplicative", {"factor": 0.5, "start": 10},
           lambda o: pt.MultiplicativeLR(o, lambda e: 1.0 if e < 10 else 0.5), 20)
torch_case("exponential", "exponential", {"gamma": 0.9}, lambda o: pt.ExponentialLR(o, 0.9), 40)
torch_case("cosine", "cosine", {"min_factor": 0.01}, lambda o: pt.CosineAnnealingLR(o, 25, eta_min=0.001), 25)
torch_case("cosine_per_step", "cosine", {"unit": "steps"}, lambda o: pt.CosineAnnealingLR(o, 40), 40, steps_per_epoch=8)
torch_case("cosine_restarts", "cosine_restarts", {"first_period": 3, "period_factor": 3, "min_factor": 0.1},
           lambda o: pt.CosineAnnealingWarmRestarts(o, 3, 3, eta_min=0.01), 60)
torch_case("cosine_restarts_even", "cosine_restarts", {"first_period": 10},
           lambda o: pt.CosineAnnealingWarmRestarts(o, 10), 35)
torch_case("linear", "linear", {"end_factor": 0.1}, lambda o: pt.LinearLR(o, 1.0, 0.1, 20), 20)
torch_case("linear_up", "linear", {"start_factor": 0.25, "end_factor": 1.0}, lambda o: pt.LinearLR(o, 0.25, 1.0, 20), 20)
torch_case("polynomial", "polynomial", {"power": 2.0}, lambda o: pt.PolynomialLR(o, 30, 2.0), 30)
torch_case("warmup", "constant", {"warmup_epochs": 5}, lambda o: pt.LinearLR(o, 1 / 3, 1.0, 5), 12)

for mode in ("triangular", "triangular2", "exp_range"):
    torch_case(f"cyclical_{mode}", "cyclical",
               {"mode": mode, "base_factor": 0.05, "step_size_up": 8, "step_size_down": 4, "gamma": 0.98, "unit": "steps"},
               lambda o: pt.CyclicLR(o, 0.005, 0.1, 8, 4, mode=mode, gamma=0.98), 60, momentum=True, steps_per_epoch=6)

for anneal in ("cos", "linear"):
    for three_phase in (False, True):
        torch_case(f"one_cycle_{anneal}{'_three_phase' if three_phase else ''}", "one_cycle",
                   {"anneal_strategy": anneal, "three_phase": three_phase},
                   lambda o: pt.OneCycleLR(o, 0.1, total_steps=50, anneal_strategy=anneal, three_phase=three_phase),
                   50, epochs=10, momentum=True, steps_per_epoch=5)

torch_case("sequence", "sequence", {"schedules": ["linear", "cosine"], "milestones": [5.0], "linear.start_factor": 0.2, "linear.end_factor": 1.0},
           lambda o: pt.SequentialLR(o, [pt.LinearLR(o, 0.2, 1.0, 5), pt.CosineAnnealingLR(o, 15)], [5]), 20)
torch_case("sequence_of_three", "sequence",
           {"schedules": ["constant", "exponential", "step"], "milestones": [4.0, 12.0], "exponential.gamma": 0.8, "step.every": 3, "step.gamma": 0.5},
           lambda o: pt.SequentialLR(o, [pt.ConstantLR(o, 1.0, 1), pt.ExponentialLR(o, 0.8), pt.StepLR(o, 3, 0.5)], [4, 12]), 20)


def plateau(name, settings, metrics, lr=0.1, **arguments):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr)
    scheduler = pt.ReduceLROnPlateau(optimizer, **arguments)
    rates = []
    for metric in metrics:
        rates.append(optimizer.param_groups[0]["lr"])
        scheduler.step(metric)
    case(name, f"PyTorch {torch.__version__} ReduceLROnPlateau", "plateau", settings, rates, lr, metrics=metrics)


loss = [1.0, 0.8, 0.7, 0.6999, 0.71, 0.70, 0.69, 0.69, 0.70, 0.68, 0.68, 0.68, 0.68, 0.68, 0.5, 0.5, 0.5, 0.51, 0.52, 0.5, 0.5, 0.5, 0.5, 0.5]
plateau("plateau_relative", {"patience": 2}, loss, patience=2)
plateau("plateau_absolute", {"patience": 1, "threshold": 0.05, "threshold_mode": "abs", "factor": 0.5}, loss,
        patience=1, threshold=0.05, threshold_mode="abs", factor=0.5)
plateau("plateau_cooldown_and_floor", {"patience": 0, "cooldown": 2, "min_lr": 0.002, "factor": 0.3}, loss,
        patience=0, cooldown=2, min_lr=0.002, factor=0.3)
plateau("plateau_accuracy", {"metric": "val_accuracy", "patience": 1}, [1 - x / 2 for x in loss], mode="max", patience=1)
plateau("plateau_accuracy_absolute", {"metric": "val_accuracy", "patience": 1, "threshold_mode": "abs", "threshold": 0.01},
        [1 - x / 2 for x in loss], mode="max", patience=1, threshold_mode="abs", threshold=0.01)


# TensorFlow: the formulas in the documentation of tf.keras.optimizers.schedules (2.11) and tf.compat.v1.train.
def exponential_decay(lr, step, decay_steps, decay_rate, staircase=False):
    p = step / decay_steps
    return lr * decay_rate ** (math.floor(p) if staircase else p)


def inverse_time_decay(lr, step, decay_steps, decay_rate, staircase=False):
    p = step / decay_steps
    return lr / (1 + decay_rate * (math.floor(p) if staircase else p))


def natural_exp_decay(lr, step, decay_steps, decay_rate):
    return lr * math.exp(-decay_rate * step / decay_steps)


def polynomial_decay(lr, step, decay_steps, end, power):
    step = min(step, decay_steps)
    return (lr - end) * (1 - step / decay_steps) ** power + end


def cosine_decay(lr, step, decay_steps, alpha):
    step = min(step, decay_steps)
    return lr * ((1 - alpha) * 0.5 * (1 + math.cos(math.pi * step / decay_steps)) + alpha)


def keras_case(name, source, schedule, settings, formula, steps=40, epochs=8, steps_per_epoch=5):
    case(name, f"TensorFlow {source}, its documented formula", schedule, {"unit": "steps", **settings},
         [formula(t) for t in range(steps)], epochs=epochs, steps_per_epoch=steps_per_epoch)


keras_case("keras_exponential", "ExponentialDecay", "exponential", {"gamma": 0.9, "every": 7}, lambda t: exponential_decay(0.1, t, 7, 0.9))
keras_case("keras_exponential_staircase", "ExponentialDecay", "exponential", {"gamma": 0.9, "every": 7, "staircase": True},
           lambda t: exponential_decay(0.1, t, 7, 0.9, True))
keras_case("keras_inverse_time", "InverseTimeDecay", "inverse_time", {"decay": 0.5, "every": 4}, lambda t: inverse_time_decay(0.1, t, 4, 0.5))
keras_case("keras_inverse_time_staircase", "InverseTimeDecay", "inverse_time", {"decay": 0.5, "every": 4, "staircase": True},
           lambda t: inverse_time_decay(0.1, t, 4, 0.5, True))
keras_case("keras_natural_exponential", "natural_exp_decay", "natural_exponential", {"decay": 0.05}, lambda t: natural_exp_decay(0.1, t, 1, 0.05))
keras_case("keras_polynomial", "PolynomialDecay", "polynomial", {"power": 0.5, "end_factor": 0.01}, lambda t: polynomial_decay(0.1, t, 40, 0.001, 0.5))
keras_case("keras_cosine", "CosineDecay", "cosine", {"min_factor": 0.2}, lambda t: cosine_decay(0.1, t, 40, 0.2))
keras_case("keras_linear", "PolynomialDecay of power 1", "linear", {"end_factor": 0.01}, lambda t: polynomial_decay(0.1, t, 40, 0.001, 1))

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "schedules.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
print(f"{len(cases)} cases")
