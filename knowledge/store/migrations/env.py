"""Alembic's entry: runs on the engine that `Database.migrate` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

from knowledge.store.schema import Base

engine = context.config.attributes["connection"]
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            # Two processes that start at once: one changes the tables, the other waits and finds it done.
            connection.execute(text("SELECT pg_advisory_xact_lock(6870291743)"))
        context.run_migrations()
    connection.commit()
