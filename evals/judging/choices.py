"""Which of two texts people would send out: choices made on the page for pairs, kept beside the labels."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.cases import GOLDEN
from evals.judging.labels import append, text_key
from evals.judging.pairs import Pair
from evals.statistics.kappa import cohen
from knowledge.domain.errors import InputError, UnreadableFile

PREFERS = ("a", "b", "tie")
_KEYS = ("pair", "a", "b", "prefers", "by")


@dataclass(frozen=True, slots=True)
class PersonsChoice:
    """What one person preferred. `a` and `b` are the keys of the two texts (`text_key`), so that a choice never counts
    for a pair whose texts have changed."""

    pair: str
    a: str
    b: str
    prefers: str
    by: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.a, self.b, self.by

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


OURS = GOLDEN / "labels" / "choices.jsonl"
PAIRS = GOLDEN / "labels" / "pairs.jsonl"


def kept_pairs(path: Path = PAIRS) -> list[Pair]:
    """The pairs that were read: what the local model wrote in Koujing (`a`) and in the plain chain (`b`)."""
    if not path.exists():
        return []
    return [Pair(**json.loads(row)) for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]


def choices(home: Path | None = None) -> list[PersonsChoice]:
    """Our choices, and those of the workspace at `home`. Raises as `read_choices`."""
    paths = [OURS, *([choices_file(home)] if home is not None else [])]
    return [choice for path in paths if path.exists() for choice in read_choices(path)]


def choices_file(home: Path) -> Path:
    """Where a workspace keeps the choices of its team."""
    return home / "evals" / "pairs.jsonl"


def read_choices(path: Path) -> list[PersonsChoice]:
    """The choices of a JSONL file. Raises `UnreadableFile`, or `InputError` naming file, line and remedy."""
    try:
        rows = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(str(path), f"the choices cannot be read ({type(error).__name__})") from None
    return [_choice(row, f"{path.name}:{number}") for number, row in enumerate(rows, 1) if row.strip()]


def _choice(row: str, place: str) -> PersonsChoice:
    try:
        value = json.loads(row)
    except ValueError:
        raise InputError(f"{place}: not JSON; one object per line") from None
    if not isinstance(value, dict) or set(value) != set(_KEYS) or not all(isinstance(v, str) for v in value.values()):
        raise InputError(f"{place}: an object of these texts is needed: {', '.join(_KEYS)}")
    if value["prefers"] not in PREFERS or not value["by"].strip():
        raise InputError(f"{place}: 'prefers' is one of {', '.join(PREFERS)}, and 'by' says who chose")
    return PersonsChoice(**value)


def are_choices(file: Path) -> bool:
    """True when a saved file holds choices between texts, not labels of single ones."""
    try:
        first = next((row for row in file.read_text(encoding="utf-8-sig").splitlines() if row.strip()), "")
        value = json.loads(first)
    except (OSError, ValueError):
        return False
    return isinstance(value, dict) and "prefers" in value


def import_choices(file: Path, home: Path) -> int:
    """Add the choices of `file` to the workspace's; how many were new. The first word of a person stands."""
    path = choices_file(home)
    known = {choice.key for choice in read_choices(path)} if path.exists() else set()
    fresh = {choice.key: choice for choice in reversed(read_choices(file)) if choice.key not in known}
    return append(path, (choice.to_json() for choice in fresh.values()))


def agreement(pairs: Sequence[Pair], judged: Mapping[str, str], people: Sequence[PersonsChoice]) -> float | None:
    """Cohen's kappa of a judge's choices (`a`, `b`, `tie` by id of the pair) with people's, over what both judged."""
    keys = {(text_key(pair.a), text_key(pair.b)): pair.id for pair in pairs}
    both = [
        (judged[keys[choice.a, choice.b]], choice.prefers)
        for choice in people
        if keys.get((choice.a, choice.b)) in judged
    ]
    return cohen([ours for ours, _ in both], [theirs for _, theirs in both], "none")


def readers(pairs: Sequence[Pair], people: Sequence[PersonsChoice], one: str, other: str) -> float | None:
    """Cohen's kappa of two readers, over the pairs that both read."""
    known = {(text_key(pair.a), text_key(pair.b)) for pair in pairs}
    first, second = (
        {(c.a, c.b): c.prefers for c in people if c.by == name and (c.a, c.b) in known} for name in (one, other)
    )
    both = sorted(first.keys() & second.keys())
    return cohen([first[key] for key in both], [second[key] for key in both], "none")
