"""How a small model writes: sentence by sentence, each put into other words and compared with its source.

Asked for a whole section, a model of 1.5 billion parameters copies, repeats itself or invents; asked for one sentence,
it rewrites well. Which sentences a section gets is chosen by program; a sentence that does not come back faithful is
tried once more and then stands as the source has it. So no figure can be lost, and every citation is exact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checks.claims import quantities
from assistant.checks.support import content_words
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.faithful import faithful, within
from assistant.writing.schema import text_schema
from assistant.writing.translation import prepare
from knowledge.domain.errors import BadReply
from knowledge.domain.locale import detect_language
from knowledge.domain.text import length, sentences
from prompts.template import Part, TemplateSection

TEMPERATURES = (0.2, 0.7)
"""Of the first try and the second: the same answer twice would be the same fault twice."""

_SHORT_ROLES = ("title", "subtitle", "line")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A sentence of the evidence that will be put into other words."""

    evidence: Evidence
    text: str
    order: int


def rewrite(
    section: TemplateSection, desk: Desk, evidence: Sequence[Evidence], *, instruction: str | None = None
) -> list[Paragraph]:
    """Paragraphs for the section's parts; empty when the evidence has too few sentences for one of them."""
    pool = _sentences(evidence)
    used: set[int] = set()
    paragraphs: list[Paragraph] = []
    for part in sorted(section.parts, key=lambda p: p.role in _SHORT_ROLES):
        if part.role in _SHORT_ROLES:
            written = _headline(section, part, desk, evidence, instruction)
        else:
            written = _prose(section, part, desk, pool, used)
        if len(written) < part.count.least:
            return []
        paragraphs += written
    order = [part.role for part in section.parts]
    return sorted(paragraphs, key=lambda p: order.index(p.role))


def _prose(
    section: TemplateSection, part: Part, desk: Desk, pool: Sequence[_Chosen], used: set[int]
) -> list[Paragraph]:
    """One paragraph a piece of evidence for running text, one a sentence for lists."""
    limits = part.length.of(desk.language)
    query = desk.words(section.evidence[0].query) if section.evidence else ""
    free = [s for s in pool if s.order not in used and length(s.text, desk.locale) <= limits.most]
    if part.role == "text":
        groups = _groups(free, part.count.most, limits.most, desk, section)
    else:
        best = sorted(free, key=lambda s: (-_worth(s, query, section.facts or part.role == "proof"), s.order))
        groups = [[s] for s in sorted(best[: part.count.most], key=lambda s: s.order)]
    written = []
    for group in groups:
        used |= {s.order for s in group}
        joint = "" if desk.locale.counts_characters else " "
        text = joint.join(_sentence(section, desk, s) for s in group)
        written.append(desk.paragraph(text, [s.evidence.id for s in group], role=part.role))
    return written


def _groups(
    free: Sequence[_Chosen], most: int, longest: int, desk: Desk, section: TemplateSection
) -> list[list[_Chosen]]:
    """Sentences in reading order, packed into at most `most` paragraphs of at most `longest`; figures first."""
    room = longest * most
    chosen: list[_Chosen] = []
    for s in sorted(free, key=lambda s: (not (section.facts and quantities(s.text)), s.order)):
        size = length(s.text, desk.locale)
        if size <= room:
            chosen.append(s)
            room -= size
    groups: list[list[_Chosen]] = []
    for s in sorted(chosen, key=lambda s: s.order):
        size = sum(length(other.text, desk.locale) for other in groups[-1]) if groups else 0
        same = bool(groups) and groups[-1][-1].evidence.id == s.evidence.id
        fits = bool(groups) and size + length(s.text, desk.locale) <= longest
        if groups and fits and (same or len(groups) == most):
            groups[-1].append(s)
        elif len(groups) < most:
            groups.append([s])
    return groups


def _sentence(section: TemplateSection, desk: Desk, chosen: _Chosen) -> str:
    """The sentence in other words, or as it stands when two tries are not faithful."""
    given = chosen.text
    if detect_language(given) not in (None, desk.language):
        given = prepare(given, chosen.evidence.locale, desk.locale, desk.library.glossary.all()).text
    evidence = Evidence(chosen.evidence.id, given, chosen.evidence.locale)
    for temperature in TEMPERATURES[: desk.repairs + 1]:
        try:
            data = desk.ask(section, [evidence], text_schema(), kind="rewrite", temperature=temperature)
        except BadReply:
            continue
        said = " ".join(str(data["text"]).split())
        if faithful(given, said, desk.locale):
            return _with_end(said, chosen.text)
    return chosen.text


def _headline(
    section: TemplateSection, part: Part, desk: Desk, evidence: Sequence[Evidence], instruction: str | None
) -> list[Paragraph]:
    """A short line from the best evidence; else the title of its entry; else nothing."""
    limits = part.length.of(desk.language)
    for piece in evidence[:2]:
        for temperature in TEMPERATURES:
            try:
                data = desk.ask(
                    section, [piece], text_schema(), parts=[part], kind="headline", instruction=instruction,
                    temperature=temperature,
                )  # fmt: skip
            except BadReply:
                continue
            said = " ".join(str(data["text"]).split()).strip('。.！!“”"')
            fits = limits.least <= length(said, desk.locale) <= limits.most
            if fits and within(piece.text, said, desk.locale) and detect_language(said) in (None, desk.language):
                return [desk.paragraph(said, [piece.id], role=part.role)]
    titled = next((e for e in evidence if e.entry_id and e.locale.split("-")[0] == desk.language), None)
    return [desk.paragraph(titled.title, [titled.id], role=part.role, by="program")] if titled else []


def _sentences(evidence: Sequence[Evidence]) -> list[_Chosen]:
    """Every sentence that says something, in the order of the evidence."""
    found: list[_Chosen] = []
    for piece in evidence:
        for span in sentences(piece.text):
            text = span.of(piece.text).strip()
            if len(content_words(text)) >= 3 and not _QUOTED.match(text):
                found.append(_Chosen(piece, text, len(found)))
    return found


_QUOTED = re.compile(r"^[>“\"「]")


def _worth(chosen: _Chosen, query: str, figures: bool) -> float:
    """What a sentence is worth to a list: what it shares with the query, and a figure where facts are wanted."""
    words = content_words(query)
    shared = len(words & content_words(chosen.text)) / len(words) if words else 0.0
    return shared + (0.5 if figures and quantities(chosen.text) else 0.0)


def _with_end(said: str, source: str) -> str:
    """The sentence with the end mark of its source when it lost it."""
    end = source[-1:]
    return said if said[-1:] in "。！？；.!?;" or end not in "。！？；.!?;" else said + end
