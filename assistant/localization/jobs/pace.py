"""How many calls a provider gets at once: more while it answers, half when it is busy; all rest together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

CEILING = 32
"""Calls at once to a remote provider: with a second for a call that is more than the limits of most accounts allow."""

LOCAL_CEILING = 1
"""The local model has one slot: a second call would only wait in its queue, against its own time limit."""

REST = 2.0
"""Seconds of rest after a 429 that names none; doubled while they come one after the other."""

LONGEST_REST = 60.0
_LOOK = 0.5  # seconds after which a waiting call looks whether it is still wanted


class Unwanted(Exception):
    """A call that waited for its turn is not wanted any more."""


class Pace:
    """The turns of one provider in this process (AIMD, as TCP paces itself).

    It begins with half of `ceiling` and adds one for each answer until the first 429 (so the load doubles with each
    round), later one for each round of answers. A 429 halves, at most once for the calls that were under way.
    """

    def __init__(self, ceiling: int = CEILING, clock: Callable[[], float] = time.monotonic) -> None:
        self._ceiling, self._clock = ceiling, clock
        self._limit = float(max(1, ceiling // 2))
        self._calls = 0
        self._steady = False
        self._halved_at = self._rest_until = clock()
        self._rest = REST
        self._changed = threading.Condition()

    @property
    def limit(self) -> int:
        """Calls that may be under way at once now."""
        return int(self._limit)

    @property
    def calls(self) -> int:
        """Calls that are under way."""
        return self._calls

    @contextmanager
    def turn(self, wanted: Callable[[], bool]) -> Iterator[float]:
        """A turn, as soon as there is one; the moment at which it began. Raises `Unwanted` when, while it waits,
        `wanted` says no."""
        with self._changed:
            while (rest := self._rest_until - self._clock()) > 0 or self._calls >= self.limit:
                if not wanted():
                    raise Unwanted
                self._changed.wait(min(_LOOK, rest) if rest > 0 else _LOOK)
            self._calls += 1
        try:
            yield self._clock()
        finally:
            with self._changed:
                self._calls -= 1
                self._changed.notify_all()

    def answered(self) -> None:
        """A call was answered."""
        with self._changed:
            self._rest = REST
            self._limit = min(float(self._ceiling), self._limit + (1 / self._limit if self._steady else 1))
            self._changed.notify()

    def busy(self, began: float, retry_after: float | None) -> None:
        """A call that began at `began` was turned away: fewer at once, and nobody asks before `retry_after`."""
        with self._changed:
            now = self._clock()
            if began >= self._halved_at:
                self._limit = max(1.0, self._limit / 2)
                self._halved_at, self._steady = now, True
                if retry_after is None:
                    retry_after, self._rest = self._rest, min(LONGEST_REST, self._rest * 2)
            self._rest_until = max(self._rest_until, now + (retry_after or 0.0))
