"""Intervals: they hold the value, they hold the truth about as often as they say, and they never feign certainty."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.statistics.intervals import FEWEST, interval
from evals.statistics.quantiles import beta_cdf, beta_quantile, exact_bounds, t_quantile

cases = st.lists(
    st.integers(0, 9).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), min_size=0, max_size=25
)


@settings(deadline=None, max_examples=60)
@given(cases)
def test_bounds_hold_the_value_and_stay_in_range(counted: list[tuple[int, int]]) -> None:
    found = interval([hit for hit, _ in counted], [of for _, of in counted], resamples=300)
    looked = [pair for pair in counted if pair[1]]
    if not looked:
        assert (found.value, found.low, found.high) == (None, None, None)
        return
    assert found.value == pytest.approx(sum(hit for hit, _ in looked) / sum(of for _, of in looked))
    if len(looked) < FEWEST:
        assert (found.low, found.high, found.method) == (None, None, "none")
        return
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low < found.high, "nothing is certain after a few cases"


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 300, 0, 0.00994), (300, 300, 0.99006, 1), (3, 10, 0.06674, 0.65245), (5, 10, 0.18709, 0.81291)],
)
def test_exact_bounds_are_those_of_the_tables(hits: int, of: int, low: float, high: float) -> None:
    assert exact_bounds(hits, of, 0.95) == pytest.approx((low, high), abs=1e-5)


def test_all_or_nothing_gets_the_exact_bounds() -> None:
    found = interval([0] * 30, [10] * 30)
    assert (found.value, found.method) == (0, "exact")
    assert found.high == pytest.approx(0.00994, abs=1e-5)


def test_seconds_that_never_vary_get_no_bounds() -> None:
    assert interval([2.0] * 8, [1] * 8, bounded=False).low is None
    spread = interval([2.0, 3.0, 7.0, 4.0], [1] * 4, bounded=False)
    assert spread.low is not None
    assert spread.low < 4 < (spread.high or 0)


def test_a_big_case_weighs_as_one_case() -> None:
    """Ninety numbers of one draft are one draft: the interval must be far wider than over ninety independent ones."""
    found = interval([90, 1, 0, 1, 0, 0], [90, 2, 1, 2, 1, 1])
    assert found.value is not None
    assert found.low is not None
    assert found.low < 0.5 < 0.93 < found.value


@pytest.mark.parametrize(("n", "least"), [(8, 0.88), (12, 0.9), (40, 0.9)])
def test_bounds_hold_the_truth_about_as_often_as_they_say(n: int, least: float) -> None:
    random, truth, runs = np.random.default_rng(11), 0.8, 300
    held = 0
    for seed in range(runs):
        of = random.integers(1, 9, n)
        hits = random.binomial(of, random.beta(truth * 4, (1 - truth) * 4, n))
        found = interval(hits.tolist(), of.tolist(), resamples=400, seed=seed)
        held += found.low is not None and found.high is not None and found.low <= truth <= found.high
    assert least <= held / runs < 1


def test_the_same_counts_give_the_same_bounds() -> None:
    hits, of = [1, 0, 2, 3, 1], [2, 1, 2, 4, 3]
    assert interval(hits, of) == interval(hits, of)


@pytest.mark.parametrize(("hits", "of"), [([1], [1, 2]), ([math.nan, 1], [1, 1]), ([1, 1], [1, -1])])
def test_counts_that_make_no_sense_are_refused(hits: list[float], of: list[float]) -> None:
    with pytest.raises(ValueError, match="hits and of"):
        interval(hits, of)


@given(st.integers(1, 40), st.integers(1, 40), st.floats(0.001, 0.999))
def test_the_beta_function_is_the_binomial_tail(a: int, b: int, x: float) -> None:
    n = a + b - 1
    tail = math.fsum(math.comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert beta_cdf(x, a, b) == pytest.approx(tail, abs=1e-10)
    assert beta_cdf(beta_quantile(x, a, b), a, b) == pytest.approx(x, abs=1e-9)


@pytest.mark.parametrize(("degrees", "t"), [(1, 12.706), (4, 2.776), (11, 2.201), (100, 1.984)])
def test_students_t_is_that_of_the_tables(degrees: int, t: float) -> None:
    assert t_quantile(0.975, degrees) == pytest.approx(t, abs=1e-3)
