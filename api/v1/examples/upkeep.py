"""What keeps a library in order, as the service answers it."""

from __future__ import annotations

from typing import Any

LINT: dict[str, Any] = {
    "schema": 1,
    "findings": [
        {
            "rule": "figures_at_odds",
            "severity": "error",
            "message": "two entries give two figures for one thing: 2 次 and 3 次",
            "remedy": "find out which one holds, and change the other",
            "entries": ["case-elevator", "company"],
            "places": [
                {
                    "entry": "case-elevator",
                    "version": 2,
                    "span": {"start": 20, "end": 23},
                    "field": "",
                    "words": "2 次",
                }
            ],
        }
    ],
    "counts": {"error": 1, "warning": 0, "info": 0},
}

DUE: dict[str, Any] = {
    "schema": 1,
    "due": [
        {
            "what": "permission",
            "use": "name",
            "id": "shente",
            "title": "申特电梯集团",
            "owner": "",
            "day": "2026-12-31",
        }
    ],
}

REINDEXED: dict[str, Any] = {"schema": 1, "passages": 412}
