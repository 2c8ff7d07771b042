"""The OpenAPI description: what the routes say of themselves, and what the layers around all of them add."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.context import problem_response
from api.idempotency import takes_key
from api.problems import SCHEMA
from api.routes import routes_of

JSON = "application/json"

_HEADER_TEXTS = {
    "X-Request-Id": "Names the request in the log: yours, if you sent a plain one.",
    "RateLimit-Limit": "Requests in a minute.",
    "RateLimit-Remaining": "How many are left.",
    "RateLimit-Reset": "Seconds until all of them are back.",
    "Retry-After": "Seconds to wait.",
    "ETag": "Version and state of what is answered; send it back in `If-Match`.",
    "Idempotency-Replayed": "`true`: this is the first answer to this key, once more.",
}
_COUNTED = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")

_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Yours, new for each act: the same request sent again with it is answered as the first time (24 h).",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,200}$"},
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` of what you looked at; 412 when it is another one by now.",
    "schema": {"type": "string", "example": '"2-draft"'},
}
_PREFER = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "description": "`respond-async`: answer 202 with a job at once.",
    "schema": {"type": "string", "example": "respond-async"},
}
_NO_SUCH_BODY = {
    "400": problem_response("The body is not JSON, or an address holds a NUL character."),
    "413": problem_response("The body is too large."),
    "415": problem_response("The body is of another content type."),
}


def operation_name(route: APIRoute) -> str:
    """The `operationId`: the name of the function, so that a generated client is called as people would call it."""
    return route.name


def describe(app: FastAPI) -> None:
    """Have `app` answer `/openapi.json` with the whole of it."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = completed(made(), routes_of(app.routes))
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # how FastAPI wants it extended


def completed(document: dict[str, Any], routes: Iterable[APIRoute]) -> dict[str, Any]:
    """The description with what no route says itself: problems, headers, conditions; and its examples whole."""
    document["components"]["schemas"]["Problem"] = SCHEMA
    document["components"]["headers"] = {
        name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADER_TEXTS.items()
    }
    for route in routes:
        for method in route.methods or ():
            operation = document["paths"].get(route.path_format, {}).get(method.lower())
            if operation is not None:
                _whole_examples(operation, route)
                _surroundings(operation, method, route.path_format)
    return document


def _whole_examples(operation: dict[str, Any], route: APIRoute) -> None:
    """FastAPI takes every null out of an example; a program that reads it would miss the member."""
    for status, answer in route.responses.items():
        for media, shown in answer.get("content", {}).items():
            there = operation["responses"][str(status)]["content"][media]
            for name in ("example", "examples"):
                if name in shown:
                    there[name] = shown[name]
    for answer in operation["responses"].values():
        schema = answer.get("content", {}).get(JSON, {}).get("schema", {})
        for name in ("$ref", "anyOf"):
            if name in schema:  # merged with that of the return type, which says less
                answer["content"][JSON]["schema"] = {name: schema[name]}


def _surroundings(operation: dict[str, Any], method: str, path: str) -> None:
    responses, parameters = operation["responses"], operation.setdefault("parameters", [])
    of_v1 = path.startswith("/v1/")
    if of_v1:
        responses.setdefault("400", problem_response("An address holds a NUL character."))
    if "requestBody" in operation:
        for status, answer in _NO_SUCH_BODY.items():
            if status == "400" or status not in responses:
                responses[status] = answer
    if "412" in responses:
        parameters.append(_IF_MATCH)
    if "202" in responses and "requestBody" in operation:
        parameters.append(_PREFER)
    keyed = takes_key(method, path)
    if keyed:
        parameters.append(_IDEMPOTENCY_KEY)
        told = "This Idempotency-Key was used for another request, or its first one is not answered yet."
        before = responses.get("409")
        responses["409"] = problem_response(f"{before['description']} {told}" if before else told)
    for status, answer in responses.items():
        headers = answer["headers"] = dict(answer.get("headers", {}))
        names = ["X-Request-Id", *(_COUNTED if of_v1 and status != "401" else ())]
        names += ["Retry-After"] if status in ("429", "503") or (status == "409" and keyed) else []
        names += ["Idempotency-Replayed"] if keyed and status < "500" else []
        for name in names:
            headers.setdefault(name, {"$ref": f"#/components/headers/{name}"})
    if not parameters:
        del operation["parameters"]
