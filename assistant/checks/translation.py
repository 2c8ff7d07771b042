"""What a rendering in another locale must keep: the checks of a localized segment, on a paragraph of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from assistant.checks.base import ParagraphCheck, ParagraphView
from assistant.draft import Evidence
from assistant.localization.checks.base import Pair, SegmentCheck, SegmentFinding
from assistant.localization.checks.registry import ALONE
from assistant.localization.content import Content
from assistant.localization.lexicon import Lexicon
from assistant.localization.protection.codes import with_codes
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import Locale, parse_locale
from prompts.section import TemplateSection

_OTHERWISE = frozenset({"forbidden_variant", "wrong_language", "length_limit"})
"""Those that a check of every draft looks for already, and one that needs the room of a file."""


class _OfPair(ParagraphCheck):
    """Has its words and its method from a check of localization."""

    drafts_only = True
    checked_by: ClassVar[SegmentCheck]

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        if view.pair is None:
            return
        for found in self.checked_by.check(view.pair):
            message = found.words.of(view.locale.language) if isinstance(found, SegmentFinding) else found.message
            severity = _severity(found, view.pair)
            yield Finding(
                self.id, severity, message, view.paragraph.id, found.span, view.paragraph.citations, found.fix
            )


def _severity(found: Finding, pair: Pair) -> Severity:
    """A piece that is told anew may say a term in other words; a segment of a file may not. What is not translated at
    all stays a name."""
    if found.check != "term_missing" or any(t.do_not_translate and t.term == found.fix for t in pair.terms):
        return found.severity
    return Severity.WARNING


def _on_drafts(check: SegmentCheck) -> ParagraphCheck:
    of = type(check)
    own = {"id": of.id, "severity": of.severity, "title": of.title, "checked_by": check, "__doc__": of.__doc__}
    made: type[_OfPair] = type(of.__name__, (_OfPair,), own)
    return made()


TRANSLATION_CHECKS = tuple(_on_drafts(check) for check in ALONE if check.id not in _OTHERWISE)
"""They look at sections that a template has translated, and at nothing else."""


def pair_of(
    text: str, cited: Sequence[Evidence], section: TemplateSection | None, locale: Locale, words: Lexicon
) -> Pair | None:
    """A translated paragraph beside the text that it cites; None for every other."""
    if section is None or section.write != "translate" or not cited:
        return None
    source = with_codes(Content.of("\n".join(evidence.text for evidence in cited)))
    there = parse_locale(cited[0].locale)
    known = words.known(source.words, there, locale)
    return Pair(source, with_codes(Content.of(text)), there, locale, known.terms, known.names, culture=known.culture)
