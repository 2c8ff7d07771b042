"""The words by which checks of templates' rules know what a line says (`rule_words.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assistant.claims.phrases import load
from knowledge.domain.words import Record, WordLists

RULE_WORDS = Path(__file__).parent / "rule_words.yaml"


class MoreFormats(Record):
    """Names of formats, and the stages of the buying journey that they serve."""

    stages: tuple[str, ...]
    names: WordLists


class RuleWords(Record):
    """Regular expressions by what they tell; plain names of stages and formats."""

    readers: WordLists
    removal: WordLists
    refused: WordLists
    denied_heading: WordLists
    unsigned: WordLists
    opt_out: WordLists
    sender_name: WordLists
    sender_address: WordLists
    sender_contact: WordLists
    stages: Mapping[str, WordLists]
    formats: tuple[MoreFormats, ...]


@lru_cache(maxsize=1)
def rule_words() -> RuleWords:
    """The book."""
    return load(RULE_WORDS, RuleWords)


@lru_cache(maxsize=32)
def telling(what: str) -> re.Pattern[str]:
    """One pattern for all that tells `what` (a field of `RuleWords`), in both languages."""
    lists: WordLists = getattr(rule_words(), what)
    return re.compile("|".join(f"(?:{pattern})" for pattern in lists.all()), re.IGNORECASE)
