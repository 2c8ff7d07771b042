"""Customers in the library: name and alias side by side, names that may not be told, permissions that run out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.lint.finding import LintFinding, Place, at, whole
from assistant.lint.names import Naming
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView
from knowledge.domain.finding import Severity
from knowledge.domain.words import Words
from knowledge.gate import quotes_of
from knowledge.records import Audience, Customer, EntryVersion, Level, Permission, State, Use

SOON = timedelta(days=30)


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
                    yield self.finding(
                        f"同一条目里既写名称“{name.words}”又写化名“{alias.words}”（{customer}）",
                        f"one entry has both the name '{name.words}' and the alias '{alias.words}' ({customer})",
                        [name, alias],
                        severity=Severity.WARNING if _public(view.customers.get(customer), entry, view.today) else None,
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
                if naming.customer in (entry.customer, *seen) or _public(customer, entry, view.today):
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


class PermissionEnds(LintRule):
    """A customer with approved public entries whose permission has run out, was withdrawn, or ends within 30 days."""

    id = "permission_ends"
    severity = Severity.WARNING
    title = Words(zh="客户许可到期", en="Customer permission runs out")
    remedy = Words(
        zh="向客户续签许可，或停用、改写相关条目",
        en="renew the permission with the customer, or retire or rewrite the entries",
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        by: dict[str, list[EntryVersion]] = defaultdict(list)
        for entry in view.current:
            if entry.customer in view.customers and entry.audience is Audience.PUBLIC:
                by[entry.customer].append(entry)
        for customer_id, entries in by.items():
            customer = view.customers[customer_id]
            places = [whole(entry) for entry in entries]
            if not any(p.use is Use.NAME and p.level is not Level.INTERNAL for p in customer.permissions):
                yield self.finding(
                    f"客户 {customer_id} 没有任何对外许可，却有已批准的公开条目",
                    f"customer {customer_id} has given no permission for public use, and has approved public entries",
                    places, severity=Severity.ERROR,
                )  # fmt: skip
                continue
            for use in _uses(entries):
                if end := _end(customer, use, view.today):
                    yield self._ends(customer_id, use, end, view.today, places)

    def _ends(self, customer: str, use: Use, end: date, today: date, places: Sequence[Place]) -> LintFinding:
        use_zh = {"name": "名称", "quote": "引语", "figures": "数字"}[str(use)]
        if end < today:
            return self.finding(
                f"客户 {customer} 的{use_zh}许可已于 {end} 终止，仍有已批准的公开条目",
                f"the permission of customer {customer} for {use} ended on {end}; approved public entries remain",
                places, severity=Severity.ERROR,
            )  # fmt: skip
        return self.finding(
            f"客户 {customer} 的{use_zh}许可将于 {end} 到期",
            f"the permission of customer {customer} for {use} ends on {end}", places,
        )  # fmt: skip


def _uses(entries: Sequence[EntryVersion]) -> tuple[Use, ...]:
    quoted = any(quotes_of(entry) for entry in entries)
    return (Use.NAME, *([Use.QUOTE] if quoted else []), Use.FIGURES)


def _end(customer: Customer, use: Use, today: date) -> date | None:
    """The last day of a permission that has ended or ends soon; None when one lasts longer, or none was ever given."""
    given = [p for p in customer.permissions if p.use is use and p.level is not Level.INTERNAL]
    # An alias needs no renewal where the name was never public; where it was, the name is what runs out.
    if use is Use.NAME and any(p.level is Level.PUBLIC for p in given):
        given = [p for p in given if p.level is Level.PUBLIC]
    ends = [_last_day(p) for p in given]
    if not ends or any(end is None or end > today + SOON for end in ends):
        return None
    return max(end for end in ends if end)


def _last_day(permission: Permission) -> date | None:
    """The last day on which it held; None when it holds without end."""
    if permission.withdrawn_on is not None:
        return min(permission.withdrawn_on, permission.until or permission.withdrawn_on) - timedelta(days=1)
    return permission.until


def _public(customer: Customer | None, entry: EntryVersion, today: date) -> bool:
    """True when the customer may be named in public, in some market of the entry."""
    if customer is None:
        return True
    return any(
        p.level is Level.PUBLIC and p.covers(Use.NAME, today, market, channel)
        for p in customer.permissions
        for market in (*(entry.markets or p.markets), None)
        for channel in (*p.channels, None)
    )
