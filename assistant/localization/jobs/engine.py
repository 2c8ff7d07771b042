"""A process that works on jobs: plans them, keeps the queue supplied, takes up what the dead left, stops cleanly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from dbos import DBOS

from assistant.gateway.port import ModelRequest
from assistant.localization.jobs.asking import Patience, Provider, Stopped
from assistant.localization.jobs.desk import Desk
from assistant.localization.jobs.durable import WORKFLOW, DurableQueue, queue_name
from assistant.localization.jobs.opening import Opening, ProductOpening, Tools
from assistant.localization.jobs.pace import CEILING, LOCAL_CEILING, Pace
from assistant.localization.jobs.presence import Presence, locks_of, new_executor
from assistant.localization.jobs.records import Job, JobState
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import KoujingError, SetupError
from knowledge.store.workspaces import workspace_names

LOOK = 0.25
"""Seconds between two looks at a job."""

TEND = 2.0
"""Seconds between two looks for dead processes and for batches that nobody has."""

TROUBLED = 5.0
"""Seconds that a worker waits when the database failed."""

GRACE = 130.0
"""Seconds that calls under way are given to end when the process stops: one call may take KOUJING_TIMEOUT (120)."""

Show = Callable[[Job], None]
OpenWorkspace = Callable[[str], Workspace]


class Engine:
    """One for a process, since DBOS is. Use as a context manager; `only`: work on this job alone.

    `concurrency` is the calls at once to a model; None: by its kind. `workspace_named` opens the other workspaces of
    the database, which whoever gave it closes.
    """

    _current: Engine | None = None

    def __init__(
        self,
        workspace: Workspace,
        *,
        only: str = "",
        opening: Opening | None = None,
        concurrency: int | None = None,
        patience: Patience | None = None,
        workspace_named: OpenWorkspace | None = None,
    ) -> None:
        self._home, self._only = workspace, only
        self._workspace_named = workspace_named
        self._opening, self._patience = opening or ProductOpening(), patience or Patience()
        self._concurrency = concurrency
        self._queue = DurableQueue(workspace.database)
        self._presence = Presence(locks_of(workspace.database), new_executor())
        self._desks: dict[str, Desk] = {}
        self._providers: dict[str, Provider] = {}
        self._opens = threading.RLock()
        self._under_way = 0
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._trouble: KoujingError | None = None
        self._left: list[tuple[str, str, int]] = []
        self._ended: list[tuple[Desk, Job]] = []
        self._tended = 0.0

    def __enter__(self) -> Engine:
        if Engine._current is not None:
            raise RuntimeError("one engine for a process: DBOS is one")
        Engine._current = self
        try:
            self._launch()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        try:
            self.wait()
            # A workflow that has just ended still has to be put on record.
            time.sleep(0.05)
            for desk, job in self._ended:
                self._leave(desk, job)
        finally:
            self._close()

    def _launch(self) -> None:
        self._presence.enter()
        _ = self._queue.client
        DBOS(config=self._queue.config(self._presence.executor))
        if self._only:
            # The queue must be there before the launch: DBOS looks for new ones only now and then.
            self._open(self._home_desk, self._only)
            DBOS.listen_queues([queue_name(self._home.name, self._only)])
        DBOS.launch()

    def _close(self) -> None:
        DBOS.destroy()
        with suppress(Exception):
            # What is under way still is left to others at once.
            self._queue.put_back(self._presence.executor)
        with suppress(KoujingError):
            for desk in self._desks.values():
                desk.book()
        self._queue.close()
        self._presence.leave()
        for name, desk in self._desks.items():
            if name != self._home.name and self._workspace_named is None:
                desk.workspace.close()
        Engine._current = None

    def stop(self) -> None:
        """Begin no further call; those under way end and are recorded."""
        self._stopping.set()

    def wait(self) -> None:
        """Wait until nothing is under way any more."""
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way, GRACE)

    def run(self, show: Show = lambda job: None) -> Job:
        """Work on the one job until it has ended or rests; how it stands then. Raises `SetupError` when the database
        fails."""
        desk, shown, cost = self._home_desk, 0.0, 0.0
        while True:
            state = desk.jobs.state(self._only)
            if state.ended or state is JobState.PAUSED:
                job = self._rest(desk, desk.jobs.get(self._only))
                show(job)
                return job
            # To count the segments of a large job takes a while: no more than a thirtieth of the time.
            if (now := time.monotonic()) - shown > max(1.0, 30 * cost):
                show(desk.jobs.get(self._only))
                shown, cost = time.monotonic(), time.monotonic() - now
            self._tend([(desk, self._only, state)])
            if self._stopping.wait(LOOK):
                return desk.jobs.get(self._only)

    def serve(self, told: Callable[[str], None] = lambda line: None) -> None:
        """Work on every job of every workspace until `stop`."""
        seen: dict[str, Desk] = {}
        while not self._stopping.is_set():
            try:
                seen = self._round(seen, told)
                self._stopping.wait(1.0)
            except SetupError as error:
                # A database server that is restarted comes back.
                told(error.message)
                self._trouble = None
                self._stopping.wait(TROUBLED)

    def _round(self, seen: dict[str, Desk], told: Callable[[str], None]) -> dict[str, Desk]:
        """Look at every workspace's jobs once; those at work, for the next round."""
        found: dict[str, Desk] = {}
        for name in workspace_names(self._home.database):
            desk = self.desk(name)
            found |= dict.fromkeys(desk.jobs.at_work(), desk)
        for job_id in seen.keys() - found.keys():
            job = seen[job_id].jobs.get(job_id)
            self._leave(seen[job_id], job)
            told(f"{job_id} is {job.state}" + (f": {job.why}" if job.why else ""))
        for job_id in found.keys() - seen.keys():
            told(f"{job_id}: at work")
        self._tend([(desk, job_id, desk.jobs.state(job_id)) for job_id, desk in found.items()])
        return found

    def desk(self, workspace: str) -> Desk:
        """The desk of a workspace of this database."""
        with self._opens:
            if workspace not in self._desks:
                self._desks[workspace] = Desk(
                    self._opened(workspace), self._opening, self._provider, self._patience, self._stopping.is_set
                )
            return self._desks[workspace]

    def work(self, workspace: str, job_id: str, number: int) -> dict[str, Any]:
        """What the workflow of a batch does. Raises `Stopped`, which leaves the batch to another process."""
        with self._counted():
            try:
                ended = self.desk(workspace).work(job_id, number, _step)
                self._queue.put(workspace, job_id, ended.get("split", ()))
                return ended
            except KoujingError as error:
                # The database failed: nothing can be kept. The batch stays as it is, and whoever drives is told.
                self._trouble = error
                self._left.append((workspace, job_id, number))
                raise Stopped from None

    def _opened(self, workspace: str) -> Workspace:
        if workspace == self._home.name:
            return self._home
        if self._workspace_named is not None:
            return self._workspace_named(workspace)
        values = {**self._home.settings.values, "workspace": workspace}
        return Workspace.open(Settings(values), self._home.progress)

    @property
    def _home_desk(self) -> Desk:
        return self.desk(self._home.name)

    def _tend(self, jobs: list[tuple[Desk, str, JobState]]) -> None:
        """Plan what is new; now and then see that nothing lies idle."""
        if self._trouble is not None:
            raise self._trouble
        for desk, job_id, state in jobs:
            if state is JobState.PLANNING:
                self._plan(desk, job_id)
        if time.monotonic() - self._tended < TEND:
            return
        while self._left:
            self._queue.put_back_one(*self._left.pop())
        self._presence.locks.refresh()
        self._queue.take_over(self._presence)
        for desk, job_id, state in jobs:
            if state is JobState.RUNNING and self._queue.idle(desk.workspace.name, job_id):
                self._supply(desk, job_id)
        for desk in list(self._desks.values()):
            # Of those, too, whose last job has just ended.
            desk.book()
        self._tended = time.monotonic()

    def _plan(self, desk: Desk, job_id: str) -> None:
        with self._presence.locks.alone(f"plan-{job_id}") as alone:
            if alone and desk.plan(job_id) is JobState.RUNNING:
                self._supply(desk, job_id)

    def _supply(self, desk: Desk, job_id: str) -> None:
        pending = desk.results.pending_batches(job_id)
        if pending:
            self._open(desk, job_id)
            self._queue.supply(desk.workspace.name, job_id, pending)
        else:
            desk.complete(job_id, desk.results.complete(job_id))

    def _rest(self, desk: Desk, job: Job) -> Job:
        """The job has ended or rests: wait for what is under way. What is left of an ended one goes at the very end,
        when nobody waits for the result any more."""
        self.wait()
        desk.book()
        if job.state.ended:
            self._ended.append((desk, job))
        else:
            self._leave(desk, job)
        return desk.jobs.get(job.id)

    def _leave(self, desk: Desk, job: Job) -> None:
        if job.state.ended:
            self._queue.forget(desk.workspace.name, job.id)
        else:
            self._queue.shut(desk.workspace.name, job.id)

    def _open(self, desk: Desk, job_id: str) -> None:
        # Twice the calls: they end in waves, and the next ones must be ready while those that came are written down.
        calls = self._calls(desk.job(job_id).options.model)
        self._queue.open(desk.workspace.name, job_id, 2 * calls + 1)

    def _calls(self, model: str) -> int:
        return self._concurrency or (LOCAL_CEILING if model == "local" else CEILING)

    def _provider(self, tools: Tools) -> Provider:
        with self._opens:
            name = tools.model.name
            if name not in self._providers:
                self._providers[name] = Provider(tools.model, Pace(self._calls(name)))
            return self._providers[name]

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._changed:
            self._under_way += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()


@DBOS.workflow(name=WORKFLOW)
def localize_batch(workspace: str, job_id: str, number: int) -> dict[str, Any]:
    """The durable unit of a job: one batch."""
    engine = Engine._current
    if engine is None:
        raise Stopped
    return engine.work(workspace, job_id, number)


def _step(call: Callable[[ModelRequest], dict[str, Any]], request: ModelRequest) -> dict[str, Any]:
    return DBOS.run_step({"name": "ask"}, call, request)
