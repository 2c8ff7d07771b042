"""Drafts being written beside the event loop: threads that go on when the caller has gone, and what they tell.

A draft is kept by the core when it is done, whether or not somebody still listens.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from api.problems import Problem, problem_of
from assistant.brief import Listener
from assistant.draft import Draft, Paragraph, Section
from knowledge.domain.errors import ProviderBusy
from knowledge.domain.finding import Finding

AT_ONCE = 4
WAITING = 32
RETRY_AFTER = 30.0

Work = Callable[[Listener], Draft]


class Event(NamedTuple):
    """What is told of a draft: `section`, `paragraph`, `finding`, and as the last one `done` or `error`."""

    name: str
    data: dict[str, Any]
    problem: Problem | None = None

    @property
    def last(self) -> bool:
        return self.name in ("done", "error")


class Writing:
    """One draft being written. Told by a thread (a `Listener`), read by the event loop it was made in."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[Event] = asyncio.Queue()

    def section(self, section: Section) -> None:
        self._tell(Event("section", section.to_json()))

    def paragraph(self, section: Section, paragraph: Paragraph) -> None:
        self._tell(Event("paragraph", {"section": section.id, **paragraph.to_json()}))

    def finding(self, finding: Finding) -> None:
        self._tell(Event("finding", finding.to_json()))

    def done(self, draft: Draft) -> None:
        self._tell(Event("done", draft.to_json()))

    def run(self, work: Work) -> None:
        """Do the work in this thread; every error becomes the last event."""
        try:
            work(self)
        except Exception as error:
            problem = problem_of(error)
            self._tell(Event("error", problem.to_json(), problem))

    async def next(self) -> Event:
        """The next event, in the order told. Not to be asked for after the last one."""
        return await self._events.get()

    async def end(self) -> Event:
        """The last event; those before it are passed over."""
        while not (event := await self.next()).last:
            pass
        return event

    def _tell(self, event: Event) -> None:
        # The loop is closed when the service has stopped; there is nobody left to tell.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)


class Writers:
    """`AT_ONCE` threads that write drafts, and a queue of `WAITING` more."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._jobs: queue.Queue[tuple[Writing, Work] | None] = queue.Queue(waiting)
        # Daemons: a model that does not answer must not keep the process from ending.
        self._threads = [threading.Thread(target=self._write, name=f"writer-{n}", daemon=True) for n in range(at_once)]
        for thread in self._threads:
            thread.start()

    def begin(self, work: Work) -> Writing:
        """Start `work` as soon as a thread is free. Raises `ProviderBusy` when too many wait already."""
        writing = Writing()
        try:
            self._jobs.put_nowait((writing, work))
        except queue.Full:
            raise ProviderBusy(
                f"{self._jobs.maxsize} drafts are waiting to be written; try again later", RETRY_AFTER
            ) from None
        return writing

    def close(self, seconds: float) -> None:
        """Begin nothing more and wait so long for the drafts being written."""
        with suppress(queue.Empty):
            while True:
                self._jobs.get_nowait()
        for _ in self._threads:
            with suppress(queue.Full):
                self._jobs.put_nowait(None)
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _write(self) -> None:
        while (job := self._jobs.get()) is not None:
            writing, work = job
            writing.run(work)
