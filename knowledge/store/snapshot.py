"""Every table of a database at one moment, row by row, as text that any of our databases can take in again."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    cast,
    event,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DatabaseError

from knowledge.domain.errors import InputError, SetupError
from knowledge.store.database import Database
from knowledge.store.schema import Base

LEFT_OUT: Mapping[str, str] = {
    "sign_in": "browsers that are signed in",
    "invitation": "one-time links",
    "replay": "answers kept for a repeated request",
}
"""Tables that a copy goes without: what is in them ends by itself within days, and must not come back to life."""

Value = str | int | float | bool | None

_ROWS = 500


class Snapshot:
    """The tables as they stood when it began, whatever is written meanwhile. Made by `snapshot_of`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.schema: str = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        self._tables = {table.name: table for table in tables_of(connection)}

    @property
    def tables(self) -> list[str]:
        """Their names; one that refers to another comes after it."""
        return [name for name in self._tables if name not in LEFT_OUT]

    def columns(self, table: str) -> list[str]:
        """The names of a table's columns, in the order of `rows`."""
        return [column.name for column in self._tables[table].columns]

    def rows(self, table: str) -> Iterator[list[Value]]:
        """Every row, by its key: days and moments as ISO has them, bytes as base64, JSON as the text that is kept."""
        found = self._tables[table]
        statement = select(found).order_by(*found.primary_key.columns).execution_options(yield_per=_ROWS)
        for row in self._connection.execute(statement):
            yield [_told(value) for value in row]

    def counters(self) -> dict[str, int]:
        """The last number that a table has given to a row, by table: none of them is ever given again."""
        if self._connection.dialect.name == "sqlite":
            found = self._connection.execute(text("SELECT name, seq FROM sqlite_sequence")).all()
            return {name: seq for name, seq in found if name in self._tables}
        counters = {}
        for table in self._numbered():
            sequence = serial_of(self._connection, table)
            if sequence:
                last, called = self._connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()
                counters[table.name] = int(last) if called else 0
        return counters

    def differences(self, other: Snapshot) -> list[str]:
        """The tables in which the two have other rows; both of them are of the same kind of database."""
        return [
            table
            for table in sorted({*self.tables, *other.tables})
            if table not in self.tables
            or table not in other.tables
            or self.columns(table) != other.columns(table)
            or any(one != two for one, two in zip_longest(self.rows(table), other.rows(table)))
        ]

    def workspaces(self) -> list[str]:
        """The names of the workspaces."""
        return [str(row[0]) for row in self.rows("workspace")]

    def _numbered(self) -> Iterator[Table]:
        return (table for table in self._tables.values() if "pk" in table.columns)


@contextmanager
def snapshot_of(database: Database) -> Iterator[Snapshot]:
    """One moment of a database. Nobody is kept from writing meanwhile. Raises `SetupError`."""
    try:
        with database.engine.connect() as connection:
            if database.is_sqlite:
                # The driver itself begins only before it writes; a transaction that reads sees one moment of the WAL.
                connection.exec_driver_sql("BEGIN")
            else:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
                connection.execute(text("SET TRANSACTION READ ONLY"))
            try:
                if not inspect(connection).has_table("alembic_version"):
                    raise SetupError(f"no workspace in the database {database.shown}; make one with `koujing init`")
                yield Snapshot(connection)
            finally:
                connection.rollback()
    except DatabaseError as error:
        raise database.failed(error) from error


def tables_of(connection: Connection) -> list[Table]:
    """The tables as they are in this database, which may be of an older schema; those referred to come first."""
    metadata = MetaData()
    event.listen(metadata, "column_reflect", _as_text)
    there = set(inspect(connection).get_table_names())
    metadata.reflect(connection, only=sorted(there & set(Base.metadata.tables)))
    return list(metadata.sorted_tables)


def put_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Iterator[Sequence[Value]]) -> int:
    """Put rows as `Snapshot.rows` tells them into a table; how many. Raises `InputError` for what does not fit it."""
    known = {column.name: column for column in table.columns}
    if set(columns) != set(known) or len(columns) != len(known):
        raise InputError(f"table {table.name}: its columns are {', '.join(known)}, not {', '.join(columns)}")
    wanted, insert, count = [known[name] for name in columns], table.insert(), 0
    part: list[dict[str, Any]] = []
    for row in rows:
        count += 1
        if len(row) != len(wanted):
            raise InputError(f"table {table.name}, row {count}: {len(row)} values for {len(wanted)} columns")
        part.append({column.name: _meant(column, row[at], count) for at, column in enumerate(wanted)})
        if len(part) == _ROWS:
            connection.execute(insert, part)
            part = []
    if part:
        connection.execute(insert, part)
    return count


def set_counters(connection: Connection, tables: Sequence[Table], counters: Mapping[str, int]) -> None:
    """Go on numbering rows where the other database stood; a table without a row counts on from its newest one."""
    for table in tables:
        if "pk" not in table.columns:
            continue
        newest = connection.execute(text(f'SELECT coalesce(max(pk), 0) FROM "{table.name}"')).scalar_one()
        last = max(int(newest), counters.get(table.name, 0))
        if connection.dialect.name == "sqlite":
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
            if last and table.name in counters:
                connection.execute(
                    text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
                    {"name": table.name, "last": last},
                )
        elif last and (sequence := serial_of(connection, table)):
            connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def serial_of(connection: Connection, table: Table) -> str | None:
    """What numbers the rows of a table on PostgreSQL."""
    found: str | None = connection.execute(
        text("SELECT pg_get_serial_sequence(:name, 'pk')"), {"name": f'"{table.name}"'}
    ).scalar()
    return found


class _JsonText(TypeDecorator[str]):
    """A JSON column of PostgreSQL as the text in it: nothing is lost, not even the order of keys."""

    impl = Text
    cache_ok = True

    def column_expression(self, column: Any) -> Any:
        return cast(column, Text)

    def bind_expression(self, bindparam: Any) -> Any:
        return cast(bindparam, _Json)


class _Json(TypeDecorator[str]):
    """JSON in the database, text here."""

    impl = JSON
    cache_ok = True

    def bind_processor(self, dialect: Any) -> None:
        return None


def _as_text(inspector: Any, _table: Any, column: dict[str, Any]) -> None:
    if isinstance(column["type"], JSON):
        # SQLite keeps JSON as text anyway, and takes a cast to JSON for one to a number.
        column["type"] = Text() if inspector.dialect.name == "sqlite" else _JsonText()


def _told(value: Any) -> Value:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, date):
        return value.isoformat()
    told: Value = value
    return told


def _meant(column: Column[Any], value: Value, number: int) -> Any:
    if value is None:
        return None
    kind = column.type
    try:
        if isinstance(kind, LargeBinary):
            return base64.b64decode(str(value), validate=True)
        if isinstance(kind, DateTime):
            return datetime.fromisoformat(str(value))
        if isinstance(kind, Date):
            return date.fromisoformat(str(value))
    except (ValueError, binascii.Error):
        raise InputError(f"table {column.table.name}, row {number}: {column.name} cannot be read") from None
    return value
