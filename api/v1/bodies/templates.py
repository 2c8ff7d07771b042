"""Bodies of `/v1/templates`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.v1.bodies.texts import Line, LocaleTag, Name, TemplateName, Text
from knowledge.records import Audience

Files = Annotated[dict[Name, Annotated[Text, Field(max_length=300_000)]], Field(max_length=20)]
"""Texts by the name of the file."""

_YAML = "id: our_story\nversion: 1\nname:\n  zh: 我们的故事\n  en: Our story\n…"


class FilesRequest(BaseModel):
    """A template's files as texts: `template.yaml`, and prompts such as `zh.j2`. What is not given is gone."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"files": {"template.yaml": _YAML, "zh.j2": "…", "en.j2": "…"}}]},
    )

    files: Files


class NewTemplateRequest(BaseModel):
    """Begin a template of your own; with the id of a built-in one it takes that one's place."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"id": "our_story", "from": "success_story", "name_en": "Our story"}]},
    )

    id: TemplateName
    source: Name | None = Field(default=None, alias="from", description="Begin from this one; else from a skeleton.")
    name_zh: Line = ""
    name_en: Line = ""


class PreviewRequest(BaseModel):
    """A brief for which the prompts are shown. With `files`, those are tried instead of the saved ones."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"inputs": {"case": "case-elevator"}, "locale": "zh-CN", "sections": []}]},
    )

    inputs: dict[Name, Text] = Field(default_factory=dict, description="Texts by the name of the template's input.")
    locale: LocaleTag = "zh-CN"
    market: Name | None = None
    channel: Name | None = None
    audience: Audience = Audience.PUBLIC
    sections: Annotated[list[Name], Field(max_length=100)] = Field(
        default_factory=list, description="Only these; empty: all."
    )
    writing: Literal["", "compose", "rewrite"] = Field(
        default="", description="A section at once, or sentence by sentence; empty: as in the settings."
    )
    files: Files | None = None
