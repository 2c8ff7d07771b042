"""What the parts are written with: tables, docstrings on one line, words in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.domain.words import NOTHING, Words

_SENTENCE = re.compile(r"^.*?[.!?](?=\s|$)")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return flat(text).replace("|", "\\|")


def flat(text: str) -> str:
    """`text` on one line."""
    return " ".join(text.split())


def doc(thing: object) -> str:
    """The docstring of `thing` on one line."""
    return flat(getattr(thing, "__doc__", None) or "")


def first_sentence(docstring: str) -> str:
    """The first sentence of a docstring."""
    text = flat(docstring.split("\n\n")[0])
    found = _SENTENCE.match(text)
    return found[0] if found else text


def upper(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def both(words: Words) -> str:
    """Words in both languages; once where they are the same."""
    return words.zh if words.zh == words.en or words == NOTHING else f"{words.zh} / {words.en}"
