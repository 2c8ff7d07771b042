"""Bodies of what people do to a localization."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.v1.bodies.texts import Text


class SegmentRequest(BaseModel):
    """Other words for a segment."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"target": "It saves more than US$2.3 million a year."}]}
    )

    target: Annotated[Text, Field(min_length=1, max_length=50_000)] = Field(
        description="The whole target; placeholders and tags stand in it as in `source`."
    )
    reason: Annotated[Text, Field(max_length=2000)] = Field(
        default="", description="Why it is right in spite of errors: it is released then; needs the right to approve."
    )
