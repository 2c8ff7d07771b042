"""Statements: what each sentence says as a whole, and whether the sources carry it.

By program and without a model: negations, opposites, exchanged roles, plans told as done, things and names that no
source has. What a program cannot tell stays `not_checked`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

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
from assistant.claims.quantities import match_of
from assistant.claims.reading import Reading, Sentence
from assistant.claims.statements.asserting import asserts
from assistant.claims.statements.ground import ground_of
from assistant.claims.statements.han import HanLine, HanOddity, han_ground
from assistant.claims.statements.han_rules import HAN_RULES
from assistant.claims.statements.notes import CARRIED, NO_SOURCE, OTHER_LANGUAGE, UNTOLD, note_of
from assistant.claims.statements.oddities import Line, Oddity, Rule
from assistant.claims.statements.oppositions import Opposed, Reversed
from assistant.claims.statements.polarity import NegationAdded, NegationLost, PilotTold, PlanTold
from assistant.claims.statements.roles import RoleSwapped
from assistant.claims.statements.strangers import NameUnsaid, Narrowed, Replaced
from assistant.claims.statements.tokens import tokens_of
from assistant.draft import EvidenceSpan
from knowledge.domain.finding import Span
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Match
from knowledge.lexicon import Lexicon

ENGLISH_RULES: tuple[Rule, ...] = (
    RoleSwapped(),
    Opposed(),
    Reversed(),
    NegationAdded(),
    NegationLost(),
    PlanTold(),
    PilotTold(),
    Replaced(),
    NameUnsaid(),
    Narrowed(),
)

WELL, ALIKE, HARDLY = 0.5, 0.35, 0.25
"""From these shares of its words on a sentence is carried, is about the same as the sources, is said at all."""

ENOUGH, ENOUGH_PAIRS = 6, 10
"""Content words (in Chinese, pairs of characters) that a sentence must have to say that little of it is carried."""

SHOWN = 3
"""Source sentences that are held to carry a sentence together."""


class StatementExaminer(Examiner):
    """One claim over each sentence that asserts something."""

    kinds = ("statement",)

    def examine(self, said: Reading, locale: Locale, grounds: Grounds) -> Iterator[Found]:
        sentences = [sentence for sentence in said.sentences if asserts(sentence.text)]
        if not sentences:
            return
        if not grounds.cited:
            verdict = UNSUPPORTED if grounds.complete else NOT_CHECKED
            yield from (Found(s.span, "statement", verdict, reason="no_source", note=NO_SOURCE) for s in sentences)
            return
        cited = [source for source in grounds.cited if source.reading.language == said.language]
        if not cited:
            for sentence in sentences:
                yield Found(sentence.span, "statement", NOT_CHECKED, reason="other_language", note=OTHER_LANGUAGE)
            return
        others = [source for source in grounds.others if source.reading.language == said.language]
        judge = _JUDGES.get(said.language, _plain)
        yield from judge(said, sentences, cited, others, grounds.lexicon)


_Judge = Callable[[Reading, Sequence[Sentence], Sequence[Source], Sequence[Source], Lexicon], Iterator[Found]]


def _english(
    said: Reading,
    sentences: Sequence[Sentence],
    cited: Sequence[Source],
    others: Sequence[Source],
    lexicon: Lexicon,
) -> Iterator[Found]:
    text = tokens_of(said)
    ground = ground_of(tuple(tokens_of(source.reading) for source in cited))
    beyond = tuple(tokens_of(source.reading) for source in others)
    known = _words_of(lexicon)
    for sentence in sentences:
        line = Line(text, text.between(sentence.span.start, sentence.span.end), ground, beyond, known)
        oddities = [oddity for rule in ENGLISH_RULES for oddity in rule.look(line)]
        shown = line.best[:SHOWN]
        places = [None if o.place is None else ground.evidence(ground.sentence_of[o.place]) for o in oddities]
        carried = line.carried(shown)
        yield _found(
            sentence,
            oddities,
            [place and (cited[place[0]], place[1]) for place in places],
            carried,
            len(line.content) >= ENOUGH and not (carried < HARDLY and _figures_stand(sentence, cited)),
            [(cited[source], span) for source, span in map(ground.evidence, shown)],
        )


def _chinese(
    said: Reading,
    sentences: Sequence[Sentence],
    cited: Sequence[Source],
    others: Sequence[Source],
    lexicon: Lexicon,
) -> Iterator[Found]:
    ground = han_ground(tuple(source.reading for source in cited))
    beyond = tuple(source.reading for source in others)
    known = _words_of(lexicon)
    for sentence in sentences:
        line = HanLine(sentence, ground, beyond)
        oddities = [o for rule in HAN_RULES for o in rule.look(line) if o.said.lower() not in known]
        shown = [(cited[source], there.span) for source, there in line.best[:SHOWN]]
        places = [(cited[o.source], o.sentence.span) if o.sentence else None for o in oddities]
        carried = ground.carried(sentence.plain, line.best[:SHOWN])
        enough = len(sentence.plain) >= ENOUGH_PAIRS and not (carried < HARDLY and _figures_stand(sentence, cited))
        yield _found(sentence, oddities, places, carried, enough, shown)


def _plain(
    said: Reading,
    sentences: Sequence[Sentence],
    cited: Sequence[Source],
    others: Sequence[Source],
    lexicon: Lexicon,
) -> Iterator[Found]:
    """For languages without tables: carried by nearly the same words, or not checked."""
    ground = han_ground(tuple(source.reading for source in cited))
    for sentence in sentences:
        best = ground.best(sentence.plain)[:SHOWN]
        shown = [(cited[source], there.span) for source, there in best]
        yield _found(sentence, (), (), ground.carried(sentence.plain, best), False, shown)


_JUDGES: dict[str, _Judge] = {"en": _english, "zh": _chinese}


def _found(
    sentence: Sentence,
    oddities: Sequence[Oddity | HanOddity],
    places: Sequence[tuple[Source, Span] | None],
    carried: float,
    enough: bool,
    shown: Sequence[tuple[Source, Span]],
) -> Found:
    """The claim of a sentence. Word for word in a source it is carried; else the surest oddity decides, then how much
    of it the sources carry."""
    if any(_same(sentence.text, span.of(source.reading.text)) for source, span in shown):
        return Found(sentence.span, "statement", SUPPORTED, _spans(shown[:1]), note=CARRIED)
    if oddities:
        first = next((n for n, oddity in enumerate(oddities) if oddity.sure), 0)
        place = places[first]
        evidence = _spans([place] if place else shown[:1])
        # What the sources hardly speak of they cannot contradict.
        verdict = CONTRADICTED if oddities[first].sure and carried >= ALIKE else UNSUPPORTED
        oddity = oddities[first]
        note = note_of(oddity.reason, oddity.said, oddity.instead)
        return Found(sentence.span, "statement", verdict, evidence, oddity.reason, note)
    evidence = _spans(shown[:1] if carried >= 0.8 else shown)
    if carried >= WELL:
        return Found(sentence.span, "statement", SUPPORTED, evidence, note=CARRIED)
    if carried < HARDLY and enough:
        return Found(sentence.span, "statement", UNSUPPORTED, evidence, "little_said", note_of("little_said"))
    return Found(sentence.span, "statement", NOT_CHECKED, evidence, "untold", UNTOLD)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _figures_stand(sentence: Sentence, cited: Sequence[Source]) -> bool:
    """True when one sentence of a source has all figures of a sentence, two at least: then it speaks of the same, in
    whatever words."""
    if len({(q.value, q.date) for q in sentence.quantities}) < 2:
        return False
    return any(
        all(any(match_of(q, other) is Match.SAME for other in there.quantities) for q in sentence.quantities)
        for source in cited
        for there in source.reading.sentences
        if len(there.quantities) > 1
    )


def _spans(places: Sequence[tuple[Source, Span]]) -> tuple[EvidenceSpan, ...]:
    return tuple(source.at(span) for source, span in places)


@lru_cache(maxsize=8)
def _words_of(lexicon: Lexicon) -> frozenset[str]:
    """The words of all names that the library knows, in lower case."""
    return frozenset(word.lower() for name in lexicon.names for spelling in name.spellings for word in spelling.split())
