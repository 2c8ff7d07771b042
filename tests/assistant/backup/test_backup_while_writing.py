"""A backup is one moment: of transactions that go on meanwhile it has all rows or none."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

from backup_places import Place

from assistant.backup.restoring import restore
from assistant.backup.taking import take
from assistant.workspace import Workspace
from knowledge.store.database import Database
from knowledge.store.record import Record
from knowledge.store.schema import ChoiceRow, CustomerRow, EventRow

NOW = datetime(2026, 1, 15, tzinfo=UTC)
WRITERS = 3


class Counter(Record):
    """Writes a customer, a line in the record and a count of both in one transaction: three tables that must agree."""

    def count(self, by: str, number: int) -> None:
        with self.writing() as session:
            session.add(
                CustomerRow(
                    workspace=self.workspace, id=f"{by}-{number}", names={}, other_names=[], aliases={}, segment=""
                )
            )
            session.flush()
            self.note(session, "customer", f"{by}-{number}", "counted", by, NOW)
            session.flush()
            row = session.get(ChoiceRow, (self.workspace, by))
            if row is None:
                session.add(ChoiceRow(workspace=self.workspace, name=by, value={"count": number}, by=by, at=NOW))
            else:
                row.value = {"count": number}

    def found(self) -> dict[str, tuple[int, int, int]]:
        """By writer: its customers, its lines, its count."""
        with self.reading() as session:
            customers = [row.id.partition("-")[0] for row in session.scalars(self.rows(CustomerRow))]
            lines = [row.by for row in session.scalars(self.rows(EventRow))]
            counts = {row.name: row.value["count"] for row in session.scalars(self.rows(ChoiceRow))}
        return {by: (customers.count(by), lines.count(by), count) for by, count in counts.items()}


def test_a_backup_under_writers_is_one_moment(place: Place, tmp_path: Path) -> None:
    settings = place("busy")
    Workspace.create(settings)[0].close()
    stop, begun, failed = threading.Event(), threading.Barrier(WRITERS + 1), []

    def write(by: str) -> None:
        database, number = Database(settings.database_url), 0
        try:
            while not stop.is_set():
                number += 1
                Counter(database, "default").count(by, number)
                if number == 1:
                    begun.wait(60)
        except Exception as error:
            failed.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=write, args=(f"w{number}",)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        begun.wait(60)
        for number in range(4):
            take(settings, tmp_path / f"{number}.zip")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failed == []
    seen = []
    for number in range(4):
        there = place(f"there-{number}")
        restore(there, tmp_path / f"{number}.zip")
        found = Counter(Database(there.database_url), "default").found()
        assert len(found) == WRITERS
        assert all(len(set(three)) == 1 for three in found.values()), found
        seen.append(sum(three[0] for three in found.values()))
    assert seen == sorted(seen)
    assert seen[0] < seen[-1], "nobody wrote while the backups were taken"
