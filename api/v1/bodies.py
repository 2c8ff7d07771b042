"""The request bodies. Unknown members are errors: a misspelt `audience` must not pass as the default."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from knowledge.records import Audience


def _storable(text: str) -> str:
    """JSON can carry what no database and no answer can: NUL, and halves of surrogate pairs."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("holds half a surrogate pair, which no text has") from None
    if "\0" in text:
        raise ValueError("holds a NUL character, which no text has")
    return text


Text = Annotated[str, AfterValidator(_storable)]
Name = Annotated[Text, Field(min_length=1, max_length=200)]
Checked = Annotated[Text, Field(max_length=200_000)]
"""A text to check, or to check against: about a book's length, and no more, since every line is compared."""


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
    locale: Name = Field(default="zh-CN", description="BCP 47 tag of the language to write in.")
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


class GivenSource(BaseModel):
    """A text to check against."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    text: Checked


class CheckRequest(BaseModel):
    """A text somebody wrote. Without `sources` it is checked against the library."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "text": "上线后非计划停机由每月 9 次降至 2 次。",
                    "sources": [{"name": "case.txt", "text": "上线后，非计划停机由每月 9 次降至每月 3 次。"}],
                    "locale": "zh-CN",
                }
            ]
        },
    )

    text: Checked
    sources: list[GivenSource] | None = Field(default=None, min_length=1)
    locale: Name | None = Field(default=None, description="Language of the text; found out when left out.")
    market: Name | None = None
    audience: Audience = Audience.PUBLIC


class RulingRequest(BaseModel):
    """What the workspace decides about a check. It is kept with who decided and when; older rulings stay readable."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"severity": "warning", "reason": "Legal reads every text of this market", "by": "anna"}]
        },
    )

    severity: Literal["error", "warning", "info", "off", "default"] = Field(
        description="What its findings are from now on; `off` for none, `default` for what the check itself says."
    )
    reason: Annotated[Text, Field(min_length=1, max_length=2000)] = Field(description="Why; never empty.")
    by: Name | None = Field(default=None, description="Who decides; the name of the API key is kept with it.")
