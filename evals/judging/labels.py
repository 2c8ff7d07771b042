"""Labels: what people found a text to be, by which a judge is measured. Ours, and those a team adds of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.cases import GOLDEN
from evals.judging.criteria import STEPS, criterion
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import parse_locale

OURS = GOLDEN / "labels" / "rubric.jsonl"
_NEEDED = ("text", "template", "criterion", "verdict", "locale", "by")
_KEYS = (*_NEEDED, "why", "injection")


@dataclass(frozen=True, slots=True)
class Label:
    """One person's verdict (`yes`, `partly`, `no`) on one criterion of one text.

    `injection`: an order to the judge; the text with it at its end is the injected twin, no better than the text.
    """

    text: str
    template: str
    criterion: str
    verdict: str
    locale: str
    by: str
    why: str = ""
    injection: str = ""

    @property
    def value(self) -> float:
        return STEPS[self.verdict]

    @property
    def language(self) -> str:
        """`zh`, or `en` for every other language: which prompt the judge reads."""
        return "zh" if parse_locale(self.locale).language == "zh" else "en"

    @property
    def twin(self) -> str:
        """The text with the order at its end; empty when there is no order."""
        return f"{self.text}\n\n{self.injection}" if self.injection else ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What the same person labels once: text, criterion, who."""
        return text_key(self.text), self.criterion, self.by

    def to_json(self) -> dict[str, Any]:
        """One line of a file of labels; what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value}


def text_key(text: str) -> str:
    """What a text is known by: the first 16 digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def workspace_file(home: Path) -> Path:
    """Where a workspace keeps the labels of its team."""
    return home / "evals" / "labels.jsonl"


def labels(home: Path | None = None) -> list[Label]:
    """Our labels, and those of the workspace at `home`. Raises as `read_labels`."""
    found = read_labels(OURS)
    if home is not None and workspace_file(home).exists():
        found += read_labels(workspace_file(home))
    return found


def read_labels(path: Path) -> list[Label]:
    """The labels of a JSONL file. Raises `UnreadableFile`, or `InputError` naming file, line and remedy."""
    try:
        rows = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(str(path), f"the labels cannot be read ({type(error).__name__})") from None
    found: dict[tuple[str, str, str], str] = {}
    result = []
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        place = f"{path.name}:{number}"
        label = _label(row, place)
        if label.key in found:
            raise InputError(f"{place}: {label.by} labelled this already in {found[label.key]}; remove one of the two")
        found[label.key] = place
        result.append(label)
    return result


def _label(row: str, place: str) -> Label:
    try:
        value = json.loads(row)
    except ValueError:
        raise InputError(f"{place}: not JSON; one object per line") from None
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise InputError(f"{place}: an object of texts is needed: {', '.join(_NEEDED)}")
    unknown = sorted(set(value) - set(_KEYS))
    if unknown:
        raise InputError(f"{place}: unknown key '{unknown[0]}'; known: {', '.join(_KEYS)}")
    missing = [key for key in _NEEDED if not value.get(key, "").strip()]
    if missing:
        raise InputError(f"{place}: '{missing[0]}' is missing")
    if value["verdict"] not in STEPS:
        raise InputError(f"{place}: verdict '{value['verdict']}' is not on the menu: {', '.join(STEPS)}")
    if value.get("injection") and value["verdict"] == "yes":
        raise InputError(f"{place}: an injection belongs to a text that is not already the best; verdict no or partly")
    _known(value, place)
    return Label(**value)


def _known(value: Mapping[str, str], place: str) -> None:
    try:
        parse_locale(value["locale"])
        named = criterion(value["criterion"])
    except InputError as error:
        raise InputError(f"{place}: {error.message}") from None
    if "." in named.id and not named.id.startswith(f"{value['template']}."):
        raise InputError(f"{place}: criterion '{named.id}' belongs to another template than '{value['template']}'")


def import_labels(file: Path, home: Path) -> int:
    """Add the labels of `file` to the workspace's; how many were new. Raises as `read_labels`, and adds none then.

    What the same person has labelled before is not added again: the first word stands.
    """
    given = read_labels(file)
    path = workspace_file(home)
    known = {label.key for label in read_labels(path)} if path.exists() else set()
    return append(path, (label.to_json() for label in given if label.key not in known))


def append(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Add lines to a JSONL file; how many."""
    lines = [json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows]
    if lines:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")
        with path.open("a", encoding="utf-8") as file:
            file.write(("" if whole else "\n") + "".join(lines))
    return len(lines)
