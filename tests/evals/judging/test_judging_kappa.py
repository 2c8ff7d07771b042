"""Kappa against values worked out by hand."""

from __future__ import annotations

import pytest

from evals.statistics.kappa import cohen


def test_unweighted_by_hand() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: po .7, pe .5 * .6 + .5 * .4 = .5, kappa .4
    a = ["y"] * 25 + ["n"] * 25
    b = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert cohen(a, b, "none") == pytest.approx(0.4)


def test_linear_by_hand() -> None:
    # observed |d|: 0 + .5 + 0 + 1 = 1.5; expected over all 16 pairs: a 1,1,.5,0 against b 1,.5,.5,1:
    # 1: 0 .5 .5 0 twice = 2; .5: .5 0 0 .5 = 1; 0: 1 .5 .5 1 = 3; together 6; kappa 1 - 1.5 * 4 / 6 = 0
    assert cohen([1, 1, 0.5, 0], [1, 0.5, 0.5, 1]) == pytest.approx(0.0)
    # observed .5; expected a 1,.5,0,0 against b 1,.5,.5,0: 2 * .5 + 1 | .5 + .5 | 1 + .5 + .5 twice = 2 + 1 + 4 = 7
    assert cohen([1, 0.5, 0, 0], [1, 0.5, 0.5, 0]) == pytest.approx(1 - 0.5 * 4 / 7)


def test_opposite_ratings_weigh_more_than_neighbouring_ones() -> None:
    human = [1, 1, 0.5, 0, 0, 0.5]
    near, far = [1, 0.5, 0.5, 0, 0, 0.5], [1, 0, 0.5, 0, 0, 0.5]
    assert (cohen(human, near) or 0) > (cohen(human, far) or 0)


def test_the_ends() -> None:
    assert cohen([1, 0, 0.5], [1, 0, 0.5]) == 1
    assert cohen([1, 0], [0, 1]) == -1
    assert cohen([1, 1, 0, 0], [1, 1, 1, 1]) == 0
    assert cohen([1, 0, 0.5], [0, 0.5, 1]) == cohen([0, 0.5, 1], [1, 0, 0.5])


def test_undefined_is_none_and_not_a_number() -> None:
    assert cohen([], []) is None
    assert cohen([1, 1], [1, 1]) is None
    assert cohen([1, 1], [0, 0]) == 0


def test_wrong_use_is_refused() -> None:
    with pytest.raises(ValueError, match="2 and 1"):
        cohen([1, 0], [1])
    with pytest.raises(ValueError, match="numbers"):
        cohen(["a", "b"], ["b", "a"])
