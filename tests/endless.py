"""Work that must end and must not grow out of hand, told without a clock that a busy machine could bend."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

ENDLESS = 120.0
"""Seconds of processor time of this process. What is guarded takes a second or two; what is quadratic takes hours."""


@contextmanager
def ends() -> Iterator[None]:
    """Fails when the block works for `ENDLESS` seconds: a pattern that never ends, a loop that grows with a square."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"not done after {ENDLESS:g} s of processor time")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, ENDLESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def calls(work: Callable[[], object]) -> int:
    """How many functions `work` calls, of Python and of C: the same on every machine."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
