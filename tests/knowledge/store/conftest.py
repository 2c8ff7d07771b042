"""A new database for each test; the toy embedder of the index's tests serves here, too."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import database_at

from knowledge.store.database import Database

sys.path.append(str(Path(__file__).parent.parent / "index"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database to be migrated."""
    made = database_at(tmp_path)
    yield made
    made.close()


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[Database]:
    """A database that has never had a table."""
    made = database_at(tmp_path, empty=True)
    yield made
    made.close()
