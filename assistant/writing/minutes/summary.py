"""What the minutes say of one topic."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.writing.minutes.transcript import Turn


@dataclass(frozen=True, slots=True)
class Summary:
    """A topic in minutes: what it is called, what is told of it, the turns that carry it, who worded it."""

    title: str
    text: str
    turns: tuple[Turn, ...]
    by: str
