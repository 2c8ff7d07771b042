"""Who did it to whom: two names exchanged around one verb."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.claims.statements.ground import Ground
from assistant.claims.statements.oddities import Line, Oddity, Rule
from assistant.claims.statements.tokens import Tokens

REACH = 8
"""Tokens between a verb and the names it joins, at most."""

_JOINED = frozenset("and or with between".split())


class RoleSwapped(Rule):
    """`A acquired B` where the only sentence of the sources that joins the three says `B acquired A`."""

    reasons = ("role_swapped",)

    def look(self, line: Line) -> Iterator[Oddity]:
        names = [token for token in line.content if line.is_name(token) or token == line.tokens.start]
        for first, second in pairwise(names):
            if not 2 <= second - first <= REACH or line.text.roots[first] == line.text.roots[second]:
                continue
            for verb in line.text.content(range(first + 1, second)):
                place = _turned(line, line.text.roots[first], verb, line.text.roots[second])
                if place is not None and not _is_list(line.text, first, second):
                    yield Oddity("role_swapped", line.text.written[verb], place, sure=True)
                    return


def _turned(line: Line, first: str, verb: int, second: str) -> int | None:
    """Where the sources have the two the other way round, when they never have them this way round."""
    ground, turned = line.ground, None
    passive = _is_passive(line.text, verb)
    for place in ground.places((line.text.roots[verb],)):
        sentence = ground.sentence(ground.sentence_of[place])
        before = ground.roots[max(sentence.start, place - REACH) : place]
        after = ground.roots[place + 1 : min(sentence.stop, place + REACH)]
        same_voice = _is_passive(ground, place) == passive
        if not ({first, second} <= {*before, *after}):
            continue
        if first in before and second in after and first not in after and second not in before:
            straight = same_voice
        elif second in before and first in after and second not in after and first not in before:
            straight = not same_voice
        else:
            return None
        if straight:
            return None
        turned = place if turned is None else turned
    return turned


def _is_passive(text: Tokens | Ground, verb: int) -> bool:
    return text.words[verb + 1 : verb + 2] == ["by"] and "be" in text.stems[max(0, verb - 3) : verb]


def _is_list(text: Tokens, first: int, second: int) -> bool:
    return any(word in _JOINED for word in text.words[first + 1 : second])
