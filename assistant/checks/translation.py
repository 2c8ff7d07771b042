"""What a rendering in another locale must keep: figures and dates by value, and no word of the old language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import ParagraphCheck, ParagraphView
from assistant.claims.quantities import match_of, quantities
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Match, Quantity
from knowledge.domain.words import Words

_PLAIN_WORD = re.compile(r"(?<![\w./@-])[a-z]{3,}(?![\w./@-])")
_HAN = re.compile(r"[㐀-䶿一-鿿]{2,}")
_UNITS = frozenset("kHz MHz GHz kWh mAh ppm rpm bps mbps www com".casefold().split())


class NumberChanged(ParagraphCheck):
    """A figure or date of the text given that its translation lacks, or one that it has of its own."""

    id = "number_changed"
    severity = Severity.ERROR
    drafts_only = True
    title = Words(zh="译文数字有变", en="Figure changed in translation")

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        if view.section is None or view.section.write != "translate":
            return
        there = [q for evidence in view.cited for q in quantities(evidence.text)]
        lost = missing(there, quantities(view.text, view.locale.language))
        if lost:
            names = "、".join(q.text for q in lost)
            yield self.finding(
                Words(zh=f"译文里少了或改了：{names}", en=f"lost or changed in the translation: {names}"),
                view.locale, view.paragraph.id, evidence=view.paragraph.citations,
            )  # fmt: skip


class PartlyTranslated(ParagraphCheck):
    """Words that stayed in the language of the text given; names, units and links may."""

    id = "partly_translated"
    severity = Severity.WARNING
    drafts_only = True
    title = Words(zh="漏译", en="Partly translated")

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        if view.section is None or view.section.write != "translate":
            return
        left = untranslated(" ".join(e.text for e in view.cited), view.text, view.locale)
        if left:
            names = "、".join(left[:5])
            yield self.finding(
                Words(zh=f"没有译出：{names}", en=f"not translated: {names}"), view.locale, view.paragraph.id
            )


def missing(wanted: list[Quantity], said: tuple[Quantity, ...]) -> list[Quantity]:
    """Those of `wanted` whose value and qualifier `said` does not have."""
    return [q for q in wanted if not any(match_of(q, other) is Match.SAME for other in said)]


def untranslated(source: str, said: str, locale: Locale) -> list[str]:
    """Plain words of the source that stand in the rendering as they were."""
    if locale.language in ("zh", "ja", "ko"):
        words = {w for w in _PLAIN_WORD.findall(said) if w not in _UNITS}
        return sorted(words & set(_PLAIN_WORD.findall(source)))
    return [run for run in _HAN.findall(said) if run in source]
