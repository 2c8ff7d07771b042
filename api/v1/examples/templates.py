"""Templates as the service answers them."""

from __future__ import annotations

from typing import Any

from api.v1.examples.drafts import EVIDENCE

_ABOUT: dict[str, Any] = {
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
    "templates": [{**_ABOUT, "required": ["case"], "origin": "built-in"}],
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
    "origin": "built-in",
    "common_inputs": [
        {**_ABOUT["inputs"][0], "name": "reader", "type": "choice", "required": False, "kind": None},
    ],
}

FILES: dict[str, Any] = {
    "schema": 1,
    "id": "our_story",
    "origin": "workspace",
    "files": {"template.yaml": "id: our_story\nversion: 1\n…", "zh.j2": "…", "en.j2": "…"},
}

_FAULT = {
    "severity": "warning",
    "file": "our_story/template.yaml",
    "line": 31,
    "place": "rubric",
    "message": "has 1 question; a draft can hardly be judged by that",
    "remedy": "write at least 2",
}

SAVED: dict[str, Any] = {**FILES, "faults": [_FAULT]}

FAULTS: dict[str, Any] = {
    "schema": 1,
    "id": "our_story",
    "faults": [_FAULT],
    "counts": {"error": 0, "warning": 1},
}

PREVIEWED: dict[str, Any] = {
    "schema": 1,
    "template": "success_story",
    "locale": "zh-CN",
    "writing": "compose",
    "sections": [
        {
            "id": "results",
            "heading": "项目效果",
            "write": "prose",
            "state": "model",
            "evidence": [EVIDENCE],
            "asked": [{"system": "…", "prompt": "…", "sources": ["S1"]}],
            "paragraphs": [],
        }
    ],
}
