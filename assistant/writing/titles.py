"""`write: titles` — headlines for one platform, each within its length and different from the others.

A writing model is asked for one headline from each piece of evidence, then again at another temperature; what does not
fit, or brings in a figure or a name of its own, is left out. A program fills up: a change with its figures, a title of
an entry that has figures, a key sentence cut where it stays true, and at last the part's `otherwise`.

A part may have a form with the one field `fact` ("{{ fact }}，怎么做到的？"): every line that does not end like it is
put into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.checks.paragraphs import check_paragraph
from assistant.checks.platforms import platform
from assistant.claims.quantities import quantities
from assistant.claims.words import content_words
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.fitting import FIRST_PERSON
from assistant.writing.headlines import asked_headline, bare, fits
from assistant.writing.proposing import otherwise
from assistant.writing.rewriting import TEMPERATURES
from assistant.writing.selection import units
from assistant.writing.shortening import changes, headlines, told_changes
from knowledge.domain.finding import Severity
from knowledge.domain.locale import detect_language
from prompts.rendering import fill
from prompts.section import Part, TemplateSection

ALIKE = 0.5
"""From this share of common content words on, two headlines are one."""


CHANGE = 2.0
"""What a change is worth, or a title with a figure; a plain sentence with one is worth half."""

ABOUT = 2.0
"""What it is worth to a line that it names all that the titles are about."""

OPENING = 12
"""A date that begins within so many characters makes a line a record, not a headline."""


class TitlesSection:
    """Up to the part's count of headlines that differ, each from one piece of evidence."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        evidence = desk.book.select(section)
        written: list[Paragraph] = []
        for part in section.parts:
            found = titles_of(section, part, desk, evidence)
            if len(found) < part.count.least:
                return [] if section.optional else [desk.gap(section)]
            written += found
        return written


def titles_of(section: TemplateSection, part: Part, desk: Desk, evidence: Sequence[Evidence]) -> list[Paragraph]:
    """At most the part's count of headlines that break no rule, no two of them alike."""
    kept: list[Paragraph] = []
    asked = _asked(section, part, desk, evidence) if desk.model.writes else []
    for _, piece, text, by in sorted([*asked, *_made(section, part, desk, evidence)], key=lambda line: -line[0]):
        if len(kept) == part.count.most:
            break
        if not any(alike(text, title.text) for title in kept):
            title = desk.paragraph(text, [piece.id], role=part.role, by=by)
            found = check_paragraph(title, evidence, desk.standards, section).findings
            kept += [] if any(f.severity is Severity.ERROR for f in found) else [title]
    if len(kept) < part.count.most:
        for title in otherwise(part, desk):
            if _fits(title.text, section, part, desk) and title.text not in [other.text for other in kept]:
                kept.append(title)
            if len(kept) == part.count.most:
                break
    return kept


def alike(one: str, other: str) -> bool:
    """True for headlines that tell the same figures or mostly have the same words."""
    figures, others = ([q for q in quantities(text) if q.date is None] for text in (one, other))
    same = {(q.value, q.unit) for q in figures} & {(q.value, q.unit) for q in others}
    if same and len(same) * 2 >= min(len(figures), len(others)):
        return True
    words, more = content_words(one), content_words(other)
    return len(words & more) >= max(1, min(len(words), len(more))) * ALIKE if not (figures and others) else False


_Line = tuple[float, Evidence, str, str]
"""What a headline is worth, its evidence, its text, and who wrote it."""


def _asked(section: TemplateSection, part: Part, desk: Desk, evidence: Sequence[Evidence]) -> list[_Line]:
    """What a model makes of the first pieces; one that tells a change comes before what a program makes."""
    found: list[_Line] = []
    for temperature in TEMPERATURES[: desk.repairs + 1]:
        for piece in evidence[: part.count.most + 1]:
            if len(found) >= part.count.most:
                return found
            said = asked_headline(section, part, desk, piece, _opening(piece, desk), temperature=temperature)
            names = any(said in e.title for e in evidence) and not _has_figure(said)  # an entry by its name
            text = "" if names else _in_form(said, part, desk)
            if text and _fits(text, section, part, desk) and not any(alike(text, line[2]) for line in found):
                worth = CHANGE + bool(changes(said, desk.language)) + ABOUT * _about(said, section, desk)
                found.append((worth, piece, text, "model"))
    return found


def _opening(piece: Evidence, desk: Desk) -> str:
    """The sentence that a headline is made from: the first that tells a change, else the first."""
    sentences = [unit.sentences[0] for unit in units([piece])]
    told = (sentence for sentence in sentences if changes(sentence, desk.language))
    return next(told, sentences[0] if sentences else piece.text.split("\n", 1)[0])


def _made(section: TemplateSection, part: Part, desk: Desk, evidence: Sequence[Evidence]) -> list[_Line]:
    """What a program makes of the evidence."""
    found: list[_Line] = []
    for rank, piece in enumerate(evidence):
        for worth, line in _lines(piece, desk):
            text = _in_form(bare(line), part, desk)
            if _fits(text, section, part, desk):
                shared = _about(line, section, desk)
                if shared or worth >= CHANGE:
                    found.append((worth + ABOUT * shared - rank / 10, piece, text, "program"))
    return found


def _about(line: str, section: TemplateSection, desk: Desk) -> float:
    """The share of what the section searches for that a line names."""
    subject = content_words(" ".join(desk.words(want.query) for want in section.evidence[:1]))
    return len(subject & content_words(line)) / max(1, len(subject))


def _lines(piece: Evidence, desk: Desk) -> Iterator[tuple[float, str]]:
    """Lines of a piece with what each is worth: a change most, a title that has a figure, a sentence with a figure."""
    if _has_figure(piece.title):  # without one it is but the name of an entry
        yield CHANGE, piece.title
    for unit in units([piece]):
        usable = len(unit.sentences) == 1 and not FIRST_PERSON.search(unit.text)
        if not usable or detect_language(unit.text) not in (None, desk.language):
            continue
        yield from ((CHANGE + 0.5, change) for change in told_changes(unit.text, desk.language))
        if piece.kind == "case":  # where a figure without its change may be the one of before
            continue
        for line in headlines(unit.text, desk.language):
            dated = any(q.date is not None and q.span.start < OPENING for q in quantities(line))
            yield (1.0 if _has_figure(line) else 0.0) - (0.5 if dated else 0.0), line


def _has_figure(text: str) -> bool:
    return any(q.date is None for q in quantities(text))


def _fits(text: str, section: TemplateSection, part: Part, desk: Desk) -> bool:
    """True within the part's length and within that of the platforms that the template's rules name."""
    rules = [r for r in desk.template.rules_of("title_length") if r.section in (None, section.id)]
    known = [platform(str(rule.parameters.get("platform", ""))) for rule in rules]
    limits = [(one, one.most) for one in known if one is not None]
    return fits(text, part, desk) and all(most is None or one.size(text) <= most for one, most in limits)


def _in_form(text: str, part: Part, desk: Desk) -> str:
    form = part.form.of(desk.language)
    if not part.fields or text[-1:] == form[-1:]:
        return text
    return fill(form, {name: text if name == "fact" else "" for name in part.fields})
