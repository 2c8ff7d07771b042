"""Keys, people, workspaces and who is asking, as they are answered."""

from __future__ import annotations

from typing import Literal

from api.access.roles import Right, Role
from api.v1.shapes.parts import Answer, Moment, Shape


class KeyState(Shape):
    """A key without the key itself."""

    id: str
    name: str
    prefix: str
    role: Role
    scopes: list[str]
    created_at: Moment
    made_by: str | None
    expires_at: Moment | None
    last_used_at: Moment | None
    revoked_at: Moment | None
    daily_tokens: int | None
    per_minute: int | None


class Key(Answer, KeyState):
    """One key."""


class NewKey(Key):
    """A key, shown this once."""

    key: str


class KeyList(Answer):
    """Every key."""

    keys: list[KeyState]


class MemberState(Shape):
    """A person in this workspace."""

    id: str
    login: str
    name: str
    role: Role
    added_at: Moment
    added_by: str
    disabled_at: Moment | None


class Member(Answer, MemberState):
    """One member."""


class Members(Answer):
    """Every member."""

    people: list[MemberState]


class OneTimeLink(Answer):
    """A link that is shown this once."""

    url: str
    purpose: str
    workspace: str
    role: Role
    name: str
    login: str
    created_by: str
    expires_at: Moment


class Membership(Shape):
    """A workspace that one is a member of."""

    name: str
    role: Role
    current: bool


class Workspaces(Answer):
    """Yours."""

    workspaces: list[Membership]


class Choices(Shape):
    """How a workspace wants to work; null: no limit of its own."""

    four_eyes: bool
    daily_tokens: int | None
    per_minute: int | None


class Choice(Shape):
    """Who chose what."""

    act: str
    by: str
    at: Moment
    reason: str


class WorkspaceState(Answer):
    """How a workspace works."""

    name: str
    choices: Choices
    history: list[Choice]


class NewWorkspace(WorkspaceState):
    """A new workspace. `link` invites its first administrator where no person made it."""

    link: str | None


class Me(Answer):
    """Who is asking."""

    kind: Literal["person", "key", "machine"]
    id: str
    name: str
    language: str
    workspace: str
    role: Role
    rights: list[Right]
    per_minute: int | None
    daily_tokens: int | None
    workspaces: list[Membership]
    csrf: str
