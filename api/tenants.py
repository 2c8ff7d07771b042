"""The workspaces that a service serves: each opened when somebody of it asks first, all with one model."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock

from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import NotFound
from knowledge.store.workspaces import revision


class Tenants:
    """Workspaces of one database by name. `first` is that of the settings; whoever gave it closes it.

    The others share its database's connections and its model (the weights of the embedder are one in a process anyway);
    library, templates and drafts are their own, so that nothing of one workspace can be asked for through another.
    """

    def __init__(self, settings: Settings, first: Workspace) -> None:
        self._settings, self.first = settings, first
        self._opened = {first.name: first}
        self._lock = Lock()

    def of(self, name: str) -> Workspace:
        """The workspace of that name. Raises `NotFound`."""
        found = self._opened.get(name)
        if found is None:
            with self._lock:
                found = self._opened.get(name) or self._open(name)
                self._opened[name] = found
        return found

    def opened(self) -> list[Workspace]:
        """Those that are open now, the first one first."""
        return list(self._opened.values())

    def close(self) -> None:
        """Close all but the first."""
        with self._lock:
            for name, workspace in list(self._opened.items()):
                if workspace is not self.first:
                    del self._opened[name]
                    if "library" in workspace.__dict__ and "indexes" in workspace.library.__dict__:
                        workspace.library.indexes.close()

    def _open(self, name: str) -> Workspace:
        if revision(self.first.database, name) is None:
            raise NotFound(f"no workspace '{name}'")
        settings = replace(self._settings, values={**self._settings.values, "workspace": name})
        opened = Workspace(settings, self.first.progress)
        opened.database = self.first.database
        opened.model = self.first.model
        return opened
