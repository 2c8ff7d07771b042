"""How long a title may be on a platform: dated data, each line with its source (`platforms.yaml`)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from assistant.claims.phrases import load
from knowledge.domain.words import Record, Words
from prompts.inputs import Id

PLATFORMS = Path(__file__).parent / "platforms.yaml"


class Platform(Record):
    """A platform and its limit on titles. `most` None: no dated limit is known. Up to `caution` every source agrees;
    `official`: the platform itself says so in public."""

    id: Id
    names: Words
    aliases: tuple[str, ...] = ()
    most: int | None = Field(ge=1)
    caution: int | None = Field(default=None, ge=1)
    counting: Literal["characters", "halves", "weighted"] = "characters"
    official: bool = False
    as_of: date
    source: Words

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.caution is not None and (self.most is None or self.caution >= self.most):
            raise ValueError(f"'{self.id}': 'caution' must be below 'most'")
        return self

    def size(self, title: str) -> int:
        """How much of the limit a title takes."""
        text = unicodedata.normalize("NFC", title.strip())
        if self.counting == "halves":
            return (sum(1 if character.isascii() else 2 for character in text) + 1) // 2
        if self.counting == "weighted":
            return sum(1 if _is_narrow(character) else 2 for character in text)
        return len(text)


class _Platforms(Record):
    platforms: tuple[Platform, ...]


def platform(name: str) -> Platform | None:
    """The platform of that id or alias; None for one that is not known."""
    return platforms().get(name.strip().casefold())


@lru_cache(maxsize=1)
def platforms() -> Mapping[str, Platform]:
    """Every platform by its id and its aliases."""
    known = load(PLATFORMS, _Platforms).platforms
    return {name.casefold(): one for one in known for name in (one.id, *one.aliases)}


def _is_narrow(character: str) -> bool:
    """True for what X counts as one: Latin and its neighbours, general punctuation, quotation marks."""
    code = ord(character)
    return code <= 0x10FF or 0x2000 <= code <= 0x200D or 0x2010 <= code <= 0x201F or 0x2032 <= code <= 0x2037
