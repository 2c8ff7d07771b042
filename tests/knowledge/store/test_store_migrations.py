"""The migrations: from nothing to the tables that the code knows, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import knowledge.store
from knowledge.domain.errors import SetupError
from knowledge.records import Customer, Level, Permission, Use
from knowledge.store.customers import Customers
from knowledge.store.database import HEAD, Database
from knowledge.store.schema import Base
from knowledge.store.workspaces import ensure_workspace

MIGRATIONS = Path(knowledge.store.__file__).parent / "migrations"
NOW = datetime(2026, 1, 15, tzinfo=UTC)


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def alembic(database: Database) -> Config:
    """Alembic's own configuration, past `Database.migrate`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = database.engine
    return config


def test_head_is_the_newest_migration() -> None:
    newest = max(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    assert newest.split("_", 1)[0] == HEAD
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_up_makes_the_tables_that_the_code_knows(blank: Database) -> None:
    assert blank.version is None
    blank.migrate()
    assert blank.version == HEAD
    assert tables(blank) == {*Base.metadata.tables, "alembic_version"}
    with blank.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


@pytest.mark.sqlite_only
def test_readers_and_writers_stand_side_by_side_and_references_hold(blank: Database) -> None:
    with blank.engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_up_twice_changes_nothing(blank: Database) -> None:
    blank.migrate()
    ensure_workspace(blank, "default", NOW)
    blank.migrate()
    assert not ensure_workspace(blank, "default", NOW)


def test_down_clears_a_filled_database_and_up_makes_it_anew(blank: Database) -> None:
    blank.migrate()
    ensure_workspace(blank, "default", NOW)
    acme = Customer("acme", {"en": "Acme"}, permissions=(Permission(Use.NAME, Level.PUBLIC),))
    Customers(blank, "default").save([acme])
    command.downgrade(alembic(blank), "base")
    assert tables(blank) == {"alembic_version"}
    assert blank.version is None
    blank.migrate()
    ensure_workspace(blank, "default", NOW)
    assert Customers(blank, "default").all() == []


def test_down_to_nothing_by_its_own_method(blank: Database) -> None:
    blank.migrate()
    blank.migrate("base")
    assert tables(blank) == {"alembic_version"}


def test_a_database_of_a_newer_koujing_is_one_line(blank: Database) -> None:
    blank.migrate()
    with blank.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SetupError):
        blank.migrate()
