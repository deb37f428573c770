"""The optimizers that PyTorch 1.13 lacks or computes differently from later versions, each written down from its paper's pseudo-code, line by line and in the paper's own symbols.

Every class takes arrays and a list of gradients a step; `theta` is where the next gradient is taken, `answer` what the method returns.
numpy keeps the arrays' type beside Python's numbers, so that float32 arrays give the float32 reference.
"""
import math

import numpy


def inner(a, b):
    return sum(float(numpy.sum(x.astype(numpy.float64) * y.astype(numpy.float64))) for x, y in zip(a, b))


def norm1(a):
    return sum(float(numpy.sum(numpy.abs(x.astype(numpy.float64)))) for x in a)


class Lion:
    """Chen et al. 2023, algorithm 2."""

    def __init__(self, theta, beta1=0.9, beta2=0.99, weight_decay=0.0):
        self.theta, self.beta1, self.beta2, self.decay = theta, beta1, beta2, weight_decay
        self.m = [numpy.zeros_like(p) for p in theta]

    def step(self, g, rate):
        for i in range(len(g)):
            c = self.beta1 * self.m[i] + (1 - self.beta1) * g[i]
            self.theta[i] = self.theta[i] - rate * (numpy.sign(c) + self.decay * self.theta[i])
            self.m[i] = self.beta2 * self.m[i] + (1 - self.beta2) * g[i]


class NAdam:
    """Dozat 2016 with the momentum schedule of its section 3.2, as PyTorch 2 has it; 1.13 multiplies mu_t into the product twice."""

    def __init__(self, theta, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0, momentum_decay=4e-3):
        self.theta, self.beta1, self.beta2, self.eps, self.decay, self.psi = theta, beta1, beta2, eps, weight_decay, momentum_decay
        self.m, self.v = ([numpy.zeros_like(p) for p in theta] for _ in range(2))
        self.t, self.product = 0, 1.0

    def mu(self, t):
        return self.beta1 * (1 - 0.5 * 0.96 ** (t * self.psi))

    def step(self, g, rate):
        self.t += 1
        mu, mu_next = self.mu(self.t), self.mu(self.t + 1)
        self.product *= mu
        for i in range(len(g)):
            x = g[i] + self.decay * self.theta[i]
            self.m[i] = self.beta1 * self.m[i] + (1 - self.beta1) * x
            self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * x * x
            size = numpy.sqrt(self.v[i] / (1 - self.beta2 ** self.t)) + self.eps
            self.theta[i] = self.theta[i] - rate * ((1 - mu) / (1 - self.product) * x + mu_next / (1 - self.product * mu_next) * self.m[i]) / size


class DAdaptSGD:
    """Defazio & Mishchenko 2023, "SGD with D-Adaptation"; weight decay is part of the function, so of g."""

    def __init__(self, theta, momentum=0.9, d0=1e-6, weight_decay=0.0):
        self.theta, self.beta, self.d, self.decay = theta, momentum, d0, weight_decay
        self.s = [numpy.zeros_like(p) for p in theta]
        self.z = [p.copy() for p in theta]
        self.total, self.G = 0.0, None

    def step(self, g, rate):
        g = [x + self.decay * p for x, p in zip(g, self.theta)]
        if self.G is None:
            self.G = math.sqrt(inner(g, g))
        lam = self.d * rate / self.G
        self.total += lam * inner(g, self.s)
        for i in range(len(g)):
            self.s[i] = self.s[i] + lam * g[i]
            self.z[i] = self.z[i] - lam * g[i]
            self.theta[i] = self.beta * self.theta[i] + (1 - self.beta) * self.z[i]
        self.d = max(self.d, 2 * self.total / math.sqrt(inner(self.s, self.s)))


class DAdaptAdam:
    """Defazio & Mishchenko 2023, "Adam with D-Adaptation"; weight decay as in PyTorch's Adam."""

    def __init__(self, theta, beta1=0.9, beta2=0.999, eps=1e-8, d0=1e-6, weight_decay=0.0):
        self.theta, self.beta1, self.beta2, self.eps, self.d, self.decay = theta, beta1, beta2, eps, d0, weight_decay
        self.s, self.m, self.v = ([numpy.zeros_like(p) for p in theta] for _ in range(3))
        self.r = 0.0

    def step(self, g, rate):
        root = math.sqrt(self.beta2)
        product = 0.0
        for i in range(len(g)):
            gradient = g[i] + self.decay * self.theta[i]
            self.m[i] = self.beta1 * self.m[i] + (1 - self.beta1) * self.d * rate * gradient
            self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * gradient * gradient
            a = numpy.sqrt(self.v[i]) + self.eps
            self.theta[i] = self.theta[i] - self.m[i] / a
            product += inner([gradient], [self.s[i] / a])
            self.s[i] = root * self.s[i] + (1 - root) * self.d * rate * gradient
        self.r = root * self.r + (1 - root) * self.d * rate * product
        self.d = max(self.d, self.r / ((1 - root) * norm1(self.s)))


