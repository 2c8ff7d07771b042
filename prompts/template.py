"""The shape of a `template.yaml`, validated. Unknown keys are errors; a template is data and can never run code.

Texts come in two languages (`zh`, `en`). Texts with `{{ … }}` may use the inputs of the brief by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from knowledge.domain.words import NOTHING, Record, WordLists, Words

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
            _wrong((), f"section '{self.id}' is written by '{self.write}' and needs '{name}'")
            for name in needs
            if not getattr(self, name) or getattr(self, name) == NOTHING
        ]
        roles = [part.role for part in self.parts]
        if len(set(roles)) != len(roles):
            wrong.append(_wrong(("parts",), f"section '{self.id}' has two parts of the same role"))
        if self.shares and sum(share.percent for share in self.shares) != 100:
            wrong.append(_wrong(("shares",), f"the shares of section '{self.id}' do not add up to 100"))
        _refuse(wrong)
        return self

    def wanted(self, inputs: Mapping[str, str]) -> bool:
        """True when a brief with these inputs asks for the section."""
        given = (
            (re.split(r"[,，、;；]\s*", inputs.get(name, "").strip()), values) for name, values in self.when.items()
        )
        return all(not any(chosen) or set(chosen) & set(values) for chosen, values in given)


class Criterion(Record):
    """One line of the rubric by which the result is judged."""

    id: Id
    question: Words


class Rule(Record):
    """A rule of the template that a program checks: the id of a check and its parameters (`koujing checks show ID`).
    `section` and `role` say where it looks; without them, at the whole draft."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    check: Id
    section: Id | None = None
    role: Id | None = None
    parameters: dict[str, Any] = Field(default_factory=dict, alias="with")


class Method(Record):
    """What the template itself brings: a proven way of the trade, in a sentence or two. It says nothing of the
    company; a draft that uses it cites it as the template's own."""

    id: Id
    text: Words


class Template(Record):
    """A kind of content, as declared in its `template.yaml`.

    `audience` says who reads it. `alternatives`: the sections are versions of one text, each of which stands alone, so
    that they may repeat each other. `point_first` is the order of the sections for Western readers, who want the point
    before its grounds; sections that it leaves out keep their place behind those named.
    """

    id: Id
    version: int = Field(ge=1)
    name: Words
    purpose: Words
    audience: Words = NOTHING
    stage: Literal["awareness", "consideration", "preference", "purchase", "internal"]
    inputs: tuple[Input, ...]
    agree: tuple[Agreement, ...] = ()
    sections: tuple[TemplateSection, ...] = Field(min_length=1)
    point_first: tuple[Id, ...] = ()
    method: tuple[Method, ...] = ()
    rules: tuple[Rule, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    alternatives: bool = False

    @model_validator(mode="after")
    def _names_unique_and_known(self) -> Self:
        """Every name is declared once, and each that is used is declared; all that is wrong is told at once."""
        _refuse([*_doubled(self), *_undeclared(self)])
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

    def rules_of(self, check_id: str) -> tuple[Rule, ...]:
        """The rules by which a check looks at this template's drafts."""
        return tuple(rule for rule in self.rules if rule.check == check_id)


Place = tuple[str | int, ...]
"""Where in the declaration: keys and positions, from the top."""


def _doubled(template: Template) -> Iterator[InitErrorDetails]:
    for key, what, names in (
        ("inputs", "input", [i.name for i in template.inputs]),
        ("sections", "section", [s.id for s in template.sections]),
        ("rubric", "criterion", [c.id for c in template.rubric]),
        ("method", "method", [m.id for m in template.method]),
    ):
        for number, name in enumerate(names):
            if name in names[:number]:
                yield _wrong((key, number), f"{what} '{name}' stands twice")


def _undeclared(template: Template) -> Iterator[InitErrorDetails]:
    inputs, methods = {i.name for i in template.inputs}, {m.id for m in template.method}
    before: set[str] = set()
    for number, section in enumerate(template.sections):
        here, said = ("sections", number), f"section '{section.id}'"
        yield from _declared(section.when, inputs, (*here, "when"), f"{said} depends on input")
        yield from _declared([section.input], inputs, (*here, "input"), f"{said} rests on input")
        for place, want in enumerate(section.evidence):
            there = (*here, "evidence", place)
            yield from _declared([want.input], inputs, (*there, "input"), f"{said} wants evidence from input")
            yield from _declared([want.method], methods, (*there, "method"), f"{said} wants evidence from method")
        what = f"{said} wants the text of section"
        yield from _declared(section.context, before, (*here, "context"), what, "does not stand before it")
        before.add(section.id)
    yield from _declared(template.point_first, before, ("point_first",), "'point_first' names section")
    for number, agreement in enumerate(template.agree):
        yield from _declared(agreement.inputs, inputs, ("agree", number, "inputs"), "'agree' names input")
    for number, rule in enumerate(template.rules):
        yield from _declared([rule.section], before, ("rules", number, "section"), f"rule '{rule.check}' names section")


def _declared(
    names: Iterable[str | None], known: Set[str], place: Place, what: str, otherwise: str = "is not declared"
) -> Iterator[InitErrorDetails]:
    """What is wrong with each name that is not among `known`."""
    for name in names:
        if name is not None and name not in known:
            yield _wrong(place, f"{what} '{name}', which {otherwise}", name, known)


def _wrong(place: Place, message: str, name: str = "", known: Iterable[str] = ()) -> InitErrorDetails:
    """Something wrong at a place; `name` is the word that is not among the `known` ones."""
    context = {"said": message, "name": name, "known": sorted(known)}
    return InitErrorDetails(type=PydanticCustomError("contract", "{said}", context), loc=place, input=name)


def _refuse(wrong: Sequence[InitErrorDetails]) -> None:
    """Raises `ValidationError` with everything that is wrong, each at its place."""
    if wrong:
        raise ValidationError.from_exception_data("template", list(wrong))
