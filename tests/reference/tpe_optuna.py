"""Histories and what Optuna 3.1's TPE makes of them: the split, then for good and bad set the weights, centres, widths and
log densities at given points. Two things are kept out of the comparison:

- Optuna 3.1.0's truncnorm.logpdf leaves out the logarithm of the scale (later versions have it), so SciPy's takes its place;
- kernels of equal centre get their widths in the order of NumPy's unstable sort: lattices have so few trials that it is stable.

Run with Debian's python3-optuna 3.1:

    /usr/bin/python3 tests/reference/tpe_optuna.py > tests/Sweep.Grains.Tests/Search/Samplers/Reference/tpe_optuna.json
"""
import json
import warnings

import numpy as np
import optuna
import scipy.stats
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe import _truncnorm
from optuna.samplers._tpe.sampler import _split_observation_pairs, default_gamma, default_weights

warnings.simplefilter("ignore")
_truncnorm.logpdf = scipy.stats.truncnorm.logpdf

SPACE = {
    "lr": FloatDistribution(1e-5, 1.0, log=True),
    "momentum": FloatDistribution(0.5, 0.99),
    "dropout": FloatDistribution(0.0, 0.5, step=0.1),
    "layers": IntDistribution(1, 6),
    "width": IntDistribution(8, 512, log=True),
    "optimizer": CategoricalDistribution(["sgd", "adam", "rmsprop"]),
}


def draw(dist, rng):
    if isinstance(dist, CategoricalDistribution):
        return int(rng.randint(len(dist.choices)))
    if isinstance(dist, IntDistribution):
        if dist.log:
            return int(np.clip(round(np.exp(rng.uniform(np.log(dist.low), np.log(dist.high)))), dist.low, dist.high))
        return int(rng.randint(dist.low, dist.high + 1))
    if dist.log:
        return float(np.exp(rng.uniform(np.log(dist.low), np.log(dist.high))))
    if dist.step is not None:
        return float(round(dist.low + dist.step * rng.randint(round((dist.high - dist.low) / dist.step) + 1), 10))
    return float(rng.uniform(dist.low, dist.high))


def case(name, n, names, multivariate, magic_clip, prior_weight, seed):
    rng = np.random.RandomState(seed)
    space = {k: SPACE[k] for k in names}
    history = [{k: draw(d, rng) for k, d in space.items()} for _ in range(n)]
    losses = [float(v) for v in np.round(rng.normal(size=n), 3)]
    scores = [(-float("inf"), [v]) for v in losses]
    below, above = _split_observation_pairs(scores, default_gamma(n), None)
    parameters = _ParzenEstimatorParameters(True, prior_weight, magic_clip, False, default_weights, multivariate)
    points = [{k: draw(d, rng) for k, d in space.items()} for _ in range(6)]
    columns = {k: np.asarray([p[k] for p in points], dtype=int if isinstance(d, CategoricalDistribution) else float) for k, d in space.items()}
    estimators = {}
    for label, indices in (("below", below), ("above", above)):
        observations = {k: np.asarray([history[i][k] for i in indices], dtype=float) for k in names}
        e = _ParzenEstimator(observations, space, parameters)
        estimators[label] = {
            "weights": e._weights.tolist(),
            "mus": {k: e._mus[k].tolist() for k in names if e._mus[k] is not None},
            "sigmas": {k: e._sigmas[k].tolist() for k in names if e._sigmas[k] is not None},
            "categorical": {k: e._categorical_weights[k].tolist() for k in names if e._categorical_weights[k] is not None},
            "log_pdf": e.log_pdf(columns).tolist(),
        }
    return {
        "name": name, "parameters": list(names), "multivariate": multivariate, "magic_clip": magic_clip, "prior_weight": prior_weight,
        "history": history, "losses": losses, "below_indices": below.tolist(), "points": points, **estimators,
    }


ALL = list(SPACE)
cases = [
    case("multivariate", 40, ALL, True, True, 1.0, 1),
    case("multivariate without magic clip, heavy prior", 18, ALL, True, False, 2.5, 2),
    case("numbers only, many", 120, ["lr", "momentum"], True, True, 1.0, 3),
    *[case(f"univariate {k}", 14 if k in ("dropout", "layers", "width") else 35, [k], False, True, 1.0, 10 + i) for i, k in enumerate(ALL)],
    case("univariate without magic clip", 12, ["momentum"], False, False, 1.0, 20),
    case("ten trials", 10, ["lr"], False, True, 1.0, 21),
]


def shorten(x):
    if isinstance(x, float):
        return float(f"{x:.15g}")
    if isinstance(x, list):
        return [shorten(v) for v in x]
    if isinstance(x, dict):
        return {k: shorten(v) for k, v in x.items()}
    return x


print(json.dumps({"source": f"Optuna {optuna.__version__}", "cases": [shorten(c) for c in cases]}))
