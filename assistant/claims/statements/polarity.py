"""Negation that the sources do not have, or that got lost, and what is only planned told as done."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims.statements.ground import Ground
from assistant.claims.statements.oddities import Line, Oddity, Rule
from assistant.claims.stems import PAST, stem
from assistant.claims.vocabulary.english import STOP

SCOPE = 4
"""Tokens before a word within which a negation or a modal verb speaks of it."""

CLOSELY = 1.5
"""How many times more alike than usual the surroundings must be, where a common word is all there is."""

WELL = 0.6
"""The share of its words that the sentence of a pilot must have to be what a sentence speaks of."""

FEW = 3
"""A word that stands more often is not taken for the word of one sentence."""

_PLANS = frozenset("will would shall may might could plan intend aim expect hope propose target seek schedul".split())


class NegationAdded(Rule):
    """The sentence negates what the sources say plainly, or negates where none of those that it is like does."""

    reasons = ("negated", "negation_unsaid")

    def look(self, line: Line) -> Iterator[Oddity]:
        for negation in line.negations[:2]:
            oddity = self._plain_there(line, negation) or self._nothing_there(line, negation)
            if oddity:
                yield oddity
                return

    def _plain_there(self, line: Line, negation: int) -> Oddity | None:
        """What is negated, where the sources have it plain among the same words."""
        behind = line.text.content(range(negation + 1, min(negation + SCOPE, line.tokens.stop)))
        if not behind:
            return None
        places, anchors = line.same(behind[0]), line.anchors(behind[0])
        likeness, place = line.ground.likest(places, anchors)
        if place is None or not line.alike(likeness, anchors):
            return None
        denied, _ = line.ground.likest([place for place in places if _denied(line.ground, place)], anchors)
        if denied >= likeness / 2:
            return None
        return Oddity("negated", line.text.written[negation], place, sure=True)

    def _nothing_there(self, line: Line, negation: int) -> Oddity | None:
        """No negation in any of the source sentences that the sentence is like."""
        sentences = [line.ground.sentence(number) for number in line.best]
        if not sentences or any(token in line.ground.denials for sentence in sentences for token in sentence):
            return None
        return Oddity("negation_unsaid", line.text.written[negation], sentences[0].start)


class NegationLost(Rule):
    """The sources have a word only negated, and the sentence has it plain, among the same words."""

    reasons = ("affirmed",)

    def look(self, line: Line) -> Iterator[Oddity]:
        for token in line.content:
            if not line.text.written[token].islower():
                continue
            places = line.ground.roots_at.get(line.text.roots[token], ())
            if not 0 < len(places) <= FEW or not all(_negated(line.ground, place) for place in places):
                continue
            if any(n in line.text.denials for n in range(token - SCOPE, token + 1)):
                continue
            anchors = line.anchors(token)
            likeness, place = line.ground.likest(places, anchors)
            if place is not None and line.alike(likeness / CLOSELY, anchors):
                yield Oddity("affirmed", line.text.written[token], place, sure=True)


class PlanTold(Rule):
    """The sentence tells as done what the sources only plan, allow or expect, among the same words."""

    reasons = ("planned",)

    def look(self, line: Line) -> Iterator[Oddity]:
        if any(line.text.stems[token] in _PLANS or line.text.words[token] in _OPEN for token in line.tokens):
            return
        for token in line.content:
            if not _is_past(line.text.words[token]) or _describes(line, token):
                continue
            word = line.text.roots[token]
            places = line.ground.places((word, f"{word}er"))  # delivered, deliveries
            if not 0 < len(places) <= FEW or not all(_planned(line.ground, place) for place in places):
                continue
            anchors = line.anchors(token)
            likeness, place = line.ground.likest(places, anchors)
            if place is not None and line.alike(likeness / CLOSELY, anchors):
                yield Oddity("planned", line.text.written[token], place, sure=True)
                return


class PilotTold(Rule):
    """The sentence tells of all what the source sentence it is like only tries out somewhere."""

    reasons = ("piloted",)

    def look(self, line: Line) -> Iterator[Oddity]:
        words, stems = line.text.words, line.text.stems
        whole = next((token for token in line.tokens if words[token] in _WHOLE), None)
        if whole is None or not line.best or any(stems[token] in _PILOTS for token in line.tokens):
            return
        there = line.ground.sentence(line.best[0])
        pilot = next((token for token in there if line.ground.stems[token] in _PILOTS), None)
        best = (n for number in line.best for n in line.ground.sentence(number))
        if pilot is None or any(line.ground.words[n] in _WHOLE for n in best):
            return
        if line.carried(line.best[:1]) >= WELL:
            yield Oddity("piloted", line.text.written[whole], pilot, line.ground.written(pilot))


_PILOTS = frozenset(stem(word) for word in "pilot piloted trial trials trialled prototype".split())
_WHOLE = frozenset("all every entire whole throughout everywhere nationwide".split())


_OPEN = frozenset("to if whether can should must planned upcoming future".split())
_OBJECT = frozenset("to of from any than".split())
_NEGATES_ALL = frozenset("no none nor neither nothing nobody".split())


def _negated(ground: Ground, place: int) -> bool:
    """Whether a verb or adjective is negated there; `no` negates the sentence, not the word behind it."""
    return any(
        token in ground.negations and ground.words[token] not in _NEGATES_ALL for token in range(place - 2, place)
    )


def _denied(ground: Ground, place: int) -> bool:
    """Whether anything near a place negates it, or nearly."""
    if any(token in ground.negations for token in range(place - SCOPE - 2, place + SCOPE)):
        return True
    before = range(max(0, place - SCOPE), place)
    return any(token in ground.denials and ground.words[token + 1] in _OBJECT for token in before)


def _is_past(word: str) -> bool:
    return (word.endswith("ed") and len(word) > 4) or word in PAST


def _describes(line: Line, token: int) -> bool:
    """Whether a participle only describes the noun behind it, as in `guided tour`."""
    text, behind = line.text, token + 1
    if text.text[text.starts[token] - 1 : text.starts[token]] == "-":
        return True
    return behind in line.tokens and text.words[behind] not in STOP and text.written[behind][0].islower()


def _planned(ground: Ground, place: int) -> bool:
    """Whether a plan stands before it (`plans to deliver`), or behind a noun as what is made of it (`deliveries in the
    EU are planned`)."""
    if any(stem in _PLANS for stem in ground.stems[max(0, place - SCOPE) : place]):
        return True
    behind = range(place + 1, min(place + 2 * SCOPE, ground.sentence(ground.sentence_of[place]).stop - 1))
    return any(ground.words[n] in _BE and ground.words[n + 1] in _PLANNED for n in behind)


_BE = frozenset("is are be".split())
_PLANNED = frozenset("planned expected scheduled intended targeted foreseen due".split())
