"""The checks as people look them up: by id, with what they say of themselves and what the workspace ruled."""

from __future__ import annotations

import inspect
from difflib import get_close_matches
from typing import Any

from assistant.checks.base import Check
from assistant.checks.policy import Policy
from assistant.checks.registry import BY_ID
from knowledge.domain.errors import NotFound


def check_named(check_id: str) -> type[Check]:
    """The check of that id. Raises `NotFound` naming the ids that come near."""
    found = BY_ID.get(check_id)
    if found is None:
        near = get_close_matches(check_id.lower().replace("-", "_"), BY_ID, n=3, cutoff=0.5)
        meant = f"do you mean {' or '.join(near)}? " if near else ""
        raise NotFound(f"no check '{check_id}'; {meant}`koujing checks list` shows all")
    return found


def about(check: type[Check]) -> str:
    """What a check does: its docstring, paragraphs on one line each."""
    paragraphs = inspect.cleandoc(check.__doc__ or "").split("\n\n")
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def described(check: type[Check], policy: Policy) -> dict[str, Any]:
    """A check as the list has it. `severity` is its own; `ruling` what the workspace made of it, else None."""
    ruling = policy.rulings.get(check.id)
    return {
        "id": check.id,
        "severity": str(check.severity),
        "title": {"zh": check.title.zh, "en": check.title.en},
        "ruling": ruling.to_json() if ruling else None,
    }


def described_whole(check: type[Check], policy: Policy) -> dict[str, Any]:
    """A check with all that it says of itself."""
    return {
        **described(check, policy),
        "about": about(check),
        "repair": check.repair,
        "mends": check.mends,
        "drafts_only": check.drafts_only,
        "parameters": _parameters(check),
        "examples": [
            {"text": example.text, "evidence": example.evidence, "found": example.found, "locale": example.locale}
            for example in check.examples
        ],
    }


def _parameters(check: type[Check]) -> list[dict[str, Any]]:
    """What a template's rule may set: name, whether it must, else what holds without it."""
    fields = check.parameters.model_fields if check.parameters else {}
    return [
        {"name": name, "required": field.is_required(), "default": None if field.is_required() else field.default}
        for name, field in fields.items()
    ]
