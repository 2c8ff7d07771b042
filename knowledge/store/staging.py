"""A database made beside the one in use, and put in its place in one step.

The old one stays as it is until `swap`, which happens wholly or not at all, also when the process is killed in it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from knowledge.domain.errors import Conflict, SetupError
from knowledge.store.database import Database
from knowledge.store.schema import Base

JOBS_SCHEMA = "koujing_jobs"
"""Where DBOS keeps its queue on PostgreSQL. Like `queue_file` of SQLite it is made again when it is gone."""

_SCHEMA = "koujing_restore"
_DERIVED = ("passage_words", "passage_postings", "passage_terms")


class Staging(Protocol):
    """A new database beside another one."""

    database: Database
    """The new one, empty; the caller fills it."""

    def free(self) -> None:
        """Raises `Conflict` while another process uses the database whose place the new one takes."""

    def swap(self) -> None:
        """Put the new one in the place of the old, which is gone then, with what DBOS had queued for it. Raises
        `Conflict` while another process uses it."""

    def drop(self) -> None:
        """Take away what was begun; after `swap` there is nothing to take away."""


def beside(database: Database) -> Staging:
    """An empty database beside this one; what an earlier try left there is gone. Raises `SetupError`."""
    return _File(database) if database.is_sqlite else _Schema(database)


def queue_file(database: Path) -> Path:
    """The file in which DBOS keeps the queue of an SQLite database."""
    return database.with_name(f"{database.stem}-jobs.sqlite")


class _File:
    """On SQLite: a file beside the file, renamed."""

    def __init__(self, database: Database) -> None:
        self._old, self._file = database, database.file
        self._new = self._file.with_name(f"{self._file.stem}-restoring.sqlite")
        self._remove(self._new)
        self.database = Database(f"sqlite:///{self._new}")

    def free(self) -> None:
        self._old.close()
        for file in (self._file, queue_file(self._file)):
            if file.is_file():
                _into_one_file(file)

    def swap(self) -> None:
        self.database.close()
        _into_one_file(self._new)
        self.free()
        self._remove(queue_file(self._file))
        os.replace(self._new, self._file)
        _to_disk(self._file.parent)

    def drop(self) -> None:
        self.database.close()
        self._remove(self._new)

    @staticmethod
    def _remove(file: Path) -> None:
        for part in (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm", "-journal"))):
            part.unlink(missing_ok=True)


class _Schema:
    """On PostgreSQL: tables in a schema of their own, moved in one transaction."""

    def __init__(self, database: Database) -> None:
        self._old = database
        self._drop()
        try:
            with database.engine.begin() as connection:
                connection.execute(text(f"CREATE SCHEMA {_SCHEMA}"))
        except DatabaseError as error:
            raise database.failed(error) from error
        self.database = database.in_schema(_SCHEMA)

    def free(self) -> None:
        self.database.close()
        self._old.close()
        with self._old.connected() as connection:
            others = connection.execute(
                text(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND usename = current_user AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
                )
            ).scalar_one()
        if others:
            raise Conflict(f"{others} other connections use {self._old.shown}; stop the service and every worker first")

    def swap(self) -> None:
        self.free()
        try:
            with self._old.engine.begin() as connection:
                self._move(connection)
        except DatabaseError as error:
            raise self._old.failed(error) from error

    def _move(self, connection: Connection) -> None:
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        home = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
        moved = [
            str(name)
            for name in connection.execute(
                text("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = :schema"), {"schema": _SCHEMA}
            ).scalars()
        ]
        quote = connection.dialect.identifier_preparer.quote
        ours = {quote(name) for name in (*Base.metadata.tables, *_DERIVED, "alembic_version")}
        connection.execute(text(f"DROP SCHEMA IF EXISTS {JOBS_SCHEMA} CASCADE"))
        for table in sorted(ours | set(moved)):
            connection.execute(text(f"DROP TABLE IF EXISTS {home}.{table} CASCADE"))
        for table in moved:
            connection.execute(text(f"ALTER TABLE {_SCHEMA}.{table} SET SCHEMA {home}"))
        connection.execute(text(f"DROP SCHEMA {_SCHEMA}"))

    def drop(self) -> None:
        self.database.close()
        self._drop()

    def _drop(self) -> None:
        try:
            with self._old.engine.begin() as connection:
                connection.execute(text(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE"))
        except SQLAlchemyError as error:
            raise SetupError(f"database {self._old.shown}: what an earlier restore left cannot be removed") from error


def _into_one_file(file: Path) -> None:
    """What stands in the write-ahead log goes into the file itself: possible only when nobody else has it open."""
    try:
        with closing(sqlite3.connect(file, timeout=0.5, isolation_level=None)) as connection:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            mode = "wal"
        else:
            raise SetupError(f"database {file}: {error}; see `koujing doctor`") from error
    except sqlite3.DatabaseError:
        # It is no database any more: that may be why another one is put in its place.
        return
    if mode != "delete":
        raise Conflict(f"another process uses {file}; stop the service and every worker first")


def _to_disk(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
