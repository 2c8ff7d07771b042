"""Quotations: byte-exact up to typography, by their own speaker, and across languages as the approved translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.claims.examiner import (
    CONTRADICTED,
    NOT_CHECKED,
    SUPPORTED,
    UNSUPPORTED,
    Examiner,
    Found,
    Grounds,
    Source,
)
from assistant.claims.quotes.match import denial_cut, exact, likeliest, nearest, quotation_at
from assistant.claims.quotes.quotations import Quotation, quotations
from assistant.claims.quotes.speaker import other_speaker, speakers
from assistant.claims.quotes.text import core, find, plain
from assistant.claims.reading import Reading
from assistant.draft import EvidenceSpan
from knowledge.domain.finding import Span
from knowledge.domain.locale import Locale, detect_language
from knowledge.domain.words import Words
from knowledge.lexicon import QuoteRecord

VERY_LIKE = 0.75
"""From this likeness on, words that may be a term or irony are an altered quotation after all."""
LONG_TITLE = 10
"""Shorter words in quotation marks may begin another title by chance."""
_MARKS = re.compile(r"[“”\"「」『』«»„‹›]")
_CUT = re.compile(r"\[?(?:…|⋯|\.{3,}|。{3,})+\]?|\[[^\[\]]{1,40}\]|[（(]\.{3}[）)]")

NOTES = {
    "": Words(zh="出处有原话", en="the source has these words"),
    "translation": Words(zh="是引语记录里批准的译文", en="the approved translation of the quote"),
    "altered": Words(zh="与原话不一致", en="not what was said"),
    "denial_cut": Words(zh="截掉了原话里的否定", en="leaves out the denial that was said"),
    "unknown": Words(zh="资料和口径库里没有这句话", en="neither the sources nor the library have these words"),
    "translation_unapproved": Words(zh="没有批准过的译文", en="not an approved translation"),
    "marked": Words(zh="已注明引语待确认", en="marked as to be confirmed"),
    "uncited": Words(zh="没有引用出处", en="nothing is cited"),
}


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that were said: in a source at a place, or in a record, itself or as its translation."""

    text: str
    language: str
    span: Span
    source: Source | None = None
    record: QuoteRecord | None = None
    translated: bool = False


class QuoteExaminer(Examiner):
    """What stands in quotation marks as somebody's words."""

    kinds = ("quote",)

    def examine(self, said: Reading, locale: Locale, grounds: Grounds) -> Iterator[Found]:
        if not _MARKS.search(said.text):
            return
        for quotation in quotations(said.text):
            found = _Examination(quotation, said, grounds).found()
            if found is not None:
                yield found


