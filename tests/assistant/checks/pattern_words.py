"""What a regular expression can match, written out as far as it is fixed: shows which cue a pattern lacks."""

from __future__ import annotations

import re._parser as parser  # the only place that tells how a pattern is built
from typing import Any

OPEN = "\x01"
"""Stands for a character that may be many."""
MOST = 4000


def written_out(pattern: str) -> list[str]:
    """Texts that the pattern matches, with `OPEN` where anything may stand; not all of them when there are many."""
    return _sequence(list(parser.parse(pattern)))


def _sequence(parts: list[Any]) -> list[str]:
    texts = [""]
    for operation, value in parts:
        following = list(dict.fromkeys(_one(str(operation), value)))
        if len(texts) * len(following) > MOST:
            step = max(1, len(texts) * len(following) // MOST)
            texts = texts[::step] or texts[:1]
        texts = [text + more for text in texts for more in following]
    return list(dict.fromkeys(texts))


def _one(operation: str, value: Any) -> list[str]:
    if operation == "LITERAL":
        return [chr(value)]
    if operation == "SUBPATTERN":
        return _sequence(list(value[3]))
    if operation == "BRANCH":
        return [text for branch in value[1] for text in _sequence(list(branch))]
    if operation in ("MAX_REPEAT", "MIN_REPEAT"):
        least, _, repeated = value
        return [text * least for text in _sequence(list(repeated))] if least else [""]
    if operation == "IN":
        letters = [chr(code) for kind, code in value if str(kind) == "LITERAL"]
        return letters if len(letters) == len(value) <= 8 else [OPEN]
    return [""] if operation in ("ASSERT", "ASSERT_NOT", "AT") else [OPEN]
