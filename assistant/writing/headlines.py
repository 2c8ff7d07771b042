"""A headline from one piece of evidence: a model's short line, kept only when it fits and says nothing of its own."""

from __future__ import annotations

from assistant.checks.paragraphs import check_paragraph
from assistant.claims.words import content_words
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.faithful import within
from assistant.writing.schema import text_schema
from knowledge.domain.errors import BadReply
from knowledge.domain.finding import Severity
from knowledge.domain.locale import detect_language
from knowledge.domain.text import length
from prompts.section import Part, TemplateSection

CARRIED = 0.7
"""The share of a headline's content words that must stand in its source."""


def asked_headline(
    section: TemplateSection,
    part: Part,
    desk: Desk,
    piece: Evidence,
    opening: str,
    *,
    temperature: float,
    instruction: str | None = None,
) -> str:
    """A model's headline for the entry of `piece` and one sentence of it; empty when it does not hold: too long or too
    short, in another language, with a figure or a name that the piece does not have, or about something else."""
    joint = "。" if desk.locale.counts_characters else ". "
    head = opening if piece.origin == "brief" else f"{piece.title}{joint}{opening}"
    source = Evidence(piece.id, head, piece.locale)
    try:
        data = desk.ask(
            section, [source], text_schema(), parts=[part], kind="headline", instruction=instruction,
            temperature=temperature,
        )  # fmt: skip
    except BadReply:
        return ""
    said = bare(" ".join(str(data["text"]).split()))
    holds = fits(said, part, desk) and within(f"{piece.title}\n{piece.text}", said, desk.locale)
    return said if holds and _is_from(said, piece) and not _is_wrong(said, piece, desk) else ""


def fits(text: str, part: Part, desk: Desk) -> bool:
    """True when the text has the length of the part, in the draft's language."""
    limits = part.length.of(desk.language)
    return limits.least <= length(text, desk.locale) <= limits.most and detect_language(text) in (None, desk.language)


def bare(text: str) -> str:
    """The text without full stop, exclamation mark and quotation marks around it."""
    return text.strip().strip('。.！!“”"').strip()


def _is_wrong(said: str, piece: Evidence, desk: Desk) -> bool:
    """True when the checks find an error: a figure that only the title has, or one in a shape of the model's own."""
    found = check_paragraph(Paragraph("", said, (piece.id,)), [piece], desk.standards).findings
    return any(finding.severity is Severity.ERROR for finding in found)


def _is_from(said: str, piece: Evidence) -> bool:
    """True when most of the content words of the line stand in the evidence (of the same language)."""
    words = content_words(said)
    if detect_language(piece.text) not in (None, detect_language(said)) or not words:
        return True
    return len(words & content_words(f"{piece.title} {piece.text}")) / len(words) >= CARRIED
