"""Quantiles of the beta and Student's t distribution, and the normal tail: all that intervals need of a library."""

from __future__ import annotations

import math
from functools import lru_cache

_TINY = 1e-300
_STEPS = 10_000


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22, Lentz)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_cdf(1 - x, b, a)
    front = a * math.log(x) + b * math.log1p(-x) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(front) / a / _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    value = c = 1.0
    d = 0.0
    for step in range(1, _STEPS):
        m = step // 2
        if step % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / _away(1 + term * d)
        c = _away(1 + term / c)
        value *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return value


def _away(number: float) -> float:
    """Not zero: Lentz divides by it."""
    return number if abs(number) > _TINY else _TINY


@lru_cache(maxsize=4096)
def beta_quantile(p: float, a: float, b: float) -> float:
    """The x with I_x(a, b) = p, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if beta_cdf(middle, a, b) < p else (low, middle)
    return (low + high) / 2


def t_quantile(p: float, degrees: float) -> float:
    """Student's t for p ≥ ½."""
    x = beta_quantile(2 * (1 - p), degrees / 2, 0.5)
    return math.sqrt(degrees * (1 - x) / x)


def normal_tail(z: float) -> float:
    """The share of the standard normal distribution above z."""
    return math.erfc(z / math.sqrt(2)) / 2


def exact_bounds(hits: float, of: float, level: float) -> tuple[float, float]:
    """Clopper and Pearson's bounds of a share; at none or all of them the bound is one-sided (0 of 300: to 0.01).

    `hits` may be broken (a rank of 1/3 is a third of a hit): the beta quantiles do not mind.
    """
    rest = 1 - level
    if hits <= 0:
        return 0.0, beta_quantile(level, 1.0, of)
    if hits >= of:
        return beta_quantile(rest, of, 1.0), 1.0
    return beta_quantile(rest / 2, hits, of - hits + 1), beta_quantile(1 - rest / 2, hits + 1, of - hits)
