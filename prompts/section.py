"""A section of a template: what it is made of, which evidence it wants, who writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from knowledge.domain.words import NOTHING, Record, WordLists, Words
from prompts.inputs import Id
from prompts.wrong import refuse, wrong_at


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
    single piece of running text is fitted into it by program where the model does not keep it. `otherwise` is what
    stands there when a model proposes nothing that holds: texts with the inputs, one a line; they rest on the brief.
    """

    role: Id = "text"
    count: Range = Range(least=1, most=2)
    length: Length
    strict: bool = False
    fields: tuple[Id, ...] = ()
    unsaid: dict[Id, Words] = Field(default_factory=dict)
    form: Words = NOTHING
    otherwise: Words = NOTHING

    @model_validator(mode="after")
    def _fields_have_a_form(self) -> Self:
        if bool(self.fields) != bool(self.form.zh or self.form.en):
            raise ValueError("'fields' and 'form' belong together: the form says how the fields read as a sentence")
        if set(self.unsaid) - set(self.fields):
            raise ValueError("'unsaid' names a field that is not among 'fields'")
        return self


class Want(Record):
    """Evidence wanted for a section. `origin` is `library`, `brief` (in the words of `query`, without it all inputs),
    `input` with the input's name, or `method` with the id of one of the template's own (without it: all of them).

    `headings` are the words of headings under which such text usually stands; a passage below one is preferred.
    `place` takes the first or the last pieces of a given document, or those that tell most changes in figures
    (`results`), instead of those nearest to the query.
    `least` is the similarity (0 … 1) below which a passage says nothing about the query. `instead`: looked for only
    where those without it found nothing. `whole`: what is nearest to the query chooses one entry, whose passages (below
    the `headings`, where there are some) are all taken, in their order.
    """

    origin: Literal["library", "brief", "input", "method"] = "library"
    input: Id | None = None
    method: Id | None = None
    entry: str = ""
    kinds: tuple[str, ...] = ()
    query: Words = NOTHING
    headings: WordLists = WordLists()
    place: Literal["any", "start", "end", "results"] = "any"
    k: int = Field(default=4, ge=1, le=40)
    least: float = Field(default=0.2, ge=0, le=1)
    instead: bool = False
    whole: bool = False

    @model_validator(mode="after")
    def _input_named(self) -> Self:
        if (self.origin == "input") != (self.input is not None):
            raise ValueError("'input' belongs to evidence of origin input, which needs it")
        if self.method is not None and self.origin != "method":
            raise ValueError("'method' belongs to evidence of origin method")
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


class Step(Record):
    """A step of a schedule: `days` before (negative) or after the day; with `every`, again every so many days until
    `until`."""

    days: int = Field(ge=-1000, le=1000)
    every: int | None = Field(default=None, ge=1)
    until: int | None = None
    text: Words

    @model_validator(mode="after")
    def _until_with_every(self) -> Self:
        if (self.every is None) != (self.until is None):
            raise ValueError("'every' and 'until' belong together")
        return self


class Share(Record):
    """A line of a budget: what it is for, and its percentage when the brief does not say otherwise."""

    name: Words
    percent: int = Field(ge=1, le=100)


class TemplateSection(Record):
    """A section. `write` says who fills it.

    From the sources: `model` a language model from the section's evidence; `each` a language model, once for each
    piece of evidence in turn; `translate` the same, piece for piece in another locale; `table` a language model, cell
    by cell; `facts` a program, sentences of the evidence as they stand; `answers` the same, for each of the `rows`;
    `quote` approved quotes, verbatim; `entry` approved text as it stands; `titles` headlines within their length.

    Ideas: `propose` a language model; what it proposes is no statement of fact, but has no figure, name or quote that
    the evidence does not have.

    From a transcript: `subject` and `occasion` (when, where, what for); `agenda` its topics by name; `speakers` who
    speaks; `topics` an item for each; `decisions` what was decided; `actions` who does what by when (parts with the
    fields what, owner, due); `following` the next meeting.

    From a document: `outline` its structure with a sentence a part; `keywords` the terms of the trade; `works`
    the reports and books it names; `style` how a model text is made.

    From the brief and the registers: `brief` the text of `text`, from the inputs; `customers` those whose permission
    covers all `uses`; `schedule` the `steps` from the day of `input`; `calendar` a month's content by journey stage;
    `budget` the `shares` of `input`; `scenes` a script within the seconds of `input`.

    `when` says for which answers the section is wanted: an input's name and the values that ask for it; an input that
    was not given asks for everything. `facts`: the figures of the evidence must appear. `composed`: more than the facts
    put into other words (advice, minutes of talk), so that a small model, too, composes it as a whole. `context` names
    sections before this one whose text the model sees.
    """

    id: Id
    heading: Words = NOTHING
    write: Literal[
        "model", "each", "translate", "table", "facts", "answers", "quote", "entry", "titles",
        "propose",
        "subject", "occasion", "agenda", "speakers", "topics", "decisions", "actions", "following",
        "outline", "keywords", "works", "style",
        "brief", "customers", "schedule", "calendar", "budget", "scenes",
    ] = "model"  # fmt: skip
    parts: tuple[Part, ...] = ()
    evidence: tuple[Want, ...] = ()
    instruction: Words = NOTHING
    text: Words = NOTHING
    prefix: Words = NOTHING
    gap: Words = NOTHING
    rows: tuple[Row, ...] = ()
    columns: tuple[Column, ...] = ()
    steps: tuple[Step, ...] = ()
    shares: tuple[Share, ...] = ()
    uses: tuple[str, ...] = ()
    input: Id | None = None
    context: tuple[Id, ...] = ()
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
            "subject": ("parts", "evidence", "gap"),
            "occasion": ("evidence", "gap"),
            "agenda": ("parts", "evidence", "gap"),
            "topics": ("parts", "evidence", "instruction", "gap"),
            "decisions": ("parts", "evidence", "gap"),
            "actions": ("parts", "evidence", "gap"),
            "following": ("evidence", "gap"),
            "brief": ("text",),
            "facts": ("parts", "evidence", "gap"),
            "answers": ("rows", "evidence", "gap"),
            "titles": ("parts", "evidence", "instruction", "gap"),
            "propose": ("parts", "evidence", "instruction", "gap"),
            "outline": ("parts", "evidence", "gap"),
            "keywords": ("parts", "evidence", "gap"),
            "works": ("parts", "evidence", "gap"),
            "style": ("evidence", "gap"),
            "customers": ("uses", "gap"),
            "schedule": ("steps", "input", "gap"),
            "calendar": ("parts", "evidence", "gap"),
            "budget": ("shares", "gap"),
            "scenes": ("parts", "evidence", "instruction", "gap"),
        }[self.write]
        wrong = [
            wrong_at((), f"section '{self.id}' is written by '{self.write}' and needs '{name}'")
            for name in needs
            if not getattr(self, name) or getattr(self, name) == NOTHING
        ]
        roles = [part.role for part in self.parts]
        if len(set(roles)) != len(roles):
            wrong.append(wrong_at(("parts",), f"section '{self.id}' has two parts of the same role"))
        if self.shares and sum(share.percent for share in self.shares) != 100:
            wrong.append(wrong_at(("shares",), f"the shares of section '{self.id}' do not add up to 100"))
        refuse(wrong)
        return self

    def wanted(self, inputs: Mapping[str, str]) -> bool:
        """True when a brief with these inputs asks for the section."""
        given = (
            (re.split(r"[,，、;；]\s*", inputs.get(name, "").strip()), values) for name, values in self.when.items()
        )
        return all(not any(chosen) or set(chosen) & set(values) for chosen, values in given)
