"""The agreed line: bodies and facts of versions, withdrawn permissions, the record of acts, exports"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


_TOLD = ("locale", "audience", "market", "channel")
"""Of a draft's document, what its row tells as well."""


def _added() -> dict[str, list[sa.Column[Any]]]:
    return {
        "entry_version": [
            sa.Column("body", sa.Text(), nullable=False, server_default=""),
            sa.Column("facts", sa.String(length=64), nullable=False, server_default=""),
            sa.Column("ended_at", sa.DateTime(), nullable=True),
        ],
        "permission": [
            sa.Column("evidence", sa.Text(), nullable=False, server_default=""),
            sa.Column("withdrawn_on", sa.Date(), nullable=True),
            sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
            sa.Column("withdrawn_by", sa.Text(), nullable=False, server_default=""),
            sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        ],
        "glossary": [sa.Column("case_rule", sa.String(length=20), nullable=False, server_default="")],
        "draft": [
            sa.Column("title", sa.Text(), nullable=False, server_default=""),
            sa.Column("locale", sa.String(length=20), nullable=False, server_default=""),
            sa.Column("audience", sa.String(length=20), nullable=False, server_default="public"),
            sa.Column("market", sa.Text(), nullable=True),
            sa.Column("channel", sa.Text(), nullable=True),
        ],
    }


def upgrade() -> None:
    for table, columns in _added().items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.add_column(column)
    op.create_table(
        "event",
        sa.Column("pk", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
        sqlite_autoincrement=True,
    )
    op.create_index("event_subject", "event", ["workspace", "subject", "subject_id"])
    op.create_table(
        "customer_use",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("draft_id", sa.String(length=64), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.String(length=200), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("quoted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "draft_id", "draft_version", "customer_id"),
    )
    op.create_index("customer_use_customer", "customer_use", ["workspace", "customer_id"])
    op.create_table(
        "export",
        sa.Column("pk", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("draft_id", sa.String(length=64), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("export_draft", "export", ["workspace", "draft_id", "draft_version"])
    _end_superseded()
    _copy_titles()


def downgrade() -> None:
    for table in ("export", "customer_use", "event"):
        op.drop_table(table)
    for table, columns in _added().items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.drop_column(column.name)


def _end_superseded() -> None:
    """An approved version that a newer one replaced was left as approved; it is retired since the newer one came."""
    op.execute(
        """
        UPDATE entry_version SET state = 'retired', ended_at = (
            SELECT min(newer.approved_at) FROM entry_version AS newer
            WHERE newer.workspace = entry_version.workspace AND newer.entry_id = entry_version.entry_id
            AND newer.version > entry_version.version AND newer.approved_at IS NOT NULL
        )
        WHERE state = 'approved' AND version <> (
            SELECT approved_version FROM entry
            WHERE entry.workspace = entry_version.workspace AND entry.id = entry_version.entry_id
        )
        """
    )


def _copy_titles() -> None:
    """Drafts that are there already get title, locale and circle from their newest version's document."""
    draft = sa.table(
        "draft",
        *(sa.column(name) for name in ("workspace", "id", "version", "title", *_TOLD)),
    )
    version = sa.table(
        "draft_version",
        *(sa.column(name) for name in ("workspace", "draft_id", "version")),
        sa.column("document", sa.JSON()),
    )
    connection = op.get_bind()
    newest = sa.select(version.c.workspace, version.c.draft_id, version.c.document).join(
        draft,
        sa.and_(
            draft.c.workspace == version.c.workspace,
            draft.c.id == version.c.draft_id,
            draft.c.version == version.c.version,
        ),
    )
    for workspace, draft_id, document in connection.execute(newest).all():
        connection.execute(
            sa.update(draft)
            .where(draft.c.workspace == workspace, draft.c.id == draft_id)
            .values(title=str(document.get("title") or ""), **{name: document.get(name) for name in _TOLD})
        )
