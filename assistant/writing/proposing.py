"""`write: propose` — ideas: a slogan, a persona, a question to ask. A language model makes them, part by part.

An idea is no statement of fact, so none of its sentences needs a source. But a figure, a date, a name or a quote in it
must stand in the evidence all the same; an idea with one that does not is thrown away, not mended. Where a model offers
nothing that holds, or there is no model, the part's `otherwise` stands, put together from the brief.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from assistant import mend
from assistant.checks.paragraphs import check_paragraph, review
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.ideas import is_idea
from assistant.writing.naming import Mentions
from assistant.writing.prose import paragraphs_of
from assistant.writing.rewriting import TEMPERATURES
from assistant.writing.schema import section_schema
from knowledge.domain.errors import BadReply
from knowledge.domain.finding import Severity
from prompts.section import Part, TemplateSection

FEW = 240
"""Tokens of evidence that a small model is shown for an idea."""


class ProposeSection:
    """One call for each part; what breaks a rule is asked for again and then left out."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        evidence = desk.book.select(section)
        written: list[Paragraph] = []
        for part in section.parts:
            found = proposed(section, part, desk, evidence) if evidence and _has_ideas(part, desk) else []
            if len(found) < part.count.least:
                found += islice(otherwise(part, desk), part.count.least - len(found))
            if len(found) < part.count.least:
                return [] if section.optional else [desk.gap(section)]
            written += found
        return written


def proposed(section: TemplateSection, part: Part, desk: Desk, evidence: Sequence[Evidence]) -> list[Paragraph]:
    """At most the part's count of ideas that break no rule, from as many calls as repairs are allowed."""
    evidence = _few(evidence, desk) if desk.rewrites else evidence
    kept: list[Paragraph] = []
    previous, complaints = "", list[str]()
    schema = section_schema([part], [piece.id for piece in evidence])
    mentions = Mentions(desk)
    for number in range(min(desk.repairs, 1) + 1):
        temperature = TEMPERATURES[min(number, len(TEMPERATURES) - 1)]
        try:
            data = desk.ask(
                section, evidence, schema, parts=[part], kind="propose", temperature=temperature,
                previous=previous, findings=complaints,
            )  # fmt: skip
        except BadReply:
            continue
        made = mend.citations(paragraphs_of(data, [part], evidence, desk), evidence)
        found = review(made, evidence, section, desk.standards)
        wrong = {f.paragraph for f in found.findings if f.severity is Severity.ERROR}
        desk.unsupported_at_first += found.unsupported if number == 0 else 0
        for idea in (p for p in made if p.id not in wrong and is_idea(p, part, desk, evidence, kept)):
            if mentions.bears(idea.text):
                kept.append(idea)
        if len(kept) >= part.count.least:
            break
        complaints = [f.message for f in found.findings if f.severity is Severity.ERROR]
        previous = json.dumps(data, ensure_ascii=False) if complaints else ""
    return kept[: part.count.most]


def _few(evidence: Sequence[Evidence], desk: Desk) -> Sequence[Evidence]:
    """What a small model is shown: the first piece, and the next one as long as both are short. More and it copies."""
    first, *rest = evidence
    room = FEW - desk.model.count_tokens(first.text)
    return [first, *(piece for piece in rest[:1] if desk.model.count_tokens(piece.text) <= room)]


def _has_ideas(part: Part, desk: Desk) -> bool:
    """False without a model, and for a small one where the part has words of its own: its ideas are seldom worth
    reading (`koujing bench templates` shows what stands without them)."""
    return desk.model.writes and not (desk.rewrites and part.otherwise.zh)


def otherwise(part: Part, desk: Desk) -> Iterator[Paragraph]:
    """The lines of the part's own text that break no rule; they rest on the brief."""
    for line in filter(None, (line.strip() for line in desk.words(part.otherwise).splitlines())):
        brief = desk.book.brief_evidence(line)
        paragraph = desk.paragraph(line, [brief.id], role=part.role, by="program")
        if not any(f.severity is Severity.ERROR for f in check_paragraph(paragraph, [brief], desk.standards).findings):
            yield paragraph
