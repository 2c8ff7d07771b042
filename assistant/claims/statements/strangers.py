"""What no source has: names, things of which the sources have another of the kind, restrictions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.claims.statements.oddities import Line, Oddity, Rule
from assistant.claims.stems import root, singular, stem

_ONLY = frozenset("only solely exclusively merely sole".split())
_ONLY_THERE = _ONLY | {"just", "alone", "single", "exclusive", "one"}


class Replaced(Rule):
    """A thing that no source has, where they have another of its kind; or a plain thing of which they have none."""

    reasons = ("replaced", "not_said")

    def look(self, line: Line) -> Iterator[Oddity]:
        for token in line.content:
            kinds = line.english.kinds.get(singular(line.text.words[token]))
            if not kinds or token in line.text.moneys or _counts(line, token, kinds) or not line.is_unsaid(token):
                continue
            others = {m for kind, _ in kinds for m in line.english.members[kind] & line.ground.singulars}
            if others:
                yield _replaced(line, token, others)
            elif any(plain for _, plain in kinds):
                yield Oddity("not_said", line.text.written[token])


def _counts(line: Line, token: int, kinds: Sequence[tuple[str, bool]]) -> bool:
    """A stretch of time with its number is a figure, `Third,` counts the points of the text: neither is a thing."""
    if kinds[0][0].startswith("span"):
        before = line.text.words[token - 1] if token else ""
        return before in _NUMBERS or before[:1].isdigit()
    end = line.text.starts[token] + len(line.text.written[token])
    return kinds[0][0].startswith("ordinal") and line.text.text[end : end + 1] == ","


_NUMBERS = frozenset(
    "a an one two three four five six seven eight nine ten half per each every this that last next".split()
)


def _replaced(line: Line, token: int, others: set[str]) -> Oddity:
    anchors = line.anchors(token)
    places = line.ground.places(root(stem(word)) for word in sorted(others))
    likeness, place = line.ground.likest(places, anchors)
    if place is None:
        return Oddity("replaced", line.text.written[token], instead=min(others))
    instead = line.ground.written(place)
    return Oddity("replaced", line.text.written[token], place, instead, line.alike(likeness, anchors))


class NameUnsaid(Rule):
    """A name that no source has: a capital inside the sentence, capitals or digits inside the word."""

    reasons = ("not_said",)

    def look(self, line: Line) -> Iterator[Oddity]:
        for token in line.content:
            word, written = line.text.words[token], line.text.written[token]
            if written[0].isdigit() or written.islower() or token in line.text.moneys or not line.is_name(token):
                continue
            if word in line.known or line.english.kinds.get(singular(word)) or not line.is_unsaid(token):
                continue
            if not _is_short_for(line, written) and not _is_shortened(line, token):
                yield Oddity("not_said", written)


def _is_short_for(line: Line, written: str) -> bool:
    """Capitals that the sources spell out: `LA` for Los Angeles, `LCD` for L. C. D."""
    capitals = written.rstrip("s").replace(".", "")
    return len(capitals) > 1 and capitals.isupper() and capitals in line.ground.initials


def _is_shortened(line: Line, token: int) -> bool:
    """A word of a name of which the sources have the initials: `Los Angeles` for LA."""
    first, last = token, token + 1
    while first - 1 in line.tokens and line.text.written[first - 1][0].isupper():
        first -= 1
    while last in line.tokens and line.text.written[last][0].isupper():
        last += 1
    initials = "".join(line.text.written[number][0] for number in range(first, last))
    return len(initials) > 1 and initials in line.ground.written_words


class Narrowed(Rule):
    """`only`, where none of the source sentences that it is like restricts anything."""

    reasons = ("narrowed",)

    def look(self, line: Line) -> Iterator[Oddity]:
        said = next(
            (token for token in line.tokens if line.text.words[token] in _ONLY and line.text.words[token - 1] != "not"),
            None,
        )
        if said is None or not line.best:
            return
        there = (line.ground.words[token] for number in line.best for token in line.ground.sentence(number))
        if not any(word in _ONLY_THERE for word in there):
            yield Oddity("narrowed", line.text.written[said])
