"""The shape of a `template.yaml`, validated. Unknown keys are errors; a template is data and can never run code.

Texts come in two languages (`zh`, `en`). Texts with `{{ … }}` may use the inputs of the brief by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from knowledge.domain.words import NOTHING, Record, WordLists, Words

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Input(Record):
    """What the brief must or may say. `document` is a text given whole (`@FILE`), `entry` names a library entry."""

    name: Id
    type: Literal["text", "date", "document", "entry", "choice"] = "text"
    required: bool = False
    kind: str | None = None
    choices: tuple[str, ...] = ()
    question: Words
    example: Words

    @model_validator(mode="after")
    def _choices_given(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise ValueError("'choices' belongs to inputs of type choice, and they need it")
        return self


class Range(Record):
    """Least and most, both inclusive."""

    least: int = Field(ge=0)
    most: int = Field(ge=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.least > self.most:
            raise ValueError("'least' is greater than 'most'")
        return self


class Length(Record):
    """Length of one piece by language: characters for zh, words for en."""

    zh: Range
    en: Range

    def of(self, language: str) -> Range:
        return self.zh if language == "zh" else self.en


class Part(Record):
    """A run of pieces of one role in a section: e.g. one `line`, then two or three `proof`.

    A piece may consist of `fields`, put together by `form`. `unsaid` is what a field says when its words do not stand
    in the evidence: an owner whom nobody named is "not named". `strict`: a length outside the range is an error, and a
    single piece of running text is fitted into it by program where the model does not keep it.
    """

    role: Id = "text"
    count: Range = Range(least=1, most=2)
    length: Length
    strict: bool = False
    fields: tuple[Id, ...] = ()
    unsaid: dict[Id, Words] = Field(default_factory=dict)
    form: Words = NOTHING

    @model_validator(mode="after")
    def _fields_have_a_form(self) -> Self:
        if bool(self.fields) != bool(self.form.zh or self.form.en):
            raise ValueError("'fields' and 'form' belong together: the form says how the fields read as a sentence")
        if set(self.unsaid) - set(self.fields):
            raise ValueError("'unsaid' names a field that is not among 'fields'")
        return self


class Want(Record):
    """Evidence wanted for a section. `origin` is `library`, `brief`, or `input` with the input's name.

    `headings` are the words of headings under which such text usually stands; a passage below one is preferred.
    `place` takes the first or the last pieces of a given document instead of those nearest to the query.
    `least` is the similarity (0 … 1) below which a passage says nothing about the query.
    """

    origin: Literal["library", "brief", "input"] = "library"
    input: Id | None = None
    entry: str = ""
    kinds: tuple[str, ...] = ()
    query: Words = NOTHING
    headings: WordLists = WordLists()
    place: Literal["any", "start", "end"] = "any"
    k: int = Field(default=4, ge=1, le=40)
    least: float = Field(default=0.2, ge=0, le=1)

    @model_validator(mode="after")
    def _input_named(self) -> Self:
        if (self.origin == "input") != (self.input is not None):
            raise ValueError("'input' belongs to evidence of origin input, which needs it")
        return self


class Row(Record):
    """A row of a table: a dimension, and the query that finds its facts."""

    id: Id
    name: Words
    query: Words
    headings: WordLists = WordLists()


class Column(Record):
    """A column of a table. One that stands for many things (`each`) becomes one column per entry found."""

    id: Id
    name: Words
    kinds: tuple[str, ...]
    entry: str = ""
    each: bool = False
    most: int = Field(default=3, ge=1, le=6)


class TemplateSection(Record):
    """A section. `write` says who fills it:

    `model` a language model from the section's evidence; `each` a language model, once for each piece of evidence in
    turn; `translate` the same, piece for piece in another locale; `table` a language model, cell by cell;
    `quote` approved quotes, verbatim; `entry` approved text as it stands; `speakers` who speaks in a transcript;
    `actions` what somebody sums up in a transcript as to be done (parts with the fields what, owner, due);
    `brief` the text of `text`, from the inputs.

    `when` says for which answers the section is wanted: an input's name and the values that ask for it; an input that
    was not given asks for everything. `facts`: the figures of the evidence must appear. `composed`: more than the facts
    put into other words (advice, minutes of talk), so that a small model, too, composes it as a whole.
    """

    id: Id
    heading: Words = NOTHING
    write: Literal["model", "each", "translate", "table", "quote", "entry", "speakers", "actions", "brief"] = "model"
    parts: tuple[Part, ...] = ()
    evidence: tuple[Want, ...] = ()
    instruction: Words = NOTHING
    text: Words = NOTHING
    prefix: Words = NOTHING
    gap: Words = NOTHING
    rows: tuple[Row, ...] = ()
    columns: tuple[Column, ...] = ()
    facts: bool = False
    composed: bool = False
    optional: bool = False
    when: dict[Id, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs = {
            "model": ("parts", "evidence", "instruction", "gap"),
            "each": ("parts", "evidence", "instruction", "gap"),
            "translate": ("evidence", "instruction", "gap"),
            "table": ("rows", "columns", "instruction", "gap", "parts"),
            "quote": ("evidence", "gap"),
            "entry": ("evidence", "gap"),
            "speakers": ("evidence", "gap"),
            "actions": ("parts", "evidence", "instruction", "gap"),
            "brief": ("text",),
        }[self.write]
        for name in needs:
            value = getattr(self, name)
            if not value or value == NOTHING:
                raise ValueError(f"section '{self.id}' is written by '{self.write}' and needs '{name}'")
        roles = [part.role for part in self.parts]
        if len(set(roles)) != len(roles):
            raise ValueError(f"section '{self.id}' has two parts of the same role")
        return self

    def wanted(self, inputs: Mapping[str, str]) -> bool:
        """True when a brief with these inputs asks for the section."""
        given = ((inputs.get(name, "").strip(), values) for name, values in self.when.items())
        return all(not value or value in values for value, values in given)


class Criterion(Record):
    """One line of the rubric by which the result is judged."""

    id: Id
    question: Words


class Template(Record):
    """A kind of content, as declared in its `template.yaml`.

    `alternatives`: the sections are versions of one text, each of which stands alone, so that they may repeat each
    other.
    """

    id: Id
    version: int = Field(ge=1)
    name: Words
    purpose: Words
    stage: Literal["awareness", "consideration", "preference", "purchase", "internal"]
    inputs: tuple[Input, ...]
    sections: tuple[TemplateSection, ...] = Field(min_length=1)
    rubric: tuple[Criterion, ...] = ()
    alternatives: bool = False

    @model_validator(mode="after")
    def _names_unique(self) -> Self:
        for what, names in (
            ("input", [i.name for i in self.inputs]),
            ("section", [s.id for s in self.sections]),
            ("criterion", [c.id for c in self.rubric]),
        ):
            doubled = {name for name in names if names.count(name) > 1}
            if doubled:
                raise ValueError(f"{what} '{sorted(doubled)[0]}' stands twice")
        known = {i.name for i in self.inputs}
        for section in self.sections:
            for name in sorted(set(section.when) - known):
                raise ValueError(f"section '{section.id}' depends on input '{name}', which is not declared")
            for want in section.evidence:
                if want.input is not None and want.input not in known:
                    raise ValueError(
                        f"section '{section.id}' wants evidence from input '{want.input}', which is not declared"
                    )
        return self

    def input(self, name: str) -> Input | None:
        """The input of that name."""
        return next((i for i in self.inputs if i.name == name), None)

    def section(self, section_id: str) -> TemplateSection:
        """The section of that id. Raises `KeyError`."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)
