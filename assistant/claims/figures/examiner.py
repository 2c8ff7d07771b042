"""Figures and dates: every quantity of a text, whether a source has it, and whether it says it of the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from assistant.claims.examiner import (
    AMBIGUOUS,
    CONTRADICTED,
    NOT_CHECKED,
    QUALIFIER_CHANGED,
    SUPPORTED,
    UNSUPPORTED,
    Examiner,
    Found,
    Grounds,
    Source,
)
from assistant.claims.figures.contexts import Context, contexts_of, rarity, tells_apart
from assistant.claims.figures.multiples import differently_meant
from assistant.claims.figures.notes import note_of
from assistant.claims.figures.places import At, Place, measure, places_of
from assistant.claims.figures.rounding import rounds, telling
from assistant.claims.quantities import is_share, match_of
from assistant.claims.reading import Reading
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Kind, Match, Quantity

KINDS = {Kind.MONEY: "money", Kind.PERCENT: "percent", Kind.PERCENTAGE_POINT: "percent", Kind.DATE: "date"}

ALIKE = 0.5
"""From this likeness on, two figures are said of the same thing."""
STRONGLY = 0.7
"""And from this one on, surely."""
CERTAIN = 0.9
"""What it takes before a program puts the figure of a source into a text."""
TELLING = 0.4
"""The share of the words of a clause that must speak for another place of the source …"""
CLEARLY = 0.25
"""… and how much of that may speak for the place that has the value."""
FOREIGN = 0.15
"""Below this likeness a source that has the value does not speak of the same thing."""

FOLLOWED, FOLLOWED_LATIN = 8, 24
"""So many letters in a row behind two figures are no chance, in Han characters and in others."""

_PERCENTS = {Kind.PERCENT, Kind.PERCENTAGE_POINT}
_OTHER_END = {"from": "to", "to": "from"}


class FigureExaminer(Examiner):
    """Quantities by value, unit and qualifier, then by what they are said of."""

    kinds = ("quantity", "money", "percent", "date")

    def examine(self, said: Reading, locale: Locale, grounds: Grounds) -> Iterator[Found]:
        if not said.quantities:
            return
        desk = _Desk(grounds, said)
        for context in contexts_of(said):
            yield _Examination(context, desk).found()


class _Desk:
    """What the examinations of one text share."""

    def __init__(self, grounds: Grounds, said: Reading) -> None:
        self.grounds, self.language, self.contexts = grounds, said.language, contexts_of(said)
        self.cited = places_of(tuple(source.reading for source in grounds.cited))
        self.rare = rarity(frozenset(source.reading for source in (*grounds.cited, *grounds.others)))


class _Examination:
    """One quantity that is said, beside the quantities of the sources."""

    def __init__(self, said: Context, desk: _Desk) -> None:
        self.said, self.desk, self.grounds, self.rare = said, desk, desk.grounds, desk.rare

    def _places(self, found: Iterable[At], sources: Sequence[Source]) -> list[Place]:
        return [
            Place(sources[number], context, self._match(context.quantity), self.said, self.rare)
            for number, context in found
        ]

    def _match(self, there: Quantity) -> Match:
        """The match with one quantity of a source. One end of a range is the range when its sentence has both ends."""
        said = self.said.quantity
        if said.kind is not there.kind and said.date is None is there.date and not _akin(said, there):
            return Match.INCOMPARABLE
        match = match_of(said, there)
        if match is Match.DIFFERENT and there.high is not None and said.high is None:
            ends = {there.value, there.high}
            if said.value in ends and measure(said) == measure(there):
                values = {q.value for q in self.said.sentence.quantities if measure(q) == measure(there)}
                return Match.SAME if ends <= values else Match.QUALIFIER_CHANGED
        return match

    def found(self) -> Found:
        if not self.grounds.cited and not self.grounds.complete:
            return self._verdict(NOT_CHECKED)
        there = self._places(self.desk.cited.of_value(self.said.quantity), self.grounds.cited)
        same = [p for p in there if p.match is Match.SAME]
        weaker = [p for p in there if p.match is Match.QUALIFIER_CHANGED]
        if not same and not weaker:
            return self._absent()
        return self._misplaced(same + weaker) or self._present(same, weaker)

    def _present(self, same: Sequence[Place], weaker: Sequence[Place]) -> Found:
        place = max(same or weaker, key=lambda p: p.likeness)
        if not same:
            fix = self._words_of(place) if self._speaks_alike(place.source) else ""
            return self._verdict(QUALIFIER_CHANGED, "", place, fix=fix)
        if differently_meant(self.said, place.context):
            return self._verdict(AMBIGUOUS, "multiple", place)
        return self._verdict(SUPPORTED, "", place)

    def _misplaced(self, there: Sequence[Place]) -> Found | None:
        """The value stands in the sources, but is said of something else there. None when nothing speaks for that."""
        there = [p for p in there if self._speaks_alike(p.source)]  # words compare within one language
        if not there:
            rival = self._rival()
            certain = rival is not None and rival.likeness.near >= CERTAIN and self._speaks_alike(rival.source)
            return self._verdict(CONTRADICTED, "swapped", rival) if certain else None
        own = max(there, key=lambda p: p.likeness)
        alike = [p for p in there if p.likeness.near >= ALIKE]
        if self.said.role and {p.context.role for p in alike or there} - {""} == {_OTHER_END[self.said.role]}:
            return self._verdict(CONTRADICTED, "inverted", own)
        if self.said.trend and alike and all(p.context.trend == -self.said.trend for p in alike):
            return self._verdict(CONTRADICTED, "opposed", own)
        if self.said.contrary and not any(p.context.contrary for p in there):
            return self._verdict(CONTRADICTED, "opposed", own)
        if other := self._of_this_product(there) or self._followed(there):
            return self._verdict(CONTRADICTED, "swapped", other)
        rival = self._rival() if own.likeness.near <= 1 - TELLING else None
        if rival and all(self._closer(rival, place) for place in there):
            return self._verdict(CONTRADICTED, "swapped", rival)
        stranger = self._stranger() if own.likeness.near < ALIKE else None
        if stranger and all(self._far_closer(stranger, place) for place in there):
            return self._verdict(CONTRADICTED, "swapped", stranger)
        if self.said.quantity.date is None and all(p.context.aim for p in there) and not self.said.open:
            return self._verdict(CONTRADICTED, "target", own)
        if own.likeness.all < FOREIGN and (elsewhere := self._elsewhere(ALIKE)):
            return self._verdict(UNSUPPORTED, "elsewhere", elsewhere)
        return None

    def _of_this_product(self, there: Sequence[Place]) -> Place | None:
        """The figure that the sources have of the product in question, where this one is said of others only."""
        codes = self.said.codes
        if len(codes) != 1 or any(not p.context.codes or p.context.codes & codes for p in there):
            return None
        others = [p for p in self._others if p.context.codes == codes and p.likeness.near >= ALIKE]
        best = max(others, key=lambda p: p.likeness, default=None)
        return best if best and all(best.likeness.near >= p.likeness.near * TELLING for p in there) else None

    def _followed(self, there: Sequence[Place]) -> Place | None:
        """Another figure that the sources follow with the very words that follow this one: 31 台机床的平均停机时间. Not
        where the source goes on from this figure to the same topic in another clause."""
        if len(self.said.behind) < FOLLOWED:
            return None
        best = max(self._others, key=lambda p: _shared(self.said.behind, p.context.behind), default=None)
        if best is None or not self._speaks_alike(best.source):
            return None
        shared = _shared(self.said.behind, best.context.behind)
        least = FOLLOWED if self.said.behind[:1] > "⺀" else FOLLOWED_LATIN
        own = max(_shared(self.said.behind, p.context.behind) for p in there)
        if shared < least or shared < own * 2:
            return None
        topic = self.said.behind[own:shared].lstrip("的")
        return None if any(topic in _up_to_the_next(p.context) for p in there) else best

    def _closer(self, rival: Place, own: Place) -> bool:
        """True when what is said fits the rival's place, and not this one that has the value. Dates wander through a
        text: for them both the clause and the sentence must say so."""
        if self.said.quantity.date is not None:
            farther = max(own.likeness.near, own.likeness.all) < rival.likeness.near * CLEARLY
            return rival.likeness.near >= STRONGLY and farther
        partner = own.context.partner
        if partner is not None and match_of(rival.quantity, partner) is Match.SAME:
            return False  # the other end of the same change
        for_rival, for_own = tells_apart(self.said, rival.context, own.context, self.rare)
        if for_rival or for_own:
            return for_rival >= TELLING and for_own <= for_rival * CLEARLY
        return own.likeness.all < rival.likeness.all * CLEARLY

    def _far_closer(self, stranger: Place, own: Place) -> bool:
        """The same for a figure of another kind, which takes more to believe: 二次上门率降至 16 分钟."""
        for_stranger, for_own = tells_apart(self.said, stranger.context, own.context, self.rare)
        return for_stranger >= STRONGLY and for_own == 0.0

    def _stranger(self) -> Place | None:
        """A figure of another kind that the sources state of what this one is stated of, and the clause does not."""
        if not self.said.stated or self.said.quantity.date is not None:
            return None
        clause = [c for c in self.desk.contexts if c.sentence is self.said.sentence and c.weights == self.said.weights]
        others = [
            place
            for place in self._places(self.desk.cited.stated, self.grounds.cited)
            if place.match is Match.INCOMPARABLE
            and not any(match_of(c.quantity, place.quantity) is Match.SAME for c in clause)
        ]
        best = max(others, key=lambda p: p.likeness, default=None)
        return best if best and best.likeness.near >= ALIKE else None

    def _absent(self) -> Found:
        rounded = self._rounded()
        if rounded is not None:
            return self._verdict(SUPPORTED, "rounded", rounded)
        rival = self._rival()
        if rival and self._speaks_alike(rival.source):
            return self._verdict(CONTRADICTED, "other_value", rival, self._exact(rival))
        elsewhere = self._elsewhere(0.0)
        if elsewhere is None and _counted(self.said.quantity):
            return self._verdict(UNSUPPORTED, "counted")
        return self._verdict(UNSUPPORTED, "elsewhere" if elsewhere else "", elsewhere)

    def _rounded(self) -> Place | None:
        """The figure of which this one is the round one, said of the same thing and on the same side of a change. In
        another language only figures of two digits or with a unit tell that it is the same thing."""
        said = self.said
        found = [
            place
            for place in self._places(self.desk.cited.exact_like(said.quantity), self.grounds.cited)
            if rounds(said.quantity, place.quantity)
            and (not said.role or place.context.role != _OTHER_END[said.role])
            and (place.likeness.near >= ALIKE if self._speaks_alike(place.source) else telling(said.quantity))
        ]
        return max(found, key=lambda p: p.likeness, default=None)

    def _rival(self) -> Place | None:
        """The other value that the sources clearly have for what this one is said of."""
        best = max(self._others, key=lambda p: (p.likeness, p.context.role == self.said.role), default=None)
        return best if best and best.likeness.near >= ALIKE else None

    @cached_property
    def _others(self) -> list[Place]:
        """The places of its measure that have another value."""
        found = self._places(self.desk.cited.of_measure(self.said.quantity), self.grounds.cited)
        return [place for place in found if place.match is Match.DIFFERENT]

    def _exact(self, rival: Place) -> str:
        """The figure of the source, when exactly one can be meant: same subject, measure, unit, side and period. The
        nearest number would be a lie that looks supported."""
        same_side = [p for p in self._others if p.context.role == self.said.role and p.likeness.near >= ALIKE]
        dates = [q for q in self.said.sentence.quantities if q.date is not None]
        there = [q for q in rival.context.sentence.quantities if q.date is not None]
        sure = (
            rival.likeness.near >= CERTAIN
            and rival.likeness.all >= STRONGLY
            and rival.context.role == self.said.role
            and len({(p.quantity.value, p.quantity.high) for p in same_side}) == 1
            and all(any(match_of(q, other) is Match.SAME for other in there) for q in dates)
        )
        return self._words_of(rival) if sure else ""

    def _words_of(self, place: Place) -> str:
        """The figure as the source writes it, without the capital of a sentence that begins with it."""
        text = place.quantity.text
        begins = place.quantity.span.start == place.context.sentence.span.start
        begins_here = self.said.quantity.span.start == self.said.sentence.span.start
        return text[:1].lower() + text[1:] if begins and not begins_here and text[1:2].islower() else text

    def _elsewhere(self, least: float) -> Place | None:
        """Where a source that is not cited has the value."""
        others = places_of(tuple(source.reading for source in self.grounds.others))
        found = [
            p for p in self._places(others.of_value(self.said.quantity), self.grounds.others) if p.match is Match.SAME
        ]
        best = max(found, key=lambda p: p.likeness, default=None)
        return best if best and best.likeness.near >= least else None

    def _speaks_alike(self, source: Source) -> bool:
        return source.reading.language == self.desk.language

    def _verdict(self, verdict: str, reason: str = "", place: Place | None = None, fix: str = "") -> Found:
        quantity = self.said.quantity
        return Found(
            quantity.span,
            KINDS.get(quantity.kind, "quantity"),
            verdict,
            (place.source.at(place.quantity.span),) if place else (),
            reason,
            note_of(verdict, reason, place.quantity.text if place else ""),
            fix,
        )


def _up_to_the_next(context: Context) -> str:
    """What stands behind a figure in its sentence before the next one of its measure, as `Context.behind` has it."""
    own, sentence = context.quantity, context.sentence
    ends = (q.span.start for q in sentence.quantities if q.span.start > own.span.start and measure(q) == measure(own))
    begin = sentence.span.start
    text = sentence.text[own.span.end - begin : next(ends, sentence.span.end) - begin]
    return "".join(text.split()).casefold()


def _shared(one: str, other: str) -> int:
    """How many letters two texts begin with together."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _akin(a: Quantity, b: Quantity) -> bool:
    """True for quantities of two kinds that can be compared: percent with points, and with bare fractions."""
    kinds = {a.kind, b.kind}
    return kinds == _PERCENTS or (kinds == {Kind.PERCENT, Kind.NUMBER} and (is_share(a) or is_share(b)))


def _counted(quantity: Quantity) -> bool:
    """True for "two" to "five" in words: a writer may have counted what the source lists."""
    value = quantity.value
    words = not any(character.isdigit() for character in quantity.text)
    return quantity.kind is Kind.NUMBER and not quantity.unit and words and value is not None and 2 <= value <= 5
