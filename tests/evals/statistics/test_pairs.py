"""The paired test and its correction, against the slow way of doing the same."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.statistics.pairs import EXACT, Pairs, holm

tally = st.integers(1, 5).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
both = st.lists(st.tuples(tally, tally), min_size=1, max_size=7)


def _by_hand(pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> float:
    def gap(chosen: list[tuple[tuple[int, int], tuple[int, int]]]) -> float:
        (a, b) = zip(*chosen, strict=True)
        return sum(h for h, _ in b) / sum(o for _, o in b) - sum(h for h, _ in a) / sum(o for _, o in a)

    seen, found = abs(gap(pairs)), []
    alike = [a[0] * b[1] == b[0] * a[1] for a, b in pairs]
    for swaps in itertools.product((False, True), repeat=len(pairs)):
        if any(swap and same for swap, same in zip(swaps, alike, strict=True)):
            continue  # a case with the same share stays where it is
        found.append(abs(gap([(b, a) if swap else (a, b) for swap, (a, b) in zip(swaps, pairs, strict=True)])))
    return sum(one >= seen - 1e-12 for one in found) / len(found)


@settings(deadline=None)
@given(both)
def test_p_is_exact_for_few_cases(pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    assert Pairs([a for a, _ in pairs], [b for _, b in pairs]).p() == pytest.approx(_by_hand(pairs))


@settings(deadline=None, max_examples=40)
@given(both)
def test_bounds_hold_the_difference_and_turn_with_it(pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    there = Pairs([a for a, _ in pairs], [b for _, b in pairs])
    back = Pairs([b for _, b in pairs], [a for a, _ in pairs])
    low, high = there.bounds(resamples=200)
    if low is None or high is None:
        assert len(pairs) == 1
        return
    first, other = there.values
    assert low - 1e-9 <= other - first <= high + 1e-9
    assert back.p() == pytest.approx(there.p())
    assert low < high


def test_cases_that_only_grew_are_no_difference() -> None:
    """Fifteen cases that went from 5 of 5 to 6 of 6 beside one that lost its miss: one case differs, no more."""
    grown = Pairs([(5, 5)] * 15 + [(4, 5)], [(6, 6)] * 15 + [(5, 5)])
    assert int(grown.differing.sum()) == 1
    assert not grown.testable


def test_many_cases_are_drawn_and_agree_with_the_exact_test() -> None:
    """Beyond the limit p is estimated: cases that balance each other out give a p that is known to be large."""
    n = EXACT + 10
    clear = Pairs([(1, 1)] * n, [(0, 1)] * n)
    assert 0 < clear.p() < 0.001, "drawn swaps can never prove that chance is out of the question"
    even = Pairs([(1, 1), (0, 1)] * n, [(0, 1), (1, 1)] * n)
    assert even.p() == 1


def test_without_any_difference_p_rarely_says_so() -> None:
    random, runs = np.random.default_rng(3), 400
    alarms = 0
    for _ in range(runs):
        a, b = (random.binomial(4, random.beta(4, 1, 12)) for _ in range(2))
        alarms += Pairs([(h, 4) for h in a], [(h, 4) for h in b]).p() <= 0.05
    assert alarms / runs <= 0.08


def test_one_case_has_no_bounds_and_equal_cases_keep_a_width() -> None:
    assert Pairs([(1, 2)], [(2, 2)]).bounds() == (None, None)
    low, high = Pairs([(1, 1)] * 12, [(1, 1)] * 12).bounds()
    assert low == pytest.approx(-0.221, abs=1e-3)
    assert high == pytest.approx(0.221, abs=1e-3)
    low, high = Pairs([(1, 1)] * 12, [(0, 1)] * 12).bounds()
    assert low == -1
    assert high == pytest.approx(-1 + 2 * 0.221, abs=1e-3)


def test_holm_as_in_the_textbook() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=30))
def test_holm_keeps_the_order_and_never_lowers(ps: list[float]) -> None:
    corrected = holm(ps)
    assert all(p <= c <= 1 for p, c in zip(ps, corrected, strict=True))
    by_p = [c for _, c in sorted(zip(ps, corrected, strict=True))]
    assert by_p == sorted(by_p)
