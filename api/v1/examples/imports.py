"""What became of files, or would."""

from __future__ import annotations

from typing import Any

_ITEM = {
    "source": "elevator.md",
    "status": "new",
    "entry_id": "elevator",
    "version": 1,
    "passages": 4,
    "message": "",
}
_COUNTS = {"new": 1, "changed": 0, "unchanged": 0, "approved": 0, "vanished": 0, "failed": 1}

IMPORTED: dict[str, Any] = {
    "schema": 1,
    "preview": False,
    "items": [
        _ITEM,
        {
            "source": "logo.png",
            "status": "failed",
            "entry_id": None,
            "version": None,
            "passages": 0,
            "message": "is of a format that is not read (.png); use one of .csv .docx .html .md …",
        },
    ],
    "counts": _COUNTS,
    "passages": 4,
}

PREVIEW: dict[str, Any] = {
    "schema": 1,
    "preview": True,
    "items": [
        {
            "source": "elevator.md",
            "status": "changed",
            "entry_id": "elevator",
            "title": "电梯厂商预测性维护",
            "kind": "case",
            "locale": "zh-CN",
            "audience": "internal",
            "state": "draft",
            "after": 1,
            "changes": [
                {
                    "part": "text",
                    "pieces": [{"change": "removed", "text": "3"}, {"change": "added", "text": "2"}],
                }
            ],
            "message": "",
        }
    ],
    "counts": {**_COUNTS, "new": 0, "changed": 1, "failed": 0},
    "sheets": [],
    "token": "9d2f0a7c31b84e65",
}

PACKED: dict[str, Any] = {
    "schema": 1,
    "items": [{**_ITEM, "source": "entries/case/elevator.md"}],
    "counts": {**_COUNTS, "failed": 0},
    "passages": 4,
    "notes": ["1 entry claims to be approved; without trust that does not count, they came in as drafts"],
}

REGISTER: dict[str, Any] = {
    "schema": 1,
    "preview": True,
    "taken": ["边缘网关 (zh-CN)"],
    "refused": 0,
    "problems": [],
    "notes": [],
    "mapping": [
        {"column": "术语", "field": "term", "of": "fields", "nearest": None, "example": "边缘网关"},
    ],
}
