"""What a template uses must be declared, and what it declares used: in its texts and its prompts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.domain.errors import InputError
from knowledge.domain.words import NOTHING
from prompts.declaration import Declaration
from prompts.faults import Fault, Faulty, instead_of
from prompts.readers import accepted_inputs, common_inputs
from prompts.rendering import BLOCKS, PROMPT_VARIABLES, Prompts, uses_in
from prompts.section import TemplateSection
from prompts.template import Template

LANGUAGES = ("zh", "en")
FILLED = ("heading", "text", "prefix", "gap", "query", "entry", "otherwise")
"""Keys of a section whose texts are filled with the inputs; `form` is filled with the fields of its part."""

READ_BY_NAME: Mapping[str, str] = {"budget": "total"}
"""The input that a `write` reads by its name when the template declares it: amounts need the whole."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a section: where it stands (from the top of the declaration) and which of its keys it belongs to."""

    loc: tuple[str | int, ...]
    key: str
    text: str


def texts_of(section: TemplateSection, number: int) -> Iterator[Text]:
    """Every text of a section that may hold variables, or should not."""
    yield from _texts(section.model_dump(exclude={"when", "context", "uses"}), ("sections", number), "")


def _texts(value: Any, loc: tuple[str | int, ...], key: str) -> Iterator[Text]:
    if isinstance(value, str):
        yield Text(loc, key, value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*loc, name), key if name in LANGUAGES else name)
    elif isinstance(value, (tuple, list)):
        for place, inner in enumerate(value):
            yield from _texts(inner, (*loc, place), key)


def broken_texts(template: Template, declaration: Declaration) -> Iterator[Fault]:
    """Variables of the template's texts that nobody gives, and texts that are no valid Jinja2."""
    inputs = [declared.name for declared in accepted_inputs(template)]
    for number, section in enumerate(template.sections):
        for text in texts_of(section, number):
            if text.key not in (*FILLED, "form"):
                if "{{" in text.text or "{%" in text.text:
                    yield declaration.fault(
                        text.loc,
                        f"'{text.key}' is not filled in",
                        "say it without '{{ … }}'; the prompt shows the brief",
                    )
                continue
            known = _fields(section, text.loc) if text.key == "form" else [*inputs, "date_text"]
            try:
                used = uses_in(text.text)
            except InputError as error:
                yield declaration.fault(text.loc, str(error), "look for an open '{{', '{%' or quote")
                continue
            for name in dict.fromkeys(use.name for use in used if use.name not in known):
                yield declaration.fault(text.loc, f"'{name}' is no known variable", instead_of(name, known))


def _fields(section: TemplateSection, loc: Sequence[str | int]) -> list[str]:
    """The fields of the part in which a form stands."""
    at = loc[loc.index("parts") + 1]
    return list(section.parts[int(at)].fields)


def broken_prompts(template: Template, prompts: Prompts, folder: str) -> Iterator[Fault]:
    """Variables of the prompts that nobody gives, missing blocks, and files that cannot be used."""
    inputs = {declared.name for declared in accepted_inputs(template)}
    for language in LANGUAGES:
        file = f"{folder}/{language}.j2"
        try:
            used, blocks = prompts.uses(language), prompts.blocks(language)
        except Faulty as error:
            yield from error.faults
            continue
        for name, use in dict.fromkeys(used):
            where = f"{folder if prompts.is_own(name) else 'shared'}/{name}"
            if use.name not in PROMPT_VARIABLES:
                remedy = instead_of(use.name, PROMPT_VARIABLES)
                yield Fault(where, f"'{use.name}' is no known variable", remedy, use.line)
            elif use.name == "inputs" and use.attribute and use.attribute not in inputs:
                remedy = f"declare it in template.yaml, or {instead_of(use.attribute, sorted(inputs))}"
                yield Fault(where, f"'inputs.{use.attribute}' is no input of the template", remedy, use.line)
        for block in BLOCKS:
            if block not in blocks:
                remedy = f'begin with {{% extends "base.{language}.j2" %}}, or write {{% block {block} %}}'
                yield Fault(file, f"block '{block}' is missing", remedy)


def used_inputs(template: Template, prompts: Prompts) -> set[str]:
    """The inputs that something uses: a text, a prompt, a section, an agreement, a rule, or who reads it."""
    declared = {one.name for one in template.inputs}
    used = {common.name for common in common_inputs()}
    for agreement in template.agree:
        used |= set(agreement.inputs)
    for rule in template.rules:
        used |= {value for value in rule.parameters.values() if isinstance(value, str)}
    for number, section in enumerate(template.sections):
        used |= set(section.when) | {section.input or "", READ_BY_NAME.get(section.write, "")}
        used |= {want.input or "" for want in section.evidence}
        if any(want.origin == "brief" and want.query == NOTHING for want in section.evidence):
            return declared  # what the brief says, with all its inputs
        for text in texts_of(section, number):
            if text.key in FILLED:
                used |= {use.name for use in uses_in(text.text)}
    if "date_text" in used:
        used |= {one.name for one in [one for one in template.inputs if one.type == "date"][:1]}
    for language in LANGUAGES:
        taken = {use.attribute for _, use in prompts.uses(language) if use.name == "inputs"}
        if "" in taken:
            return declared
        used |= taken
    return used & declared
