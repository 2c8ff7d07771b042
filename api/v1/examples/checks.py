"""Checks, their rulings, and the report on a text."""

from __future__ import annotations

from typing import Any

from api.v1.examples.drafts import EVIDENCE

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
    "evidence": [{**EVIDENCE, "entry_id": None, "version": None, "origin": "input", "source": "case.txt"}],
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
