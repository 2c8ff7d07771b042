"""The tables of the queue: made in many steps, and whole whatever came between them."""

from __future__ import annotations

import dbos._migration
import dbos._sys_db_sqlite
import pytest

from assistant.localization.jobs.durable import DurableQueue
from assistant.workspace import Workspace


def first_steps(steps: list[str]) -> list[str]:
    """Until the table of the queues is there, as it first was."""
    made = next(number for number, step in enumerate(steps) if "queues (" in step)
    return steps[: made + 1]


def test_steps_that_a_killed_process_did_not_come_to_are_made_up_for(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = dbos._migration.get_dbos_migrations
    with monkeypatch.context() as killed:
        killed.setattr(dbos._sys_db_sqlite, "sqlite_migrations", first_steps(dbos._sys_db_sqlite.sqlite_migrations))
        killed.setattr(dbos._migration, "get_dbos_migrations", lambda *given: first_steps(every(*given)))
        half = DurableQueue(workspace.database)
        _ = half.client
        half.close()
    queue = DurableQueue(workspace.database)
    try:
        queue.open(workspace.name, "l-1", 2)
        queue.put(workspace.name, "l-1", [1, 2])
        assert not queue.idle(workspace.name, "l-1")
    finally:
        queue.close()
