"""Prints the Chebyshev coefficients of kernel/helpers/privacy/accounting/normal.ts.

(1 + 2x) exp(x^2) erfc(x) for x >= 0, as a series in t = (x - 3.75) / (x + 3.75); needs mpmath (pip install mpmath).
"""
from mpmath import mp, mpf, cos, erfc, exp, pi

mp.dps = 40
K, N, KEPT = mpf("3.75"), 60, 27


def scaled(t):
    x = K * (1 + t) / (1 - t)
    return exp(x * x) * erfc(x) * (1 + 2 * x)


nodes = [cos(pi * (mpf(j) + 0.5) / N) for j in range(N)]
values = [scaled(t) for t in nodes]
for m in range(KEPT):
    total = 2 / mpf(N) * sum(v * cos(pi * m * (mpf(j) + 0.5) / N) for j, v in enumerate(values))
    print(repr(float(total / 2 if m == 0 else total)) + ",")
