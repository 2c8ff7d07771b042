"""What the shapes of all nouns share."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""UTC, ISO 8601."""
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Severity = Literal["error", "warning", "info"]
Next = Annotated[str | None, Field(description="`cursor` of the next page; null at the end.")]
Document = dict[str, Any]


class Shape(BaseModel):
    """A part of an answer. Members may be added later."""

    model_config = ConfigDict(serialize_by_alias=True)


class Answer(Shape):
    """A whole answer."""

    schema_: Literal[1] = Field(alias="schema", description="Version of the documents' form.")


class InBothLanguages(Shape):
    """Words in Chinese and in English."""

    zh: str
    en: str


class Stretch(Shape):
    """From `start` to before `end`, in Unicode code points."""

    start: int
    end: int


class Piece(Shape):
    """A stretch of a comparison."""

    change: Literal["same", "removed", "added"]
    text: str


class Act(Shape):
    """One step in the life of a thing."""

    subject: str
    id: str
    version: int | None
    act: str
    by: str
    at: Moment
    reason: str
