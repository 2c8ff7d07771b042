"""Bodies of what happens to a draft once it is written: edits, mends, steps of its life, exports."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.v1.bodies.texts import Flag, FormName, Name, Number, Text

Seen = Annotated[
    Number | None,
    Field(
        description="The version you looked at; 409 when there is a newer one. Left out: the newest (or use If-Match).",
    ),
]
Reason = Annotated[Text, Field(min_length=1, max_length=2000)]


def _shown(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class EditRequest(BaseModel):
    """New words for one paragraph."""

    model_config = _shown({"text": "上线后，非计划停机由每月 9 次降至每月 2 次。", "version": 1})

    text: Annotated[Text, Field(max_length=50_000)] = Field(
        description="The paragraph as it should stand; an empty text takes it out."
    )
    citations: list[Name] | None = Field(
        default=None, max_length=50, description="Ids of evidence that it cites; left out: those it had, and what fits."
    )
    version: Seen = None


class SeenRequest(BaseModel):
    """An act on the draft as it was looked at."""

    model_config = _shown({"version": 2})

    version: Seen = None


class KeepRequest(BaseModel):
    """Why a finding may stand."""

    model_config = _shown({"reason": "The customer asked for exactly this word", "version": 2})

    reason: Reason
    version: Seen = None


class RegenerateRequest(BaseModel):
    """A section written anew."""

    model_config = _shown({"version": 2})

    model: Name | None = Field(default=None, description="As for a new draft.")
    force: Flag = Field(default=False, description="Also when a person edited the section: their words are gone then.")
    version: Seen = None


class StepRequest(BaseModel):
    """A step that needs no reason."""

    model_config = _shown({"reason": "Figures agreed with the customer", "version": 2})

    reason: Annotated[Text, Field(max_length=2000)] = Field(default="", description="A word for the record.")
    version: Seen = None


class ReasonedStepRequest(BaseModel):
    """A step that needs a reason."""

    model_config = _shown({"reason": "The saving is not proven yet", "version": 2})

    reason: Reason = Field(description="Why; it is kept on record.")
    version: Seen = None


class PublishRequest(BaseModel):
    """Where the approved version stands from now on."""

    model_config = _shown({"to": "https://example.com/stories/elevator", "version": 2})

    to: Annotated[Text, Field(min_length=1, max_length=2000)] = Field(description="An address or an account.")
    version: Seen = None


class ExportRequest(BaseModel):
    """A file of the approved version."""

    model_config = _shown({"form": "pdf", "sources": True})

    form: FormName = Field(description="markdown, html, docx, pdf, text or wechat.")
    version: Seen = Field(default=None, description="Another version than the approved one; needs `override`.")
    sources: Flag = Field(default=False, description="Sources as footnotes, for readers inside the house.")
    override: Annotated[Text, Field(max_length=2000)] = Field(
        default="", description="An administrator's reason to export what is not ready; it is kept on record."
    )
