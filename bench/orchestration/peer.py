#!/usr/bin/python3
"""Optuna's side: work STORAGE TRIALS REPORTS. Says ready, waits for a line, runs its trials, prints the seconds it took.
STORAGE is memory, or a URL of SQLAlchemy; create STORAGE makes the study first."""
import sys
import time

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
STUDY = "noop"


def study(storage):
    return optuna.create_study(
        study_name=STUDY,
        storage=None if storage == "memory" else storage,
        sampler=optuna.samplers.RandomSampler(seed=1),
        pruner=optuna.pruners.MedianPruner() if sys.argv[1] == "work" and int(sys.argv[4]) > 0 else optuna.pruners.NopPruner(),
        load_if_exists=True,
    )


def objective(trial):
    total = sum(trial.suggest_float(f"x{i}", -5.0, 5.0) ** 2 for i in range(10))
    for step in range(int(sys.argv[4])):
        trial.report(total, step)
        trial.should_prune()
    return total


if sys.argv[1] == "create":
    study(sys.argv[2])
else:
    own = study(sys.argv[2])
    warm_up = optuna.create_study(storage=None if sys.argv[2] == "memory" else sys.argv[2], sampler=optuna.samplers.RandomSampler(seed=1))
    warm_up.optimize(objective, n_trials=10)
    print("ready", flush=True)
    sys.stdin.readline()
    begin = time.perf_counter()
    own.optimize(objective, n_trials=int(sys.argv[3]))
    print(f"{time.perf_counter() - begin:.3f}", flush=True)
