"""Drafts and prompts for the pages of the templates: the golden briefs on the sample library, on a fixed day.

No model is asked: the drafts are those of `KOUJING_MODEL=extractive`, the prompts those of a preview, and translations
are those that the golden cases have as approved. So the pages come out the same each time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.brief import Brief, brief_from_json
from assistant.draft import Draft
from assistant.settings import load_settings
from assistant.template_preview import PreviewedSection, preview
from assistant.workspace import Workspace
from evals.cases import Case
from evals.subjects.translating import ApprovedTranslation
from evals.suites.drafting import own_briefs, text_of_input
from knowledge.sample import load
from prompts.loader import Templates

DAY = "2026-11-20T09:00:00Z"
LOCALES = ("zh-CN", "en")
PROMPT_IN = "en"
"""The language of the prompt that a page shows."""


@dataclass(frozen=True, slots=True)
class Example:
    """A golden brief with its draft, and the first section of which a model would be asked; None where none is."""

    case: Case
    draft: Draft
    asked: PreviewedSection | None


@cache
def examples() -> dict[tuple[str, str], Example]:
    """By template and locale: the golden brief that stands for it."""
    cases = own_briefs()
    with _sample() as workspace:
        return {
            (template_id, locale): _example(workspace, cases[template_id, locale])
            for template_id in Templates().ids
            for locale in LOCALES
            if (template_id, locale) in cases
        }


def _example(workspace: Workspace, case: Case) -> Example:
    brief = brief_of(case)
    loaded = workspace.templates.get(brief.template)
    translated = any(section.write == "translate" for section in loaded.template.sections)
    model = ApprovedTranslation(case.expect["approved"].split("\n\n")) if translated else None
    draft, _ = workspace.drafter(model).write(brief, loaded, "example")
    asked = None
    if case.locale == PROMPT_IN:
        sections = preview(workspace, brief, writing="compose", loaded=loaded)
        asked = next((section for section in sections if section.asked), None)
    return Example(case, draft, asked)


def brief_of(case: Case) -> Brief:
    """The brief of a golden case, its files of the sample read."""
    inputs = {name: text_of_input(value) for name, value in case.ask["inputs"].items()}
    return brief_from_json({**case.ask, "inputs": inputs, "locale": case.locale})


@contextmanager
def _sample() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory(prefix="koujing-docs-") as home:
        environ = {"KOUJING_HOME": str(Path(home) / "home"), "KOUJING_MODEL": "extractive", "KOUJING_NOW": DAY}
        workspace, _ = Workspace.create(load_settings(environ))
        with workspace:
            load(workspace.library)
            yield workspace
