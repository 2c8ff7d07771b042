"""A library without entries, and the memory of its workspace."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import database_at
from remembering import NOW, Clock

from assistant.localization.memory.store import MemoryStore
from knowledge.embedding.embedder import Embedder
from knowledge.library import Library
from knowledge.store.workspaces import ensure_workspace


def no_embedder() -> Embedder:
    raise AssertionError("the memory needs no embeddings")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def two_workspaces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two empty workspaces, made once. Tests copy it."""
    home = tmp_path_factory.mktemp("two-workspaces")
    database = database_at(home)
    database.migrate()
    for name in ("north", "south"):
        ensure_workspace(database, name, NOW)
    database.close()
    return home


@pytest.fixture
def libraries(tmp_path: Path, two_workspaces: Path, clock: Clock) -> Iterator[tuple[Library, Library]]:
    """Two workspaces of one database."""
    database = database_at(shutil.copytree(two_workspaces, tmp_path / "home"))
    north, south = (Library(database, name, no_embedder, tmp_path, clock) for name in ("north", "south"))
    yield north, south
    database.close()


@pytest.fixture
def library(libraries: tuple[Library, Library]) -> Library:
    return libraries[0]


@pytest.fixture
def memory(library: Library) -> MemoryStore:
    return MemoryStore(library)
