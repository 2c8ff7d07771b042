"""The service: people, roles, usage, jobs, replays; who made and approved a draft"""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLES = ("choice", "usage", "job", "replay", "person", "member", "sign_in", "invitation")


def _added() -> dict[str, list[sa.Column[Any]]]:
    return {
        "draft": [
            sa.Column("created_by", sa.Text(), nullable=False, server_default=""),
            sa.Column("approved_version", sa.Integer(), nullable=True),
            sa.Column("approved_by", sa.Text(), nullable=True),
            sa.Column("approved_at", sa.DateTime(), nullable=True),
            sa.Column("published_at", sa.DateTime(), nullable=True),
            sa.Column("published_to", sa.Text(), nullable=False, server_default=""),
        ],
        "draft_version": [
            sa.Column("created_by", sa.Text(), nullable=False, server_default=""),
            sa.Column("act", sa.String(length=40), nullable=False, server_default="written"),
            sa.Column("counts", sa.JSON(), nullable=False, server_default="{}"),
        ],
        "api_key": [
            # Keys that were made before there were roles could do everything.
            sa.Column("role", sa.String(length=20), nullable=False, server_default="admin"),
            sa.Column("scopes", sa.JSON(), nullable=False, server_default="[]"),
            sa.Column("expires_at", sa.DateTime(), nullable=True),
            sa.Column("made_by", sa.String(length=40), nullable=False, server_default=""),
            sa.Column("daily_tokens", sa.Integer(), nullable=True),
            sa.Column("per_minute", sa.Integer(), nullable=True),
        ],
    }


def upgrade() -> None:
    for table, columns in _added().items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.add_column(column)
    op.create_index("draft_updated", "draft", ["workspace", "updated_at"])
    op.create_table(
        "choice",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "name"),
    )
    op.create_table(
        "usage",
        sa.Column("pk", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("draft_id", sa.String(length=64), nullable=True),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False),
        sa.Column("completion_tokens", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("cost", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("usage_actor", "usage", ["workspace", "actor", "day"])
    op.create_index("usage_day", "usage", ["workspace", "day"])
    op.create_table(
        "job",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("draft_id", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("ask", sa.JSON(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_table(
        "replay",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "actor", "key"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("login", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "member",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person_id"),
    )
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("into", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("into", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    _count_what_is_kept()


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_index("draft_updated", "draft")
    for table, columns in _added().items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.drop_column(column.name)


def _count_what_is_kept() -> None:
    """Claims and findings of the versions that are there already."""
    table = sa.table(
        "draft_version",
        sa.column("workspace", sa.String),
        sa.column("draft_id", sa.String),
        sa.column("version", sa.Integer),
        sa.column("document", sa.JSON),
        sa.column("counts", sa.JSON),
    )
    connection = op.get_bind()
    kept = connection.execute(sa.select(table.c.workspace, table.c.draft_id, table.c.version)).all()
    for workspace, draft_id, version in kept:
        this = sa.and_(table.c.workspace == workspace, table.c.draft_id == draft_id, table.c.version == version)
        document = connection.execute(sa.select(table.c.document).where(this)).scalar_one()
        counts = {
            "claims": Counter(claim["verdict"] for claim in document.get("claims", ())),
            "findings": Counter(finding["severity"] for finding in document.get("findings", ())),
        }
        connection.execute(sa.update(table).where(this).values(counts=counts))
