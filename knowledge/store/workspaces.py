"""Workspaces: made once, and their revision counter."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from knowledge.domain.errors import InputError
from knowledge.store.database import Database
from knowledge.store.repository import utc
from knowledge.store.schema import WorkspaceRow

_NAME = re.compile(r"^[a-z0-9][a-z0-9-]{0,62}$")


def ensure_workspace(database: Database, workspace: str, now: datetime) -> bool:
    """Make `workspace` when it is not there; True when it was made. Raises `InputError` for an unusable name."""
    if not _NAME.match(workspace):
        raise InputError(f"'{workspace}' is no workspace name; use lower-case letters, digits and hyphens (at most 63)")
    try:
        with database.session() as session:
            if session.get(WorkspaceRow, workspace) is not None:
                return False
            session.add(WorkspaceRow(id=workspace, name=workspace, revision=0, created_at=utc(now)))
            return True
    except IntegrityError:
        return False  # somebody else made it at the same moment


def workspace_names(database: Database) -> list[str]:
    """Every workspace of the database, by name."""
    with database.session() as session:
        return list(session.scalars(select(WorkspaceRow.id).order_by(WorkspaceRow.id)))


_REVISION = select(WorkspaceRow.__table__.c.revision).where(WorkspaceRow.__table__.c.id == bindparam("id"))


def revision(database: Database, workspace: str) -> int | None:
    """The revision of what the workspace may offer; None when there is no such workspace.

    Asked many times for a draft, hence straight on a connection: the table of workspaces is no tenant's.
    """
    with database.connected() as connection:
        found: int | None = connection.execute(_REVISION, {"id": workspace}).scalar()
        return found
