"""Where a test keeps its rows: a SQLite file in the test's folder, or, with `--database postgres`, a database of its own
on a server that the run starts by itself.

There a small text file with the name of the database stands in the place of the SQLite file: a copy of a home finds in
it which database to copy.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from knowledge.store.database import Database

SERVER = "KOUJING_TEST_POSTGRES"
"""Environment: the address of the run's server, with `{}` for the database. Unset: SQLite."""

EMPTY, MIGRATED = "template0", "koujing_migrated"


def on_postgres() -> bool:
    """True when this run's databases are on PostgreSQL."""
    return SERVER in os.environ


def database_at(place: Path, *, empty: bool = False) -> Database:
    """The database of a home (or of one file in it), made when it is not there: migrated on PostgreSQL unless `empty`."""
    return Database(url_at(place, empty=empty))


def url_at(place: Path, *, empty: bool = False) -> str:
    """The address of `database_at`."""
    file = place if place.suffix == ".sqlite" else place / "koujing.sqlite"
    if not on_postgres():
        return f"sqlite:///{file}"
    name = _name(file)
    marked = file.read_text() if file.is_file() else ""
    if marked != name:
        if not _exists(name):
            _make(name, marked or (EMPTY if empty else MIGRATED))
        if file.parent.is_dir():
            file.write_text(name)
    return os.environ[SERVER].format(name)


def make_migrated() -> None:
    """The database that those of tests are copied from."""
    _make(MIGRATED, EMPTY)
    database = Database(os.environ[SERVER].format(MIGRATED))
    database.migrate()
    database.close()


def forget(folder: Path) -> None:
    """Take away the databases of all homes below `folder`."""
    for file in folder.rglob("*.sqlite"):
        if on_postgres():
            _run(f"DROP DATABASE IF EXISTS {_name(file)} WITH (FORCE)")
        else:
            for part in file.parent.glob(f"{file.name}*"):
                part.unlink()


def _name(file: Path) -> str:
    return "t_" + hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:24]


def _make(name: str, template: str) -> None:
    _run(f"CREATE DATABASE {name} TEMPLATE {template}")


def _exists(name: str) -> bool:
    return bool(_run(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def _run(statement: str) -> list[Any]:
    import psycopg

    with psycopg.connect(os.environ[SERVER].format("postgres"), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []
