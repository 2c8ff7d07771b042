"""What all repositories share: the workspace is given once and stands in every query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from knowledge.domain.errors import Conflict
from knowledge.store.database import Database
from knowledge.store.schema import WorkspaceRow

Row = TypeVar("Row")


class Repository:
    """Rows of one workspace. `rows(Model)` is the only way its children begin a query."""

    def __init__(self, database: Database, workspace: str) -> None:
        self.database = database
        self.workspace = workspace

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads."""
        with self.database.session(self.workspace) as session:
            yield session

    @contextmanager
    def writing(self, *, revises: bool = True) -> Iterator[Session]:
        """A transaction that may read and then write: those of one workspace queue up, nothing changes between.

        Its first statement writes the workspace's row, which takes SQLite's write lock and PostgreSQL's row lock (a
        transaction that reads first fails in SQLite when another wrote meanwhile). `revises`: what may be offered
        changes, so the revision is counted up (`touch`).
        """
        with self.database.session(self.workspace) as session:
            if revises:
                self.touch(session)
            else:
                session.execute(_LOCKED, {"which": self.workspace})
            yield session

    def rows(self, model: type[Row]) -> Select[Row]:
        """A SELECT of `model` inside the workspace."""
        column: Any = getattr(model, "workspace", None)
        if column is None:
            raise TypeError(f"{model.__name__} has no workspace column")
        return select(model).where(column == self.workspace)

    def touch(self, session: Session) -> None:
        """Count the workspace's revision up: caches of what may be offered are stale from now on."""
        session.execute(_TOUCHED, {"which": self.workspace})


# Made once, and nothing in the session is brought up to date: making such a statement takes longer than running it.
_ITSELF = update(WorkspaceRow).where(WorkspaceRow.id == bindparam("which")).execution_options(synchronize_session=False)
_LOCKED = _ITSELF.values(revision=WorkspaceRow.revision)
_TOUCHED = _ITSELF.values(revision=WorkspaceRow.revision + 1)


@contextmanager
def conflicts_as(message: str) -> Iterator[None]:
    """Two writers of one row: the second is told so by `Conflict`, nothing is written over."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(message) from error


def utc(moment: datetime) -> datetime:
    """UTC without a zone, as the tables keep it."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
