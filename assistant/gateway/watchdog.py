"""A limit on the time an iterator may take, whatever the library below does with its own timeouts.

A read timeout starts anew with every byte, so a server that drips or pings can hold a caller for ever. The work runs
in a thread of its own; the caller waits for it and leaves on time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextvars import ContextVar
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class Late(Exception):
    """The time is over."""


def seconds_left() -> float | None:
    """Inside the work: seconds until its deadline; None outside."""
    deadline = _deadline.get()
    return None if deadline is None else deadline - time.monotonic()


def within(seconds: float, work: Callable[[], Iterator[T]]) -> Generator[T, None, None]:
    """The items of `work()` as they come; raises `Late` after `seconds` and whatever `work` raises.

    An abandoned thread ends with its next item or its own read timeout; it is a daemon and holds no lock of ours.
    """
    deadline = time.monotonic() + seconds
    arrived: SimpleQueue[tuple[T] | BaseException | None] = SimpleQueue()
    abandoned = threading.Event()
    threading.Thread(target=_pump, args=(work, deadline, arrived, abandoned), name="model-call", daemon=True).start()
    try:
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Late
            try:
                item = arrived.get(timeout=left)
            except Empty:
                raise Late from None
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item[0]
    finally:
        abandoned.set()


def _pump(
    work: Callable[[], Iterator[T]],
    deadline: float,
    arrived: SimpleQueue[tuple[T] | BaseException | None],
    abandoned: threading.Event,
) -> None:
    _deadline.set(deadline)
    try:
        for item in work():
            if abandoned.is_set():
                return
            arrived.put((item,))
        arrived.put(None)
    except BaseException as error:  # handed to the caller's thread, which raises it
        arrived.put(error)