class Prodigy:
    """Mishchenko & Defazio 2023, "Prodigy (Adam version)"; weight decay decoupled."""

    def __init__(self, theta, beta1=0.9, beta2=0.999, eps=1e-8, d0=1e-6, weight_decay=0.0):
        self.theta, self.beta1, self.beta2, self.eps, self.d, self.decay = theta, beta1, beta2, eps, d0, weight_decay
        self.s, self.m, self.v = ([numpy.zeros_like(p) for p in theta] for _ in range(3))
        self.x0 = [p.copy() for p in theta]
        self.r = 0.0

    def step(self, g, rate):
        root, d = math.sqrt(self.beta2), self.d
        self.r = root * self.r + (1 - root) * rate * d * d * inner(g, [a - b for a, b in zip(self.x0, self.theta)])
        for i in range(len(g)):
            self.m[i] = self.beta1 * self.m[i] + (1 - self.beta1) * d * g[i]
            self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * d * d * g[i] * g[i]
            self.s[i] = root * self.s[i] + (1 - root) * rate * d * d * g[i]
            self.theta[i] = (1 - rate * d * self.decay) * self.theta[i] - rate * d * self.m[i] / (numpy.sqrt(self.v[i]) + d * self.eps)
        self.d = max(d, self.r / norm1(self.s))


class ScheduleFree:
    """Defazio et al. 2024, equations (3) to (5), with c_{t+1} = gamma_t^2 / sum gamma_i^2."""

    def __init__(self, theta, beta):
        self.theta, self.beta, self.total = theta, beta, 0.0
        self.z, self.x = [p.copy() for p in theta], [p.copy() for p in theta]

    @property
    def answer(self):
        return self.x

    def step(self, g, rate):
        self.total += rate * rate
        c = rate * rate / self.total
        for i in range(len(g)):
            self.z[i] = self.next_z(i, g[i], rate)
            self.x[i] = (1 - c) * self.x[i] + c * self.z[i]
            self.theta[i] = (1 - self.beta) * self.z[i] + self.beta * self.x[i]


class ScheduleFreeSGD(ScheduleFree):
    def __init__(self, theta, momentum=0.9, weight_decay=0.0):
        super().__init__(theta, momentum)
        self.decay = weight_decay

    def next_z(self, i, g, rate):
        return self.z[i] - rate * (g + self.decay * self.theta[i])


class ScheduleFreeAdamW(ScheduleFree):
    """Algorithm 1."""

    def __init__(self, theta, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0):
        super().__init__(theta, beta1)
        self.beta2, self.eps, self.decay, self.t = beta2, eps, weight_decay, 0
        self.v = [numpy.zeros_like(p) for p in theta]

    def step(self, g, rate):
        self.t += 1
        super().step(g, rate)

    def next_z(self, i, g, rate):
        self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * g * g
        corrected = self.v[i] / (1 - self.beta2**self.t)
        return self.z[i] - rate * g / (numpy.sqrt(corrected) + self.eps) - rate * self.decay * self.theta[i]


# (name in a sweep file, settings, rate, class)
CASES = [
    ("nadam", {}, 0.01, NAdam),
    ("nadam", {"momentum_decay": 0.1, "weight_decay": 0.1, "beta2": 0.99}, 0.01, NAdam),
    ("lion", {}, 0.001, Lion),
    ("lion", {"beta1": 0.95, "beta2": 0.98, "weight_decay": 0.5}, 0.01, Lion),
    ("dadapt_sgd", {}, 1.0, DAdaptSGD),
    ("dadapt_sgd", {"momentum": 0.5, "d0": 0.01, "weight_decay": 0.1}, 2.0, DAdaptSGD),
    ("dadapt_adam", {}, 1.0, DAdaptAdam),
    ("dadapt_adam", {"beta1": 0.8, "beta2": 0.99, "eps": 1e-4, "d0": 0.01, "weight_decay": 0.1}, 0.5, DAdaptAdam),
    ("prodigy", {}, 1.0, Prodigy),
    ("prodigy", {"beta1": 0.8, "beta2": 0.95, "eps": 1e-4, "d0": 0.01, "weight_decay": 0.1}, 0.5, Prodigy),
    ("schedule_free_sgd", {}, 0.05, ScheduleFreeSGD),
    ("schedule_free_sgd", {"momentum": 0.6, "weight_decay": 0.1}, 0.02, ScheduleFreeSGD),
    ("schedule_free_adamw", {}, 0.01, ScheduleFreeAdamW),
    ("schedule_free_adamw", {"beta1": 0.95, "beta2": 0.98, "eps": 1e-4, "weight_decay": 0.3}, 0.02, ScheduleFreeAdamW),
]
