"""Entries as the service answers them."""

from __future__ import annotations

from typing import Any

_LISTED = {
    "id": "case-elevator",
    "kind": "case",
    "title": "电梯厂商预测性维护",
    "locale": "zh-CN",
    "state": "approved",
    "audience": "public",
    "version": 2,
    "review_due": "2026-06-30",
    "valid_until": None,
    "owner": "anna",
    "customer": "shente",
    "markets": ["CN"],
}

ENTRIES: dict[str, Any] = {"schema": 1, "entries": [_LISTED], "next": None}

_ENTRY = {
    **_LISTED,
    "text": "上线后，非计划停机由每月 9 次降至每月 2 次。",
    "body": "## 项目效果\n\n上线后，非计划停机由每月 9 次降至每月 2 次。\n",
    "fields": {"result": "停机由每月 9 次降至 2 次"},
    "source": "cases/elevator.md",
    "translates": None,
    "created_by": "li",
    "approved_by": "anna",
    "approved_at": "2026-03-01T09:00:00Z",
    "newest": 2,
    "line": 2,
}

ENTRY: dict[str, Any] = {"schema": 1, "entry": _ENTRY}

ENTRY_KEPT: dict[str, Any] = {
    "schema": 1,
    "entry": {**_ENTRY, "state": "draft", "version": 3, "newest": 3, "approved_by": None, "approved_at": None},
    "notes": ["owner (负责人): not given; a case entry should have it"],
    "changed": True,
}

UNCHANGED: dict[str, Any] = {"schema": 1, "entry": _ENTRY, "notes": [], "changed": False}

VERSIONS: dict[str, Any] = {
    "schema": 1,
    "versions": [
        {
            "version": 2,
            "state": "approved",
            "created_by": "li",
            "created_at": "2026-02-27T14:10:00Z",
            "approved_by": "anna",
            "approved_at": "2026-03-01T09:00:00Z",
            "ended_at": None,
        }
    ],
}

DIFF: dict[str, Any] = {
    "schema": 1,
    "id": "case-elevator",
    "from": 1,
    "to": 2,
    "parts": [
        {
            "part": "text",
            "pieces": [
                {"change": "same", "text": "上线后，非计划停机由每月 9 次降至每月 "},
                {"change": "removed", "text": "3"},
                {"change": "added", "text": "2"},
                {"change": "same", "text": " 次。"},
            ],
        }
    ],
}

EVENTS: dict[str, Any] = {
    "schema": 1,
    "history": [
        {
            "subject": "entry",
            "id": "case-elevator",
            "version": 2,
            "act": "approved",
            "by": "anna",
            "at": "2026-03-01T09:00:00Z",
            "reason": "figures checked with the customer",
        }
    ],
}

IMPACT: dict[str, Any] = {
    "schema": 1,
    "subject": "case-elevator",
    "counts": {"drafts": 1, "stale": 1, "exports": 1},
    "drafts": [
        {
            "id": "d-5f0c2a9be1",
            "title": "非计划停机由每月 9 次降至 2 次",
            "template": "success_story",
            "locale": "zh-CN",
            "state": "approved",
            "version": 3,
            "updated_at": "2026-03-02T08:00:00Z",
            "uses_now": True,
            "stale": [],
            "turns_stale": True,
            "reason": {
                "cause": "changed",
                "subject": "case-elevator",
                "used": 2,
                "now": 3,
                "message": "version 3 of entry case-elevator says other figures, dates or quotes than version 2, "
                "which was used",
            },
            "exports": [
                {
                    "draft_version": 3,
                    "format": "docx",
                    "name": "story.docx",
                    "by": "anna",
                    "at": "2026-03-02T08:05:00Z",
                }
            ],
        }
    ],
}

BLURBS: dict[str, Any] = {
    "schema": 1,
    "draft": "d-77e0b1c2d3",
    "id": "case-elevator",
    "version": 3,
    "kept": {"short_blurb": "上线后，非计划停机由每月 9 次降至每月 2 次。"},
    "refused": {},
}
