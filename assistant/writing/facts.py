"""`write: facts` — what is approved, as it stands: the sentences of the evidence that say most about the section.

For lists that nobody should reword: proof, figures to show, material to bring along. No model is asked, unless the
library has it in another language only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from assistant.claims.quantities import quantities
from assistant.claims.words import content_words
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.gains import tells_change, tells_gain
from assistant.writing.naming import Mentions, about, products, products_asked
from assistant.writing.prose import compose
from assistant.writing.selection import Unit, units
from assistant.writing.shortening import for_readers
from knowledge.domain.locale import detect_language
from knowledge.domain.text import length
from prompts.rendering import fill
from prompts.section import Part, TemplateSection

SPREAD = 0.2
"""What a further sentence of the same passage is worth less: three cases prove more than three figures of one."""
OPENING = 0.1
"""What the first sentence of a passage is worth more: it says whom the others speak of."""
NAMED = 0.4
"""What a sentence is worth more that itself names the product asked for, or tells the change asked for."""

NEEDS_PREVIOUS = re.compile(
    r"^(?:[他她]们?|双方|两[个家者]|另一|以上|随后|其间|期间|同期|同时|最后|之后|接着|另外|此外|对此|为此|后来"
    r"|(?:Both|Over the same period|Then|After that|Meanwhile|Even so|In addition|Also|Finally|However|Later)\b)"
)
"""A sentence that says nothing without the one before it."""
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")


class FactsSection:
    """Whole sentences of the evidence, those about the query first, each once in a draft, or in each of the versions
    that a template of alternatives makes. A part's form may name the fields `fact` and `title` (of the entry).

    Where the section searches by an input that names a product, a sentence about other products only is left out. Rules
    of the template hold: a limit for brand names (`keyword_overuse`), and that a lead tells the reader a gain
    (`lead_without_benefit`). What there is in another language only is translated by a model; without one it is left
    out.
    """

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        evidence = desk.book.select(section)
        written = [p for part in section.parts for p in facts_of(section, part, evidence, desk)]
        if not written and evidence and desk.model.writes and not any(part.fields for part in section.parts):
            written = compose(section, desk, evidence) if all(_is_foreign(e.text, desk) for e in evidence) else []
        return written or ([] if section.optional else [desk.gap(section)])


def facts_of(
    section: TemplateSection, part: Part, evidence: Sequence[Evidence], desk: Desk, query: str = ""
) -> list[Paragraph]:
    """At most the part's count of facts, in reading order; empty when there are fewer than it needs."""
    if part.fields and "fact" not in part.fields:
        return _titles(part, evidence, desk)
    limits = part.length.of(desk.language)
    version = desk.version(section)
    asked = products_asked(section, desk)
    gain = any(rule.section == section.id for rule in desk.template.rules_of("lead_without_benefit"))
    free = [
        unit
        for unit in about(_for_readers(units(evidence)), asked, desk)
        if version + unit.key not in desk.used
        and not _is_foreign(unit.text, desk)
        and length(unit.text, desk.locale) <= limits.most
        and not (NEEDS_PREVIOUS.match(unit.text) or _ASIDE.fullmatch(unit.text))
        and (not gain or tells_gain(unit.text, desk.language))
    ]
    words = query or " ".join(desk.words(want.query) for want in section.evidence)
    told = {u.key for u in free if asked & products(u.text, desk) or (gain and tells_change(u.text, desk.language))}
    chosen = _best(free, words, part.count.most, desk, told, figures=section.facts)
    if len(chosen) < part.count.least:
        return []
    desk.used |= {version + unit.key for unit in chosen}
    return [_paragraph(unit, part, desk) for unit in chosen]


def _titles(part: Part, evidence: Sequence[Evidence], desk: Desk) -> list[Paragraph]:
    """What the entries and documents are called, for a form without a fact."""
    named = {piece.title: piece for piece in evidence if _has_title(piece) and not _is_foreign(piece.title, desk)}
    written = [_paragraph(Unit(piece, (), number), part, desk) for number, piece in enumerate(named.values())]
    return written[: part.count.most] if len(written) >= part.count.least else []


def _best(free: Sequence[Unit], query: str, count: int, desk: Desk, told: Set[str], *, figures: bool) -> list[Unit]:
    """The `count` units worth most to a list about `query`, spread over the passages, in reading order; those `told`
    have what was asked for in so many words."""
    words = content_words(query)
    openings = {unit.evidence.id: unit.key for unit in reversed(free)}
    mentions = Mentions(desk)
    chosen: list[Unit] = []

    def worth(unit: Unit) -> tuple[float, int]:
        shared = len(words & content_words(unit.text)) / len(words) if words else 0.0
        same = sum(other.evidence.id == unit.evidence.id for other in chosen)
        more = OPENING * (openings[unit.evidence.id] == unit.key) + NAMED * (unit.key in told)
        return shared + (0.5 if figures and quantities(unit.text) else 0.0) + more - SPREAD * same, -unit.order

    left = list(free)
    while left and len(chosen) < count:
        unit = max(left, key=worth)
        left = [other for other in left if other.key != unit.key]
        if mentions.bears(unit.text):
            chosen.append(unit)
    return sorted(chosen, key=lambda unit: unit.order)


def _for_readers(found: Iterable[Unit]) -> Iterator[Unit]:
    """The units without what tells writers how a fact is to be used."""
    for unit in found:
        said = tuple(filter(None, map(for_readers, unit.sentences)))
        if said:
            yield replace(unit, sentences=said)


def _has_title(piece: Evidence) -> bool:
    """False for a document that comes with the brief and goes by the name of its input."""
    return bool(piece.title) and not (piece.origin == "input" and piece.title == piece.source)


def _ended(said: str) -> str:
    """Half of a sentence that stands alone ends in a full stop."""
    stop = {"；": "。", ";": "."}.get(said[-1:])
    return said[:-1] + stop if stop else said


def _is_foreign(text: str, desk: Desk) -> bool:
    return detect_language(text) not in (None, desk.language)


def _paragraph(unit: Unit, part: Part, desk: Desk) -> Paragraph:
    joint = "" if desk.locale.counts_characters else " "
    said = _ended(joint.join(unit.sentences))
    if part.fields:
        values = {"fact": said, "title": unit.evidence.title}
        said = fill(part.form.of(desk.language), {name: values.get(name, "") for name in part.fields})
    cited = [unit.evidence.id]
    if "title" in part.fields and quantities(unit.evidence.title):
        cited.append(desk.book.title_evidence(unit.evidence).id)
    return desk.paragraph(said, cited, role=part.role, by="program")
