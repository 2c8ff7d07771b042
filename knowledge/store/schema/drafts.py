"""The tables of drafts: versions, what they use, exports, rulings on checks, judgements."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.schema.base import Base


class DraftRow(Base):
    """A draft's newest version and state. `approved_version` is the one that may leave, None when there is none;
    `published_to` says where it stands (an address, an account)."""

    __tablename__ = "draft"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    template: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    brief: Mapped[dict[str, Any]]
    title: Mapped[str]
    locale: Mapped[str] = mapped_column(String(20))
    audience: Mapped[str] = mapped_column(String(20))
    market: Mapped[str | None]
    channel: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    created_by: Mapped[str]
    approved_version: Mapped[int | None]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    published_to: Mapped[str]
    __table_args__ = (Index("draft_updated", "workspace", "updated_at"),)


class DraftVersionRow(Base):
    """One version of a draft, whole: `document` is the contract's JSON. `created_by` is who made this version, `act`
    what was done (`written`, `answered`, `edited` …); `counts` its claims by verdict and findings by severity."""

    __tablename__ = "draft_version"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[dict[str, Any]]
    calls: Mapped[list[Any]]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    act: Mapped[str] = mapped_column(String(40))
    counts: Mapped[dict[str, Any]]
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "draft_id"], ["draft.workspace", "draft.id"], ondelete="CASCADE"),
    )


class UseRow(Base):
    """Which entry version a draft version was drawn from: the ground of recall."""

    __tablename__ = "use"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_version: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    entry_version: Mapped[int] = mapped_column(primary_key=True)
    __table_args__ = (Index("use_entry", "workspace", "entry_id", "entry_version"),)


class CustomerUseRow(Base):
    """Which customers a draft version speaks of; `named` when their name stands in its text, `quoted` when their words
    do."""

    __tablename__ = "customer_use"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_version: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    named: Mapped[bool]
    quoted: Mapped[bool]
    __table_args__ = (Index("customer_use_customer", "workspace", "customer_id"),)


class ExportRow(Base):
    """A draft version that left as a file: recall must be able to say where it went."""

    __tablename__ = "export"
    pk: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace: Mapped[str] = mapped_column(String(64))
    draft_id: Mapped[str] = mapped_column(String(64))
    draft_version: Mapped[int]
    format: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("export_draft", "workspace", "draft_id", "draft_version"),)


class CheckRulingRow(Base):
    """What the workspace decided about a check: `choice` is a severity, `off` or `default`. Rows are only added; of
    those on one check the newest holds."""

    __tablename__ = "check_ruling"
    pk: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace: Mapped[str] = mapped_column(String(64))
    check_id: Mapped[str] = mapped_column(String(80))
    choice: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (
        Index("check_ruling_check", "workspace", "check_id"),
        # The newest is told by its number: a number is never given again.
        {"sqlite_autoincrement": True},
    )


class JudgementRow(Base):
    """What a model said of a statement against its evidence; `key` is the SHA-256 of all that the answer hangs on."""

    __tablename__ = "judgement"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    model: Mapped[str]
    verdict: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
