"""Jobs, usage and the record as the service answers them."""

from __future__ import annotations

from typing import Any

_JOB = {
    "id": "j-0b5f6d3a9c1e2f47",
    "kind": "draft",
    "draft_id": "d-5f0c2a9be1",
    "state": "writing",
    "problem": None,
    "by": "key website",
    "created_at": "2026-03-01T09:00:00Z",
    "updated_at": "2026-03-01T09:00:02Z",
}

JOB: dict[str, Any] = {"schema": 1, "job": _JOB}

JOBS: dict[str, Any] = {"schema": 1, "jobs": [_JOB], "next": None}

USAGE: dict[str, Any] = {
    "schema": 1,
    "group": "day",
    "since": "2026-03-01",
    "until": None,
    "usage": [
        {
            "day": "2026-03-01",
            "acts": 12,
            "calls": 84,
            "prompt_tokens": 62520,
            "completion_tokens": 7680,
            "seconds": 376.8,
            "cost": 0.42,
        }
    ],
}

AUDIT: dict[str, Any] = {
    "schema": 1,
    "events": [
        {
            "at": "2026-03-01T09:00:00Z",
            "subject": "draft",
            "subject_id": "d-5f0c2a9be1",
            "version": 3,
            "act": "approved",
            "by": "anna",
            "reason": "",
            "detail": {},
        }
    ],
    "next": None,
}
