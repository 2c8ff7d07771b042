"""`koujing bench backup`: ten thousand entries into one file and back, compared row by row."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from assistant.backup.restoring import check, restore
from assistant.backup.taking import take
from assistant.brief import Brief
from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scratch import environment, sample_workspace
from evals.bench.table import Row
from knowledge.records import Audience, Scope, State
from knowledge.store.schema import (
    DraftRow,
    DraftVersionRow,
    EntryRow,
    EntryVersionRow,
    EventRow,
    PassageRow,
    UseRow,
)
from knowledge.store.snapshot import snapshot_of

ENTRIES = 10_000
DRAFTS = 1_000
QUERIES = ("停机 次数", "compressor downtime", "交付周期", "water utility leak", "能耗 下降")


def backup(bench: Bench) -> Iterator[Row]:
    """How long a backup, its verification and its restore take, and in how many tables anything differs afterwards."""
    with sample_workspace("extractive") as workspace, tempfile.TemporaryDirectory(prefix="koujing-bench-") as folder:
        bench.say("    ten thousand entries …")
        _multiply(workspace)
        archive, there = Path(folder) / "backup.zip", load_settings(environment(Path(folder) / "there", "extractive"))
        entries = len(workspace.library.entries.latest())
        wanted = _answers(workspace)
        passages = len(workspace.library.entries.embedding_models())

        begun = time.perf_counter()
        manifest = take(workspace.settings, archive)
        taken = time.perf_counter()
        check(archive)
        verified = time.perf_counter()
        restored = restore(there, archive)
        ended = time.perf_counter()

        size = archive.stat().st_size / 2**20
        about = f"{passages} passages, {sum(manifest.rows.values())} rows, {size:.0f} MB"
        yield Row(f"backup of {entries} entries", round(taken - begun, 1), "s", n=entries, note=about)
        yield Row("verifying it", round(verified - taken, 1), "s", n=len(manifest.parts))
        yield Row(
            f"restore of {entries} entries, verified and indexed",
            round(ended - verified, 1),
            "s",
            goal="≤ 60",
            n=entries,
        )
        with Workspace.open(there) as back:
            with snapshot_of(workspace.database) as one, snapshot_of(back.database) as two:
                tables, other = len(one.tables), one.differences(two)
            yield Row("restore: tables with any other row", len(other), goal="≤ 0", n=tables, note=", ".join(other))
            same = sum(one == two for one, two in zip(_answers(back), wanted, strict=True))
            yield Row("restore: searches with the same answers", same / len(wanted), "share", goal="≥ 1", n=len(wanted))
            yield Row("restore: passages not indexed", passages - restored.passages, goal="≤ 0", n=passages)
        shutil.rmtree(there.home, ignore_errors=True)


def _answers(workspace: Workspace) -> list[list[str]]:
    scope = Scope(audience=Audience.INTERNAL, states=tuple(State))
    return [[hit.passage.id for hit in workspace.library.search(query, scope, k=5)] for query in QUERIES]


def _multiply(workspace: Workspace) -> None:
    """Copies of the sample's entries with their versions, passages and record; a real draft and copies of its rows."""
    workspace.draft(Brief("success_story", {"case": "case-compressor"}))
    entries = workspace.library.entries
    originals = sorted(entry.entry_id for entry in entries.latest())
    with entries.writing() as session:
        rows: dict[Any, list[dict[str, Any]]] = {
            model: [
                {c.key: getattr(row, c.key) for c in model.__table__.columns if c.key != "pk"}
                for row in session.scalars(entries.rows(model))
            ]
            for model in (EntryRow, EntryVersionRow, PassageRow, EventRow, DraftRow, DraftVersionRow, UseRow)
        }
        for number in range(1, ENTRIES // len(originals)):
            end = f"-{number}"
            session.execute(insert(EntryRow), [{**row, "id": f"{row['id']}{end}"} for row in rows[EntryRow]])
            for model in (EntryVersionRow, PassageRow):
                session.execute(insert(model), [_copied(row, "entry_id", end) for row in rows[model]])
            session.execute(insert(EventRow), [_copied(row, "subject_id", end) for row in rows[EventRow]])
        for number in range(1, DRAFTS):
            end = f"-{number}"
            session.execute(insert(DraftRow), [{**row, "id": f"{row['id']}{end}"} for row in rows[DraftRow]])
            for of_draft in (DraftVersionRow, UseRow):
                session.execute(insert(of_draft), [_copied(row, "draft_id", end) for row in rows[of_draft]])
    workspace.library.indexes.follow(None)


def _copied(row: dict[str, Any], key: str, end: str) -> dict[str, Any]:
    """A row of a copy; a passage has an id of its own, too."""
    copied = {**row, key: f"{row[key]}{end}"}
    return {**copied, "id": f"{row['id']}{end}"} if "embedding" in row else copied
