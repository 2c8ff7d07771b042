"""A new database for each test; the toy embedder of the index's tests serves here, too."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.store.database import Database

sys.path.append(str(Path(__file__).parent.parent / "index"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database that is not there yet."""
    made = Database(f"sqlite:///{tmp_path / 'koujing.sqlite'}")
    yield made
    made.close()
