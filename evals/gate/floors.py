"""The record of floors: what a run must reach, since when, and why it was ever made easier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

CASES = "cases"
"""The entry beside the measures of a suite: how many cases must have been answered."""

Key = tuple[str, str, str]
"""Suite, model, measure."""


@dataclass(frozen=True, slots=True)
class Step:
    """What holds from a day on. `cases`: in how many the measure must have had something to look at; `unscored`: how
    many may fail or stay unscored."""

    floor: float
    since: date
    cases: int = 0
    unscored: int = 0
    reason: str = ""

    def eased(self, before: Step | None, better: str) -> bool:
        """Whether anything is easier than in the step before; in the first one, whether anything may be unscored."""
        if before is None:
            return self.unscored > 0
        lower = self.floor < before.floor if better == "higher" else self.floor > before.floor
        return lower or self.cases < before.cases or self.unscored > before.unscored


@dataclass(frozen=True, slots=True)
class Floor:
    """The floor of one measure with its history; the last step is in force. For `lower` it is a ceiling."""

    better: Literal["higher", "lower"]
    history: tuple[Step, ...]

    @property
    def now(self) -> Step:
        """The step in force."""
        return self.history[-1]

    def followed_by(self, step: Step) -> Floor:
        """With one step more, never dated before the one in force."""
        return replace(self, history=(*self.history, replace(step, since=max(step.since, self.now.since))))


@dataclass(frozen=True, slots=True)
class Floors:
    """Every floor, by suite, model and measure, in the order of the file."""

    entries: Mapping[Key, Floor] = field(default_factory=dict)

    def with_floor(self, key: Key, floor: Floor) -> Floors:
        """These floors with one of them replaced or added."""
        return Floors({**self.entries, key: floor})

    def to_json(self) -> dict[str, Any]:
        """As the file has it."""
        tree: dict[str, Any] = {}
        for (suite, model, measure), floor in self.entries.items():
            entry = {"history": [_step_json(step) for step in floor.history]}
            own = {} if measure == CASES else {"better": floor.better}
            tree.setdefault(suite, {}).setdefault(model, {})[measure] = own | entry
        return tree


def _step_json(step: Step) -> dict[str, Any]:
    whole = int(step.floor) if float(step.floor).is_integer() else step.floor
    told = {"floor": whole, "cases": step.cases, "unscored": step.unscored, "since": step.since.isoformat(),
            "reason": step.reason}  # fmt: skip
    return {key: value for key, value in told.items() if key in ("floor", "since") or value}
