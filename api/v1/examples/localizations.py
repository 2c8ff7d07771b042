"""A localization job, its segments, and what a review brought."""

from __future__ import annotations

from typing import Any

_COUNTS = {"total": 12, "pending": 0, "translated": 10, "reused": 1, "needs_review": 1, "failed": 0}
_JOB = {
    "id": "l-5f0c2a9be1d4",
    "state": "done",
    "why": "",
    "from": "zh-CN",
    "to": ["en"],
    "model": "local",
    "by": "key website",
    "created_at": "2026-03-01T09:00:00Z",
    "updated_at": "2026-03-01T09:02:10Z",
    "eta": None,
    "tokens": 5210,
}
_ITEM = {
    "number": 7,
    "file": 1,
    "locale": "en",
    "unit": "p7",
    "place": "line 12",
    "source": "年均节省法务成本约 230 多万美元。",
    "target": "It saves about US$230 million in legal costs a year.",
    "state": "needs_review",
    "why": "the source says 230 多万美元, the target US$230 million",
    "findings": [
        {
            "check": "number_changed",
            "severity": "error",
            "paragraph": None,
            "span": {"start": 15, "end": 30},
            "message": "the source says 230 多万美元, the target US$230 million",
            "evidence": [],
            "fix": "more than US$2.3 million",
        }
    ],
    "origin": "model",
    "tries": 3,
    "by": "",
}

LOCALIZATION: dict[str, Any] = {
    "schema": 1,
    "job": _JOB,
    "files": [
        {
            "number": 1,
            "source": "case.md",
            "target": "en/case.md",
            "locale": "en",
            "format": "markdown",
            "status": "partly",
            "why": "",
            "segments": {"translated": 10, "reused": 1, "needs_review": 1},
            "held": 1,
        }
    ],
    "segments": _COUNTS,
    "held": 1,
}

LOCALIZATIONS: dict[str, Any] = {
    "schema": 1,
    "localizations": [{"job": _JOB, "segments": _COUNTS, "held": 1}],
    "next": None,
}

SEGMENT: dict[str, Any] = {"schema": 1, "item": _ITEM}

SEGMENTS: dict[str, Any] = {"schema": 1, "items": [_ITEM], "next": None}

REVIEWED: dict[str, Any] = {
    "schema": 1,
    "taken": 41,
    "waiting": [{"number": 7, "why": "the source says 230 多万美元, the target US$230 million"}],
    "problems": ["Review, row 12: segment 11 has no target; write one, or leave the row as it was"],
}
