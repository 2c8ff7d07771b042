"""Whether a draft has the form of its template: the sections it asks for, each piece as long as it should be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally, Unscored
from evals.scorers.eyes.pages import paragraphs
from evals.scorers.eyes.texts import without_marks
from evals.subjects.port import Answer
from knowledge.domain.errors import KoujingError
from prompts.loader import Templates
from prompts.section import Part, TemplateSection
from prompts.template import Template

RIGHT_ONES = 3


class Shape(Scorer):
    """Against `template.yaml`. A gap is a section that is there, and has no length; optional sections and those that
    the brief does not ask for are not missed. Lengths: characters without spaces for zh, words elsewhere."""

    id = "shape"
    version = 1
    measures = (
        Measure("sections_present", "sections of the template that the draft has", "higher"),
        Measure("lengths_kept", "pieces whose length the template allows", "higher"),
    )

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        """Raises `Unscored` for a draft without paragraphs or a template that is not one of ours."""
        every = list(paragraphs(answer.document))
        if not every:
            raise Unscored("no draft was written: it has no paragraph")
        template = _template(str(answer.document.get("template") or case.ask.get("template")))
        given = {name: str(value) for name, value in (case.ask.get("inputs") or {}).items()}
        there = {section.get("id") for section, _ in every}
        wanted = [s for s in template.sections if not s.optional and s.wanted(given)]
        missing = tuple(Shown(s.heading.en or s.id, why="missing", wrong=True) for s in wanted if s.id not in there)
        tallies = {"sections_present": Tally(len(wanted) - len(missing), len(wanted), missing)}
        sized = [shown for section, paragraph in every if (shown := _sized(template, section, paragraph, case.locale))]
        if sized:
            wrong = [shown for shown in sized if shown.wrong]
            right = [shown for shown in sized if not shown.wrong][:RIGHT_ONES]
            tallies["lengths_kept"] = Tally(len(sized) - len(wrong), len(sized), (*wrong, *right))
        return tallies


def length(text: str, language: str) -> int:
    """Characters without spaces for zh, words elsewhere."""
    return len(re.sub(r"\s", "", text)) if language == "zh" else len(re.findall(r"\S*[^\W_]\S*", text))


@lru_cache(maxsize=64)
def _template(template_id: str) -> Template:
    try:
        return Templates().get(template_id).template
    except KoujingError as error:
        raise Unscored(f"the template cannot be read: {error}") from None


def _sized(template: Template, section: Mapping[str, Any], paragraph: Mapping[str, Any], locale: str) -> Shown | None:
    """None for a gap and for what has no length to keep."""
    declared = next((one for one in template.sections if one.id == section.get("id")), None)
    part = _part(declared, paragraph.get("role")) if declared else None
    if part is None or paragraph.get("gap"):
        return None
    language = locale.partition("-")[0]
    limits, size = part.length.of(language), length(without_marks(paragraph["text"]), language)
    why = f"{size}, {limits.least} to {limits.most} are asked for"
    return Shown(paragraph["text"], section.get("id", ""), why, not limits.least <= size <= limits.most)


def _part(section: TemplateSection, role: str | None) -> Part | None:
    """By role; a writer who names no role fills the only part that there is."""
    if role is None or not any(part.role == role for part in section.parts):
        return section.parts[0] if len(section.parts) == 1 and role in (None, "text") else None
    return next(part for part in section.parts if part.role == role)
