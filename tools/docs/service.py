"""The service, from its OpenAPI description."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.settings import load_settings
from tools.docs.tables import flat, table

BODIES = ("DraftRequest", "AnswerRequest", "CheckRequest", "GivenSource", "RulingRequest")


def routes(_root: Path, _zh: bool) -> str:
    """Every address of the service, from its OpenAPI description."""
    rows = [
        (
            method.upper(),
            f"`{path}`",
            flat(operation.get("description", "")),
            " ".join(sorted(operation["responses"])),
        )
        for path, methods in _openapi()["paths"].items()
        for method, operation in methods.items()
    ]
    return table(("method", "address", "what it does", "answers"), rows)


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
