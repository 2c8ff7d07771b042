"""The tables of the service: choices, usage, jobs, keys, people and their sign-ins."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.schema.base import Base


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
