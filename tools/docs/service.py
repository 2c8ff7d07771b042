"""The service, from its OpenAPI description."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.settings import load_settings
from tools.docs.tables import flat, table

BODIES = (
    "DraftRequest",
    "AnswerRequest",
    "EditRequest",
    "KeepRequest",
    "RegenerateRequest",
    "StepRequest",
    "ReasonedStepRequest",
    "PublishRequest",
    "ExportRequest",
    "CheckRequest",
    "GivenSource",
    "EntryRequest",
    "EntryChange",
    "EntryApproveRequest",
    "CustomerRequest",
    "ConsentRequest",
    "WithdrawRequest",
    "TermRequest",
    "RulingRequest",
    "FilesRequest",
    "PreviewRequest",
    "KeyRequest",
    "InvitationRequest",
    "ChoicesRequest",
)
"""The bodies that the page shows, in the order in which one meets them; `/openapi.json` has all."""

EVERYWHERE = {"400", "401", "403", "413", "415", "422", "429", "503"}
"""Answers that every address has, or every one that takes a body."""


def routes(_root: Path, _zh: bool) -> str:
    """Every address of the service, from its OpenAPI description."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    for path, methods in _openapi()["paths"].items():
        for method, operation in methods.items():
            rows.setdefault(operation["tags"][0], []).append(
                (
                    method.upper(),
                    f"`{path}`",
                    flat(operation.get("description", "")),
                    " ".join(sorted(operation["responses"].keys() - EVERYWHERE)),
                )
            )
    header = ("method", "address", "what it does", "answers")
    return "\n\n".join(f"### {tag}\n\n{table(header, found)}" for tag, found in rows.items())


def bodies(_root: Path, _zh: bool) -> str:
    """The request bodies, from the OpenAPI description."""
    schemas = _openapi()["components"]["schemas"]
    return "\n\n".join(_body(name, schemas[name]) for name in BODIES)


def _body(name: str, schema: Mapping[str, Any]) -> str:
    required = schema.get("required", [])
    rows = [
        (
            f"`{member}`",
            _type(part),
            "required" if member in required else f"`{json.dumps(part['default'])}`" if "default" in part else "",
            part.get("description", ""),
        )
        for member, part in schema["properties"].items()
    ]
    example = next(iter(schema.get("examples", ())), None)
    shown = f"\n\n```json\n{json.dumps(example, ensure_ascii=False, indent=2)}\n```" if example else ""
    return f"### {name}\n\n{flat(schema.get('description', ''))}\n\n" + (
        table(("member", "type", "default", "what it is"), rows) + shown
    )


def _type(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_type(part) for part in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return str(schema.get("type", "any"))


def _openapi() -> Mapping[str, Any]:
    from api.app import create_app

    return create_app(load_settings({})).openapi()
