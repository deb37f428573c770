#!/usr/bin/python3
"""Writes hypergradient.json: SGD, momentum and Adam whose rate follows Baydin et al. 2018, in float64 on a fixed quadratic, written down from the paper. Run: /usr/bin/python3 tests/reference/hypergradient.py

The general form: theta_t = theta_{t-1} - alpha_t u_t and alpha_t = alpha_{t-1} + beta grad_t . u_{t-1}; u is the gradient for SGD (algorithm 4), the velocity
for momentum, the quotient of moments for Adam (algorithm 6). Multiplicative: alpha_t = alpha_{t-1} (1 + beta grad_t . u_{t-1} / (|grad_t| |u_{t-1}|)) (the paper's multiplicative rule).
"""
import json
import pathlib

import numpy

STEPS = 60
curvature = numpy.array([0.1, 0.3, 1.0, 2.0, 5.0, 10.0])
center = numpy.array([1.0, -2.0, 0.5, 1.5, -0.3, 0.7])


class SGD:
    def u(self, g):
        return g


class Momentum:
    v = 0.0

    def u(self, g):
        self.v = 0.9 * self.v + g
        return self.v


class Adam:
    m, v, t = 0.0, 0.0, 0

    def u(self, g):
        self.t += 1
        self.m = 0.9 * self.m + 0.1 * g
        self.v = 0.999 * self.v + (1 - 0.999) * g * g
        return (self.m / (1 - 0.9**self.t)) / (numpy.sqrt(self.v / (1 - 0.999**self.t)) + 1e-8)


def run(method, rate, form, beta):
    theta, previous, rates = numpy.zeros(6), None, []
    low, high = rate * 1e-3, rate * 100
    for _ in range(STEPS):
        g = curvature * (theta - center)
        if previous is not None:
            h = float(g @ previous)
            if form == "additive":
                rate = rate + beta * h
            else:
                rate = rate * (1 + beta * h / (numpy.linalg.norm(g) * numpy.linalg.norm(previous)))
            rate = min(max(rate, low), high)
        previous = numpy.array(method.u(g))
        theta = theta - rate * previous
        rates.append(float(rate))
    return {"rates": rates, "theta": [float(x) for x in theta]}


cases = []
for name, method in [("sgd", SGD), ("momentum", Momentum), ("adam", Adam)]:
    for form, beta in [("additive", 1e-5), ("multiplicative", 0.02)]:
        cases.append({"optimizer": name, "form": form, "beta": beta, "rate": 0.01, **run(method(), 0.01, form, beta)})
document = {"source": "Baydin et al. 2018, by tests/reference/hypergradient.py", "curvature": curvature.tolist(), "center": center.tolist(), "cases": cases}
target = pathlib.Path(__file__).with_name("hypergradient.json")
target.write_text(json.dumps(document, separators=(",", ":")).replace('{"optimizer"', '\n{"optimizer"') + "\n")
print(target, target.stat().st_size, "bytes")
