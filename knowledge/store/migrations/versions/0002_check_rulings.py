"""Rulings on checks: severity or off, with a reason, kept"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_ruling",
        sa.Column("pk", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("check_id", sa.String(length=80), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("check_ruling", schema=None) as batch_op:
        batch_op.create_index("check_ruling_check", ["workspace", "check_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("check_ruling", schema=None) as batch_op:
        batch_op.drop_index("check_ruling_check")

    op.drop_table("check_ruling")
