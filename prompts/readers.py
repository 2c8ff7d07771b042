"""Who reads a draft, by `shared/readers.yaml`: inputs that every template takes, and what convinces whom."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Self

import yaml
from pydantic import Field, model_validator

from knowledge.domain.words import Record, WordLists, Words
from prompts.inputs import Id, Input
from prompts.template import Template

_DECLARED = Path(__file__).parent / "shared" / "readers.yaml"


class Sort(Record):
    """A sort of evidence: entries of these kinds, or passages below such a heading, or with a figure."""

    kinds: tuple[str, ...] = ()
    headings: WordLists = WordLists()
    figures: bool = False


class ReaderChoice(Record):
    """An answer: how a prompt says it, and the sorts of evidence that convince such a reader, the best first."""

    words: Words
    evidence: tuple[Id, ...] = Field(min_length=1)


class ReaderInput(Record):
    """One of the inputs that every template takes."""

    name: Id
    question: Words
    example: Words
    choices: dict[Id, ReaderChoice]


class BuildUp(Record):
    """Where readers take the grounds before the point."""

    markets: tuple[str, ...]
    languages: tuple[str, ...]


class Readers(Record):
    """All of `readers.yaml`."""

    inputs: tuple[ReaderInput, ...]
    evidence: dict[Id, Sort]
    build_up: BuildUp

    @model_validator(mode="after")
    def _sorts_declared(self) -> Self:
        for one in self.inputs:
            for choice in one.choices.values():
                unknown = sorted(set(choice.evidence) - set(self.evidence))
                if unknown:
                    raise ValueError(f"'{one.name}' prefers evidence '{unknown[0]}', which is not declared")
        return self


@lru_cache(maxsize=1)
def readers() -> Readers:
    """The declaration, read once."""
    return Readers.model_validate(yaml.safe_load(_DECLARED.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def common_inputs() -> tuple[Input, ...]:
    """The inputs that every template takes, all optional."""
    return tuple(
        Input(name=one.name, type="choice", choices=tuple(one.choices), question=one.question, example=one.example)
        for one in readers().inputs
    )


def accepted_inputs(template: Template) -> tuple[Input, ...]:
    """The inputs of a template, and the common ones that it does not declare itself."""
    own = {declared.name for declared in template.inputs}
    return (*template.inputs, *(common for common in common_inputs() if common.name not in own))
