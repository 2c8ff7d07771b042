"""Phrases as data: what an expression looks like, and the surroundings in which it does not mean what it seems to mean.

`phrasebooks/LANGUAGE.yaml` holds the superlatives and comparisons of a language; the rule packs of the checks
(`assistant.checks.rulepack`) are made of the same parts. All of it is read once and validated: an unknown key, an
unknown name and a repetition without a small bound are errors, so that no text can make a search slow.
`assistant.claims.searching` finds them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import yaml
from pydantic import Field, ValidationError, model_validator

from knowledge.domain.errors import InputError
from knowledge.domain.words import Record
from prompts.inputs import Id

PHRASEBOOKS = Path(__file__).parent / "phrasebooks"
MOST_REPEATS = 40

_ESCAPED = re.compile(r"\\.")
_CLASS = re.compile(r"\[[^\]]+\]")
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")
_REPEATS = re.compile(r"\{(?:\d+,)?(\d+)\}")
_SET = re.compile(r"<([a-z_]+)>")


class Surroundings(Record):
    """What must stand around a phrase; all that is given must hold. `before` ends where the phrase begins, `after`
    begins where it ends, `around` covers it, `sentence` is found anywhere in its sentence. Regular expressions, in
    which `<name>` stands for a set of the book."""

    before: str = ""
    after: str = ""
    around: str = ""
    sentence: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.before or self.after or self.around or self.sentence):
            raise ValueError("say at least one of before, after, around, sentence")
        return self


class Phrase(Record):
    """Words and patterns that say the same. `cues` are pieces of which one stands in every match of `patterns`: a text
    without any is not searched. `within` are longer expressions in which the phrase begins or ends and that are
    something else (第一步); `unless` names settings of the book in which it is not meant, `only` those of which one
    must hold."""

    id: Id
    words: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_cues(self) -> Self:
        if self.patterns and not self.cues:
            raise ValueError(f"'{self.id}' has patterns and needs cues")
        return self


class Superlative(Phrase):
    """A phrase that is a claim. `sense` is equal for what says the same in other words or languages."""

    kind: Literal["superlative", "comparison"] = "superlative"
    sense: str = ""


class Vocabulary(Record):
    """What phrases of one language are written with: `sets` of words by name, and `settings` that take the meaning
    from a phrase (negation, a title, a goal …): any of the surroundings is enough."""

    sets: Mapping[str, str | tuple[str, ...]] = Field(default_factory=dict)
    settings: Mapping[str, tuple[Surroundings, ...]] = Field(default_factory=dict)

    def filled(self, pattern: str) -> str:
        """The pattern with its sets put in. Raises `InputError` for a set that nobody defined or an open repetition."""

        def put(found: re.Match[str]) -> str:
            if found[1] not in self.sets:
                raise InputError(f"no set is called '{found[1]}' (in {pattern})")
            value = self.sets[found[1]]
            text = value if isinstance(value, str) else "|".join(value)
            return text if text[:1] == "[" and text[-1:] == "]" else f"(?:{text})"

        for _ in range(3):
            pattern = _SET.sub(put, pattern)
        plain = _CLASS.sub("", _ESCAPED.sub("", pattern))
        if _UNBOUNDED.search(plain) or any(int(n) > MOST_REPEATS for n in _REPEATS.findall(plain)):
            raise InputError(f"a repetition needs a bound of at most {MOST_REPEATS}: {pattern}")
        return pattern

    def and_more(self, other: Vocabulary) -> Vocabulary:
        """Both together; the other's sets and settings win."""
        return Vocabulary(sets={**self.sets, **other.sets}, settings={**self.settings, **other.settings})


class Phrasebook(Vocabulary):
    """The superlatives and comparisons of a language. `senses` and `scopes` give one name to what the words say and
    where it holds: `{largest: [最大, 规模最大]}`, `{world: [全球, 世界]}`."""

    language: str
    phrases: tuple[Superlative, ...]
    senses: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    scopes: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


# --- the books -------------------------------------------------------------------------------------------------------

R = TypeVar("R", bound=Record)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(path: Path, record: type[R]) -> R:
    """The record in a YAML file. Raises `InputError` with file and place."""
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader, the fast one where there is one
        return record.model_validate(data)
    except yaml.YAMLError as error:
        raise InputError(f"{path.name}: is not valid YAML ({error})") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = " › ".join(str(part) for part in first["loc"])
        raise InputError(f"{path.name}, at {place}: {first['msg'].removeprefix('Value error, ')}") from None


@lru_cache(maxsize=16)
def phrasebook(language: str) -> Phrasebook | None:
    """The book of a language (`zh`); None where there is none."""
    path = PHRASEBOOKS / f"{language}.yaml"
    return load(path, Phrasebook) if language.isalpha() and path.is_file() else None
