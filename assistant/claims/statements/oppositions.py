"""Words turned into their opposites: `fell` where the source has `rose`, `inaccurate` where it has `accurate`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.claims.statements.ground import Ground
from assistant.claims.statements.oddities import Line, Oddity, Rule
from assistant.claims.statements.tokens import Tokens
from assistant.claims.stems import root, stem

CLEARLY = 1.5
"""How much more like the sentence the opposite's surroundings must be than the word's own, where both stand there."""

# Words of too many uses: they oppose each other only before the same word.
_PARTICLES = frozenset("up down over under above below before after pre post single multi on off in out".split())
_PREFIX = re.compile(r"(?:un|in|im|ir|il|non|dis|mis)(?=[a-z]{4})")
_BEGINNINGS = frozenset("un in im ir il no di mi".split())
# Words that only begin like a negation: in+form, dis+cover, un+lock …
_NO_PREFIX = tuple(
    """insur invest increas includ inform improv import individ industr inspir instal instruct intend interest intern
    introduc invit involv invent discuss discover display distribut district dispos discount distinct diseas dismiss
    disput distanc disclos mission missil mistak impact impl impress unit uniqu univers under until union unveil unlock
    unleash illustrat irrespect innov input inquir inner indic incom inde insid inspec integr intel intens interview
    instanc instant institut unwind unpack dispatch impart implant incorporat misc disc inhabit ingest initi
    inject""".split()
)


class Opposed(Rule):
    """The opposite of a word stands where the sources speak of the same, and the word itself does not, or hardly."""

    reasons = ("opposed", "perhaps_opposed")

    def look(self, line: Line) -> Iterator[Oddity]:
        for token in line.tokens:
            opposites = line.english.opposites.get(line.text.stems[token])
            if not opposites:
                continue
            anchors = line.anchors(token)
            if not anchors:
                continue
            theirs = _comparable(line, token, line.ground.stem_places(opposites))
            there, place = line.ground.likest(theirs, anchors)
            if place is None:
                continue
            here, _ = line.ground.likest(line.same(token), anchors)
            if there > here * CLEARLY:
                sure = line.alike(there, anchors)
                yield Oddity(
                    "opposed" if sure else "perhaps_opposed",
                    line.text.written[token],
                    place,
                    line.ground.written(place),
                    sure,
                )


def _comparable(line: Line, token: int, places: list[int]) -> list[int]:
    """Those of the places that can be the opposite of the token: particles only before the same word."""
    ground = line.ground
    particle = line.text.words[token] in _PARTICLES
    if not particle and not any(ground.words[place] in _PARTICLES for place in places):
        return places
    following = _following(line.text, token)
    return [
        place
        for place in places
        if not (particle or ground.words[place] in _PARTICLES) or following == _following(ground, place) != ""
    ]


def _following(text: Tokens | Ground, token: int) -> str:
    """The root of the next content word."""
    return next((text.roots[n] for n in text.content(range(token + 1, min(token + 4, len(text.words))))), "")


class Reversed(Rule):
    """A word with a negating prefix whose plain form the sources have, and they never have the word itself."""

    reasons = ("opposed", "perhaps_opposed")

    def look(self, line: Line) -> Iterator[Oddity]:
        for token in line.content:
            word = line.text.words[token]
            prefix = _PREFIX.match(word) if word[:2] in _BEGINNINGS else None
            if prefix is None or word.startswith(_NO_PREFIX) or line.text.roots[token] in line.ground.roots_at:
                continue
            plain = root(stem(word[prefix.end() :]))
            if plain in line.ground.roots_at and line.is_unsaid(token):
                anchors = line.anchors(token)
                places = line.ground.roots_at[plain]
                likeness, place = line.ground.likest(places, anchors)
                place = places[0] if place is None else place
                sure = line.alike(likeness, anchors)
                yield Oddity(
                    "opposed" if sure else "perhaps_opposed",
                    line.text.written[token],
                    place,
                    line.ground.written(place),
                    sure,
                )
