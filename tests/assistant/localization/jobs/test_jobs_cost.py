"""What a batch costs: the same in a large job as in a small one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from job_fakes import FakeOpening, Submit
from sqlalchemy import event, text

from assistant.localization.jobs.planning import Planner
from assistant.localization.jobs.results import Results, held_back
from assistant.workspace import Workspace

STEPS = 50
"""The database's own steps between two counts."""


@pytest.mark.sqlite_only
@pytest.mark.parametrize("part", ["work", "record"])
def test_a_batch_costs_no_more_in_a_large_job(workspace: Workspace, submit: Submit, part: str) -> None:
    results = Results(workspace.database, workspace.name)
    planner = Planner(workspace.database, workspace.name, format_of=FakeOpening().format_of)
    spent = []
    for count in (200, 2_000):
        job = submit({"a.lines": "\n".join(f"Sentence {number} of {count}." for number in range(count))})
        planner.plan(job.id)
        batch = results.pending_batches(job.id)[-2]
        found = results.work(job.id, batch)
        assert found is not None
        parts: dict[str, Callable[[], object]] = {
            "work": lambda job=job, batch=batch: results.work(job.id, batch),
            "record": lambda job=job, batch=batch, found=found: results.record(job.id, batch, held_back(found, "no")),
        }
        spent.append(_counted(workspace, parts[part]))
    assert spent[1] <= spent[0] + 5


@pytest.mark.postgres_only
def test_the_planner_of_the_server_knows_the_segments_when_they_are_laid(workspace: Workspace, submit: Submit) -> None:
    job = submit({"a.lines": "\n".join(f"Sentence {number}." for number in range(500))})
    Planner(workspace.database, workspace.name, format_of=FakeOpening().format_of).plan(job.id)
    with workspace.database.connected() as connection:
        query = text("SELECT reltuples FROM pg_class WHERE relname = 'localization_segment'")
        assert max(connection.execute(query).scalars()) >= 500


def _counted(workspace: Workspace, work: Callable[[], object]) -> int:
    """How often the database counted `STEPS` steps."""
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    def watch(connection: Any, *_: object) -> None:
        connection.set_progress_handler(step, STEPS)

    engine = workspace.database.engine
    event.listen(engine, "checkout", watch)
    try:
        work()
    finally:
        event.remove(engine, "checkout", watch)
    return count
