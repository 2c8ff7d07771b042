"""The checks of a translation, and what of Weblate's checks each of them covers."""

from __future__ import annotations

import csv
from pathlib import Path

from assistant.localization.checks.registry import ALL
from tools.docs.tables import both, doc, table

WEBLATE = Path(__file__).parent / "weblate_checks.csv"
"""Weblate's checks in its own order: the name, the ids of ours that cover it (none: a dash), and how or why not."""


def segment_checks(_root: Path, _zh: bool) -> str:
    """Every check with its severity, its name in both languages, and what it finds."""
    rows = [(f"`{check.id}`", str(check.severity), both(check.title), doc(type(check))) for check in ALL]
    return table(("check", "severity", "title", "what it finds"), rows)


def weblate_checks(_root: Path, _zh: bool) -> str:
    """Weblate's checks beside ours."""
    return table(("Weblate", "ours", ""), [(name, _ids(ours), note) for name, ours, note in covered()])


def covered() -> list[tuple[str, list[str], str]]:
    """A check of Weblate, the ids of ours that cover it, and a note."""
    with WEBLATE.open(encoding="utf-8", newline="") as file:
        return [(row["check"], row["ours"].split(), row["note"]) for row in csv.DictReader(file)]


def _ids(ours: list[str]) -> str:
    return ", ".join(f"`{check}`" for check in ours) or "–"
