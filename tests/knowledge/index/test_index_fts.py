"""The lexical index on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lexical_contract import LexicalIndexContract
from library_of_toys import store, workspace

from knowledge.domain.errors import SetupError
from knowledge.index.lexical import LexicalIndex, open_lexical
from knowledge.store.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'koujing.sqlite'}")
    yield database
    database.close()


class TestFts(LexicalIndexContract):
    @pytest.fixture
    def index(self, database: Database) -> LexicalIndex:
        return open_lexical(database, "default")


def test_workspaces_share_no_words(tmp_path: Path) -> None:
    one, two = workspace(tmp_path, "acme"), workspace(tmp_path, "acme-two")
    store(one, ["secret gateway"])
    assert one.lexical.coverage(["gateway"])
    assert two.lexical.coverage(["gateway"]) == {}
    assert two.lexical.pks() == set()


def test_postgresql_is_one_clear_line() -> None:
    with pytest.raises(SetupError, match="use SQLite"):
        open_lexical(Database("postgresql+psycopg://host/db"), "default")
