"""The shape of a `template.yaml`, validated. Unknown keys are errors; a template is data and can never run code.

Texts come in two languages (`zh`, `en`). Texts with `{{ … }}` may use the inputs of the brief by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import InitErrorDetails

from knowledge.domain.words import NOTHING, Record, Words
from prompts.inputs import Agreement, Id, Input
from prompts.section import TemplateSection
from prompts.wrong import Place, refuse, wrong_at


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
        refuse([*_doubled(self), *_undeclared(self)])
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


def _doubled(template: Template) -> Iterator[InitErrorDetails]:
    for key, what, names in (
        ("inputs", "input", [i.name for i in template.inputs]),
        ("sections", "section", [s.id for s in template.sections]),
        ("rubric", "criterion", [c.id for c in template.rubric]),
        ("method", "method", [m.id for m in template.method]),
    ):
        for number, name in enumerate(names):
            if name in names[:number]:
                yield wrong_at((key, number), f"{what} '{name}' stands twice")


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
            yield wrong_at(place, f"{what} '{name}', which {otherwise}", name, known)
