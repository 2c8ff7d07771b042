"""Alembic's entry: runs on the engine that `Database.migrate` hands over. All steps happen, or none."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from knowledge.store.schema import Base


def _begin_on_sqlite(connection: Connection) -> None:
    """Steps killed halfway leave nothing, a second process waits; and a table that is made anew, as SQLite does to drop
    a column, does not take along the rows that refer to it."""
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


engine = context.config.attributes["connection"]
with engine.connect() as connection:
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        _begin_on_sqlite(connection)
    try:
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True, transactional_ddl=True
        )
        with context.begin_transaction():
            if not on_sqlite:
                # Two processes that start at once: one changes the tables, the other waits and finds it done.
                connection.execute(text("SELECT pg_advisory_xact_lock(6870291743)"))
            context.run_migrations()
        connection.commit()
    finally:
        connection.rollback()
        if on_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
