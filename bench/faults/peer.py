#!/usr/bin/python3
"""Optuna's side, a worker: ROLE STORAGE HEARTBEAT TRIALS EPOCHS SLEEP. HEARTBEAT is 0, or its interval in seconds (grace period: twice that).
Roles: victim and worker run trials of EPOCHS; heir runs trials of ten epochs until it runs one again that failed. A line for each event, with its time."""
import sys
import time

import optuna
from optuna.storages import RDBStorage, RetryFailedTrialCallback

optuna.logging.set_verbosity(optuna.logging.ERROR)
ROLE, URL, HEARTBEAT, TRIALS, EPOCHS, SLEEP = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), float(sys.argv[6])


def say(event):
    print(event, time.time(), flush=True)


def objective(trial):
    x = trial.suggest_float("x", 0.0, 1.0)
    if ROLE == "heir" and RetryFailedTrialCallback.retried_trial_number(trial) is not None:
        say("again")
        trial.study.stop()
        return x
    for epoch in range(10 if ROLE == "heir" else EPOCHS):
        time.sleep(SLEEP)
        trial.report(x, epoch)
        if ROLE == "victim":
            say(f"epoch {epoch + 1}")
    return x


heart = {"heartbeat_interval": HEARTBEAT, "grace_period": 2 * HEARTBEAT, "failed_trial_callback": RetryFailedTrialCallback()} if HEARTBEAT else {}
study = optuna.create_study(
    study_name="faults", storage=RDBStorage(URL, **heart), sampler=optuna.samplers.RandomSampler(seed=1), pruner=optuna.pruners.NopPruner(), load_if_exists=True)
say("ready")
if ROLE != "create":
    study.optimize(objective, n_trials=TRIALS or None)
    say("done")
