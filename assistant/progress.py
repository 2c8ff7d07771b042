"""The port to whatever shows how far a long act has come: a terminal, a log, nothing."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told about steps; must return quickly and never raise."""

    def step(self, label: str, done: int = 0, total: int | None = None) -> None:
        """`done` of `total` units of `label`; `total` None: how much is left is unknown."""


class Silent:
    """Shows nothing."""

    def step(self, label: str, done: int = 0, total: int | None = None) -> None:
        return
