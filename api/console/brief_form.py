"""The form of a brief, made from the inputs that a template declares."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.console.catalogue import Wording
from prompts.inputs import Input
from prompts.readers import accepted_inputs, common_inputs, readers
from prompts.template import Template

FEW = 5
"""So many choices are shown at once; more go into a list."""

_END_OF_QUESTION = re.compile(r"[？?。.]")
_ENUMERATED = re.compile(r"[,，、;；]?\s*[a-z_]+（|\b[a-z_]+ \(")


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: what is sent and what is read."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """An input as a form shows it. `widget` is text, long, date, number, entry, document, radio, select or checks;
    `error` says what is wrong with the value, empty when nothing is."""

    name: str
    widget: str
    label: str
    hint: str
    value: str
    required: bool
    kind: str = ""
    options: Sequence[Option] = ()
    error: str = ""

    @property
    def id(self) -> str:
        return f"field-{self.name.replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class BriefForm:
    """What must be said, what may be said, and what may be said about the reader."""

    needed: Sequence[Field]
    optional: Sequence[Field]
    reader: Sequence[Field]

    @property
    def wrong(self) -> list[Field]:
        """The fields with an error, in their order."""
        return [field for field in (*self.needed, *self.optional, *self.reader) if field.error]


def brief_form(
    template: Template, values: Mapping[str, str], errors: Mapping[str, str], t: Wording, *, steps: int = 1
) -> BriefForm:
    """The fields of a template's inputs: those of the first `steps`, and later ones that have a value or an error. What
    a later step asks is asked when it is known that it must be."""
    common = {declared.name for declared in common_inputs()} - {declared.name for declared in template.inputs}
    shown = [
        declared
        for declared in accepted_inputs(template)
        if declared.step <= steps or values.get(declared.name) or errors.get(declared.name)
    ]
    fields = [
        (declared, field_of(declared, values.get(declared.name, ""), errors.get(declared.name, ""), t))
        for declared in shown
    ]
    return BriefForm(
        needed=[field for declared, field in fields if declared.required],
        optional=[field for declared, field in fields if not declared.required and declared.name not in common],
        reader=[field for declared, field in fields if declared.name in common],
    )


def field_of(declared: Input, value: str, error: str, t: Wording, label: str = "") -> Field:
    """An input as a field; `label` instead of its question."""
    language = t.language
    chosen = declared.values_of(value)
    options = [Option(one, choice_label(declared.name, one, t), one in chosen) for one in declared.choices]
    example = declared.example.of(language)
    return Field(
        name=declared.name,
        widget=_widget(declared, example),
        label=label or _question(declared, language),
        hint=t("new_draft.example", text=example) if example and declared.type not in ("choice", "entry") else "",
        value=value,
        required=declared.required,
        kind=declared.kind or "",
        options=options,
        error=error,
    )


def choice_label(name: str, value: str, t: Wording) -> str:
    """A choice in words: those of choices.yaml, else what the readers' declaration says, else the choice itself."""
    if t.has(key := f"choices.{name}_{value}"):
        return t(key)
    for declared in readers().inputs:
        if declared.name == name and value in declared.choices:
            return declared.choices[value].words.of(t.language)
    return value


def _widget(declared: Input, example: str) -> str:
    if declared.type == "choice":
        if declared.many:
            return "checks"
        return "radio" if declared.required and len(declared.choices) <= FEW else "select"
    if declared.type == "shares":
        return "long"
    if declared.type == "text":
        wide = sum(2 if ord(letter) > 0x2E80 else 1 for letter in example)
        return "long" if wide > 48 else "text"
    return declared.type


def _question(declared: Input, language: str) -> str:
    """The question. Where choices or entries are offered, what it says of how to name them says nothing more."""
    question = declared.question.of(language)
    if declared.type not in ("choice", "entry"):
        return question
    end = _END_OF_QUESTION.search(question)
    asked = question[: end.end()] if end else question
    found = _ENUMERATED.search(asked)
    if found and found.start() > 0 and any(choice in asked[found.start() :] for choice in declared.choices):
        asked = asked[: found.start()]
    return asked
