"""The templates, and what one may be made of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from assistant.writing.writers import WRITERS
from knowledge.domain.words import NOTHING
from prompts.loader import Templates
from prompts.rendering import PROMPT_VARIABLES
from prompts.template import (
    Agreement,
    Answered,
    Column,
    Input,
    Method,
    Part,
    Row,
    Rule,
    Share,
    Step,
    Template,
    TemplateSection,
    Want,
)
from tools.docs.tables import both, doc, table, upper

BY_MODEL = ("model", "each", "translate", "table", "titles", "propose", "scenes")
"""The `write` words whose sections a language model fills."""


def templates(_root: Path, _zh: bool) -> str:
    """Every built-in template: names, purpose, inputs, sections, checks."""
    return "\n\n".join(_template(loaded.template) for loaded in Templates().all())


def _template(t: Template) -> str:
    inputs = [
        (
            f"`{i.name}`",
            i.type + (f": {', '.join(i.choices)}" if i.choices else f" of kind {i.kind}" if i.kind else ""),
            "yes" if i.required else "no",
            both(i.question),
            both(i.example),
        )
        for i in t.inputs
    ]
    sections = [
        (f"`{s.id}`", both(s.heading), _writer(s), _parts(s), both(s.gap) or ("left out" if s.optional else ""))
        for s in t.sections
    ]
    return "\n\n".join([
        f"## `{t.id}`: {both(t.name)}",
        f"{t.purpose.zh}<br>{t.purpose.en}",
        f"Stage: {t.stage}. Version {t.version}. Checks: those that always run ([checks](checks.md)).",
        table(("input", "type", "required", "question", "example"), inputs),
        table(("section", "heading", "written by", "pieces and length", "when there is no evidence"), sections),
        *([_rubric(t)] if t.rubric else []),
    ])  # fmt: skip


def _writer(section: TemplateSection) -> str:
    return f"{'model' if section.write in BY_MODEL else 'program'} (`{section.write}`)"


def _parts(section: TemplateSection) -> str:
    if section.write == "table":
        rows, columns = ", ".join(r.name.en for r in section.rows), ", ".join(c.name.en for c in section.columns)
        return f"a cell for each of {rows}, and for each of {columns}"
    return "; ".join(
        f"{part.role} × {range(part.count.least, part.count.most)}: "
        f"{range(part.length.zh.least, part.length.zh.most)} characters (zh), "
        f"{range(part.length.en.least, part.length.en.most)} words"
        for part in section.parts
    )


def _rubric(t: Template) -> str:
    return "A person judges it by:\n\n" + "\n".join(f"- {both(criterion.question)}" for criterion in t.rubric)


def range(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def writers(_root: Path, _zh: bool) -> str:
    """Who fills a section: the `write` words."""
    rows = [
        (f"`{word}`", "model" if word in BY_MODEL else "program", upper(doc(type(writer)).split(" — ")[-1]))
        for word, writer in WRITERS.items()
    ]
    return table(("`write`", "filled by a", "how"), rows)


def prompt_variables(_root: Path, _zh: bool) -> str:
    """What a prompt may use."""
    return table(("variable", "what it holds"), [(f"`{name}`", text) for name, text in PROMPT_VARIABLES.items()])


def template_keys(_root: Path, _zh: bool) -> str:
    """Every key of a template.yaml, with its default."""
    records: tuple[type[BaseModel], ...] = (
        Template,
        Input,
        Answered,
        Agreement,
        Step,
        Share,
        Rule,
        Method,
        TemplateSection,
        Part,
        Want,
        Row,
        Column,
    )
    rows = [
        (
            record.__name__ if n == 0 else "",
            f"`{name}`",
            "required" if field.is_required() else _default(field.get_default(call_default_factory=True)),
        )
        for record in records
        for n, (name, field) in enumerate(record.model_fields.items())
    ]
    return table(("record", "key", "default"), rows)


def _default(value: Any) -> str:
    if value is None or (isinstance(value, tuple) and not value) or value == NOTHING:
        return "empty"
    if isinstance(value, BaseModel):
        set_ = {name: inner for name, inner in value.model_dump().items() if inner not in ((), [], "", None)}
        return f"`{json.dumps(set_)}`" if set_ else "empty"
    return f"`{json.dumps(value)}`" if value != "" else "empty"
