"""One measure, two figures: two approved entries that cannot both be right, or that qualify a figure differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from assistant.lint.comparing import at_odds, same_frame, same_time
from assistant.lint.figures import Figure
from assistant.lint.finding import LintFinding, Place
from assistant.lint.ledger import FigureLedger
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView, overlap
from knowledge.domain.finding import Severity
from knowledge.domain.quantity import Match
from knowledge.domain.words import Words

MOST_PLACES = 12
"""Places of one finding, at most."""

Values = frozenset[tuple[object, ...]]


class Contradiction(LintRule):
    """Same subject, measure, product and period, other figure. Two versions of one text in two languages count, too.

    Different periods, projects, before and after, target and result, a pilot and its roll-out are no contradiction;
    neither are a figure and its rounding.
    """

    id = "contradiction"
    severity = Severity.ERROR
    title = Words(zh="同一事实说法不一", en="Same subject, different figure")
    remedy = Words(
        zh="与负责部门核对，改正说错的一条；如所指不同，写明期间或范围",
        en="settle it with the owner and correct the wrong entry; if both are right, say as of when or of what",
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        ledger = FigureLedger.of(view)
        found: dict[tuple[str, Values], list[tuple[Figure, Figure, Match]]] = defaultdict(list)
        for one, other, match in _pairs(ledger, view):
            found[(one.subject, frozenset({_value(one), _value(other)}))].append((one, other, match))
        for pairs in found.values():
            yield self._finding(pairs)

    def _finding(self, pairs: Sequence[tuple[Figure, Figure, Match]]) -> LintFinding:
        one, other, match = min(pairs, key=_rank)
        places = _places([one, other, *(figure for pair in pairs for figure in pair[:2])])
        a, b = one.quantity.text, other.quantity.text
        if match is Match.QUALIFIER_CHANGED:
            return self.finding(
                f"限定词不一：“{a}”（{one.entry.entry_id}）与“{b}”（{other.entry.entry_id}）说的是同一件事",
                f"the qualifier differs: '{a}' ({one.entry.entry_id}) and '{b}' ({other.entry.entry_id}) "
                "are said of the same thing",
                places, severity=Severity.WARNING,
            )  # fmt: skip
        return self.finding(
            f"说法矛盾：“{a}”（{one.entry.entry_id}）与“{b}”（{other.entry.entry_id}）说的是同一件事",
            f"they contradict each other: '{a}' ({one.entry.entry_id}) and '{b}' ({other.entry.entry_id}) "
            "are said of the same thing",
            places,
        )  # fmt: skip


def _pairs(ledger: FigureLedger, view: LintView) -> Iterator[tuple[Figure, Figure, Match]]:
    seen: set[tuple[Place, Place]] = set()
    for block in ledger.blocks():
        for one, other in combinations(block, 2):
            if _value(one) == _value(other) or not same_frame(one, other):
                continue
            if (one.place, other.place) in seen or (one.entry is other.entry and not _named_field(one, other)):
                continue
            match = at_odds(one, other)
            if match is None:
                continue
            seen.add((one.place, other.place))
            if _compete(one, other, ledger, view):
                yield one, other, match
    yield from ledger.mistranslated()


def _named_field(one: Figure, other: Figure) -> bool:
    """True for a field like `staff` and the text of its own entry; other fields are for `field_and_text`."""
    return one.in_text != other.in_text and bool(one.concept)


def _compete(one: Figure, other: Figure, ledger: FigureLedger, view: LintView) -> bool:
    """True when both are said of the same, in a market that both serve, at one time, and neither entry has both."""
    return (
        overlap(one.entry, other.entry)
        and ledger.measures.same_measure(one, other)
        and same_time(one, other, view.today)
        and not ledger.knows(one.entry, other)
        and not ledger.knows(other.entry, one)
        and not ledger.two_projects(one, other)
    )


def _value(figure: Figure) -> tuple[object, ...]:
    q = figure.quantity
    return (q.kind, q.unit, q.value, q.high, q.qualifier, q.date)


def _rank(pair: tuple[Figure, Figure, Match]) -> tuple[object, ...]:
    """The pair that shows it best: in texts, in one language, by id."""
    one, other, _ = pair
    return (
        not (one.in_text and other.in_text),
        one.language != other.language,
        one.entry.entry_id,
        other.entry.entry_id,
        one.place.span.start if one.place.span else -1,
        other.place.span.start if other.place.span else -1,
    )


def _places(figures: Iterable[Figure]) -> list[Place]:
    """One place an entry and value, those of texts first; the two that show it best lead."""
    lead: list[Place] = []
    rest: dict[tuple[str, object], Figure] = {}
    for number, figure in enumerate(figures):
        if number < 2:
            lead.append(figure.place)
        key = (figure.entry.entry_id, _value(figure))
        if key not in rest or (figure.in_text and not rest[key].in_text):
            rest[key] = figure
    shown = {(place.entry_id, place.words) for place in lead}
    more = [f.place for f in rest.values() if (f.place.entry_id, f.place.words) not in shown]
    return [*lead, *sorted(more, key=lambda p: (p.entry_id, p.version))][:MOST_PLACES]
