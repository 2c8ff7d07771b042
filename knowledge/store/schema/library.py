"""The tables of the library: entries, passages, customers, permissions, terms, the record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.schema.base import Base


class EntryRow(Base):
    """The identity of an entry. `approved_version` is the one offered to drafting, None when there is none."""

    __tablename__ = "entry"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    latest_version: Mapped[int]
    approved_version: Mapped[int | None]


class EntryVersionRow(Base):
    """One version of an entry; its text never changes once written.

    `source` is the file as people see it, `origin` where the importer read it (for the next incremental import).
    """

    __tablename__ = "entry_version"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    locale: Mapped[str] = mapped_column(String(20))
    title: Mapped[str]
    text: Mapped[str]
    fields: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(20))
    audience: Mapped[str] = mapped_column(String(20))
    markets: Mapped[list[Any]]
    customer: Mapped[str | None] = mapped_column(String(200))
    owner: Mapped[str]
    translates: Mapped[str | None] = mapped_column(String(200))
    source: Mapped[str]
    origin: Mapped[str]
    content_hash: Mapped[str] = mapped_column(String(64))
    review_due: Mapped[date | None]
    valid_until: Mapped[date | None]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    body: Mapped[str]
    facts: Mapped[str] = mapped_column(String(64))
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "entry_id"], ["entry.workspace", "entry.id"], ondelete="CASCADE"),
        Index("entry_version_origin", "workspace", "origin"),
    )


class PassageRow(Base):
    """A piece of an entry version with its embedding (little-endian float32)."""

    __tablename__ = "passage"
    pk: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace: Mapped[str] = mapped_column(String(64))
    id: Mapped[str] = mapped_column(String(260))
    entry_id: Mapped[str] = mapped_column(String(200))
    version: Mapped[int]
    ordinal: Mapped[int]
    text: Mapped[str]
    headings: Mapped[list[Any]]
    locator: Mapped[str]
    locale: Mapped[str] = mapped_column(String(20))
    embedding: Mapped[bytes] = mapped_column(LargeBinary)
    embedding_model: Mapped[str] = mapped_column(String(120))
    __table_args__ = (
        UniqueConstraint("workspace", "id"),
        ForeignKeyConstraint(
            ["workspace", "entry_id", "version"],
            ["entry_version.workspace", "entry_version.entry_id", "entry_version.version"],
            ondelete="CASCADE",
        ),
        Index("passage_entry", "workspace", "entry_id", "version"),
        # A row number is never given again: the indexes know a passage by it.
        {"sqlite_autoincrement": True},
    )


class CustomerRow(Base):
    """A customer with all spellings of its name and its aliases per locale."""

    __tablename__ = "customer"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    names: Mapped[dict[str, Any]]
    other_names: Mapped[list[Any]]
    aliases: Mapped[dict[str, Any]]
    segment: Mapped[str]


class PermissionRow(Base):
    """One consent of one customer; a withdrawn one stays on record."""

    __tablename__ = "permission"
    pk: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace: Mapped[str] = mapped_column(String(64))
    customer_id: Mapped[str] = mapped_column(String(200))
    use: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    markets: Mapped[list[Any]]
    channels: Mapped[list[Any]]
    until: Mapped[date | None]
    consented_by: Mapped[str]
    consented_on: Mapped[date | None]
    evidence: Mapped[str]
    withdrawn_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str]
    reason: Mapped[str]
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "customer_id"], ["customer.workspace", "customer.id"], ondelete="CASCADE"),
    )


class TermRow(Base):
    """A glossary term."""

    __tablename__ = "glossary"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    term: Mapped[str] = mapped_column(String(200), primary_key=True)
    locale: Mapped[str] = mapped_column(String(20), primary_key=True)
    translations: Mapped[dict[str, Any]]
    part_of_speech: Mapped[str]
    do_not_translate: Mapped[bool]
    forbidden: Mapped[list[Any]]
    note: Mapped[str]
    case_rule: Mapped[str] = mapped_column(String(20))


class EventRow(Base):
    """One line of the record of ids and acts. Rows are only added."""

    __tablename__ = "event"
    pk: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(200))
    version: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(40))
    by: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[str]
    __table_args__ = (
        Index("event_subject", "workspace", "subject", "subject_id"),
        {"sqlite_autoincrement": True},
    )
