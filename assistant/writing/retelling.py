"""How a small model writes minutes: utterance by utterance, each retold in the third person and compared with what was
said. What does not come back faithful is left out: spoken language never stands in minutes as it was spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims.quantities import quantities
from assistant.claims.words import content_words
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.faithful import within
from assistant.writing.rewriting import TEMPERATURES
from assistant.writing.schema import text_schema
from assistant.writing.speakers import utterances
from knowledge.domain.errors import BadReply
from knowledge.domain.locale import detect_language
from prompts.template import Part, TemplateSection

SHORTEST = 8
"""Content words below which an utterance is small talk."""

_FILLERS = re.compile(r"[呃嗯哎啊呀嘛]|\b(?:um|uh|you know|like,)\b", re.IGNORECASE)
_DIALOGUE = re.compile(r"[:：]\s*[“\"「]?\S")


def retell(section: TemplateSection, desk: Desk, pieces: Sequence[Evidence]) -> list[Paragraph]:
    """One item for each utterance of substance, at most the part's count for each piece, in the order spoken."""
    part = section.parts[0]
    query = " ".join(desk.words(want.query) for want in section.evidence)
    return [
        desk.paragraph(said, [piece.id], role=part.role)
        for piece in pieces
        for name, line in _telling(piece, part, query)
        if (said := _retold(section, desk, piece, name, line))
    ]


def _telling(piece: Evidence, part: Part, query: str) -> list[tuple[str, str]]:
    """The utterances of a piece that say most: those about the query first, then those with figures, then the longest.
    With a query, only such as share a word with it."""
    asked = content_words(query)
    spoken = [(n, name, line) for n, (name, line) in enumerate(utterances(piece.text))]
    worth = [
        (len(words) + 10 * len(quantities(line)) + 50 * len(words & asked), n, name, line)
        for n, name, line in spoken
        if (words := content_words(line)) and (not asked or words & asked)
    ]
    best = sorted((w for w in worth if w[0] >= SHORTEST), reverse=True)[: part.count.most]
    return [(name, line) for _, _, name, line in sorted(best, key=lambda w: w[1])]


def _retold(section: TemplateSection, desk: Desk, piece: Evidence, name: str, line: str) -> str:
    evidence = Evidence(piece.id, line, piece.locale)
    for temperature in TEMPERATURES[: desk.repairs + 1]:
        try:
            data = desk.ask(section, [evidence], text_schema(), kind="retell", temperature=temperature)
        except BadReply:
            continue
        said = " ".join(str(data["text"]).split())
        if not said:
            return ""
        if _fit(said, name, line, desk):
            return said
        desk.unsupported_at_first += temperature == TEMPERATURES[0]
    return ""


def _fit(said: str, name: str, line: str, desk: Desk) -> bool:
    """The speaker's name, no figure or code that was not said, written language, about the same thing, no longer."""
    words = content_words(said)
    shared = len(words & content_words(line)) / len(words) if words else 0.0
    return (
        name in said
        and within(line, said, desk.locale)
        and not _FILLERS.search(said)
        and not _DIALOGUE.search(said)
        and detect_language(said) in (None, desk.language)
        and (shared >= 0.5 or detect_language(line) not in (None, desk.language))
        and len(said) <= len(line) * 1.3 + 10
    )
