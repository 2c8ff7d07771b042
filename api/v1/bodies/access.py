"""Bodies of `/v1/keys`, `/v1/people`, `/v1/workspaces` and `/v1/me`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from api.access.roles import Right, Role
from api.v1.bodies.texts import Flag, Name, Number, Reason, Text, WorkspaceName, moment

_Limit = Number
_Moment = Annotated[AwareDatetime, BeforeValidator(moment)]
_Password = Annotated[Text, Field(max_length=1000)]


def _example(**members: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [members]})


class KeyRequest(BaseModel):
    """A new key."""

    model_config = _example(name="website", role="author", expires_at="2027-02-01T00:00:00Z", per_minute=120)

    name: Annotated[Text, Field(min_length=1, max_length=80)] = Field(description="Whose key it is, for the list.")
    role: Role = Field(default=Role.VIEWER, description="What it may do.")
    scopes: list[Right] = Field(default_factory=list, description="Only these rights of the role; none given: all.")
    expires_at: _Moment | None = Field(default=None, description="From when on it is of no use.")
    daily_tokens: _Limit | None = Field(default=None, description="Tokens of a model in a day; else the workspace's.")
    per_minute: _Limit | None = Field(default=None, description="Requests in a minute; else the workspace's.")


class InvitationRequest(BaseModel):
    """A one-time link for a new member."""

    model_config = _example(role="editor", name="Anna")

    role: Role = Field(description="What they may do here.")
    name: Annotated[Text, Field(max_length=80)] = Field(default="", description="Who it is meant for.")


class RoleRequest(BaseModel):
    """Another role of a member."""

    model_config = _example(role="approver")

    role: Role


class WorkspaceRequest(BaseModel):
    """A new workspace."""

    model_config = _example(name="emea")

    name: WorkspaceName = Field(description="Lower-case letters, digits and hyphens; it never changes.")


class ChoicesRequest(BaseModel):
    """How the workspace wants to work. What is left out stays; `null` takes a limit back."""

    model_config = _example(four_eyes=True, per_minute=300, reason="Legal asks for it from March on")

    four_eyes: Flag = Field(default=False, description="A draft is approved by another person than its authors.")
    daily_tokens: _Limit | None = Field(default=None, description="Tokens of a model for each person or key in a day.")
    per_minute: _Limit | None = Field(default=None, description="Requests of each person or key in a minute.")
    reason: Reason = ""

    def chosen(self) -> dict[str, bool | int | None]:
        """The choices that were given."""
        return self.model_dump(exclude={"reason"}, exclude_unset=True)


class GoIntoRequest(BaseModel):
    """The workspace to act in from now on."""

    model_config = _example(workspace="emea")

    workspace: Name


class AboutMeRequest(BaseModel):
    """What a person says of themself."""

    model_config = _example(language="zh")

    language: Literal["zh", "en"] = Field(description="The language of the pages.")


class PasswordRequest(BaseModel):
    """A new password; all other browsers are signed out."""

    model_config = _example(old="the one of before", new="correct horse battery staple")

    old: _Password
    new: _Password = Field(description="12 characters or more.")
