"""The glossary: terms that occur stand in their form for the target, and no forbidden variant does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.checks.terms import forbidden_variants
from assistant.localization.checks.base import Pair, PairExample, SegmentCheck
from assistant.localization.checks.term_places import places, stands
from assistant.localization.term_forms import cell_in, ways
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.locale import Locale
from knowledge.domain.words import Words
from knowledge.records import Term

_CLUSTER = Term("集群", "zh-CN", {"en": "cluster", "de": "Cluster"})
_EDGE = Term("边缘集群", "zh-CN", {"en": "edge site"})
_LIVE = Term("上线", "zh-CN", {"en": "go-live"})
_SERVICE = Term("service mesh", "en", {"zh-CN": "服务网格", "de": "Service-Mesh"})
_BRAND = Term("TingDeck", "en", do_not_translate=True, case_rule="exact", forbidden=("Ting Deck", "听台"))
_PIPELINE = Term("pipeline", "en", {"zh-CN": "流水线", "pt-BR": "fluxo de trabalho"}, forbidden=("管线",))


class TermMissing(SegmentCheck):
    """A glossary term occurs in the source and its form is not in the target.

    Inflections count, and capitals only where the glossary says so. A term inside a longer one is that one's. A term
    that is not to be translated stands as it is.
    """

    id = "term_missing"
    severity = Severity.ERROR
    title = Words(zh="未用术语表的译法", en="Glossary term missing")
    instruction = "Use the given form of every term."
    examples = (
        PairExample("扩展集群", "Scale the clusters", False, terms=(_CLUSTER,)),
        PairExample("扩展集群", "Scale the group", True, terms=(_CLUSTER,)),
        PairExample("部署边缘集群", "Deploy an edge site", False, terms=(_CLUSTER, _EDGE)),
        PairExample("三月上线", "It went live in March", False, terms=(_LIVE,)),
        PairExample("三月上线", "It was done in March", True, terms=(_LIVE,)),
        PairExample("A service mesh helps", "服务网格很有用", False, ("en", "zh-CN"), terms=(_SERVICE,)),
        PairExample("A service mesh helps", "服务网很有用", True, ("en", "zh-CN"), terms=(_SERVICE,)),
        PairExample("Service meshes help", "Service-Meshes helfen", False, ("en", "de"), terms=(_SERVICE,)),
        PairExample("TingDeck is here", "TingDeck 来了", False, ("en", "zh-CN"), terms=(_BRAND,)),
        PairExample("TingDeck is here", "Tingdeck 来了", True, ("en", "zh-CN"), terms=(_BRAND,)),
        PairExample("TingDeck is here", "Das Deck ist da", True, ("en", "de"), terms=(_BRAND,)),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        if not pair.terms:
            return
        source, target = pair.facts.source, pair.facts.target
        for term in occurring(pair.terms, source.text, pair.source_locale):
            form = cell_in(term, pair.target_locale)
            exact = term.case_rule == "exact"
            if form and not any(stands(way, target.text, target.language, exact=exact) for way in ways(form)):
                yield self.finding(
                    Words(zh=f"术语“{term.term}”应译为“{form}”", en=f"the term '{term.term}' must stand as '{form}'"),
                    pair,
                    fix=form,
                )


def occurring(terms: Iterable[Term], text: str, locale: Locale) -> list[Term]:
    """The terms that stand in a text, without those that only stand inside a longer one."""
    found: list[tuple[Span, Term]] = []
    for term in terms:
        form = cell_in(term, locale)
        if form:
            spans = places(form, text, locale.language, exact=term.case_rule == "exact")
            found += [(span, term) for span in spans]
    kept: list[Term] = []
    for span, term in found:
        inside = any(o != span and o.start <= span.start and span.end <= o.end for o, _ in found)
        if not inside and not any(term is other for other in kept):
            kept.append(term)
    return kept


class ForbiddenVariant(SegmentCheck):
    """A variant that the glossary forbids stands in the target."""

    id = "forbidden_variant"
    severity = Severity.ERROR
    title = Words(zh="禁用的术语写法", en="Forbidden variant of a term")
    instruction = "Never use a forbidden variant of a term."
    examples = (
        PairExample("TingDeck is here", "Ting Deck 来了", True, ("en", "zh-CN"), terms=(_BRAND,)),
        PairExample("TingDeck is here", "听台来了", True, ("en", "zh-CN"), terms=(_BRAND,)),
        PairExample("TingDeck is here", "TingDeck 来了", False, ("en", "zh-CN"), terms=(_BRAND,)),
        PairExample("TingDeck 来了", "Ting Deck is here", True, terms=(_BRAND,)),
        PairExample("TingDeck 来了", "TingDeck is here", False, terms=(_BRAND,)),
        PairExample("Build a pipeline", "构建管线", True, ("en", "zh-CN"), terms=(_PIPELINE,)),
        PairExample("TingDeck is here", "Ting Deck ist da", True, ("en", "de"), terms=(_BRAND,)),
        PairExample("TingDeck is here", "TingDeck ist da", False, ("en", "de"), terms=(_BRAND,)),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        if not any(term.forbidden for term in pair.terms):
            return
        target = pair.facts.target
        for span, right in forbidden_variants(target.text, tuple(pair.terms), pair.target_locale.tag):
            said = span.of(target.text)
            yield self.finding(
                Words(zh=f"“{said}”是禁用写法；用“{right}”", en=f"'{said}' is a forbidden variant; write '{right}'"),
                pair,
                target.place(span.start, span.end),
                fix=right,
            )
