"""Everything that is wrong with a template, errors and warnings, each with file, line, place and remedy.

What keeps a template from being loaded comes from the loader; here is added what only the whole house knows: the kinds
of the library, the checks, and what is declared and then used by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assistant.checks.rules import wrong_rules
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Severity
from knowledge.domain.words import NOTHING
from knowledge.records import KINDS, Use
from prompts.contract import FILLED, LANGUAGES, Text, texts_of, used_inputs
from prompts.declaration import Declaration
from prompts.faults import Fault, Faulty, instead_of
from prompts.inputs import Input
from prompts.loader import SHARED, Examined, Templates, examine
from prompts.readers import accepted_inputs
from prompts.rendering import BLOCKS, PROMPT_VARIABLES, Prompts, fill, names_in
from prompts.section import TemplateSection
from prompts.template import Template

LEAST_CRITERIA = 2
"""Questions of the rubric by which a draft can be judged at all."""

_RULE = re.compile(r"rule (\d+) \('[^']*'\): ")
_STATEMENT = re.compile(r"{%.*?%}", re.DOTALL)
_INPUT_OF = {"schedule": "date", "budget": "shares", "scenes": "number"}
"""The type of the input on which a section of that `write` rests."""


def lint(templates: Templates, template_id: str) -> list[Fault]:
    """All faults of a template, in the order of files and lines. Raises `NotFound`."""
    examined = examine(templates.folder(template_id))
    found = list(examined.faults)
    if examined.mended is not None and examined.declaration is not None:
        found += _beyond_loading(examined, examined.mended, examined.declaration)
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda fault: (not fault.file.endswith(".yaml"), fault.file, fault.line))


def _beyond_loading(examined: Examined, template: Template, declaration: Declaration) -> Iterator[Fault]:
    yield from _rules(template, declaration)
    yield from _kinds(template, declaration)
    yield from _languages(declaration.data, (), declaration)
    for number, section in enumerate(template.sections):
        yield from _section(template, section, number, declaration)
    if examined.whole:
        prompts = Prompts(examined.folder, SHARED)
        yield from _unused(template, prompts, declaration)
        yield from _tried(template, prompts, examined.folder.name)
        yield from _wishes(template, declaration)


def _rules(template: Template, declaration: Declaration) -> Iterator[Fault]:
    for line in wrong_rules(template):
        named = _RULE.match(line)
        loc = ("rules", int(named[1]) - 1) if named else ("rules",)
        yield declaration.fault(loc, line[named.end() :] if named else line, "`koujing checks list` shows them")
    for number, rule in enumerate(template.rules):
        section = next((s for s in template.sections if s.id == rule.section), None)
        roles = [part.role for part in section.parts] if section else []
        if rule.role and roles and rule.role not in roles:
            message = f"section '{rule.section}' has no role '{rule.role}'"
            yield declaration.fault(("rules", number, "role"), message, instead_of(rule.role, roles))


def _kinds(template: Template, declaration: Declaration) -> Iterator[Fault]:
    """Kinds of entries and uses of permissions that do not exist."""
    named: list[tuple[tuple[str | int, ...], str]] = []
    for number, declared in enumerate(template.inputs):
        named += [(("inputs", number, "kind"), declared.kind)] if declared.kind else []
        for kind in declared.answered.kinds if declared.answered else ():
            named.append((("inputs", number, "answered", "kinds"), kind))
    for number, section in enumerate(template.sections):
        here = ("sections", number)
        named += [((*here, "evidence", n, "kinds"), kind) for n, w in enumerate(section.evidence) for kind in w.kinds]
        named += [((*here, "columns", n, "kinds"), kind) for n, c in enumerate(section.columns) for kind in c.kinds]
        for use in set(section.uses) - {str(use) for use in Use}:
            yield declaration.fault((*here, "uses"), f"there is no use '{use}'", instead_of(use, map(str, Use)))
    for loc, kind in named:
        if kind not in KINDS:
            yield declaration.fault(loc, f"there is no kind '{kind}' of entry", instead_of(kind, KINDS, most=40))


def _languages(value: Any, loc: tuple[str | int, ...], declaration: Declaration) -> Iterator[Fault]:
    """Texts and lists of words that one language has and the other has not."""
    if isinstance(value, dict) and value and set(value) <= set(LANGUAGES):
        lacking = [name for name in LANGUAGES if not value.get(name)]
        if len(lacking) == 1:
            fault = declaration.fault(loc, f"has nothing in '{lacking[0]}'", "write it in both languages")
            listed = any(isinstance(words, list) for words in value.values())
            yield replace(fault, severity=Severity.WARNING) if listed else fault
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _languages(inner, (*loc, str(key)), declaration)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _languages(inner, (*loc, number), declaration)


def _section(template: Template, section: TemplateSection, number: int, declaration: Declaration) -> Iterator[Fault]:
    here = ("sections", number)
    for name, values in section.when.items():
        declared = template.input(name)
        for value in values if declared and declared.choices else ():
            if declared and value not in declared.choices:
                message = f"'{value}' is no choice of input '{name}'"
                yield declaration.fault((*here, "when", name), message, instead_of(value, declared.choices))
    rests_on = template.input(section.input) if section.input else None
    wanted = _INPUT_OF.get(section.write)
    if rests_on and wanted and rests_on.type != wanted:
        message = f"'{section.write}' rests on an input of type {wanted}, and '{rests_on.name}' is {rests_on.type}"
        yield declaration.fault((*here, "input"), message, f"declare the input with 'type: {wanted}'")
    for place, part in enumerate(section.parts):
        for language in LANGUAGES:
            otherwise = part.otherwise.of(language)
            lines = [line for line in _STATEMENT.sub("", otherwise).splitlines() if line.strip()]
            if otherwise and len(lines) < part.count.least:
                message = f"holds {len(lines)} ideas, and the part needs at least {part.count.least}"
                loc = (*here, "parts", place, "otherwise", language)
                yield declaration.fault(loc, message, "begin it with '|' and write one idea a line")
        if section.write == "propose" and not part.otherwise.zh and not part.otherwise.en:
            message = "says nothing where the model proposes nothing that holds"
            yield _warning(declaration, (*here, "parts", place), message, "add 'otherwise', one idea a line")
    for text in texts_of(section, number):
        if text.key in FILLED and (names := _names(text.text)):
            yield from _filled(template, text, names, declaration)


def _filled(template: Template, text: Text, names: set[str], declaration: Declaration) -> Iterator[Fault]:
    """The text filled once for each answer that may be given: a choice may be left open, a text may be anything."""
    inputs = {declared.name: declared for declared in accepted_inputs(template)}
    if not names <= {*inputs, "date_text"}:
        return
    given = {name: _answers(one)[-1] for name, one in inputs.items()} | {"date_text": "x"}
    for name in sorted(names & set(inputs)):
        for answer in _answers(inputs[name]):
            try:
                fill(text.text, {**given, name: answer})
            except InputError as error:
                asked = f"'{answer}'" if answer else "left open"
                remedy = "say what stands there then, e.g. with {% if … %} or | default('')"
                yield declaration.fault(text.loc, f"cannot be filled when '{name}' is {asked}: {error}", remedy)
                return


def _answers(declared: Input) -> list[str]:
    """What a brief may say: nothing where it may, every choice, two choices where it may; else some text."""
    several = [", ".join(declared.choices[:2])] if declared.many and len(declared.choices) > 1 else []
    return [*([] if declared.required else [""]), *several, *(declared.choices or ("x",))]


def _names(text: str) -> set[str]:
    """The variables of a text; of one that is no valid Jinja2 a name that nobody gives."""
    try:
        return names_in(text)
    except InputError:
        return {"?"}


def _unused(template: Template, prompts: Prompts, declaration: Declaration) -> Iterator[Fault]:
    """What is declared and then used by nobody. Says nothing while a text or a prompt cannot be read."""
    try:
        used = used_inputs(template, prompts)
    except InputError:
        return
    for number, declared in enumerate(template.inputs):
        if declared.name not in used:
            remedy = f"use it in a text or a query as '{{{{ {declared.name} }}}}', or take it out"
            yield _warning(declaration, ("inputs", number), f"nothing uses input '{declared.name}'", remedy)
    wants = [want for section in template.sections for want in section.evidence if want.origin == "method"]
    wanted = {want.method for want in wants}
    for number, method in enumerate(template.method):
        if None not in wanted and method.id not in wanted:
            remedy = "give a section 'evidence: [{origin: method}]', or take it out"
            yield _warning(declaration, ("method", number), f"nothing uses method '{method.id}'", remedy)


def _tried(template: Template, prompts: Prompts, folder: str) -> Iterator[Fault]:
    """The prompts rendered once with values that stand in, section by section."""
    for language in LANGUAGES:
        if set(_variables(prompts, language)) - set(PROMPT_VARIABLES):
            continue  # told already
        for section in template.sections:
            try:
                for block in BLOCKS:
                    prompts.render(block, language, _stand_ins(template, section, language))
            except Faulty:
                break  # told already
            except InputError as error:
                yield Fault(f"{folder}/{language}.j2", f"{error} (section '{section.id}')", "write it more simply")
                break


def _variables(prompts: Prompts, language: str) -> set[str]:
    """The variables of a prompt; none for one that cannot be read."""
    try:
        return prompts.variables(language)
    except Faulty:
        return set()


def _stand_ins(template: Template, section: TemplateSection, language: str) -> dict[str, Any]:
    parts = [
        {"role": part.role, "least": part.count.least, "most": part.count.most, "shortest": 1, "longest": 9}
        for part in section.parts
    ]
    return {
        "template": {"name": template.name.of(language), "purpose": template.purpose.of(language)},
        "language": language,
        "brief": {"reader": "x", "audience": "x", "market": "x", "channel": "x"},
        "inputs": {declared.name: _answers(declared)[-1] for declared in accepted_inputs(template)},
        "style": ["x"],
        "section": {"heading": "x", "instruction": "x", "parts": parts},
        "sources": [{"id": "S1", "text": "x"}],
        "fence": "s000000",
        "facts": ["x"],
        "context": [{"heading": "x", "text": "x"}],
        "terms": [{"term": "x", "form": "x"}],
        "previous": "x",
        "findings": ["x"],
    }


def _wishes(template: Template, declaration: Declaration) -> Iterator[Fault]:
    """What a template can do without, and its users cannot."""
    if len(template.rubric) < LEAST_CRITERIA:
        message = f"has {len(template.rubric)} questions, and a draft is judged by at least {LEAST_CRITERIA}"
        yield _warning(declaration, ("rubric",), message, "ask what makes such a text good")
    if template.audience == NOTHING:
        yield _warning(declaration, ("audience",), "'audience' is missing", "say who reads it, in both languages")


def _warning(declaration: Declaration, loc: tuple[str | int, ...], message: str, remedy: str) -> Fault:
    return replace(declaration.fault(loc, message, remedy), severity=Severity.WARNING)
