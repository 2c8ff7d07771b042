"""The request bodies, one file a noun.

Unknown members are errors: a misspelt `audience` must not pass as the default.
"""

from api.v1.bodies.check import CheckRequest, GivenSource
from api.v1.bodies.checks import RulingRequest
from api.v1.bodies.draft_life import (
    EditRequest,
    ExportRequest,
    KeepRequest,
    PublishRequest,
    ReasonedStepRequest,
    RegenerateRequest,
    SeenRequest,
    StepRequest,
)
from api.v1.bodies.drafts import AnswerRequest, DraftRequest
from api.v1.bodies.texts import Checked, Name, Text

__all__ = [
    "AnswerRequest",
    "CheckRequest",
    "Checked",
    "DraftRequest",
    "EditRequest",
    "ExportRequest",
    "GivenSource",
    "KeepRequest",
    "Name",
    "PublishRequest",
    "ReasonedStepRequest",
    "RegenerateRequest",
    "RulingRequest",
    "SeenRequest",
    "StepRequest",
    "Text",
]
