"""Documents as the service answers them, for its OpenAPI description. A test holds their members to the real ones."""

from __future__ import annotations

from typing import Any

from knowledge.store.database import HEAD

_EVIDENCE = {
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
    "evidence": [_EVIDENCE],
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
    "findings": [],
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
            "stale": [],
        }
    ],
}

HITS: dict[str, Any] = {
    "schema": 1,
    "hits": [
        {
            "passage_id": "case-elevator/2/3",
            "entry_id": "case-elevator",
            "text": _EVIDENCE["text"],
            "score": 0.9312,
            "source": "cases/elevator.md",
            "locator": "项目效果, line 31",
            "locale": "zh-CN",
            "kind": "case",
        }
    ],
}

_ABOUT = {
    "id": "success_story",
    "version": 1,
    "name": {"zh": "客户成功案例", "en": "Customer success story"},
    "purpose": {"zh": "让有同样困扰的买家看到变化。", "en": "Show a buyer with the same problem what changed."},
    "stage": "preference",
    "inputs": [
        {
            "name": "case",
            "type": "entry",
            "required": True,
            "kind": "case",
            "choices": [],
            "question": {"zh": "写哪一个案例？", "en": "Which case?"},
            "example": {"zh": "case-elevator", "en": "case-elevator-en"},
        }
    ],
}

TEMPLATES: dict[str, Any] = {
    "schema": 1,
    "templates": [{**_ABOUT, "required": ["case"]}],
    "broken": [{"id": "our_story", "message": "our_story/template.yaml, line 4: is not valid YAML"}],
}

TEMPLATE: dict[str, Any] = {
    "schema": 1,
    "template": {
        **_ABOUT,
        "audience": {"zh": "正在比较供应商的企业采购者", "en": "buyers in companies who compare suppliers"},
        "agree": [],
        "sections": [],
        "point_first": [],
        "method": [],
        "rules": [{"check": "count_out_of_range", "section": "proof", "role": None, "parameters": {"least": 2}}],
        "rubric": [],
        "alternatives": False,
    },
}

_RULING = {
    "check": "citation_weak",
    "severity": "info",
    "reason": "the editor looks at every citation anyway",
    "by": "anna, key website",
    "at": "2026-03-01T09:00:00Z",
}

CHECK: dict[str, Any] = {
    "schema": 1,
    "text": "上线后非计划停机由每月 9 次降至 2 次。",
    "locale": "zh-CN",
    "claims": [
        {
            "id": "c1",
            "paragraph": None,
            "span": {"start": 17, "end": 20},
            "text": "2 次",
            "kind": "quantity",
            "verdict": "contradicted",
            "evidence": [{"id": "S1", "start": 21, "end": 24}],
            "by": "program",
            "note": "出处对同一件事写的是“3 次”",
            "reason": "other_value",
            "fix": "3 次",
        }
    ],
    "findings": [
        {
            "check": "number_contradicted",
            "severity": "error",
            "paragraph": None,
            "span": {"start": 17, "end": 20},
            "message": "“2 次”：出处对同一件事写的是“3 次”",
            "evidence": ["S1"],
            "fix": "3 次",
            "line": 1,
            "place": "",
        }
    ],
    "evidence": [{**_EVIDENCE, "entry_id": None, "version": None, "origin": "input", "source": "case.txt"}],
    "policy": [{**_RULING, "check": "banned_term", "severity": "off", "findings": 2}],
}

_LISTED_CHECK = {
    "id": "citation_weak",
    "severity": "warning",
    "title": {"zh": "出处撑不住这段话", "en": "The source hardly carries this"},
    "ruling": _RULING,
}

CHECKS: dict[str, Any] = {"schema": 1, "checks": [_LISTED_CHECK]}

CHECK_DETAIL: dict[str, Any] = {
    "schema": 1,
    "check": {
        **_LISTED_CHECK,
        "about": "A citation that exists but hardly carries the paragraph.",
        "repair": False,
        "mends": False,
        "drafts_only": True,
        "parameters": [],
        "examples": [
            {"text": "人工巡检成本下降。", "evidence": "公司在苏州设有研发中心。", "found": True, "locale": "zh-CN"}
        ],
        "history": [_RULING],
    },
}

READY: dict[str, Any] = {
    "status": "ready",
    "database": {"kind": "sqlite", "at": HEAD},
    "index": {"owner": "this process"},
    "library": {"entries": 40, "approved": 38},
    "model": {"name": "local", "destination": "this machine"},
}
