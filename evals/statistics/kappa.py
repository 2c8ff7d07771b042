"""Cohen's kappa: how far two raters agree beyond what their habits alone would give. Pure.

Source: J. Cohen, Weighted kappa (1968). Weights are of disagreement: 0 on the diagonal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Literal

Weights = Literal["linear", "none"]


def cohen(a: Sequence[Hashable], b: Sequence[Hashable], weights: Weights = "linear") -> float | None:
    """Kappa of two raters over the same things, in the same order; 1 is full agreement, 0 what chance gives.

    `linear`: the ratings are numbers and two that lie further apart disagree more. `none`: any two that differ disagree
    alike. None where it is undefined: nothing was rated, or both gave everything one and the same rating. Raises
    `ValueError` when the lengths differ.
    """
    if len(a) != len(b):
        raise ValueError(f"two raters, but {len(a)} and {len(b)} ratings")
    distance = _DISTANCES[weights]
    of_a, of_b = Counter(a), Counter(b)
    expected = sum(distance(x, y) * of_a[x] * of_b[y] for x in of_a for y in of_b)
    if expected == 0:
        return None
    observed = sum(distance(x, y) for x, y in zip(a, b, strict=True))
    return 1 - observed * len(a) / expected


def _apart(x: Hashable, y: Hashable) -> float:
    if not isinstance(x, int | float) or not isinstance(y, int | float):
        raise ValueError("linear weights need numbers; give weights='none' for names")
    return abs(x - y)


def _other(x: Hashable, y: Hashable) -> float:
    return float(x != y)


_DISTANCES: Mapping[Weights, Callable[[Hashable, Hashable], float]] = {"linear": _apart, "none": _other}
