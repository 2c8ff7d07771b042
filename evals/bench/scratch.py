"""Workspaces for benchmarks: made in a temporary folder, thrown away afterwards; the user's own is never touched."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.progress import Progress
from assistant.settings import load_settings
from assistant.workspace import Workspace
from knowledge.sample import load


def environment(home: Path, model: str = "") -> dict[str, str]:
    """The user's environment with a home of its own, and `model` in the place of the configured one when given."""
    changes = {"KOUJING_HOME": str(home), "KOUJING_WORKSPACE": "", "KOUJING_DATABASE_URL": "", "KOUJING_CHROMA_URL": ""}
    if model:
        changes["KOUJING_MODEL"] = model
    return {**os.environ, **changes}


@contextmanager
def empty_workspace(model: str = "", progress: Progress | None = None) -> Iterator[Workspace]:
    """An empty workspace with the configured model, or `model`."""
    with tempfile.TemporaryDirectory(prefix="koujing-bench-") as folder:
        workspace, _ = Workspace.create(load_settings(environment(Path(folder) / "home", model)), progress)
        with workspace:
            yield workspace


@contextmanager
def sample_workspace(model: str = "", progress: Progress | None = None) -> Iterator[Workspace]:
    """A workspace with the sample library."""
    with empty_workspace(model, progress) as workspace:
        load(workspace.library)
        yield workspace
