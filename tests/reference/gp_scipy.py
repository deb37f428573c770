"""A Gaussian process with a Matérn-5/2 kernel by SciPy: the figures of GaussianProcessTests.

    /usr/bin/python3 tests/reference/gp_scipy.py
"""
import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import log_ndtr

x = np.array([[(7 * i % 11) / 11, (3 * i % 13) / 13] for i in range(9)])
y = np.sin(6 * x[:, 0]) + x[:, 1] ** 2 - 0.5
length, signal, noise = np.array([0.3, 0.8]), 1.3, 0.01


def kernel(a, b):
    r = np.sqrt((((a[:, None, :] - b[None, :, :]) / length) ** 2).sum(-1))
    return signal * (1 + np.sqrt(5) * r + 5 / 3 * r * r) * np.exp(-np.sqrt(5) * r)


k = kernel(x, x) + noise * np.eye(len(x))
c = cho_factor(k, lower=True)
alpha = cho_solve(c, y)
print("log likelihood", repr(-0.5 * y @ alpha - np.log(np.diag(c[0])).sum() - 0.5 * len(x) * np.log(2 * np.pi)))
for p in ([0.25, 0.5], [0.9, 0.1]):
    v = kernel(np.array([p]), x)[0]
    print(p, repr(v @ alpha), repr(np.sqrt(signal - v @ cho_solve(c, v))))

# ln(φ(z) + zΦ(z)) in 60 digits.
try:
    from mpmath import log, mp, mpf, ncdf, npdf

    mp.dps = 60
    for z in (2, 0, -0.5, -3, -8, -15, -40):
        print(z, float(log(npdf(mpf(z)) + mpf(z) * ncdf(mpf(z)))))
except ImportError:
    print("mpmath is not there")
