"""Bodies of `/v1/checks`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.v1.bodies.texts import Name, Text


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
