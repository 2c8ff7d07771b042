"""A row of a benchmark, and the table that is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `goal` in words (`≥ 0.985`), `baseline` measured in the same run or known, `n` how many cases.

    `value` None: skipped, `note` says why.
    """

    name: str
    value: float | int | None
    unit: str = ""
    goal: str = ""
    baseline: str = ""
    n: int | None = None
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "goal": self.goal,
            "baseline": self.baseline,
            "n": self.n,
            "met": self.met,
            "note": self.note,
        }

    @property
    def met(self) -> bool | None:
        """True or False against the goal; None where there is no goal or no value."""
        sign, _, limit = self.goal.partition(" ")
        try:
            bound = float(limit.split()[0])
        except (ValueError, IndexError):
            return None
        if self.value is None or sign not in ("≥", "≤"):
            return None
        return self.value >= bound if sign == "≥" else self.value <= bound


def as_text(machine: str, versions: Mapping[str, str], rows: Sequence[Row]) -> str:
    """The table as Markdown, readable on a terminal, too."""
    lines = [f"Machine: {machine}", "Versions: " + ", ".join(f"{k} {v}" for k, v in versions.items()), ""]
    lines += ["| what | value | goal | baseline | n | |", "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        value = "skipped" if row.value is None else f"{_number(row.value)} {row.unit}".strip()
        mark = {True: "met", False: "NOT MET", None: ""}[row.met]
        remark = "; ".join(filter(None, (mark, row.note)))
        lines.append(f"| {row.name} | {value} | {row.goal} | {row.baseline} | {row.n or ''} | {remark} |")
    return "\n".join(lines)


def _number(value: float) -> str:
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value)}"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"
