"""Keeps the jobs of this process fresh, sees which were stopped elsewhere, and takes up those that were left."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable

from api.commissions import take_up
from api.writing import Writers, Writing
from assistant.draft_jobs import DraftJobs, workspaces_with_jobs_left
from assistant.workspace import Workspace
from knowledge.domain.errors import ProviderBusy
from knowledge.store.database import Database

EVERY = 5.0
"""Seconds between two rounds."""

AT_A_TIME = 16
"""Jobs that are taken up in one round: the rest may go to another process."""

OpenWorkspace = Callable[[str], Workspace]

_log = logging.getLogger("koujing.api")


class JobKeeper:
    """A thread beside the writers. `workspace_named` opens a workspace by its name."""

    def __init__(self, database: Database, writers: Writers, workspace_named: OpenWorkspace) -> None:
        self._database, self._writers, self._workspace_named = database, writers, workspace_named
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="job-keeper", daemon=True)

    def start(self) -> None:
        """Begin with a round at once."""
        self._thread.start()

    def close(self, seconds: float = 2.0) -> None:
        """No further round."""
        self._end.set()
        self._thread.join(seconds)

    def round(self) -> None:
        """Once: freshen, stop, take up."""
        self._freshen()
        for name in workspaces_with_jobs_left(self._database):
            self._take_up(name)

    def _run(self) -> None:
        while True:
            try:
                self.round()
            except Exception as error:
                # The database may be away for a while; the next round tries again.
                _log.warning("jobs could not be looked after: %s", type(error).__name__)
            if self._end.wait(EVERY):
                return

    def _freshen(self) -> None:
        mine: dict[str, dict[str, Writing]] = defaultdict(dict)
        for writing in self._writers.in_hand():
            if writing.job is not None:
                mine[writing.workspace][writing.job.id] = writing
        for name, writings in mine.items():
            for job_id in DraftJobs(self._database, name).keep_fresh(list(writings)):
                writings[job_id].stop()

    def _take_up(self, name: str) -> None:
        jobs = DraftJobs(self._database, name)
        workspace = None
        for job in jobs.left(AT_A_TIME):
            if self._end.is_set():
                return
            try:
                self._writers.must_have_room()
                workspace = workspace or self._workspace_named(name)
                take_up(job, workspace, self._writers)
            except ProviderBusy:
                return
            except Exception as error:
                # What cannot be taken up will not be next time either: it says why.
                _log.error("job %s could not be taken up again", job.id, exc_info=error)
                jobs.end(job.id, "failed", {"status": 500, "code": "unexpected", "detail": "could not be taken up"})
