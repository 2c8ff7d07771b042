"""Drafts as the service answers them."""

from __future__ import annotations

from typing import Any

EVIDENCE = {
    "id": "S1",
    "entry_id": "case-elevator",
    "version": 2,
    "title": "电梯厂商预测性维护",
    "source": "cases/elevator.md",
    "locator": "项目效果, line 31",
    "locale": "zh-CN",
    "kind": "case",
    "origin": "library",
    "state": "approved",
    "approved_by": "anna",
    "review_due": "2026-06-30",
    "valid_until": None,
    "as_of": None,
    "text": "上线后，非计划停机由每月 9 次降至每月 2 次。",
}

DRAFT: dict[str, Any] = {
    "schema": 1,
    "draft": {"id": "d-5f0c2a9be1", "state": "draft", "version": 1},
    "template": "success_story",
    "locale": "zh-CN",
    "market": "CN",
    "channel": None,
    "audience": "public",
    "title": "非计划停机由每月 9 次降至 2 次",
    "sections": [
        {
            "id": "results",
            "heading": "项目效果",
            "paragraphs": [
                {
                    "id": "results-1",
                    "text": "上线后，非计划停机由每月 9 次降至 2 次。",
                    "gap": False,
                    "citations": ["S1"],
                    "role": "text",
                    "by": "model",
                    "cell": None,
                }
            ],
        }
    ],
    "evidence": [EVIDENCE],
    "claims": [
        {
            "id": "c1",
            "paragraph": "results-1",
            "span": {"start": 12, "end": 15},
            "text": "9 次",
            "kind": "quantity",
            "verdict": "supported",
            "evidence": [{"id": "S1", "start": 12, "end": 15}],
            "by": "program",
            "note": "出处有同一数值",
            "reason": "",
            "fix": "",
        }
    ],
    "claim_table": [],
    "findings": [
        {
            "check": "length_out_of_range",
            "severity": "warning",
            "paragraph": None,
            "span": None,
            "message": "“项目效果”只有 1 段，应有 2 到 3 段",
            "evidence": [],
            "fix": "",
            "id": "f3b0c44298",
            "kept": None,
        }
    ],
    "kept": [],
    "repairs": [
        {"check": "qualifier_changed", "paragraph": "results-1", "before": "9 次", "after": "约 9 次", "at": 12}
    ],
    "questions": [],
    "usage": {"prompt_tokens": 5210, "completion_tokens": 640, "calls": 7, "seconds": 31.4, "cost": None},
    "model": "local",
}

DRAFT_EVENTS = (
    'id: 1\nevent: section\ndata: {"id": "results", "heading": "项目效果", "paragraphs": []}\n\n'
    'id: 2\nevent: paragraph\ndata: {"section": "results", "id": "results-1", "text": "…", "citations": ["S1"], …}\n\n'
    'id: 3\nevent: done\ndata: {"schema": 1, "draft": {"id": "d-5f0c2a9be1", …}, …}\n\n'
)

DRAFTS: dict[str, Any] = {
    "schema": 1,
    "drafts": [
        {
            "id": "d-5f0c2a9be1",
            "title": "非计划停机由每月 9 次降至 2 次",
            "template": "success_story",
            "state": "draft",
            "version": 1,
            "locale": "zh-CN",
            "updated_at": "2026-03-01T09:00:00Z",
            "created_by": "key website",
            "approved_version": None,
            "counts": {"claims": {"supported": 3}, "findings": {"warning": 1}},
            "stale": [],
        }
    ],
    "next": None,
}
