"""Each migration, one step up and one down, with rows in every table."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from every_table import fill
from sqlalchemy import event, inspect

import knowledge.store
from knowledge.store.database import Database
from knowledge.store.snapshot import snapshot_of

VERSIONS = sorted(
    path.name.split("_", 1)[0] for path in (Path(knowledge.store.__file__).parent / "migrations/versions").glob("0*.py")
)


def counts(database: Database) -> dict[str, int]:
    with snapshot_of(database) as snapshot:
        return {table: sum(1 for _ in snapshot.rows(table)) for table in snapshot.tables}


def columns(database: Database) -> dict[str, list[str]]:
    found = inspect(database.engine)
    return {table: sorted(column["name"] for column in found.get_columns(table)) for table in found.get_table_names()}


def rows(database: Database, known: dict[str, list[str]]) -> dict[str, list[dict[str, object]]]:
    """Every row, narrowed to the columns that are known."""
    with snapshot_of(database) as snapshot:
        return {
            table: [
                {name: value for name, value in zip(snapshot.columns(table), row, strict=True) if name in known[table]}
                for row in snapshot.rows(table)
            ]
            for table in snapshot.tables
            if table in known
        }


@pytest.mark.parametrize(("before", "after"), list(pairwise(VERSIONS)))
def test_a_step_up_loses_nothing(blank: Database, before: str, after: str) -> None:
    blank.migrate(before)
    fill(blank)
    known = columns(blank)
    kept = rows(blank, known)
    blank.migrate(after)
    assert blank.version == after
    assert rows(blank, known) == kept


@pytest.mark.parametrize(("before", "after"), list(pairwise(VERSIONS)))
def test_a_step_down_keeps_what_the_older_tables_hold(blank: Database, before: str, after: str) -> None:
    blank.migrate(before)
    known = columns(blank)
    blank.migrate(after)
    fill(blank)
    kept = rows(blank, known)
    blank.migrate(before)
    assert blank.version == before
    assert columns(blank) == known
    assert rows(blank, known) == kept
    blank.migrate(after)
    assert rows(blank, known) == kept


def test_all_the_way_up_with_rows_of_the_first(blank: Database) -> None:
    blank.migrate(VERSIONS[0])
    fill(blank)
    kept = counts(blank)
    blank.migrate()
    assert counts(blank).items() >= kept.items()


@pytest.mark.parametrize("step", [0, 7, 15, 30])
def test_an_upgrade_that_is_killed_leaves_the_old_tables(blank: Database, step: int) -> None:
    """A failure before any statement stands for the kill: neither of them commits."""
    blank.migrate(VERSIONS[0])
    fill(blank)
    known, done = columns(blank), []
    kept = rows(blank, known)

    def stop(*arguments: object) -> None:
        done.append(arguments)
        if len(done) > step and str(arguments[2]).lstrip().upper().startswith(
            ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE")
        ):
            raise RuntimeError("killed")

    event.listen(blank.engine, "before_cursor_execute", stop)
    with pytest.raises(RuntimeError, match="killed"):
        blank.migrate()
    event.remove(blank.engine, "before_cursor_execute", stop)
    assert blank.version == VERSIONS[0]
    assert columns(blank) == known
    assert rows(blank, known) == kept
    blank.migrate()
    assert blank.version == VERSIONS[-1]
