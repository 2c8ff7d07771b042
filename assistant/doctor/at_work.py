"""What goes on around an opened workspace: jobs that wait, who works on them, and whether the clocks agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import text

from assistant.doctor.diagnosis import Diagnosis

if TYPE_CHECKING:
    from assistant.workspace import Workspace

APART = 30.0
"""Seconds that two clocks may be apart: sign-ins, one-time links and left jobs are judged by minutes."""


def clocks(workspace: Workspace) -> Iterator[Diagnosis]:
    """Whether this machine and the database's have the same time; of clocks that agree nothing is said."""
    if workspace.settings.text("now"):
        finding = f"KOUJING_NOW is set: everything is dated {workspace.settings.text('now')}"
        yield Diagnosis("clock", True, finding, "unset KOUJING_NOW")
    if workspace.database.is_sqlite:
        return
    with workspace.database.connected() as connection:
        there: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    apart = (datetime.now(UTC) - there).total_seconds()
    if abs(apart) > APART:
        finding = f"this machine is {abs(apart):.0f} s {'ahead of' if apart > 0 else 'behind'} the database"
        yield Diagnosis("clock", False, finding, "timedatectl set-ntp true")


def jobs(workspace: Workspace) -> Iterator[Diagnosis]:
    """Localization jobs that wait although nobody works, and drafts whose process is gone."""
    from assistant.draft_jobs import workspaces_with_jobs_left
    from assistant.localization.jobs.presence import locks_of
    from assistant.localization.jobs.store import LocalizationJobs

    waiting = LocalizationJobs(workspace.database, workspace.name).at_work()
    locks = locks_of(workspace.database)
    try:
        if waiting and not locks.anybody():
            finding = f"{len(waiting)} wait and nobody works on them: {', '.join(waiting[:3])}"
            yield Diagnosis("jobs", False, finding, "koujing worker")
    finally:
        locks.close()
    if workspace.name in workspaces_with_jobs_left(workspace.database):
        yield Diagnosis(
            "drafts", False, "drafts were left by a process that is gone; a service goes on", "koujing serve"
        )
