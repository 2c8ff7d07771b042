"""Small libraries for the tests of the folder format: real stores and indexes, an embedder of toys."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from databases import database_at
from numpy.typing import NDArray

from knowledge.library import Library
from knowledge.reading import read_body
from knowledge.records import Audience, EntryVersion, State
from knowledge.shelving import ToShelve
from knowledge.store.workspaces import ensure_workspace

START = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
BODY = "停机时间由 12 小时降至 3 小时。\n"

OpenLibrary = Callable[[str], Library]


class ToyEmbedder:
    """Unit vectors that depend on the text only."""

    model_id = "toy-8"
    dimensions = 8
    leaves = False

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts]
        rows = [np.random.default_rng(seed).normal(size=self.dimensions) for seed in seeds]
        return np.array([row / np.linalg.norm(row) for row in rows], np.float32).reshape(len(texts), self.dimensions)


class Clock:
    """A minute and a bit pass each time somebody looks."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1, microseconds=250)
        return self.moment


def new_library(home: Path) -> Library:
    """An empty library in a home of its own."""
    home.mkdir()
    database = database_at(home)
    database.migrate()
    ensure_workspace(database, "default", START)
    return Library(database, "default", ToyEmbedder, home, Clock())


def version_of(entry_id: str, body: str = BODY, **properties: Any) -> EntryVersion:
    """A case as an editor's draft, unless said otherwise."""
    document = read_body("entry", body)
    version = EntryVersion(
        entry_id=entry_id,
        version=0,
        kind="case",
        locale="zh-CN",
        title="水泵站",
        text="\n".join(block.text for block in document.blocks),
        state=State.DRAFT,
        audience=Audience.PUBLIC,
        body=document.body,
    )
    return replace(version, **properties)


def put(library: Library, entry_id: str, body: str = BODY, **properties: Any) -> EntryVersion:
    """One more version of an entry onto the shelf."""
    version = version_of(entry_id, body, **properties)
    [stored] = library.shelf.shelve([ToShelve(version, read_body("entry", version.body))], "ann")
    return stored.version
