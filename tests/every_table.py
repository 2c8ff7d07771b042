"""Rows in every table of a database, of whatever migration it is: odd texts, empty and missing values, bytes."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Float, Integer, LargeBinary, Table, insert, text

from knowledge.store.database import Database
from knowledge.store.schema import Base
from knowledge.store.snapshot import snapshot_of, tables_of

ODD = "口径 “quoted” 'it''s' \\ {\"a\": 1}\n第二行\t🚀"

KNOWN = {
    "state": "draft", "kind": "case", "locale": "en", "audience": "internal", "use": "name", "level": "public",
    "role": "viewer", "source_locale": "en", "target_locale": "de",
}  # fmt: skip
"""Words that the code reads as one of a few."""


def fill(database: Database, count: int = 3) -> None:
    """`count` rows in each table, each with what it refers to."""
    with database.engine.begin() as connection:
        tables = tables_of(connection)
        for table in tables:
            _fill(connection, table, count)


def told(database: Database, *, counters: bool = True) -> dict[str, Any]:
    """Everything in a database, comparable across engines. Its connections are closed afterwards."""
    with snapshot_of(database) as snapshot:
        found: dict[str, Any] = {}
        for table in snapshot.tables:
            rows = [dict(zip(snapshot.columns(table), row, strict=True)) for row in snapshot.rows(table)]
            found[table] = sorted(json.dumps(row, sort_keys=True) for row in rows)
        if counters:
            found["counters"] = snapshot.counters()
    database.close()
    return found


def remove_newest_event(database: Database) -> None:
    """Take the last row of a numbered table away: its number must not be given again."""
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM event WHERE pk = (SELECT max(pk) FROM event)"))


def _fill(connection: Connection, table: Table, count: int) -> None:
    rows = [
        {column.name: _value(table, column, number) for column in table.columns if column.name != "pk"}
        for number in range(1, count + 1)
    ]
    connection.execute(insert(table), rows)


def _value(table: Table, column: Column[Any], number: int) -> Any:
    name, kind = column.name, column.type
    if name == "workspace" or (table.name, name) == ("workspace", "id"):
        # Only the first is a workspace that is used; the tables of it take all rows.
        return "default" if table.name != "workspace" or number == 1 else f"other-{number}"
    if name == "id" or name.endswith("_id"):
        return f"x{number}"
    if name in KNOWN:
        return KNOWN[name]
    if column.nullable and number % 2 == 0:
        return None
    if isinstance(kind, Boolean):
        return number % 2 == 1
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, Float):
        return number / 3
    if isinstance(kind, DateTime):
        return datetime(2026, 1, 15, 9, 30, 0, 123456 * (number % 2)) + timedelta(days=number)
    if isinstance(kind, Date):
        return date(2026, 2, 28) + timedelta(days=number)
    if isinstance(kind, LargeBinary):
        return bytes(range(256)) * number
    kept = _kept_as(table.name, name)
    if "list" in kept or "dict" in kept:
        whole = _json(name, number) if "dict" in kept else [ODD, f"{number}"]
        return "null" if number == 3 and "None" in kept else json.dumps(whole, ensure_ascii=number == 1)
    length = getattr(kind, "length", None) or 500
    return f"{number}-{name}-{ODD}"[:length]


def _json(name: str, number: int) -> dict[str, Any]:
    found = {"z": [number, None, 1.50, ODD], "a": {}}
    if name == "document":
        found |= {"title": ODD, "locale": "en", "audience": "public", "claims": [], "findings": []}
    return found


def _kept_as(table: str, column: str) -> str:
    """The type of a column as the mapped class says it."""
    model = next(mapper.class_ for mapper in Base.registry.mappers if str(mapper.local_table) == table)
    return str(model.__annotations__.get(column, ""))
