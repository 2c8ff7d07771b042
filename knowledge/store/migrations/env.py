"""Alembic's entry: runs on the engine that `Database.migrate` hands over."""

from __future__ import annotations

from alembic import context

from knowledge.store.schema import Base

engine = context.config.attributes["connection"]
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
