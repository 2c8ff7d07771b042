"""A draft of one section with one rule of its template, and what the rule's check finds in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.checks.base import DraftCheck, DraftView
from assistant.checks.standards import Standards
from assistant.draft import Claim, Draft, Evidence, Paragraph, Section
from knowledge.domain.finding import Finding
from knowledge.domain.locale import Locale
from knowledge.domain.words import Words
from prompts.inputs import Input
from prompts.section import TemplateSection
from prompts.template import Rule, Template

TODAY = date(2026, 11, 22)
NAME = Words(zh="试", en="try")


def section(section_id: str = "s", **more: Any) -> TemplateSection:
    """A section of a template as its YAML would have it."""
    return TemplateSection.model_validate(
        {"id": section_id, "write": "brief", "text": {"zh": "文", "en": "text"}} | more
    )


def template(
    rules: Sequence[Rule], sections: Sequence[TemplateSection] = (), inputs: Mapping[str, str] | None = None
) -> Template:
    """A template of these sections; `inputs` are its inputs by name and type."""
    return Template(
        id="try", version=1, name=NAME, purpose=NAME, stage="internal", rules=tuple(rules),
        sections=tuple(sections) or (section(),),
        inputs=tuple(
            Input.model_validate({"name": name, "type": kind, "question": NAME, "example": NAME})
            for name, kind in (inputs or {}).items()
        ),
    )  # fmt: skip


def found(
    check: DraftCheck,
    lines: Iterable[str | Paragraph],
    parameters: Mapping[str, Any] | None = None,
    *,
    locale: str = "zh-CN",
    where: str | None = "s",
    role: str | None = None,
    declared: TemplateSection | None = None,
    heading: str = "",
    inputs: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    evidence: Sequence[Evidence] = (),
    claims: Sequence[Claim] = (),
    standards: Standards | None = None,
) -> list[Finding]:
    """What a check finds in a section of these paragraphs when a rule with these parameters asks for it.

    Lines are paragraphs that cite all of the evidence; `kinds` are the types of inputs that are not texts.
    """
    cited = tuple(e.id for e in evidence)
    paragraphs = [
        line if isinstance(line, Paragraph) else Paragraph(f"p{number}", line, cited)
        for number, line in enumerate(lines, start=1)
    ]
    rule = Rule.model_validate({"check": check.id, "section": where, "role": role, "with": dict(parameters or {})})
    types = {name: (kinds or {}).get(name, "text") for name in (inputs or {})}
    draft = Draft(
        "d", "try", locale, "public", sections=(Section("s", heading, tuple(paragraphs)),), evidence=tuple(evidence),
        claims=tuple(claims), inputs=dict(inputs or {}),
    )  # fmt: skip
    held = replace(standards, locale=Locale(locale)) if standards else Standards(Locale(locale), today=TODAY)
    return list(check.check(DraftView(draft, held, template([rule], [declared or section()], types))))


def severities(findings: Iterable[Finding]) -> list[str]:
    """Their severities in order."""
    return [str(finding.severity) for finding in findings]
