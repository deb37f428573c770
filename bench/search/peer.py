"""Optuna's samplers on the built-in functions: a line of JSON for each sampler, function and seed. Started by run.

    peer.py POINTS JOBS SEEDS [SAMPLER...]      POINTS: what `points` of the C# program printed, to check the functions by
"""
import json
import math
import multiprocessing
import os
import sys
import time
import warnings

os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402
import optuna  # noqa: E402

COUNTS = [25, 50, 100, 200]
BOXES = {
    "sphere": [(-5, 5)] * 4,
    "rosenbrock": [(-2, 2)] * 4,
    "branin": [(-5, 10), (0, 15)],
    "hartmann6": [(0, 1)] * 6,
    "ackley": [(-32.768, 32.768)] * 4,
}
A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
P = np.array([[0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
              [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381]])


def value(name, p):
    if name == "mixed_conditional":
        return mixed(p)
    x = np.array([p[f"x{i}"] for i in range(len(BOXES[name]))])
    if name == "sphere":
        return float((x * x).sum())
    if name == "rosenbrock":
        return float((100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum())
    if name == "branin":
        a = x[1] - 5.1 / (4 * math.pi ** 2) * x[0] ** 2 + 5 / math.pi * x[0] - 6
        return float(a * a + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10)
    if name == "hartmann6":
        return float(-(np.array([1, 1.2, 3, 3.2]) * np.exp(-(A * (x - P) ** 2).sum(1))).sum())
    return float(-20 * math.exp(-0.2 * math.sqrt((x * x).mean())) - math.exp(np.cos(2 * math.pi * x).mean()) + 20 + math.e)


def mixed(p):
    base, best = {"sgd": (0.3, 0.1), "momentum": (0, 0.05), "adam": (0.15, 0.001)}[p["optimizer"]]
    v = base + (20 * (p["optimizer.momentum"] - 0.9) ** 2 if p["optimizer"] == "momentum" else 0)
    v += 0.4 * math.log10(p["lr"] / best) ** 2
    v += 0.2 if p["schedule"] == "constant" else 4 * (p["schedule.gamma"] - 0.85) ** 2
    return v + 0.03 * (p["depth"] - 4) ** 2


def suggest(name, trial):
    if name != "mixed_conditional":
        return {f"x{i}": trial.suggest_float(f"x{i}", *box) for i, box in enumerate(BOXES[name])}
    p = {"optimizer": trial.suggest_categorical("optimizer", ["sgd", "momentum", "adam"])}
    if p["optimizer"] == "momentum":
        p["optimizer.momentum"] = trial.suggest_float("optimizer.momentum", 0.5, 0.99)
    # Ranges of their own are parameters of their own to Optuna too.
    p["lr"] = trial.suggest_float("lr.adam", 1e-6, 1e-1, log=True) if p["optimizer"] == "adam" else trial.suggest_float("lr.sgd", 1e-4, 1, log=True)
    p["schedule"] = trial.suggest_categorical("schedule", ["constant", "exponential"])
    if p["schedule"] == "exponential":
        p["schedule.gamma"] = trial.suggest_float("schedule.gamma", 0.5, 0.99)
    p["depth"] = trial.suggest_int("depth", 1, 8)
    return p


SAMPLERS = {
    "optuna random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
    "optuna tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "optuna tpe joint": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True, constant_liar=True),
    "optuna cmaes": lambda seed: optuna.samplers.CmaEsSampler(seed=seed),
}


def run(job):
    name, sampler, seed = job
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    start = time.perf_counter()
    study = optuna.create_study(sampler=SAMPLERS[sampler](seed))
    study.optimize(lambda trial: value(name, suggest(name, trial)), n_trials=COUNTS[-1])
    values = [t.value for t in study.trials]
    return json.dumps({"sampler": sampler, "function": name, "seed": seed, "best": {n: min(values[:n]) for n in COUNTS},
                       "seconds": round(time.perf_counter() - start, 3)})


def main():
    points, jobs, seeds, only = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    for line in open(points):
        given = json.loads(line)
        mine = value(given["function"], given["point"])
        if abs(mine - given["value"]) > 1e-9 * max(1, abs(mine)):
            sys.exit(f"{given['function']} differs at {given['point']}: {given['value']} there, {mine} here")
    todo = [(name, sampler, seed) for name in [*BOXES, "mixed_conditional"] for sampler in SAMPLERS for seed in range(seeds)
            if (not only or sampler in only) and not (sampler == "optuna cmaes" and name == "mixed_conditional")]
    with multiprocessing.Pool(jobs) as pool:
        for line in pool.imap(run, todo, chunksize=1):
            print(line, flush=True)


if __name__ == "__main__":
    main()
