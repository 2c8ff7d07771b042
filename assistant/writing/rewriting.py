"""How a small model writes: sentence by sentence, each put into other words and compared with its source.

Asked for a whole section, a model of 1.5 billion parameters copies, repeats itself or invents; asked for one sentence,
it rewrites well. Which sentences a section gets is chosen by program; a sentence that does not come back faithful is
tried once more and then stands as the source has it. So no figure can be lost, and every citation is exact. Without
a model at all (`extractive`) the chosen sentences stand as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.draft import Evidence, Paragraph
from assistant.localization.content import Content
from assistant.localization.protection.prepared import prepare
from assistant.writing.context import Desk
from assistant.writing.faithful import faithful, safe_to_reword
from assistant.writing.fitting import fitted, longest
from assistant.writing.headlines import asked_headline, bare, fits
from assistant.writing.schema import text_schema
from assistant.writing.selection import Unit, best, running_text, units
from assistant.writing.shortening import for_readers
from knowledge.domain.errors import BadReply
from knowledge.domain.locale import detect_language, parse_locale
from knowledge.domain.text import length, sentences
from knowledge.domain.words import Words
from prompts.section import Part, TemplateSection

TEMPERATURES = (0.2, 0.7)
"""Of the first try and the second: the same answer twice would be the same fault twice."""

VERBATIM = 0.34
"""The share of a draft's sentences that may stand as the source has them before a second try is worth its time."""

ROOM = 1.25
"""A sentence of the source may be this much longer than the piece it becomes."""

_SHORT_ROLES = ("title", "subtitle", "line")


def rewrite(
    section: TemplateSection, desk: Desk, evidence: Sequence[Evidence], *, instruction: str | None = None
) -> list[Paragraph]:
    """Paragraphs for the section's parts; empty when the evidence has too few sentences for one of them."""
    pool = [unit for unit in units(evidence) if desk.version(section) + unit.key not in desk.used]
    written: dict[str, list[Paragraph]] = {}
    for part in sorted(section.parts, key=lambda p: (p.role in _SHORT_ROLES, -p.count.least)):
        if is_fitted(part):
            written[part.role] = fit(section, part, desk, evidence)
        elif part.role in _SHORT_ROLES:
            written[part.role] = _headline(section, part, desk, evidence, instruction)
        else:
            written[part.role] = _prose(section, part, desk, pool)
        if len(written[part.role]) < part.count.least:
            return []
    return [paragraph for part in section.parts for paragraph in written[part.role]]


def is_fitted(part: Part) -> bool:
    """True for a single piece of running text that must keep its length."""
    return part.strict and part.count.most == 1 and part.role not in _SHORT_ROLES


def fit(
    section: TemplateSection, part: Part, desk: Desk, evidence: Sequence[Evidence], *, reword: bool = True
) -> list[Paragraph]:
    """The part fitted to its length, sentence by sentence in other words as long as it keeps that; a gap with the
    length that the evidence has when it cannot be done."""
    limits = part.length.of(desk.language)
    pieces = [(p.evidence, s.of(p.text)) for p in fitted(evidence, desk, limits) for s in sentences(p.text)]
    if not pieces:
        return [_too_little(section, desk, longest(evidence, desk, limits))]
    joint = "" if desk.locale.counts_characters else " "
    texts = [text for _, text in pieces]
    writes = reword and desk.model.writes
    for number, (piece, text) in enumerate(pieces if writes else ()):
        said = reworded(section, desk, Unit(piece, (text,), number), text)
        tried = [*texts[:number], said, *texts[number + 1 :]]
        if limits.least <= length(joint.join(tried), desk.locale) <= limits.most:
            texts = tried
    by = "model" if writes and texts != [text for _, text in pieces] else "program"
    return [desk.paragraph(joint.join(texts), [piece.id for piece, _ in pieces], role=part.role, by=by)]


def _too_little(section: TemplateSection, desk: Desk, there: int) -> Paragraph:
    note = Words(zh=f"（现有可用 {there} 字）", en=f" ({there} words can be used now)").of(desk.language)
    gap = desk.gap(section)
    return replace(gap, text=gap.text + note)


