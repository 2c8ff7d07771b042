"""Drafts being written beside the event loop: threads that go on when the caller has gone, and what they tell.

A draft is kept by the core when it is done, whether or not somebody still listens. What was told of it is kept for a
while, so that a page can be left and come back.
"""

from __future__ import annotations

import asyncio
import json
import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, Protocol

from api.problems import Problem, problem_of
from assistant.brief import Listener
from assistant.draft import Draft, Paragraph, Section
from assistant.draft_jobs import DraftJobs, Job
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, ProviderBusy
from knowledge.domain.finding import Finding

AT_ONCE = 4
WAITING = 64
RETRY_AFTER = 30.0
PING_SECONDS = 15.0
"""A silent stream says something so often, for the proxies in between."""

KEPT_SECONDS = 300.0
KEPT = 200
"""How long, and of how many drafts at most, the events stay in memory when the draft is written."""

Work = Callable[[Listener], Draft]

_log = logging.getLogger("koujing.api")


class Event(NamedTuple):
    """What is told of a draft: `section`, `paragraph`, `finding`, and as the last one `done` or `error`.

    `body` is its JSON, encoded once for all who listen. `problem` is that of an `error`.
    """

    name: str
    body: bytes
    problem: Problem | None = None

    @classmethod
    def of(cls, name: str, data: Mapping[str, Any], problem: Problem | None = None) -> Event:
        """An event with its data encoded."""
        return cls(name, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), problem)

    @property
    def last(self) -> bool:
        return self.name in ("done", "error")

    @property
    def data(self) -> dict[str, Any]:
        """The JSON as data: the contract's section, paragraph (with `section`, its id), finding, draft or problem."""
        found: dict[str, Any] = json.loads(self.body)
        return found


class JobLog(Protocol):
    """Where it is kept what becomes of a job (`draft_jobs.KeptJob`)."""

    @property
    def id(self) -> str: ...

    def begin(self) -> bool:
        """It is being written from now on; False when it was stopped while it waited."""

    def end(self, state: str, problem: Mapping[str, Any] | None = None) -> object:
        """It is done, failed, stopped or interrupted."""


class Writing:
    """One draft being written. Told by a thread (a `Listener`), followed by any number of readers in event loops."""

    def __init__(self, workspace: str = "", draft_id: str = "", job: JobLog | None = None) -> None:
        self.workspace, self.draft_id, self.job = workspace, draft_id, job
        self.ended_at: float | None = None
        """On the monotonic clock; None while it goes on."""
        self.draft: Draft | None = None
        """The draft as it was kept, once there is one."""
        self._events: list[Event] = []
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._readers: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    # Of the writer

    def section(self, section: Section) -> None:
        """See `Listener`."""
        self._tell("section", section.to_json())

    def paragraph(self, section: Section, paragraph: Paragraph) -> None:
        """See `Listener`."""
        self._tell("paragraph", {"section": section.id, **paragraph.to_json()})

    def finding(self, finding: Finding) -> None:
        """See `Listener`."""
        self._tell("finding", finding.to_json())

    def done(self, draft: Draft) -> None:
        """See `Listener`. It is told when the job is on record as done."""
        self.draft = draft

    def stopped(self) -> bool:
        """True once somebody has asked to stop: what is there is kept, nothing more is written."""
        return self._stop.is_set()

    def run(self, work: Work) -> Draft | None:
        """Do the work in this thread; every error becomes the last event. The draft when there is one."""
        try:
            if self.job is not None and not self.job.begin():
                self._stop.set()
            if self._stop.is_set():
                raise Conflict(f"draft '{self.draft_id}' was stopped before anything was written")
            self.draft = work(self)
        except Exception as error:
            self.fail(error)
            return None
        self._keep("stopped" if self.stopped() else "done")
        self._tell("done", self.draft.to_json())
        return self.draft

    def fail(self, error: Exception, state: str = "failed") -> None:
        """End with an error."""
        problem = problem_of(error)
        self._keep("stopped" if self.stopped() else state, problem.to_json())
        self._tell("error", problem.to_json(), problem)

    # Of whoever watches

    def stop(self) -> None:
        """Ask to stop; the writer sees it between two calls of the model."""
        self._stop.set()

    @property
    def ended(self) -> bool:
        return self.ended_at is not None

    @property
    def told(self) -> int:
        """How many events there are so far."""
        return len(self._events)

    async def follow(self, after: int = 0, ping: float = PING_SECONDS) -> AsyncIterator[tuple[int, Event | None]]:
        """The events behind number `after` (from 1), those told already at once, up to the last one: each with its
        number. None instead of an event when nothing came for `ping` seconds."""
        wake = asyncio.Event()
        with self._lock:
            self._readers[wake] = asyncio.get_running_loop()
        try:
            number = after if 0 <= after <= len(self._events) else 0
            while True:
                wake.clear()
                while number < len(self._events):
                    number += 1
                    yield number, self._events[number - 1]
                if self.ended and number == len(self._events):
                    return
                try:
                    await asyncio.wait_for(wake.wait(), ping)
                except TimeoutError:
                    yield number, None
        finally:
            with self._lock:
                self._readers.pop(wake, None)

    async def first(self) -> Event:
        """The first event, as soon as it is there."""
        return await self._one(0)

    async def end(self) -> Event:
        """The last event; those before it are passed over."""
        return await self._one(-1)

    async def _one(self, index: int) -> Event:
        async for _, event in self.follow():
            if event is not None and (index == 0 or event.last):
                return event
        raise RuntimeError("a draft ended without a last event")

    def _tell(self, name: str, data: Mapping[str, Any], problem: Problem | None = None) -> None:
        event = Event.of(name, data, problem)
        with self._lock:
            self._events.append(event)
            if event.last:
                self.ended_at = time.monotonic()
            for wake, loop in self._readers.items():
                # The loop is closed when the service has stopped; there is nobody left to tell.
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(wake.set)

    def _keep(self, state: str, problem: Mapping[str, Any] | None = None) -> None:
        if self.job is not None:
            try:
                self.job.end(state, problem)
            except Exception as error:
                _log.error("job %s could not be kept as %s", self.job.id, state, exc_info=error)


