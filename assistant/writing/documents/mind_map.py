"""A mind map of a draft in Markdown: a nested list of what its sections found, by program."""

from __future__ import annotations

import re

from assistant.claims.names.han import cut
from assistant.draft import Paragraph
from assistant.writing.context import Desk
from assistant.writing.documents.works import BOOK, REPORT
from knowledge.domain.text import length
from prompts.section import TemplateSection

MOST = 12
"""Leaves of one branch: more cannot be taken in at a glance."""

_CLAUSE = re.compile(r"[，；。：！？（]|[,;:!?(.](?=\s|$)|\s[–—]\s|——")
_NUMBER = re.compile(r"^\d+(?:\.\d+)*\.\s+")


def mind_map(section: TemplateSection, desk: Desk) -> list[Paragraph]:
    """One paragraph: the subject (the section's text), a branch for each section of `context`, its pieces as leaves,
    one clause of each where they are long. It cites what they cite; empty when none of them found anything."""
    limits = section.parts[0].length.of(desk.language)
    lines = [f"- {desk.words(section.text) or desk.words(desk.template.name)}"]
    cited: list[str] = []
    for name in section.context:
        done = desk.written.get(name)
        found = [p for p in done.paragraphs if not p.gap][:MOST] if done else []
        if not done or not found:
            continue
        lines.append(f"  - {done.heading or done.id}")
        for paragraph in found:
            lines.append(f"    - {_leaf(paragraph, limits.most, desk)}")
            cited += paragraph.citations
    if not cited:
        return []
    brief = desk.book.brief_evidence(lines[0].removeprefix("- "))
    return [desk.paragraph("\n".join(lines), [brief.id, *cited], role=section.parts[0].role, by="program")]


def _leaf(paragraph: Paragraph, most: int, desk: Desk) -> str:
    """The text when it is short; of a work its title; else the longest of its clauses that fits."""
    text = _NUMBER.sub("", paragraph.text).strip().rstrip("。.；;")
    if length(text, desk.locale) <= most and paragraph.role not in (REPORT, BOOK):
        return text
    clauses = [clause.strip() for clause in _CLAUSE.split(text) if len(clause.strip()) >= 2]
    if paragraph.role in (REPORT, BOOK):
        return clauses[0] if clauses else text
    fitting = [clause for clause in clauses if length(clause, desk.locale) <= most]
    if fitting:
        return max(fitting, key=lambda clause: length(clause, desk.locale))
    words = cut(text) if desk.locale.counts_characters else ()
    if words:
        return text[: max(at for _, _, at in words if at <= most)].rstrip() + "…"
    return " ".join(text.split()[:most]) + " …"
