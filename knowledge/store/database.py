"""One database, opened and migrated: SQLite in WAL mode by default, PostgreSQL by URL."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from knowledge.domain.errors import InputError, SetupError
from knowledge.store.wall import ALL_WORKSPACES, WorkspaceSession, watch

HEAD = "0006"
"""The newest migration; a test holds it equal to the newest file in `migrations/versions`."""

_migrating = Lock()


class Database:
    """The connection pool and its sessions. `url` is an SQLAlchemy URL; `postgresql://…` means the driver psycopg."""

    def __init__(self, url: str) -> None:
        self.url = url

    @cached_property
    def engine(self) -> Engine:
        url = self._parsed
        try:
            if self.is_sqlite and url.database not in (None, "", ":memory:"):
                _private_file(Path(str(url.database)))
            # A server may be restarted while the service runs: a dead connection is noticed before it is used.
            engine = create_engine(url, pool_pre_ping=not self.is_sqlite)
        except (OSError, SQLAlchemyError, ImportError) as error:
            raise SetupError(f"database {self.shown}: {_first_line(error)}; check KOUJING_DATABASE_URL") from error
        watch(engine)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _sqlite_pragmas)
        return engine

    @property
    def is_sqlite(self) -> bool:
        return self._parsed.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path:
        """The file of an SQLite database. Raises `SetupError` for one that is in none."""
        if not self.is_sqlite or self._parsed.database in (None, "", ":memory:"):
            raise SetupError(f"the database {self.shown} is no file")
        return Path(str(self._parsed.database))

    def in_schema(self, schema: str) -> Database:
        """The tables of this PostgreSQL database that stand in another schema."""
        given = self._parsed.query.get("options", "")
        options = f"{given if isinstance(given, str) else ' '.join(given)} -csearch_path={schema}".strip()
        url = self._parsed.update_query_dict({"options": options})
        return Database(url.render_as_string(hide_password=False))

    @cached_property
    def _parsed(self) -> URL:
        try:
            url = make_url(self.url)
        except (SQLAlchemyError, ValueError):
            # Not what the parser says of it: that may repeat a part of the password.
            raise SetupError("KOUJING_DATABASE_URL is no database URL such as postgresql://user@host/koujing") from None
        return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url

    @contextmanager
    def session(self, workspace: str | None = None) -> Iterator[Session]:
        """A transaction: committed at the end, rolled back on any error.

        It sees and writes the rows of `workspace` only; without one, none that belong to any (`TypeError`). Raises
        `SetupError` when the database itself fails (not there, read-only, full, locked too long), `InputError` for a
        value that it cannot keep.
        """
        with WorkspaceSession(self.engine, expire_on_commit=False, info={"workspace": workspace}) as session:
            try:
                yield session
                session.commit()
            except IntegrityError:
                session.rollback()
                raise
            except DataError as error:
                session.rollback()
                raise InputError(
                    f"the database cannot keep a value: {_first_line(error)}; shorten or mend it"
                ) from error
            except DatabaseError as error:
                session.rollback()
                raise self.failed(error) from error

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A connection to read with, outside the wall: for tables that are no tenant's. Raises `SetupError`."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise self.failed(error) from error

    def failed(self, error: DatabaseError) -> SetupError:
        """What is said when the database itself fails."""
        return SetupError(f"database {self.shown}: {_first_line(error)}; see `koujing doctor`")

    def across_workspaces(self) -> AbstractContextManager[Session]:
        """A transaction without the wall, for the few questions that are asked before the workspace is known."""
        return self.session(ALL_WORKSPACES)

    @property
    def version(self) -> str | None:
        """The migration the database stands at; None when it is empty."""
        try:
            with self.engine.connect() as connection:
                if not inspect(connection).has_table("alembic_version"):
                    return None
                return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except SQLAlchemyError as error:
            raise SetupError(f"database {self.shown}: {_first_line(error)}") from error

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to `revision`; at once done when they are there already."""
        if revision == "head" and self.version == HEAD:
            return
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = self.engine
        down = revision == "base" or (revision != "head" and revision < (self.version or ""))
        try:
            # Alembic keeps what it works on in its module: one at a time.
            with _migrating:
                (command.downgrade if down else command.upgrade)(config, revision)
        except CommandError as error:
            raise SetupError(
                f"database {self.shown}: {_first_line(error)}; it was made by another version of Koujing"
            ) from error
        except SQLAlchemyError as error:
            raise SetupError(
                f"database {self.shown}: {_first_line(error)}; the tables could not be brought up to date"
            ) from error

    def survey(self, *tables: str) -> None:
        """Let the database see how tables are filled that have just grown. Raises `SetupError`.

        PostgreSQL does so by itself, a minute later, and till then takes any index for as good as any other: it reads
        all rows of a job to find one. SQLite never does: it takes a workspace for ten rows, and reads a hundred
        thousand passages to find eight by their numbers.
        """
        try:
            with self.engine.begin() as connection:
                for table in tables:
                    connection.execute(text(f"ANALYZE {connection.dialect.identifier_preparer.quote(table)}"))
        except DatabaseError as error:
            raise self.failed(error) from error

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()

    @property
    def shown(self) -> str:
        """Its address, without a password."""
        shown = self._parsed.difference_update_query(["password", "sslpassword"])
        return shown.render_as_string(hide_password=True)


def _private_file(path: Path) -> None:
    """The file and its folder, for the owner only from the start: WAL and SHM take their mode from it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=10000")
    _into_wal(cursor)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _into_wal(cursor: Any) -> None:
    """A new file goes into WAL mode; of several who open it at that moment the others wait here, as SQLite's own
    waiting does not count for a change of mode."""
    for left in reversed(range(100)):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if not left or "locked" not in str(error):
                raise
            time.sleep(0.05)


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
