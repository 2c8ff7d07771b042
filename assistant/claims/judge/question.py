"""What a judge is asked: a sentence, and the few source sentences that say most about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.claims.reading import read_text
from assistant.claims.words import content_words, weights
from assistant.draft import Evidence, EvidenceSpan
from knowledge.domain.text import clean, snippet

BEST = 3
"""Source sentences that a sentence is held against, each with the one before and the one after it."""
_LONGEST = 600  # characters of a sentence; a longer one is a list or a table that lost its shape
_ANGLES = str.maketrans("<>＜＞", "‹›‹›")


@dataclass(frozen=True, slots=True)
class Line:
    """A source sentence as the judge reads it, and where it stands in the evidence."""

    text: str
    place: EvidenceSpan | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Does the evidence say what the sentence says? All texts are plain (see `plain`)."""

    sentence: str
    lines: tuple[Line, ...]


def plain(text: str) -> str:
    """A text that can neither close the marks around it nor begin a line of its own, and hides nothing."""
    return snippet(clean(text), _LONGEST).translate(_ANGLES)


def question(sentence: str, named: Iterable[EvidenceSpan], evidence: Sequence[Evidence]) -> Question | None:
    """The question about a sentence. `named` are places that a program found to speak of it; None when nothing in the
    evidence does."""
    chosen = set(_holding(named, evidence))
    chosen |= set(_nearest(sentence, evidence, BEST - len(chosen)))
    around = {(source, number + by) for source, number in chosen for by in (-1, 0, 1)}
    lines = []
    for source, number in sorted(around):
        sentences = read_text(evidence[source].text).sentences
        if 0 <= number < len(sentences):
            place = EvidenceSpan(evidence[source].id, sentences[number].span)
            lines.append(Line(plain(sentences[number].text), place))
    return Question(plain(sentence), tuple(lines)) if lines else None


def _holding(named: Iterable[EvidenceSpan], evidence: Sequence[Evidence]) -> Iterator[tuple[int, int]]:
    """The sentences of the evidence in which the places begin: number of the evidence, number of the sentence."""
    numbers = {item.id: number for number, item in enumerate(evidence)}
    for place in named:
        source = numbers.get(place.id)
        for number, sentence in enumerate(read_text(evidence[source].text).sentences if source is not None else ()):
            if sentence.span.start <= place.span.start < sentence.span.end:
                assert source is not None
                yield source, number


def _nearest(sentence: str, evidence: Sequence[Evidence], most: int) -> Iterator[tuple[int, int]]:
    """The sentences of the evidence that share most with `sentence`, rare words counting more."""
    words = content_words(sentence)
    places = [
        (source, number, known.text)
        for source, item in enumerate(evidence)
        for number, known in enumerate(read_text(item.text).sentences)
    ]
    weight = weights(text for _, _, text in places)
    shared = [(sum(weight[word] for word in words & content_words(text)), -n) for n, (_, _, text) in enumerate(places)]
    for score, n in sorted(shared, reverse=True)[: max(0, most)]:
        if score > 0:
            yield places[-n][0], places[-n][1]
