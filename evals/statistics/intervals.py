"""How far a value may be trusted: intervals for ratios of sums, with cases, not pieces, as what was drawn.

The pieces of one case stand or fall together (all numbers of a draft come from one prompt), so cases are resampled.
The percentiles are widened for few cases as Hesterberg advises (What Teachers Should Know about the Bootstrap, 2015,
section 5.3): without that, an interval over ten cases covers the truth clearly less often than it says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from evals.statistics.quantiles import exact_bounds, normal_tail, t_quantile

Column = NDArray[np.float64]

SEED = 2026
RESAMPLES = 10_000
LEVEL = 0.95
FEWEST = 4
"""Cases from which something can be said about others; two that are alike say nothing of how unlike they may be."""
_CELLS = 2_000_000
"""How many draws are held in memory at once."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and its bounds. `value` None: nothing was looked at; bounds None: too few cases to tell.

    `method` says where the bounds come from: `bootstrap` over cases; `exact` (Clopper and Pearson, over all pieces)
    when every case has the same share and resampling could show no spread; `none`.
    """

    value: float | None
    low: float | None
    high: float | None
    method: Literal["bootstrap", "exact", "none"]


def interval(
    hits: Sequence[float],
    of: Sequence[float],
    *,
    bounded: bool = True,
    level: float = LEVEL,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Interval:
    """The value sum(hits)/sum(of) over cases and its interval; cases with nothing to look at do not count.

    `bounded`: a share from 0 to 1. Fewer than `FEWEST` cases say nothing about others, so they get no bounds; nor
    does a measure without bounds (seconds) that was the same everywhere. The exact bounds take pieces for independent.
    """
    up, down = columns(hits, of)
    n = len(down)
    if n == 0:
        return Interval(None, None, None, "none")
    value = float(up.sum() / down.sum())
    if n < FEWEST:
        return Interval(value, None, None, "none")
    if np.allclose(up / down, value, rtol=1e-12, atol=1e-12):
        if not bounded or not 0 <= value <= 1:
            return Interval(value, None, None, "none")
        low, high = exact_bounds(float(up.sum()), float(down.sum()), level)
        return Interval(value, min(low, value), max(high, value), "exact")
    drawn = np.concatenate([up[rows].sum(axis=1) / down[rows].sum(axis=1) for rows in draws(n, resamples, seed)])
    low, high = widened(drawn, n, level)
    return Interval(value, min(low, value), max(high, value), "bootstrap")


def columns(hits: Sequence[float], of: Sequence[float]) -> tuple[Column, Column]:
    """Hits and what was looked at, without cases that had nothing to look at. Raises `ValueError` for other shapes."""
    up, down = np.asarray(hits, dtype=float), np.asarray(of, dtype=float)
    if up.shape != down.shape or up.ndim != 1:
        raise ValueError(f"hits and of must be as long as each other, not {up.shape} and {down.shape}")
    if not (np.isfinite(up).all() and np.isfinite(down).all() and (down >= 0).all()):
        raise ValueError("hits and of must be finite, and of not negative")
    seen = down > 0
    return up[seen], down[seen]


def draws(n: int, resamples: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Samples of n cases with replacement, as rows of case numbers, in bites that fit into memory."""
    random = np.random.default_rng(seed)
    bite = max(1, _CELLS // n)
    for begun in range(0, resamples, bite):
        yield random.integers(n, size=(min(bite, resamples - begun), n))


def widened(drawn: NDArray[Any], n: int, level: float) -> tuple[float, float]:
    """The percentiles of resampled values that hold `level`, widened for n cases."""
    tail = normal_tail(math.sqrt(n / (n - 1)) * t_quantile((1 + level) / 2, n - 1))
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return float(low), float(high)
