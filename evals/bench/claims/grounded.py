"""A text checked against documents, by the same way as `koujing check FILE --source FILE` takes."""

from __future__ import annotations

from functools import lru_cache

from assistant.checking import CheckReport, check_text, only
from assistant.checks.standards import Standards
from assistant.draft import Evidence
from assistant.given_pieces import pieces_of
from knowledge.domain.locale import Locale
from knowledge.lexicon import Lexicon
from knowledge.reading.document import Block, Document


def checked(
    text: str, document: str, locale: str, source_locale: str = "", lexicon: Lexicon | None = None
) -> CheckReport:
    """What Koujing says of `text` (BCP 47 `locale`) when `document` is its only source. No model."""
    evidence = _evidence(document, source_locale or locale)
    return check_text(text, only(evidence), Standards(Locale(locale), lexicon=lexicon or Lexicon()))


@lru_cache(maxsize=512)
def _evidence(document: str, locale: str) -> tuple[Evidence, ...]:
    blocks = tuple(Block(line) for line in document.splitlines() if line.strip())
    pieces = pieces_of(Document(format="text", title="source", meta={}, blocks=blocks, content_hash=""), "source")
    return tuple(
        Evidence("", piece.text, locale, title=piece.title, source="source", locator=piece.locator) for piece in pieces
    )
