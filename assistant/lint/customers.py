"""Customers in the library: name and alias side by side, names that may not be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from assistant.lint.finding import LintFinding, Place, at, whole
from assistant.lint.names import Naming
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView
from knowledge.domain.finding import Severity
from knowledge.domain.words import Words
from knowledge.records import Audience, Customer, EntryVersion, Level, State, Use


class NameAndAlias(LintRule):
    """The name of a customer and its alias in one entry: whoever reads both knows who hides behind the alias."""

    id = "name_and_alias"
    severity = Severity.ERROR
    title = Words(zh="名称与化名混用", en="Name and alias mixed")
    remedy = Words(
        zh="全文统一：能公开的写名称，不能公开的写化名",
        en="use one of them throughout: the alias where the name is not permitted",
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.newest:
            titled = view.places.find(entry.title)
            by: dict[str, dict[bool, Place]] = defaultdict(dict)
            for naming in view.namings(entry):
                by[naming.customer].setdefault(naming.alias, at(entry, naming.span))
            for naming in titled:
                by[naming.customer].setdefault(naming.alias, whole(entry, "title", naming.span.of(entry.title)))
            for customer, places in by.items():
                if len(places) == 2:
                    name, alias = places[False], places[True]
                    public = named_in_public(view.customers.get(customer), entry, view.today)
                    yield self.finding(
                        f"同一条目里既写名称“{name.words}”又写化名“{alias.words}”（{customer}）",
                        f"one entry has both the name '{name.words}' and the alias '{alias.words}' ({customer})",
                        [name, alias],
                        severity=Severity.WARNING if public else None,
                    )  # fmt: skip


class NameNotPermitted(LintRule):
    """A public entry that is about no customer and names one that may not be named in public."""

    id = "name_not_permitted"
    severity = Severity.ERROR
    title = Words(zh="公开条目写了不能公开的客户名称", en="Public entry names a customer without permission")
    remedy = Words(zh="换成化名，或取得许可并登记", en="write the alias, or obtain the permission and record it")

    def look(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.newest:
            if entry.audience is not Audience.PUBLIC or entry.expired(view.today):
                continue
            seen: set[str] = set()
            for naming in (n for n in view.namings(entry) if not n.alias):
                customer = view.customers.get(naming.customer)
                if naming.customer in (entry.customer, *seen) or named_in_public(customer, entry, view.today):
                    continue
                seen.add(naming.customer)
                yield self._finding(entry, naming)

    def _finding(self, entry: EntryVersion, naming: Naming) -> LintFinding:
        name = naming.span.of(entry.text)
        return self.finding(
            f"公开条目写了“{name}”，该客户（{naming.customer}）目前不能公开名称",
            f"a public entry names '{name}'; this customer ({naming.customer}) may not be named in public today",
            [at(entry, naming.span)],
            severity=None if entry.state is State.APPROVED else Severity.WARNING,
        )


def named_in_public(customer: Customer | None, entry: EntryVersion, today: date) -> bool:
    """True when the customer may be named in public, in some market of the entry."""
    if customer is None:
        return True
    return any(
        p.level is Level.PUBLIC and p.covers(Use.NAME, today, market, channel)
        for p in customer.permissions
        for market in (*(entry.markets or p.markets), None)
        for channel in (*p.channels, None)
    )