def _prose(section: TemplateSection, part: Part, desk: Desk, pool: Sequence[Unit]) -> list[Paragraph]:
    """Running text is packed into paragraphs; every other role is a list with one unit a piece."""
    limits = part.length.of(desk.language)
    query = desk.words(section.evidence[0].query) if section.evidence else ""
    version = desk.version(section)
    free = [u for u in pool if version + u.key not in desk.used and length(u.text, desk.locale) <= limits.most * ROOM]
    if part.role == "text":
        groups = running_text(
            free, desk.locale,
            paragraphs=part.count.most, shortest=limits.least, longest=limits.most, figures_first=section.facts,
        )  # fmt: skip
    else:
        groups = [[u] for u in best(free, query, part.count.most, figures=section.facts or part.role == "proof")]
    joint = "" if desk.locale.counts_characters else " "
    written = []
    for group in groups:
        desk.used |= {version + u.key for u in group}
        said = [
            (unit.evidence, text)
            for unit in group
            for sentence in map(for_readers, unit.sentences)
            if sentence and (text := reworded(section, desk, unit, sentence))
        ]
        if said:
            text = joint.join(text for _, text in said)
            ids = [evidence.id for evidence, _ in said]
            written.append(desk.paragraph(text, ids, role=part.role, by="model" if desk.model.writes else "program"))
    return written


def reworded(section: TemplateSection, desk: Desk, unit: Unit, sentence: str) -> str:
    """The sentence in other words, or as it stands when no try is faithful; nothing when it is in another language."""
    if not desk.model.writes:
        return sentence if detect_language(sentence) in (None, desk.language) else ""
    given = sentence
    if detect_language(given) not in (None, desk.language):
        given = _rendered(given, unit.evidence.locale, desk)
    foreign = given != sentence
    if not foreign and not safe_to_reword(sentence, desk.locale):
        desk.sentences, desk.verbatim = desk.sentences + 1, desk.verbatim + 1
        return sentence
    evidence = Evidence(unit.evidence.id, given, unit.evidence.locale)
    desk.sentences += 1
    for number, temperature in enumerate(TEMPERATURES[: desk.repairs + 1]):
        if number and not foreign and (desk.verbatim + 1) / desk.sentences <= VERBATIM:
            break
        try:
            data = desk.ask(section, [evidence], text_schema(), kind="rewrite", temperature=temperature)
        except BadReply:
            continue
        said = " ".join(str(data["text"]).split())
        if faithful(given, said, desk.locale):
            return _with_end(said, sentence)
        desk.unsupported_at_first += number == 0
    desk.verbatim += 1
    return "" if foreign else sentence


def _rendered(sentence: str, locale: str, desk: Desk) -> str:
    """A sentence in another language, with its figures, names and terms as the draft's locale writes them."""
    source = parse_locale(locale)
    known = desk.standards.words.known(sentence, source, desk.locale)
    return str(prepare(Content.of(sentence), source, desk.locale, known.names, known.term_forms).content)


def _headline(
    section: TemplateSection, part: Part, desk: Desk, evidence: Sequence[Evidence], instruction: str | None
) -> list[Paragraph]:
    """A short line from the best evidence; else a sentence short enough; else its entry's title; else nothing."""
    openings = [
        (piece, next((u.sentences[0] for u in units([piece])), piece.text.split("\n", 1)[0])) for piece in evidence[:2]
    ]
    for piece, opening in openings if desk.model.writes else ():
        said = asked_headline(section, part, desk, piece, opening, temperature=TEMPERATURES[0], instruction=instruction)
        if said:
            return [desk.paragraph(said, [piece.id], role=part.role)]
    titles = [(e, e.title) for e in evidence]
    for piece, text in [*titles, *openings] if part.role == "title" else [*openings, *titles]:
        if text and fits(bare(text), part, desk):
            return [desk.paragraph(bare(text), [piece.id], role=part.role, by="program")]
    return []


def _with_end(said: str, source: str) -> str:
    """The sentence with the end mark of its source when it lost it."""
    end = source[-1:]
    return said if said[-1:] in "。！？；.!?;" or end not in "。！？；.!?;" else said + end
