"""What becomes of a draft, as the service answers it."""

from __future__ import annotations

from typing import Any

_STATUS = {
    "id": "d-5f0c2a9be1",
    "state": "in_review",
    "version": 2,
    "created_by": "key website",
    "authors": ["key website", "lin"],
    "unapproved_authors": ["key website", "lin"],
    "approved_version": None,
    "approved_by": None,
    "approved_at": None,
    "published_version": None,
    "published_at": None,
    "published_to": "",
}

DRAFT_STATUS: dict[str, Any] = {"schema": 1, "status": _STATUS}

DRAFT_READINESS: dict[str, Any] = {
    "schema": 1,
    "status": _STATUS,
    "missing": {
        "submit": [],
        "approve": [],
        "export": [
            {
                "what": "not_approved",
                "message": "nobody has approved it yet",
                "message_zh": "还没有人批准",
                "paragraph": None,
                "check": None,
            }
        ],
    },
}

DRAFT_VERSIONS: dict[str, Any] = {
    "schema": 1,
    "versions": [
        {
            "version": 1,
            "state": "draft",
            "created_by": "key website",
            "created_at": "2026-03-01T09:00:00Z",
            "act": "written",
            "counts": {"claims": {"supported": 3}, "findings": {"warning": 1}},
        }
    ],
}

DRAFT_DIFF: dict[str, Any] = {
    "schema": 1,
    "draft": "d-5f0c2a9be1",
    "old": 1,
    "new": 2,
    "changed": 0,
    "title": [{"change": "same", "text": "非计划停机由每月 9 次降至 2 次"}],
    "sections": [],
}
