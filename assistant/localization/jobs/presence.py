"""Who is alive: a lock for each process, which the system takes away from the dead at once, without any clock.

On SQLite all processes are on one machine, and the lock is on a file. On PostgreSQL it is the server's, on a
connection that ends with the process; when a whole machine is gone, the server notices within a minute.
"""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from knowledge.store.database import Database

_NAMESPACE = 0x6B6A  # of our locks among the server's
_KEEPALIVE = ("tcp_keepalives_idle = 20", "tcp_keepalives_interval = 10", "tcp_keepalives_count = 3")


def new_executor() -> str:
    """A name for this process that no other has or had."""
    return f"{socket.gethostname()[:60]}-{os.getpid()}-{token_hex(4)}"


class Locks(Protocol):
    """Named locks between processes; a dead one's are free."""

    def alone(self, name: str) -> AbstractContextManager[bool]:
        """Whether the lock was free; it is held until the block ends."""

    def anybody(self) -> bool:
        """Whether any other process holds a lock."""

    def refresh(self) -> None:
        """See that what is held is still held; called now and then. Raises nothing."""

    def close(self) -> None:
        """Give back what is held."""


class Presence:
    """This process among the others; enter it once."""

    def __init__(self, locks: Locks, executor: str) -> None:
        self.locks, self.executor = locks, executor
        self._held = ExitStack()

    def enter(self) -> None:
        """Be alive for the others, until `leave`."""
        self._held.enter_context(self.locks.alone(self.executor))

    def leave(self) -> None:
        """Be dead for the others."""
        self._held.close()
        self.locks.close()

    @contextmanager
    def dead(self, executor: str) -> Iterator[bool]:
        """Whether that process is gone; while the block lasts nobody else finds it so."""
        if executor == self.executor:
            yield False
        else:
            with self.locks.alone(executor) as free:
                yield free


def locks_of(database: Database) -> Locks:
    """The locks between the processes that share `database`."""
    if not database.is_sqlite:
        return ServerLocks(database.engine)
    file = Path(str(database.engine.url.database))
    return FileLocks(file.with_name(f"{file.stem}-workers"))


class FileLocks:
    """Locks on files of a folder.

    Record locks (`lockf`): a child of the process does not keep them, as it would `flock`. No process opens the file of
    a lock that it holds a second time, since closing it would give the lock up.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mine: set[str] = set()

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """See the port."""
        if name in self._mine:
            yield False
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{name}.lock"
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.lockf(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(number)
            yield False
            return
        self._mine.add(name)
        try:
            yield True
        finally:
            self._mine.discard(name)
            with suppress(OSError):
                path.unlink()
            os.close(number)

    def anybody(self) -> bool:
        """See the port."""
        for path in self._folder.glob("*.lock"):
            if path.stem not in self._mine:
                with self.alone(path.stem) as free:
                    if not free:
                        return True
        return False

    def refresh(self) -> None:
        """Nothing: the system holds them."""

    def close(self) -> None:
        """Nothing is left open."""


class ServerLocks:
    """PostgreSQL's advisory locks, all on one connection. A lock is the session's own: taking it twice succeeds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._mine: list[str] = []

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """See the port."""
        if name in self._mine or not self._lock(name):
            yield False
            return
        self._mine.append(name)
        try:
            yield True
        finally:
            self._mine.remove(name)
            with suppress(SQLAlchemyError):
                self._ask("SELECT pg_advisory_unlock(:space, hashtext(:name))", name)

    def anybody(self) -> bool:
        """See the port. Locks of this connection are its own."""
        statement = (
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND CAST(classid AS bigint) = :space AND :name = ''"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND pid <> pg_backend_pid())"
        )
        return self._ask(statement, "")

    def refresh(self) -> None:
        """When the connection broke, its locks went with it: take them again."""
        with suppress(SQLAlchemyError):
            if self._connection is not None:
                self._connection.execute(text("SELECT 1"))
                return
        self.close()
        with suppress(SQLAlchemyError):
            for name in self._mine:
                self._lock(name)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None

    def _lock(self, name: str) -> bool:
        return self._ask("SELECT pg_try_advisory_lock(:space, hashtext(:name))", name)

    def _ask(self, statement: str, name: str) -> bool:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            for setting in _KEEPALIVE:
                self._connection.execute(text(f"SET {setting}"))
        return bool(self._connection.execute(text(statement), {"space": _NAMESPACE, "name": name}).scalar())