Ended = Callable[[Writing, Draft | None, float], None]
"""Told of each draft that was written or failed (None), and how many seconds it took."""


class Writers:
    """`AT_ONCE` threads that write drafts, and a queue of `WAITING` more."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING, ended: Ended | None = None) -> None:
        self._jobs: queue.Queue[tuple[Writing, Work] | None] = queue.Queue(waiting)
        self._ended = ended
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], Writing] = OrderedDict()
        self._open: set[Writing] = set()
        self._closing = False
        # Daemons: a model that does not answer must not keep the process from ending.
        self._threads = [threading.Thread(target=self._write, name=f"writer-{n}", daemon=True) for n in range(at_once)]
        for thread in self._threads:
            thread.start()

    @property
    def waiting(self) -> int:
        """How many drafts wait for a thread."""
        return self._jobs.qsize()

    def must_have_room(self) -> None:
        """Raises `ProviderBusy` when too many wait already."""
        if self._closing or self._jobs.full():
            raise ProviderBusy(f"{self._jobs.maxsize} drafts are waiting to be written; try again later", RETRY_AFTER)

    def begin(self, workspace: str, work: Work, *, draft_id: str = "", job: JobLog | None = None) -> Writing:
        """Start `work` as soon as a thread is free; it can be watched under `workspace` and `draft_id` from now on.

        `job` is told when it begins and how it ends. `commissions.begin` makes one and calls this: use that for
        whatever should not be lost when the process dies. May be called from any thread.
        Raises `ProviderBusy` when too many wait already.
        """
        writing = Writing(workspace, draft_id, job)
        with self._lock:
            self.must_have_room()
            try:
                self._jobs.put_nowait((writing, work))
            except queue.Full:
                self.must_have_room()
                raise
            self._open.add(writing)
            if draft_id:
                self._known[workspace, draft_id] = writing
                self._known.move_to_end((workspace, draft_id))
            self._forget()
        return writing

    def watch(self, workspace: str, draft_id: str) -> Writing | None:
        """The draft as it is being written in this process, or was within the last minutes: `follow()` tells all
        from the start. None: nothing is known of it here; it may be kept already, or be written by another process."""
        with self._lock:
            self._forget()
            return self._known.get((workspace, draft_id))

    def in_hand(self) -> list[Writing]:
        """Those that wait or are being written."""
        with self._lock:
            return list(self._open)

    def stop(self, workspace: Workspace, job_id: str) -> Job:
        """The job, stopped, in whichever process it is being written: what is there is kept. Raises `NotFound`,
        `Conflict` when it has ended."""
        job = DraftJobs(workspace.database, workspace.name).stop(job_id)
        for writing in self.in_hand():
            if writing.job is not None and writing.job.id == job_id:
                writing.stop()
        return job

    def close(self, seconds: float) -> None:
        """Begin nothing more and wait so long for the drafts being written; what is left is put down as interrupted,
        to be taken up again."""
        with self._lock:
            self._closing = True
        dropped = []
        with suppress(queue.Empty):
            while True:
                dropped.append(self._jobs.get_nowait())
        for _ in self._threads:
            with suppress(queue.Full):
                self._jobs.put_nowait(None)
        until = time.monotonic() + seconds
        for job in dropped:
            if job is not None:
                self._interrupt(job[0])
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        for writing in self.in_hand():
            if writing.job is not None and not writing.ended:
                with suppress(Exception):
                    writing.job.end("interrupted")

    def _interrupt(self, writing: Writing) -> None:
        again = " it is written when it starts again" if writing.job is not None else " ask again"
        writing.fail(ProviderBusy(f"the service has stopped;{again}", RETRY_AFTER), "interrupted")
        with self._lock:
            self._open.discard(writing)

    def _write(self) -> None:
        while (job := self._jobs.get()) is not None:
            writing, work = job
            begun = time.monotonic()
            draft = writing.run(work)
            with self._lock:
                self._open.discard(writing)
            if self._ended is not None:
                try:
                    self._ended(writing, draft, time.monotonic() - begun)
                except Exception as error:
                    _log.error("a draft was not counted", exc_info=error)

    def _forget(self) -> None:
        """Let go of what ended a while ago, and of the oldest when there are many."""
        since = time.monotonic() - KEPT_SECONDS
        ended = [key for key, writing in self._known.items() if writing.ended]
        many = len(ended) - KEPT
        for n, key in enumerate(ended):
            if n < many or (self._known[key].ended_at or 0) < since:
                del self._known[key]
