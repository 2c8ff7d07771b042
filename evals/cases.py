"""Cases: what a suite asks, what is right, and why the question is there. Golden sets are JSONL, one case a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import parse_locale

GOLDEN = Path(__file__).parent / "golden"
_TYPES = {"id": str, "locale": str, "why": str, "ask": dict, "expect": dict, "core": bool, "source": str}
_CALLED = {str: "a text", dict: "an object", bool: "true or false"}
_KEYS = set(_TYPES)


@dataclass(frozen=True, slots=True)
class Case:
    """One question.

    `ask` goes to the subject, `expect` only to the scorers; both are JSON objects whose keys the suite documents.
    `core` cases make the default run, all others come with `--all`. `source` names the set (`golden`, or a public set
    with its licence).
    """

    id: str
    locale: str
    why: str
    ask: Mapping[str, Any]
    expect: Mapping[str, Any] = field(default_factory=dict)
    core: bool = True
    source: str = "golden"

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "locale": self.locale,
            "why": self.why,
            "ask": dict(self.ask),
            "expect": dict(self.expect),
            "core": self.core,
            "source": self.source,
        }


def case_from_json(document: Mapping[str, Any]) -> Case:
    """The inverse of `Case.to_json`."""
    return Case(**document)


def golden(name: str) -> list[Case]:
    """The cases of `golden/NAME.jsonl`."""
    return read_cases(GOLDEN / f"{name}.jsonl")


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSONL file. Raises `UnreadableFile`, or `InputError` naming file, line and remedy."""
    try:
        rows = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(str(path), f"the cases cannot be read ({type(error).__name__})") from None
    cases = [_case(row, f"{path.name}:{number}") for number, row in enumerate(rows, 1) if row.strip()]
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise InputError(f"{path.name}: case '{case.id}' stands twice; give one another id")
        seen.add(case.id)
    return cases


def _case(row: str, place: str) -> Case:
    try:
        value = json.loads(row)
    except ValueError:
        raise InputError(f"{place}: not JSON; one object per line") from None
    if not isinstance(value, dict):
        raise InputError(f"{place}: an object with id, locale, why, ask and expect is needed")
    unknown, missing = sorted(set(value) - _KEYS), sorted({"id", "locale", "why", "ask"} - set(value))
    if unknown:
        raise InputError(f"{place}: unknown key '{unknown[0]}'; known: {', '.join(sorted(_KEYS))}")
    if missing:
        raise InputError(f"{place}: '{missing[0]}' is missing")
    for name, kind in _TYPES.items():
        if name in value and not isinstance(value[name], kind):
            raise InputError(f"{place}: '{name}' must be {_CALLED[kind]}")
    try:
        parse_locale(value["locale"])
    except InputError as error:
        raise InputError(f"{place}: {error.message}") from None
    return Case(**value)


def digest(cases: Iterable[Case]) -> str:
    """What says whether two runs asked the same: SHA-256 over the cases, in the order of their ids."""
    rows = [json.dumps(case.to_json(), ensure_ascii=False, sort_keys=True) for case in cases]
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()
