"""The words by which an order to a writer is known, from `orders.yaml`."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache(maxsize=8)
def order_words(group: str) -> re.Pattern[str]:
    """One group of the file as one pattern: `mechanics` is what no document says but to a model, `output` speaks of an
    answer, `text` of the text to be written, `minutes` to whoever writes them, `spoken` orders anything at all, and
    `leads_on` is an order whose object comes in the next sentence."""
    declared = _declared()
    words: dict[str, str] = {}
    for name, value in declared["words"].items():
        words[name] = _put_in(value, words)
    return re.compile("|".join(f"(?:{_put_in(one, words)})" for one in declared[group]), re.IGNORECASE)


def _put_in(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"<(\w+)>", lambda found: words.get(found[1], found[0]), pattern)


@lru_cache(maxsize=1)
def _declared() -> dict[str, Any]:
    text = (Path(__file__).parent / "orders.yaml").read_text(encoding="utf-8")
    declared: dict[str, Any] = yaml.safe_load(text)
    return declared
