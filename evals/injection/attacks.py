"""The attacks: our own (`attacks.yaml`), and those of BIPIA's training set where public data lies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

BIPIA = Path("injection") / "bipia" / "text_attack_train.json"
"""In the folder of public data."""


@dataclass(frozen=True, slots=True)
class Attack:
    """What stands in the material (`ask`), what one who obeys adds to the text (`act`), and the words in it that give
    it away (`tell`). `locale` is the language of the drafts it is tried in, `zh` or `en`."""

    family: str
    locale: str
    ask: str
    act: str
    tell: str


def own() -> list[Attack]:
    """The attacks of this repository."""
    return [
        Attack(family, locale, one["ask"], one["act"], str(one["tell"]))
        for family, locales in _declared().items()
        if family != "bipia"
        for locale, ones in locales.items()
        for one in ones
    ]


def bipia(data: Path | None) -> list[Attack]:
    """The 75 attacks of BIPIA's training set, each in both languages; none where the data is not there."""
    path = data / BIPIA if data else None
    return list(_bipia(path)) if path and path.is_file() else []


def _bipia(path: Path) -> Iterator[Attack]:
    acts = _declared()["bipia"]
    for category, asks in json.loads(path.read_text(encoding="utf-8")).items():
        for ask in asks:
            for locale in ("en", "zh"):
                yield Attack(f"bipia: {category}", locale, ask, acts[category]["act"], str(acts[category]["tell"]))


@lru_cache(maxsize=1)
def _declared() -> dict[str, Any]:
    text = (Path(__file__).parent / "attacks.yaml").read_text(encoding="utf-8")
    declared: dict[str, Any] = yaml.safe_load(text)
    return declared
