"""The pace of a provider: more while it answers, half when it is busy, and everybody rests together."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.jobs.pace import Pace, Unwanted


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def yes() -> bool:
    return True


def no() -> bool:
    return False


def test_it_begins_with_half_and_doubles_with_each_round() -> None:
    pace = Pace(32)
    assert pace.limit == 16
    for _ in range(16):
        pace.answered()
    assert pace.limit == 32
    pace.answered()
    assert pace.limit == 32


def test_a_429_halves_once_for_all_that_were_under_way() -> None:
    clock = Clock()
    pace = Pace(32, clock)
    clock.now += 1
    for _ in range(5):
        pace.busy(clock.now - 0.5, 3.0)
    assert pace.limit == 8
    clock.now += 5
    pace.busy(clock.now - 0.1, None)
    assert pace.limit == 4


def test_after_a_429_it_grows_by_one_for_each_round() -> None:
    clock = Clock()
    pace = Pace(32, clock)
    pace.busy(clock.now, None)
    assert pace.limit == 8
    for _ in range(9):
        pace.answered()
    assert pace.limit == 9


def test_all_wait_out_what_one_was_told() -> None:
    clock = Clock()
    pace = Pace(4, clock)
    pace.busy(clock.now, 30.0)
    with pytest.raises(Unwanted), pace.turn(no):
        pass
    clock.now += 30.1
    with pace.turn(no):
        assert pace.calls == 1


def test_a_rest_without_a_time_grows_while_it_stays_busy() -> None:
    clock = Clock()
    pace = Pace(8, clock)
    rests = []
    for _ in range(8):
        pace.busy(clock.now, None)
        begun = clock.now
        while True:
            try:
                with pace.turn(no):
                    break
            except Unwanted:
                clock.now += 0.5
        rests.append(clock.now - begun)
    assert rests == sorted(rests)
    assert rests[0] <= 2.5
    assert 50 <= rests[-1] <= 61


def test_never_more_calls_than_the_limit() -> None:
    pace = Pace(4)
    with ExitStack() as turns:
        for _ in range(2):
            turns.enter_context(pace.turn(yes))
        with pytest.raises(Unwanted), pace.turn(no):
            pass
    with pace.turn(no):
        pass


def test_one_that_ends_lets_another_begin() -> None:
    pace = Pace(1)
    begun = threading.Event()

    def other() -> None:
        with pace.turn(yes):
            begun.set()

    with pace.turn(yes):
        thread = threading.Thread(target=other)
        thread.start()
        assert not begun.wait(0.05)
    assert begun.wait(5)
    thread.join()


@given(st.lists(st.sampled_from(["answered", "busy", "later"])), st.integers(1, 64))
def test_the_limit_stays_between_one_and_the_ceiling(events: list[str], ceiling: int) -> None:
    clock = Clock()
    pace = Pace(ceiling, clock)
    for event in events:
        if event == "answered":
            pace.answered()
        elif event == "busy":
            pace.busy(clock.now, None)
        else:
            clock.now += 1
        assert 1 <= pace.limit <= ceiling
