"""How fast recall answers: an entry that ten thousand drafts used."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import insert

from assistant.brief import Brief
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scratch import sample_workspace
from evals.bench.table import Row
from knowledge.store.schema import CustomerUseRow, DraftRow, DraftVersionRow, UseRow

DRAFTS = 10_000
CASE = "case-compressor"
CUSTOMER = "panlan"
ROUNDS = 5


def impact(bench: Bench) -> Iterator[Row]:
    """The impact of one entry and of its customer; then, once it is retired, that every draft is stale."""
    with sample_workspace("extractive") as workspace:
        _multiply(workspace)
        found, seconds = _timed(lambda: workspace.recall.of_entry(CASE))
        yield Row("impact of an entry", round(1000 * seconds, 1), "ms", goal="≤ 200", n=len(found))
        found, seconds = _timed(lambda: workspace.recall.of_customer(CUSTOMER))
        yield Row("impact of a customer", round(1000 * seconds, 1), "ms", goal="≤ 200", n=len(found))
        workspace.library.entries.retire(CASE, "bench", workspace.settings.now())
        stale = sum(bool(draft.stale) for draft in workspace.recall.of_entry(CASE))
        yield Row("drafts stale once the entry is retired", stale / DRAFTS, "share", goal="≥ 1", n=DRAFTS)


def _multiply(workspace: Workspace) -> None:
    """One real draft, and as many copies of its rows as are wanted."""
    draft = workspace.draft(Brief("success_story", {"case": CASE}))
    drafts = workspace.drafts
    with drafts.writing(revises=False) as session:
        for table in (DraftRow, DraftVersionRow, UseRow, CustomerUseRow):
            key = "id" if table is DraftRow else "draft_id"
            rows = [
                {column.key: getattr(row, column.key) for column in table.__table__.columns}
                for row in session.scalars(drafts.rows(table).where(getattr(table, key) == draft.id))
            ]
            copies: list[dict[str, Any]] = [
                {**row, key: f"{draft.id}-{number}"} for number in range(1, DRAFTS) for row in rows
            ]
            session.execute(insert(table), copies)


def _timed(ask: Callable[[], Any]) -> tuple[Any, float]:
    """The answer, and the median time of some rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        answer = ask()
        times.append(time.perf_counter() - begun)
    return answer, statistics.median(times)