class _Examination:
    """One quotation beside sources and records."""

    def __init__(self, quotation: Quotation, said: Reading, grounds: Grounds) -> None:
        self.quotation, self.said, self.grounds = quotation, said, grounds
        self.words = quotation.span.of(said.text)
        self.language = _language(self.words, said.language)
        self.sources = (*grounds.cited, *grounds.others)

    def found(self) -> Found | None:
        """None for words that no source has, and that may be a term, a title or irony."""
        if self.quotation.marked:
            return self._claim(NOT_CHECKED, "marked")
        parts = [part for piece in _CUT.split(self.words) if len(part := core(piece)) > 1]
        if not parts:
            return self._claim(NOT_CHECKED, "marked")
        there = self._exact([core(self.words)]) or (self._exact(parts) if len(parts) > 1 else None)
        if there is not None:
            return self._by_whom(there)
        if not self.sources and not self.grounds.complete and not self.grounds.lexicon.quotes:
            return self._claim(NOT_CHECKED, "uncited")
        if not self.quotation.sure:
            return self._altered(VERY_LIKE) or self._grown()
        return self._altered() or self._translated() or self._claim(UNSUPPORTED, "unknown")

    # --- the same words ----------------------------------------------------------------------------------------------

    def _exact(self, parts: Sequence[str]) -> _Words | None:
        for source in self.sources:
            span = _in_order(parts, source.evidence.text)
            if span is not None:
                return _Words(source.evidence.text, source.reading.language, span, source)
        for one, next_one in pairwise(self.grounds.cited):
            across = self._across(parts, one, next_one) if one.evidence.source == next_one.evidence.source else None
            if across is not None:
                return across
        return next((words for words in self._recorded() if _in_order(parts, words.text) is not None), None)

    def _across(self, parts: Sequence[str], first: Source, second: Source) -> _Words | None:
        """A quotation that a passage begins and the next one ends."""
        begin = first.evidence.text.rstrip()
        if parts[0][:6] not in plain(begin) or parts[-1][-6:] not in plain(second.evidence.text):
            return None
        span = _in_order(parts, begin + ("" if begin[-1:] in "。！？；，、：" else "\n") + second.evidence.text)
        if span is None or span.start >= len(begin):
            return None
        return _Words(begin, first.reading.language, Span(span.start, min(span.end, len(begin))), first)

    def _recorded(self) -> Iterator[_Words]:
        """What the library has in the language of the quotation."""
        for record in self.grounds.lexicon.quotes:
            if record.language == self.language:
                yield _Words(record.text, record.language, Span(0, len(record.text)), record=record)
            elif self.language in record.translations:
                text = record.translations[self.language]
                yield _Words(text, self.language, Span(0, len(text)), record=record, translated=True)

    def _by_whom(self, there: _Words) -> Found:
        cut = denial_cut(there.text, there.span) if there.source else None
        if cut is not None:
            return self._claim(CONTRADICTED, "denial_cut", there, fix=exact(there.text, cut, self.words))
        mine = speakers(self.said.text, self.quotation, self.said.language, self.grounds.lexicon)
        wrong = other_speaker(mine, self._speakers_of(there))
        if wrong and not self._is_near(mine, there):
            return Found(
                self.quotation.span,
                "quote",
                CONTRADICTED,
                self._evidence(there),
                "other_speaker",
                Words(zh=f"出处里说这句话的是{wrong}", en=f"in the source it was {wrong} who said so"),
            )
        return self._claim(SUPPORTED, "translation" if there.translated else "", there)

    def _speakers_of(self, there: _Words) -> list[str]:
        if there.record is not None:
            return [there.record.speaker] if there.record.speaker else []
        quotation = quotation_at(there.text, there.span)
        return speakers(there.text, quotation, there.language, self.grounds.lexicon) if quotation else []

    def _is_near(self, mine: Sequence[str], there: _Words) -> bool:
        """True when a source names the said speaker beside the words, too."""
        quotation = quotation_at(there.text, there.span) if there.record is None else None
        return quotation is not None and any(name in quotation.near.of(there.text) for name in mine)

    # --- other words -------------------------------------------------------------------------------------------------

    def _altered(self, least: float = 0.0) -> Found | None:
        texts = [
            _Words(source.evidence.text, self.language, Span(0, 0), source)
            for source in self.sources
            if _language(source.evidence.text, source.reading.language) == self.language
        ]
        texts += [words for words in self._recorded() if not words.translated]
        texts = likeliest(self.words, texts, lambda words: words.text)
        best: tuple[float, _Words] | None = None
        for words in texts:
            near = nearest(self.words, words.text)
            if near is not None and (best is None or near.likeness > best[0]):
                best = near.likeness, _Words(words.text, words.language, near.span, words.source, words.record)
        if best is None or best[0] < least:
            return None
        there = best[1]
        return self._claim(CONTRADICTED, "altered", there, fix=exact(there.text, there.span, self.words))

    def _grown(self) -> Found | None:
        """What a source has in quotation marks (a title, a name), with more said before they close."""
        words = core(self.words)
        for source in self.sources:
            for quoted in quotations(source.evidence.text):
                whole = core(quoted.span.of(source.evidence.text))
                if len(whole) >= LONG_TITLE and len(words) > len(whole) and words.startswith(whole):
                    there = _Words(source.evidence.text, source.reading.language, quoted.span, source)
                    fix = exact(source.evidence.text, quoted.span, self.words)
                    return self._claim(CONTRADICTED, "altered", there, fix=fix)
        return None

    def _translated(self) -> Found | None:
        """Words of another language that are not the approved translation."""
        approved = [words for words in self._recorded() if words.translated]
        for words in approved:
            near = nearest(self.words, words.text)
            if near is not None:
                fix = exact(words.text, words.span, self.words)
                return self._claim(CONTRADICTED, "translation_unapproved", words, fix=fix)
        mine = speakers(self.said.text, self.quotation, self.said.language, self.grounds.lexicon)
        own = [r for r in self.grounds.lexicon.quotes if mine and r.speaker and not other_speaker(mine, [r.speaker])]
        if own and all(record.language != self.language for record in own):
            text = own[0].translations.get(self.language, "") if len(own) == 1 else ""
            return self._claim(CONTRADICTED, "translation_unapproved", fix=text)
        languages = {_language(source.evidence.text, source.reading.language) for source in self.sources}
        if languages and self.language not in languages:
            return self._claim(UNSUPPORTED, "translation_unapproved")
        return None

    # --- in words ----------------------------------------------------------------------------------------------------

    def _claim(self, verdict: str, reason: str, there: _Words | None = None, fix: str = "") -> Found:
        return Found(
            self.quotation.span,
            "quote",
            verdict,
            self._evidence(there) if there else (),
            reason,
            NOTES[reason],
            fix,
        )

    def _evidence(self, there: _Words) -> tuple[EvidenceSpan, ...]:
        return (there.source.at(there.span),) if there.source else ()


def _in_order(parts: Sequence[str], text: str) -> Span | None:
    """The stretch of a text that has all parts of a quotation, one after the other."""
    spans = [found for part in parts if (found := find(part, text)) is not None]
    if len(spans) < len(parts) or any(a.start > b.start for a, b in pairwise(spans)):
        return None
    return Span(spans[0].start, max(span.end for span in spans))


def _language(words: str, of_text: str) -> str:
    """The language of a quotation; that of the text around it where it is too short to tell."""
    return detect_language(words) or of_text
