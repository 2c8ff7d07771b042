"""A brief made of a template's own examples, so that its prompts can be shown before anybody has a brief."""

from __future__ import annotations

from dataclasses import replace

from assistant.brief import Brief
from assistant.interview import open_questions
from assistant.workspace import Workspace
from knowledge.records import EntryVersion, Scope
from prompts.inputs import Input
from prompts.template import Template

_LONG_ENOUGH = 400
"""Characters of an entry that can stand for a document."""


def example_brief(workspace: Workspace, template: Template, locale: str) -> Brief:
    """The examples of the inputs, as a brief for the public. An entry that is not in the library gives way to one that
    is; the text of an entry stands for a document. What does not fit and need not be said is left out."""
    language = "zh" if locale.startswith("zh") else "en"
    brief = Brief(template=template.id, inputs={}, locale=locale)
    entries = sorted(_entries(workspace, brief), key=lambda one: (one.locale.split("-", 1)[0] != language, one.title))
    for declared in template.inputs:
        value = declared.example.of(language)
        if declared.type == "document":
            value = _document(entries) if declared.required else ""
        if value:
            brief = replace(brief, inputs={**brief.inputs, declared.name: value})
    asked = {question.input for question in open_questions(brief, template, workspace.library)}
    inputs = dict(brief.inputs)
    for name in asked & inputs.keys():
        instead = _instead(template.input(name), entries)
        if instead:
            inputs[name] = instead
        else:
            del inputs[name]
    return replace(brief, inputs=inputs)


def _entries(workspace: Workspace, brief: Brief) -> list[EntryVersion]:
    return workspace.library.offered(Scope(audience=brief.audience))


def _instead(declared: Input | None, entries: list[EntryVersion]) -> str:
    """The id of an entry of the wanted kind; empty where there is none."""
    if declared is None or declared.type != "entry" or not declared.required:
        return ""
    return next((one.entry_id for one in entries if declared.kind in (None, one.kind)), "")


def _document(entries: list[EntryVersion]) -> str:
    texts = [entry.text for entry in entries]
    return next((text for text in texts if len(text) >= _LONG_ENOUGH), max(texts, key=len, default=""))
