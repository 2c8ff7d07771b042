"""What was released wrong and what was held and why, for whoever wants to read it: out/bench-localization.jsonl."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

PATH = Path("out") / "bench-localization.jsonl"


def keep(line: Mapping[str, object]) -> None:
    """One more line."""
    PATH.parent.mkdir(exist_ok=True)
    with PATH.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
