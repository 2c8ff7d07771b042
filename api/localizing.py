"""Localization jobs worked on inside the service: one engine for the process, in a thread of its own.

It begins with the first job that is submitted here, or with the service when jobs wait; `koujing worker` processes may
work beside it, and nothing is done twice (`assistant/localization/jobs`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.localization.jobs.store import LocalizationJobs
from assistant.workspace import Workspace
from knowledge.store.workspaces import workspace_names

if TYPE_CHECKING:
    from assistant.localization.jobs.engine import Engine
    from assistant.localization.jobs.opening import Opening

AGAIN = 5.0
"""Seconds until it is tried again when the engine could not begin or broke off."""

OpenWorkspace = Callable[[str], Workspace]

_log = logging.getLogger("koujing.api")


class Localizer:
    """Made with the service. `workspace_named` opens a workspace of its database by its name; `opening` is another one
    in tests."""

    def __init__(self, workspace: Workspace, workspace_named: OpenWorkspace, opening: Opening | None = None) -> None:
        self._workspace, self._workspace_named, self._opening = workspace, workspace_named, opening
        self._end = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._engine: Engine | None = None

    def start(self) -> None:
        """Go on with what waits; without that nothing is begun."""
        database = self._workspace.database
        if any(LocalizationJobs(database, name).at_work() for name in workspace_names(database)):
            self.wake()

    def wake(self) -> None:
        """There is work: begin, unless it has begun."""
        with self._lock:
            if self._thread is None and not self._end.is_set():
                self._thread = threading.Thread(target=self._run, name="localizer", daemon=True)
                self._thread.start()

    def close(self, seconds: float) -> None:
        """Begin no further call, and wait so long for those under way; what is lost by then is taken up at the next
        start."""
        with self._lock:
            self._end.set()
            engine, thread = self._engine, self._thread
        if engine is not None:
            engine.stop()
        if thread is not None:
            thread.join(seconds)

    def _run(self) -> None:
        while True:
            try:
                self._work()
            except Exception as error:
                # The database may be away for a while, and another engine may still be leaving.
                _log.warning("localization jobs could not be worked on: %s", type(error).__name__, exc_info=error)
            if self._end.wait(AGAIN):
                return

    def _work(self) -> None:
        """Until the service ends. Raises whatever the engine does."""
        from assistant.localization.jobs.engine import Engine

        with Engine(self._workspace, opening=self._opening, workspace_named=self._workspace_named) as engine:
            with self._lock:
                self._engine = engine
                if self._end.is_set():
                    engine.stop()
            try:
                engine.serve()
            finally:
                self._engine = None
