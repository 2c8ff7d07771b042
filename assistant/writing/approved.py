"""Sections that a program fills from what is approved or given: quotes, texts, speakers, the brief itself."""

from __future__ import annotations

import re
from collections import Counter

from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from knowledge.records import EntryVersion
from prompts.template import TemplateSection


class QuoteSection:
    """`write: quote` — an approved quote, verbatim, with its speaker. Never one that nobody said."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        for evidence in desk.book.select(section):
            entry = desk.library.entries.get(evidence.entry_id, evidence.version) if evidence.entry_id else None
            for quote in desk.quotes(entry) if entry else []:
                text = _in_locale(quote, entry, desk.language) if entry else None
                if text and quote["text"] in evidence.text:
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


_SPEAKER = re.compile(
    r"^\s*(?:[\[(【]?\d{1,2}:\d{2}(?::\d{2})?[\])】]?\s*)?(?P<name>[^\W\d_][^:：\n。，,]{0,30}?)\s*[:：]\s*\S",
    re.MULTILINE,
)


class SpeakersSection:
    """`write: speakers` — those who speak in a transcript (`Name: …`), in the order in which they begin."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        pieces = desk.book.select(section)
        names = speakers([piece.text for piece in pieces])
        return [desk.paragraph(name, [_first(pieces, name)], role="attendee", by="program") for name in names] or [
            desk.gap(section)
        ]


def utterances(text: str) -> list[tuple[str, str]]:
    """Speaker and whole line of every utterance (`Name: …`) of a transcript, in order."""
    found = ((match, line) for line in text.splitlines() if (match := _SPEAKER.match(line)))
    return [(match["name"].strip(), line.strip()) for match, line in found]


def speakers(texts: list[str]) -> list[str]:
    """Names that begin at least two utterances; a heading such as `Date:` begins but one."""
    counts = Counter(match["name"].strip() for text in texts for match in _SPEAKER.finditer(text))
    return [name for name, count in counts.items() if count >= 2]


def _first(pieces: list[Evidence], name: str) -> str:
    return next(piece.id for piece in pieces if name in piece.text)


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
