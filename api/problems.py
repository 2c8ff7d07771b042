"""Every error as one RFC 9457 problem document: a type, a title, a status, a line of detail, and what to mend."""

from __future__ import annotations

import logging
import math
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from knowledge.domain.errors import (
    InputError,
    KoujingError,
    NotAuthorised,
    NotReady,
    ProviderBusy,
    QuestionsOpen,
    TooMuch,
)

MEDIA_TYPE = "application/problem+json"

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "The kind of error in snake_case; stable, for programs."},
        "detail": {"type": "string", "description": "What is wrong, where, and what to do, in one line."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
        "questions": {"type": "array", "items": {"type": "object"}},
        "missing": {"type": "array", "items": {"type": "object"}, "description": "What stands in a draft's way."},
        "error_id": {"type": "string", "description": "Names an unexpected error in the log."},
    },
}

_DETAILS = {
    404: "there is nothing at this address; /openapi.json lists all",
    405: "this address does not take that method",
}

_UNREADABLE_BODY = "There was an error parsing the body"
"""What FastAPI says of a body that no parser of JSON takes."""

_log = logging.getLogger("koujing.api")


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as it is answered. `more` are the members beyond those of RFC 9457."""

    status: int
    title: str
    detail: str
    code: str
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            **self.more,
        }

    def response(self) -> JSONResponse:
        return JSONResponse(self.to_json(), self.status, dict(self.headers), media_type=MEDIA_TYPE)


def problem_of(error: Exception) -> Problem:
    """The problem that `error` is. An unexpected one is logged under a random id, and nothing of it is told."""
    if isinstance(error, KoujingError):
        return _expected(error)
    if isinstance(error, RequestValidationError):
        return _invalid(error)
    if isinstance(error, HTTPException):
        if error.detail == _UNREADABLE_BODY:
            return Problem(400, "Bad Request", "the body is no JSON in UTF-8, or nested too deeply", "not_json")
        phrase = HTTPStatus(error.status_code).phrase
        detail = str(error.detail)
        if detail == phrase:
            detail = _DETAILS.get(error.status_code, detail)
        return Problem(error.status_code, phrase, detail, _snake(phrase), headers=error.headers or {})
    error_id = secrets.token_hex(8)
    _log.error("error %s", error_id, exc_info=error)
    detail = f"an unexpected error; the log of the service has it under {error_id}"
    return Problem(500, "Internal Server Error", detail, "unexpected", {"error_id": error_id})


def _expected(error: KoujingError) -> Problem:
    more: dict[str, Any] = {}
    headers: dict[str, str] = {}
    if isinstance(error, InputError) and error.errors:
        more["errors"] = [{"where": where, "what": what} for where, what in error.errors]
    if isinstance(error, QuestionsOpen):
        more["questions"] = [question.to_json() for question in error.questions]
    if isinstance(error, NotReady):
        more["missing"] = error.missing
    if isinstance(error, NotAuthorised):
        headers["WWW-Authenticate"] = 'Bearer realm="koujing"'
    if isinstance(error, ProviderBusy | TooMuch) and error.retry_after is not None:
        headers["Retry-After"] = str(math.ceil(error.retry_after))
    return Problem(error.status, error.title, error.message, _snake(type(error).__name__), more, headers)


def _invalid(error: RequestValidationError) -> Problem:
    """What pydantic refused: where and why, never the refused value itself."""
    found = error.errors()
    first = found[0]
    if first["type"] == "json_invalid":
        detail = f"the body is not JSON: {first['ctx']['error']} at character {first['loc'][-1]}"
        return Problem(400, "Bad Request", detail, "not_json")
    if isinstance(error.body, bytes):
        return Problem(415, "Unsupported Media Type", "send JSON with Content-Type: application/json", "not_json")
    errors = [{"where": _place(each["loc"]), "what": each["msg"].removeprefix("Value error, ")} for each in found]
    detail = f"{errors[0]['where']}: {errors[0]['what']}"
    return Problem(422, "The input cannot be used", detail, "input_error", {"errors": errors})


def _place(loc: tuple[int | str, ...]) -> str:
    """The path to what was refused; a member's name is the caller's, so it is cut and made encodable."""
    return ".".join(str(part)[:80].encode("utf-8", "replace").decode() for part in loc)


def _snake(name: str) -> str:
    """`NotFound` and `Not Found` both become `not_found`."""
    return re.sub(r"\W+|(?<=[a-z])(?=[A-Z])", "_", name).strip("_").lower()
