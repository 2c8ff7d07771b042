"""Checks that a template asks for: a rule names the check, where it looks, and its parameters.

class BudgetSum(RuleCheck[NoParameters]): ...        looks where the template's rules say
wrong_rules(template)                                what is wrong with the rules of a template, a line each
keep_rules(template)                                 raises for the first of them
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar, Generic, TypeVar, cast

from pydantic import ValidationError

from assistant.checks.base import Check, DraftCheck, DraftView
from assistant.draft import Paragraph
from knowledge.domain.errors import InputError, NotFound
from knowledge.domain.finding import Finding
from knowledge.domain.words import Record
from prompts.section import Part
from prompts.template import Rule, Template


class NoParameters(Record):
    """A rule that says only where to look."""


P = TypeVar("P", bound=Record)


class RuleCheck(DraftCheck, Generic[P]):
    """Looks once for each rule of the template that names it. `inputs` are the parameters that name an input of the
    template."""

    drafts_only = True
    parameters: ClassVar[type[Record]] = NoParameters
    inputs: ClassVar[tuple[str, ...]] = ()

    def check(self, view: DraftView) -> Iterator[Finding]:
        """Raises `InputError` for a rule whose parameters are wrong."""
        for rule in rules_for(view, self.id):
            yield from self.look(view, rule, paragraphs_of(view, rule), cast(P, parameters_of(type(self), rule)))

    @abstractmethod
    def look(self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: P) -> Iterator[Finding]:
        """`paragraphs` are those in the rule's section and of its role, gaps left out."""


def rules_for(view: DraftView, check_id: str) -> tuple[Rule, ...]:
    """The template's rules that name a check; none for a text without template."""
    return view.template.rules_of(check_id) if view.template else ()


def paragraphs_of(view: DraftView, rule: Rule) -> list[Paragraph]:
    """The paragraphs in the section and of the role that a rule names, gaps left out."""
    return [
        paragraph
        for section, paragraph in view.draft.paragraphs()
        if not paragraph.gap and rule.section in (None, section.id) and rule.role in (None, paragraph.role)
    ]


def part_of(view: DraftView, paragraph: Paragraph) -> Part | None:
    """The part of the template that a paragraph fills."""
    section = next((s for s, p in view.draft.paragraphs() if p.id == paragraph.id), None)
    declared = view.template.sections if view.template and section else ()
    parts = (part for d in declared if section and d.id == section.id for part in d.parts)
    return next((part for part in parts if part.role == paragraph.role), None)


def given_text(view: DraftView, name: str) -> str:
    """What the brief gave as an input: its words, and the pieces of it that are evidence."""
    pieces = [e.text for e in view.draft.evidence if e.origin == "input" and e.source == name]
    return "\n".join([view.draft.inputs.get(name, ""), *pieces])


def parameters_of(check: type[Check], rule: Rule) -> Record:
    """The rule's parameters. Raises `InputError` saying what is wrong with them."""
    wanted = check.parameters or NoParameters
    try:
        return wanted.model_validate(rule.parameters)
    except ValidationError as error:
        raise InputError(f"rule '{rule.check}': {_said(error, wanted)[0]}") from None


# --- a template's rules as they are written --------------------------------------------------------------------------


def wrong_rules(template: Template) -> list[str]:
    """What is wrong with the rules of a template, a line for each."""
    return [line for number, rule in enumerate(template.rules, start=1) for line in _wrong(number, rule, template)]


def keep_rules(template: Template) -> None:
    """Raises `InputError` for the first rule that no check can keep."""
    for line in wrong_rules(template):
        raise InputError(f"template '{template.id}', {line}")


def _wrong(number: int, rule: Rule, template: Template) -> Iterator[str]:
    from assistant.checks.catalogue import check_named  # the list of all checks, of which this module has the base

    here = f"rule {number} ('{rule.check}')"
    try:
        check = check_named(rule.check)
    except NotFound as error:
        yield f"{here}: {error}"
        return
    wanted = check.parameters or NoParameters
    try:
        wanted.model_validate(rule.parameters)
    except ValidationError as error:
        yield from (f"{here}: {line}" for line in _said(error, wanted))
        return
    for name in getattr(check, "inputs", ()):
        value = rule.parameters.get(name)
        if value and template.input(value) is None:
            has = ", ".join(declared.name for declared in template.inputs)
            yield f"{here}: '{name}' names input '{value}', which is not declared; inputs are {has}"


def _said(error: ValidationError, wanted: type[Record]) -> list[str]:
    known = ", ".join(wanted.model_fields) or "none"
    lines = []
    for found in error.errors():
        name = ".".join(str(part) for part in found["loc"])
        if found["type"] == "extra_forbidden":
            lines.append(f"unknown parameter '{name}'; parameters are {known}")
        elif found["type"] == "missing":
            lines.append(f"parameter '{name}' is missing; parameters are {known}")
        else:
            said = found["msg"].removeprefix("Value error, ")
            lines.append(f"parameter '{name}': {said}" if name else said)
    return lines
