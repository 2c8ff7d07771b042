"""One result, two projects: a figure of one customer that is told of another, or mixed with another's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from assistant.claims.figures.places import measure
from assistant.lint.comparing import FEWEST, at_odds, is_result, significant
from assistant.lint.figures import Figure
from assistant.lint.finding import LintFinding
from assistant.lint.ledger import FigureLedger
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView, between
from knowledge.domain.finding import Severity
from knowledge.domain.quantity import Kind
from knowledge.domain.words import Words

DISTINCTIVE = 4
"""Digits that a pair of figures must have, both together, to be known again: 95 → 38, not 9 → 3."""
TOLD_ALIKE = 0.6
"""How much of what two figures are said of must agree, for one to be taken for the other's measure."""

OFTEN, OFTEN_SHARE = 5, 0.003
"""So many pairs of cases with a result in common, and so many for each case, are no slip but chance."""

Key = tuple[Any, ...]


class FigureTwoProjects(LintRule):
    """A result that belongs to one customer's case and is told of another customer, in any entry that is not retired:
    sales talk is most often wrong while it is a draft. Also the same distinctive pair in the cases of two customers,
    and a change whose before is one customer's and whose after is another's.
    """

    id = "figure_two_projects"
    severity = Severity.ERROR
    title = Words(zh="一个数字用在两个项目上", en="One figure used by two projects")
    remedy = Words(
        zh="对照案例原始数据，改成各自项目的数字",
        en="check it against the projects' own data and give each project its own figure",
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        cases = _Cases(FigureLedger.of(view), view)
        yield from self._shared(cases)
        for entry in view.newest:
            if entry.expired(view.today):
                continue
            for figure in cases.ledger.figures(entry):
                if figure.in_text and not figure.aim and is_result(figure) and figure.role != "from":
                    yield from self._used(figure, cases, view)

    def _shared(self, cases: _Cases) -> Iterator[LintFinding]:
        """The same result of the same measure in the cases of two customers. Where that happens often, the figures are
        small and fall together by chance; then two results must be shared."""
        shared: dict[tuple[str, str], list[tuple[Figure, Figure]]] = defaultdict(list)
        for group in cases.results():
            for one, other in combinations(group, 2):
                if one.subject != other.subject and cases.told_alike(one, other):
                    shared[(one.entry.entry_id, other.entry.entry_id)].append((one, other))
        often = len(shared) > max(OFTEN, cases.count * OFTEN_SHARE)
        for (first, second), pairs in sorted(shared.items()):
            if len(pairs) > 1 or not often:
                one, other = pairs[0]
                said = "; ".join(dict.fromkeys(_told(pair[0]) for pair in pairs))
                yield self.finding(
                    f"两个客户的案例用了同一个结果“{said}”：{first} 与 {second}",
                    f"the cases of two customers have the same result '{said}': {first} and {second}",
                    [one.place, other.place, *(figure.place for pair in pairs[1:] for figure in pair)],
                )

    def _used(self, figure: Figure, cases: _Cases, view: LintView) -> Iterator[LintFinding]:
        for customer in _told_of(figure, view):
            if figure.entry.customer == customer or not cases.has(customer):
                continue
            if instead := cases.owner_instead(figure, customer):
                owner, own = instead
                yield self.finding(
                    f"“{_told(figure)}”写成了 {customer} 的结果，案例 {owner.entry.entry_id} 里它属于另一客户",
                    f"'{_told(figure)}' is told of {customer}; in {owner.entry.entry_id} it is another's result",
                    [figure.place, owner.place, *([own.place] if own else [])],
                )  # fmt: skip
                return
        mixed = cases.mixed(figure) if figure.partner is not None and not figure.entry.customer else None
        if mixed:
            before, after = mixed
            yield self.finding(
                f"“{_told(figure)}”混用了两个项目的数字：前者见 {before.entry.entry_id}，后者见 {after.entry.entry_id}",
                f"'{_told(figure)}' mixes two projects: the first figure is from {before.entry.entry_id}, "
                f"the second from {after.entry.entry_id}",
                [figure.place, before.place, after.place],
            )  # fmt: skip


class _Cases:
    """The results in the cases of customers, by value and by pair."""

    def __init__(self, ledger: FigureLedger, view: LintView) -> None:
        self.ledger = ledger
        self._by_value: dict[Key, list[Figure]] = defaultdict(list)
        self._by_result: dict[Key, list[Figure]] = defaultdict(list)
        self._of: dict[str, list[Figure]] = defaultdict(list)
        self.count = sum(bool(entry.customer) for entry in view.current)
        for entry in view.current:
            for figure in ledger.figures(entry) if entry.customer else ():
                if figure.subject == f"customer:{entry.customer}" and is_result(figure) and not figure.aim:
                    self._add(figure)

    def _add(self, figure: Figure) -> None:
        customer = figure.entry.customer or ""
        self._of[customer].append(figure)
        self._by_value[(figure.role == "from", measure(figure.quantity), figure.quantity.value)].append(figure)
        if figure.role != "from" and figure.in_text:
            unit = measure(figure.quantity)
            if figure.partner is not None and _distinct(figure) >= DISTINCTIVE:
                self._by_result[(unit, figure.partner.value, figure.quantity.value)].append(figure)
            elif figure.partner is None and figure.quantity.kind is not Kind.NUMBER:
                self._by_result[(unit, figure.quantity.value)].append(figure)

    def results(self) -> Iterator[list[Figure]]:
        """Groups of equal results, one for each entry, of more than one customer."""
        for group in self._by_result.values():
            first = list({f.entry.entry_id: f for f in reversed(group)}.values())
            if len({f.subject for f in first}) > 1:
                yield sorted(first, key=lambda f: f.entry.entry_id)[:20]

    def has(self, customer: str) -> bool:
        return customer in self._of

    def told_alike(self, one: Figure, other: Figure) -> bool:
        """True when both measure the same thing, as far as one language can tell. The shorter wording counts: what a
        case calls the mean response time to faults, a sales page calls the response time."""
        if measure(one.quantity) != measure(other.quantity) or (one.counter or other.counter) != other.counter:
            return False
        pair = one.partner is not None and _distinct(one) >= DISTINCTIVE
        shared = len(one.words & other.words)
        fewest = 1 if pair else FEWEST.get(one.language, 2)
        return shared >= fewest and self.ledger.measures.share(one, other) >= TOLD_ALIKE

    def owner_instead(self, figure: Figure, customer: str) -> tuple[Figure, Figure | None] | None:
        """The figure in the case of another customer, and the one that this customer's own cases have instead. A
        distinctive pair that is only another customer's is taken without such a one."""
        same = self._carriers(figure, to_from=False)
        if not same or any(f.entry.customer == customer for f in same):
            return None
        if figure.partner is not None:
            befores = {(f.partner.value, f.entry.customer) for f in same if f.partner is not None}
            same = [f for f in same if f.partner is not None and f.partner.value == figure.partner.value]
            if not same or (_distinct(figure) < DISTINCTIVE and len(befores) > 1):
                return None
        elsewhere = [f for f in same if self.told_alike(figure, f)]
        mine = [f for f in self._of[customer] if f.role != "from" and self.told_alike(figure, f)]
        rivals = [f for f in mine if at_odds(figure, f)]
        certain = figure.partner is not None and _distinct(figure) >= DISTINCTIVE
        if not elsewhere or not (rivals or certain):
            return None
        return elsewhere[0], next(iter(sorted(rivals, key=lambda f: (f.role != figure.role, not f.in_text))), None)

    def mixed(self, figure: Figure) -> tuple[Figure, Figure] | None:
        """The cases that a change was put together from: its before of one customer, its after of another one."""
        befores = [f for f in self._carriers(figure, to_from=True) if self.told_alike(figure, f)]
        afters = [f for f in self._carriers(figure, to_from=False) if self.told_alike(figure, f)]
        before_of, after_of = ({f.entry.customer for f in found} for found in (befores, afters))
        if len(before_of) != 1 or len(after_of) != 1 or before_of == after_of or _distinct(figure) < DISTINCTIVE - 1:
            return None
        return befores[0], afters[0]

    def _carriers(self, figure: Figure, *, to_from: bool) -> list[Figure]:
        quantity = figure.partner if to_from and figure.partner is not None else figure.quantity
        found = self._by_value.get((to_from, measure(quantity), quantity.value), ())
        others = [f for f in found if f.entry.entry_id != figure.entry.entry_id]
        return sorted(others, key=lambda f: not f.in_text)


def _told_of(figure: Figure, view: LintView) -> Sequence[str]:
    """The customers whose result the figure is said to be: all that are named before it, after the figure before."""
    subject = figure.subject.removeprefix("customer:") if figure.subject.startswith("customer:") else ""
    if not subject:
        return ()
    own = [q.span for q in (figure.quantity, figure.partner) if q is not None]
    first = min(span.start for span in own)
    sentence = view.reading(figure.entry).sentence_at(first)
    # A list gives each customer its own figure: names before another figure are that one's.
    start = max([q.span.end for q in sentence.quantities if q.span.end <= first], default=sentence.span.start)
    named = [naming.customer for naming in between(view.namings(figure.entry), start, first)]
    return list(dict.fromkeys([*named, subject]))


def _distinct(figure: Figure) -> int:
    return significant(figure.quantity) + (significant(figure.partner) if figure.partner is not None else 0)


def _told(figure: Figure) -> str:
    """The figure, or the pair, in the words of its text."""
    if figure.partner is None:
        return figure.quantity.text
    first, second = sorted((figure.partner, figure.quantity), key=lambda q: q.span.start)
    if figure.quantity.kind is Kind.DATE or second.span.end - first.span.start > 60 or not figure.in_text:
        return f"{figure.partner.text} → {figure.quantity.text}"
    return figure.entry.text[first.span.start : second.span.end]
