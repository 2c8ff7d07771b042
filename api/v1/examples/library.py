"""What of the library the service answers."""

from __future__ import annotations

from typing import Any

from api.v1.examples.drafts import EVIDENCE

HITS: dict[str, Any] = {
    "schema": 1,
    "hits": [
        {
            "passage_id": "case-elevator/2/3",
            "entry_id": "case-elevator",
            "text": EVIDENCE["text"],
            "score": 0.9312,
            "source": "cases/elevator.md",
            "locator": "项目效果, line 31",
            "locale": "zh-CN",
            "kind": "case",
        }
    ],
}
