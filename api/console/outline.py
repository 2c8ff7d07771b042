"""What a template's draft will look like: its sections, and how long each becomes. Skeletons are made from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prompts.section import TemplateSection
from prompts.template import Template

A_LINE = {"zh": 38, "en": 13}
"""Characters (zh) or words (en) in a line of the draft."""

FEWEST, MOST = 1, 14


@dataclass(frozen=True, slots=True)
class Planned:
    """A section to come. `heading` may be empty (a title); `lines` is how many lines it takes, roughly."""

    id: str
    heading: str
    lines: int
    optional: bool
    title: bool


def outline(template: Template, language: str) -> Sequence[Planned]:
    """The sections in the template's order; `language` is that of the draft: `zh`, or any other."""
    return [
        Planned(
            id=section.id,
            heading=section.heading.of(language),
            lines=_lines(section, "zh" if language == "zh" else "en"),
            optional=section.optional,
            title=any(part.role == "title" for part in section.parts),
        )
        for section in template.sections
    ]


def _lines(section: TemplateSection, language: str) -> int:
    lines = 0.0
    for part in section.parts:
        length = part.length.of(language)
        pieces = (part.count.least + part.count.most) / 2
        # Models write rather long than short.
        lines += pieces * max(1, (length.least + 2 * length.most) / 3 / A_LINE[language])
    return min(max(round(lines), FEWEST), MOST)
