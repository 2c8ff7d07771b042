"""Two answers to the same cases: the interval of their difference, and whether chance alone would do as much."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.statistics.intervals import LEVEL, RESAMPLES, SEED, Column, draws, widened

EXACT = 14
"""Up to so many cases that differ, every swap is tried: 2^14 of them."""
FLIPS = 10_000
SHOWN_AT = 0.05
_CELLS = 2_000_000


class Pairs:
    """Hits and what was looked at by case, for a and b; every `of` is above zero."""

    def __init__(self, a: Sequence[tuple[float, float]], b: Sequence[tuple[float, float]]) -> None:
        self.hits_a, self.of_a = _split(a)
        self.hits_b, self.of_b = _split(b)
        if len(self.of_a) != len(self.of_b):
            raise ValueError("a and b must have the same cases")

    def __len__(self) -> int:
        return len(self.of_a)

    @property
    def values(self) -> tuple[float, float]:
        """The value of a and of b over these cases."""
        return float(self.hits_a.sum() / self.of_a.sum()), float(self.hits_b.sum() / self.of_b.sum())

    @property
    def differing(self) -> NDArray[np.bool_]:
        """Which cases have another share. One that went from 5 of 5 to 6 of 6 has not changed for the better."""
        differs: NDArray[np.bool_] = self.hits_a * self.of_b != self.hits_b * self.of_a
        return differs

    @property
    def testable(self) -> bool:
        """Whether enough cases differ that a test could show anything: n of them reach 2/2^n at best."""
        return 2.0 ** (1 - int(self.differing.sum())) <= SHOWN_AT

    def bounds(
        self, *, bounded: bool = True, level: float = LEVEL, resamples: int = RESAMPLES, seed: int = SEED
    ) -> tuple[float | None, float | None]:
        """The interval of b − a, cases resampled jointly; None for one case.

        When all cases agree about the difference, resampling shows no spread. Then up to a share u of the cases not
        asked may do otherwise (1 − u)^n = 1 − level, and a share may move from −1 to 1 there; measures that are no
        shares get no bounds.
        """
        n, (first, second) = len(self), self.values
        value = second - first
        if n < 2:
            return None, None
        drawn = np.concatenate([self._drawn(rows) for rows in draws(n, resamples, seed)])
        if np.ptp(drawn) > 1e-12:
            low, high = widened(drawn, n, level)
            return min(low, value), max(high, value)
        if not bounded or abs(value) > 1:
            return None, None
        other = 1 - (1 - level) ** (1 / n)
        return value - other * (1 + value), value + other * (1 - value)

    def _drawn(self, rows: NDArray[np.int64]) -> Column:
        a = self.hits_a[rows].sum(axis=1) / self.of_a[rows].sum(axis=1)
        b = self.hits_b[rows].sum(axis=1) / self.of_b[rows].sum(axis=1)
        drawn: Column = b - a
        return drawn

    def p(self, seed: int = SEED) -> float:
        """How often swapping a and b case by case, at random, makes a difference as large as the one seen.

        Cases with the same share are left alone. Exact up to `EXACT` others.
        """
        differs = self.differing
        if not differs.any():
            return 1.0
        first, second = self.values
        seen = abs(second - first) - 1e-12 * max(1.0, abs(first), abs(second))
        exact = int(differs.sum()) <= EXACT
        as_large = total = 0
        for swaps in _every(int(differs.sum())) if exact else _random(int(differs.sum()), seed):
            as_large += int((np.abs(self._swapped(swaps, differs)) >= seen).sum())
            total += len(swaps)
        return as_large / total if exact else (as_large + 1) / (total + 1)

    def _swapped(self, swaps: NDArray[np.float64], differs: NDArray[np.bool_]) -> Column:
        hits = swaps @ (self.hits_b - self.hits_a)[differs]
        of = swaps @ (self.of_b - self.of_a)[differs]
        a = (self.hits_a.sum() + hits) / (self.of_a.sum() + of)
        b = (self.hits_b.sum() - hits) / (self.of_b.sum() - of)
        swapped: Column = b - a
        return swapped


def _split(tallies: Sequence[tuple[float, float]]) -> tuple[Column, Column]:
    table = np.asarray(tallies, dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _every(n: int) -> Iterator[NDArray[np.float64]]:
    yield np.array(list(itertools.product((0.0, 1.0), repeat=n)))


def _random(n: int, seed: int) -> Iterator[NDArray[np.float64]]:
    random = np.random.default_rng(seed)
    bite = max(1, _CELLS // n)
    for begun in range(0, FLIPS, bite):
        yield random.integers(2, size=(min(bite, FLIPS - begun), n)).astype(float)


def holm(ps: Sequence[float]) -> list[float]:
    """The p values of one family, corrected so that a false alarm anywhere in it stays rare (Holm 1979)."""
    corrected, least = [0.0] * len(ps), 0.0
    for rank, index in enumerate(sorted(range(len(ps)), key=lambda i: ps[i])):
        least = max(least, min(1.0, ps[index] * (len(ps) - rank)))
        corrected[index] = least
    return corrected
