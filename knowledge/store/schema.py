"""The tables. The database is the truth: text, state, permission and embedding live here; every index is derived.

Every row carries its workspace; the repositories of this room take the workspace once and put it into each query.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKeyConstraint, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Columns by Python type: `str` is TEXT, dicts and lists are JSON."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[Any]: JSON, str: Text}


class WorkspaceRow(Base):
    """The wall between tenants. `revision` grows with every change of what may be offered; caches hang on it."""

    __tablename__ = "workspace"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str]
    revision: Mapped[int]
    created_at: Mapped[datetime]


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


class ChoiceRow(Base):
    """How a workspace wants to work: one chosen value by name (`four_eyes`, `daily_tokens` …)."""

    __tablename__ = "choice"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[dict[str, Any]]
    by: Mapped[str]
    at: Mapped[datetime]


class UsageRow(Base):
    """What one act of a model used. `actor` is the id of the person or key that asked, `day` the UTC day of `at`."""

    __tablename__ = "usage"
    pk: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    workspace: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    day: Mapped[date]
    actor: Mapped[str] = mapped_column(String(80))
    act: Mapped[str] = mapped_column(String(40))
    draft_id: Mapped[str | None] = mapped_column(String(64))
    template: Mapped[str] = mapped_column(String(80))
    model: Mapped[str]
    prompt_tokens: Mapped[int]
    completion_tokens: Mapped[int]
    calls: Mapped[int]
    seconds: Mapped[float]
    cost: Mapped[float | None]
    __table_args__ = (Index("usage_day", "workspace", "day"), Index("usage_actor", "workspace", "actor", "day"))


class JobRow(Base):
    """A draft being written behind a request. `state` is queued, writing, done, failed, stopped or interrupted; `ask`
    is what was asked, so that it can be taken up again; `problem` the RFC 9457 document of a failed one."""

    __tablename__ = "job"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    draft_id: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))
    ask: Mapped[dict[str, Any]]
    problem: Mapped[dict[str, Any] | None]
    by: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ReplayRow(Base):
    """The first answer to a request with an Idempotency-Key; `status` is 0 while it is being made."""

    __tablename__ = "replay"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    actor: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    headers: Mapped[dict[str, Any]]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class KeyRow(Base):
    """An API key; only its SHA-256 is kept. `scopes` narrow its role (empty: all of the role); `made_by` is the id of
    the person who made it, empty for the command line; `daily_tokens` and `per_minute` limit it (None: as the workspace
    says)."""

    __tablename__ = "api_key"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    workspace: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    role: Mapped[str] = mapped_column(String(20))
    scopes: Mapped[list[Any]]
    expires_at: Mapped[datetime | None]
    made_by: Mapped[str] = mapped_column(String(40))
    daily_tokens: Mapped[int | None]
    per_minute: Mapped[int | None]


class PersonRow(Base):
    """A person who signs in; one for all workspaces of the database. `login` is kept in lower case."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    login: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    language: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class MemberRow(Base):
    """What a person may do in a workspace."""

    __tablename__ = "member"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    added_at: Mapped[datetime]
    added_by: Mapped[str]


class SignInRow(Base):
    """A browser that is signed in; only the SHA-256 of its cookie is kept."""

    __tablename__ = "sign_in"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(40))
    into: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class InvitationRow(Base):
    """A one-time link: the first administrator of a database, or a new member who sets a password. `into` is the
    workspace."""

    __tablename__ = "invitation"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    into: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
