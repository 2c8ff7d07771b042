"""Terms as the service answers them."""

from __future__ import annotations

from typing import Any

_TERM = {
    "term": "边缘网关",
    "locale": "zh-CN",
    "translations": {"en": "edge gateway", "de": "Edge-Gateway"},
    "part_of_speech": "noun",
    "do_not_translate": False,
    "forbidden": ["边缘盒子"],
    "case_rule": "",
    "note": "",
}

TERM: dict[str, Any] = {"schema": 1, "term": _TERM}
TERMS: dict[str, Any] = {"schema": 1, "terms": [_TERM], "next": None}
