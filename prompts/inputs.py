"""What a template asks for: its inputs, and which of them must agree."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from knowledge.domain.words import Record, Words

_SEPARATORS = re.compile(r"[,，、;；]\s*")

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Answered(Record):
    """What the library may answer in the place of a person: entries of these kinds, about this query."""

    kinds: tuple[str, ...] = Field(min_length=1)
    query: Words
    least: float = Field(default=0.2, ge=0, le=1)


class Input(Record):
    """What the brief must or may say. `document` is a text given whole (`@FILE`), `entry` names a library entry,
    `number` is a whole number, `shares` are parts that add up to 100% ("website 40%, events 60%").

    `many`: several of the choices, with commas between. `step`: a question of a later step is asked when those of the
    steps before are answered. `answered`: not asked when the library has it; the input then stays empty.
    """

    name: Id
    type: Literal["text", "date", "document", "entry", "choice", "number", "shares"] = "text"
    required: bool = False
    kind: str | None = None
    choices: tuple[str, ...] = ()
    many: bool = False
    step: int = Field(default=1, ge=1, le=5)
    answered: Answered | None = None
    question: Words
    example: Words

    @model_validator(mode="after")
    def _choices_given(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise ValueError("'choices' belongs to inputs of type choice, and they need it")
        if self.many and self.type != "choice":
            raise ValueError("'many' belongs to inputs of type choice")
        return self

    def values_of(self, given: str) -> tuple[str, ...]:
        """What was chosen, in the order given; one value unless the input takes `many`."""
        parts = _SEPARATORS.split(given) if self.many else [given]
        return tuple(part.strip() for part in parts if part.strip())


class Agreement(Record):
    """Two inputs that must agree, and what is asked when they do not: `before` (the first date is no later than the
    second), `differ` (they are not the same), `either` (at least one of them is given)."""

    test: Literal["before", "differ", "either"]
    inputs: tuple[Id, Id]
    question: Words
