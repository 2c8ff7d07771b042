"""One figure told of two subjects."""

from __future__ import annotations

from assistant.checks.base import DraftView
from assistant.checks.paragraphs import check_paragraph
from assistant.checks.standards import Standards
from assistant.checks.subjects import FigureTwoSubjects
from assistant.draft import Draft, Evidence, Paragraph, Section
from knowledge.domain.locale import Locale
from knowledge.lexicon import KnownName, Lexicon, NameKind

LEXICON = Lexicon(
    names=(
        KnownName(NameKind.ORGANISATION, ("Panlan Compressors", "Panlan")),
        KnownName(NameKind.ORGANISATION, ("Luoyun Textile", "Luoyun")),
    )
)
EVIDENCE = (
    Evidence("S1", "At Panlan Compressors, renewals rose from 64% to 83%.", "en"),
    Evidence("S2", "Luoyun Textile runs 220 looms.", "en"),
)


def told(*texts: str) -> list[str]:
    standards = Standards(Locale("en"), lexicon=LEXICON)
    paragraphs = tuple(Paragraph(f"p{n}", text, ("S1", "S2")) for n, text in enumerate(texts, start=1))
    claims = tuple(c for p in paragraphs for c in check_paragraph(p, EVIDENCE, standards).claims)
    draft = Draft("d", "", "en", "public", sections=(Section("s", "", paragraphs),), evidence=EVIDENCE, claims=claims)
    return [f.paragraph or "" for f in FigureTwoSubjects().check(DraftView(draft, standards))]


def test_the_same_figure_of_two_customers() -> None:
    assert told("Panlan saw renewals rise to 83%.", "Luoyun Textile saw renewals rise to 83%.") == ["p2"]


def test_the_same_figure_of_one_customer_in_two_spellings() -> None:
    assert told("Panlan saw renewals rise to 83%.", "At Panlan Compressors, renewals rose to 83%.") == []


def test_words_that_only_look_like_a_name_are_no_subject() -> None:
    assert told("Panlan saw renewals rise to 83%.", "Built-in Renewals 83% higher, rose to 83%.") == []
