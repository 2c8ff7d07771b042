"""Bodies of `/v1/drafts`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from api.v1.bodies.texts import LocaleTag, Name, Text
from knowledge.records import Audience


class DraftRequest(BaseModel):
    """A brief. Missing inputs are asked for: the draft is then kept with state `open` and `questions`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "template": "success_story",
                    "inputs": {"case": "case-elevator", "angle": "停机时间"},
                    "locale": "zh-CN",
                    "market": "CN",
                    "audience": "public",
                }
            ]
        },
    )

    template: Name = Field(description="Id of a template; `GET /v1/templates` lists them.")
    inputs: dict[Name, Text] = Field(default_factory=dict, description="Texts by the name of the template's input.")
    locale: LocaleTag = Field(default="zh-CN", description="BCP 47 tag of the language to write in.")
    market: Name | None = Field(default=None, description="Market it is for, e.g. CN or EU.")
    channel: Name | None = Field(default=None, description="Channel it is for, e.g. website.")
    audience: Audience = Field(default=Audience.PUBLIC, description="Who may read it.")
    model: Name | None = Field(
        default=None, description="`extractive`, or the model that the service is set up with (the default)."
    )


class AnswerRequest(BaseModel):
    """Answers to the questions of an open draft."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"inputs": {"case": "case-elevator"}}]})

    inputs: dict[Name, Text] = Field(min_length=1, description="Texts by the name of the input asked for.")
    model: Name | None = Field(
        default=None, description="As for a new draft; left out, a draft begun with `extractive` keeps to it."
    )
