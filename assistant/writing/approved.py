"""Sections that a program fills from what is approved or given: quotes, texts, the brief itself."""

from __future__ import annotations

import re

from assistant.claims.names.words import ACRONYMS, CALENDAR
from assistant.draft import Paragraph
from assistant.writing.context import Desk
from knowledge.records import EntryVersion
from prompts.rendering import names_in
from prompts.section import TemplateSection

NEAR = 0.35
"""Cosine from which a title or a quote is about a subject. In the sample library, quotes about another matter reach
0.30 at most. One about the same matter in wholly different words may stay below, too: then the gap asks for it."""

_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+-?\d[A-Za-z0-9]*")


class QuoteSection:
    """`write: quote` — an approved quote, verbatim, with its speaker. Never one that nobody said, and none that was
    said of something else: where the section searches by an input of the brief, the quote must be about that."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        subject = _subject(section, desk)
        for evidence in desk.book.select(section):
            entry = desk.library.entries.get(evidence.entry_id, evidence.version) if evidence.entry_id else None
            for quote in desk.quotes(entry) if entry else []:
                text = _in_locale(quote, entry, desk.language) if entry else None
                if text and quote["text"] in evidence.text and _is_about(subject, evidence.title, quote["text"], desk):
                    return [desk.paragraph(_line(text, quote, desk), [evidence.id], role="quote", by="program")]
        return [desk.gap(section, role="quote")]


class EntrySection:
    """`write: entry` — approved text as it stands, paragraph by paragraph."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        chosen = [e for e in desk.book.select(section) if e.locale.split("-", 1)[0] == desk.language]
        written = [desk.paragraph(e.text, [e.id], by="program") for e in chosen]
        return written or [desk.gap(section)]


class BriefSection:
    """`write: brief` — the template's text with the inputs; the brief is its evidence."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        text = desk.words(section.text)
        if not text:
            return [desk.gap(section)] if section.gap.zh else []
        return [desk.paragraph(text, [desk.book.brief_evidence(text).id], by="program")]


def _subject(section: TemplateSection, desk: Desk) -> str:
    """What the inputs say by which a section searches the library; empty where an entry is named instead."""
    wants = [want for want in section.evidence if want.origin == "library"]
    if any(want.entry for want in wants):
        return ""
    names = dict.fromkeys(name for want in wants for name in sorted(names_in(want.query.of(desk.language))))
    return " ".join(filter(None, (desk.values.get(name, "").strip() for name in names)))


def _is_about(subject: str, title: str, quote: str, desk: Desk) -> bool:
    """True when a quote, or the entry of that title where it stands, is about the subject.

    Product codes decide where both have some: the R300 is not the R200. Else title or quote must be near enough.
    """
    asked, told = _codes(subject), _codes(f"{title} {quote}")
    if not subject or asked & told:
        return True
    if asked and told:
        return False
    vectors = desk.library.embedder.embed([subject, title, quote])
    return float((vectors[1:] @ vectors[0]).max()) >= NEAR


def _codes(text: str) -> set[str]:
    """Words of letters and digits (R300, S10), folded and without hyphens; no periods (Q1), no short forms (B2B)."""
    found = {code.replace("-", "").casefold() for code in _CODE.findall(text)}
    return {code for code in found if code not in CALENDAR | ACRONYMS}


def _in_locale(quote: dict[str, str], entry: EntryVersion, language: str) -> str | None:
    """The quote's words in the draft's language: as said, or its approved translation."""
    if entry.locale.split("-", 1)[0] == language:
        return str(quote["text"])
    translation = quote.get("translation")
    if not isinstance(translation, dict):
        return None
    return next((text for tag, text in translation.items() if tag.split("-", 1)[0] == language), None)


def _line(text: str, quote: dict[str, str], desk: Desk) -> str:
    """The quote with its speaker, in the punctuation of the draft's language."""
    bare = text.strip().strip("“”\"'「」")
    speaker = [quote.get("speaker", ""), quote.get("title", "")]
    zh = desk.language == "zh"
    return f"“{bare}”{'——' if zh else ' — '}{('，' if zh else ', ').join(filter(None, speaker))}"
