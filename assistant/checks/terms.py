"""The company's terms: variants that the glossary forbids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.checks.base import ParagraphCheck, ParagraphView
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.folding import fold
from knowledge.domain.words import Words
from knowledge.records import Term
from knowledge.spellings import is_whole

KEPT = 32
"""Glossaries whose variants are kept ready."""


class ForbiddenVariant(ParagraphCheck):
    """A variant that the glossary forbids (`Ting Deck` for `TingDeck`), outside longer terms.

    The fix is the term in the language of the text. A variant that differs from the term in its capitals only is
    looked for as it is written.
    """

    id = "forbidden_variant"
    severity = Severity.ERROR
    repair = True
    mends = True
    title = Words(zh="禁用的术语写法", en="Forbidden variant of a term")

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        terms = view.standards.lexicon.terms
        if not terms:
            return
        for span, right in forbidden_variants(view.text, terms, view.locale.tag):
            said = span.of(view.text)
            yield self.finding(
                Words(zh=f"“{said}”是禁用写法；用“{right}”", en=f"'{said}' is a forbidden variant; write '{right}'"),
                view.locale, view.paragraph.id, span, fix=right,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Variant:
    """A variant folded, and the folded terms that contain it. `exact` is its spelling where only capitals tell it from
    the term."""

    folded: str
    right: str
    exact: str
    longer: tuple[str, ...]


def forbidden_variants(text: str, terms: tuple[Term, ...], locale: str) -> list[tuple[Span, str]]:
    """The variants of a text with the right form, in order; of two that overlap the longer one."""
    folded = fold(text)
    found: list[tuple[Span, str]] = []
    for variant in _variants(terms, locale):
        if variant.folded not in folded:
            continue
        allowed = [span for term in variant.longer for span in _places(term, folded)]
        for span in _places(variant.folded, folded):
            inside = any(a.start <= span.start and span.end <= a.end for a in allowed)
            taken = any(span.overlaps(other) for other, _ in found)
            if not inside and not taken and (not variant.exact or span.of(text) == variant.exact):
                found.append((span, variant.right))
    return sorted(found)


_made: dict[tuple[int, str], tuple[tuple[Term, ...], tuple[_Variant, ...]]] = {}
"""By the glossary's identity, which stands beside it so that it is not taken over by another: terms have no hash."""


def _variants(terms: tuple[Term, ...], locale: str) -> tuple[_Variant, ...]:
    """The variants that a glossary forbids in a locale, the longest first."""
    kept = _made.get((id(terms), locale))
    if kept is not None and kept[0] is terms:
        return kept[1]
    language = locale.split("-", 1)[0]
    allowed = {fold(form) for term in terms for form in (term.term, *term.translations.values()) if form}
    variants = {
        fold(spelled): _variant(spelled, right, allowed)
        for term in terms
        if (right := _right(term, locale, language))
        for spelled in term.forbidden
        if spelled and spelled != right
    }
    made = tuple(sorted(variants.values(), key=lambda variant: -len(variant.folded)))
    if len(_made) >= KEPT:
        _made.clear()
    _made[(id(terms), locale)] = terms, made
    return made


def _variant(spelled: str, right: str, allowed: Iterable[str]) -> _Variant:
    folded = fold(spelled)
    longer = tuple(form for form in allowed if folded in form and form != folded)
    return _Variant(folded, right, spelled if folded == fold(right) else "", longer)


def _right(term: Term, locale: str, language: str) -> str:
    """The term as a text in this locale has it; empty when the glossary does not say."""
    if term.do_not_translate or term.locale.split("-", 1)[0] == language:
        return term.term
    if locale in term.translations:
        return term.translations[locale]
    return next((form for tag, form in term.translations.items() if tag.split("-", 1)[0] == language), "")


def _places(spelling: str, folded: str) -> Iterator[Span]:
    """Where a folded spelling stands as whole words."""
    at = folded.find(spelling)
    while at >= 0:
        end = at + len(spelling)
        begins = not (_is_latin(spelling[0]) and at > 0 and _is_latin(folded[at - 1]))
        if begins and is_whole(folded, end):
            yield Span(at, end)
        at = folded.find(spelling, end)


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
