"""The bodies of `/v1/check`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from api.v1.bodies.texts import Checked, LocaleTag, Name
from knowledge.records import Audience


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
    locale: LocaleTag | None = Field(default=None, description="Language of the text; found out when left out.")
    market: Name | None = None
    audience: Audience = Audience.PUBLIC
