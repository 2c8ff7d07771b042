"""What a brief is offered: thousands of briefs against made-up customers, permissions, markets, states and dates.

The judge here reads the permissions and dates by itself, in its own few lines; it shares nothing with the gate.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from evals.bench import Bench
from evals.bench.scratch import empty_workspace
from evals.bench.table import Row
from knowledge.library import Library
from knowledge.reading import read_body
from knowledge.records import Audience, Customer, EntryVersion, Hit, Level, Permission, Scope, State, Use
from knowledge.shelving import ToShelve

BRIEFS = 10_000
CUSTOMERS = 40
ENTRIES = 400
DAYS = 12
TODAY = datetime(2026, 3, 1, 9, tzinfo=UTC)
MARKETS = ("CN", "EU", "US")
CHANNELS = ("website", "press", "event")
CIRCLES = (Audience.PUBLIC, Audience.PARTNER, Audience.INTERNAL)
_SOUNDS = ("qing", "lan", "shuo", "heng", "yun", "tai", "bei", "zhou", "min", "guo", "rui", "feng")


@dataclass(frozen=True)
class _World:
    """What was put into the library, for the judge."""

    customers: dict[str, Customer]
    entries: dict[str, EntryVersion]


def offers(bench: Bench) -> Iterator[Row]:
    """Passages offered to a brief that is not entitled to them."""
    chance = random.Random(4)  # noqa: S311  # a fixed sequence, not a secret
    with empty_workspace("extractive") as workspace:
        library = workspace.library
        world = _fill(library, chance)
        forbidden, offered, asked = 0, 0, 0
        for day in range(DAYS):
            moment = TODAY + timedelta(days=30 * day - 30)
            library.now = partial(_same, moment)
            for part in _briefs(chance, BRIEFS // DAYS, day):
                hits = library.search_many([query for query, _ in part], part[0][1], k=8)
                asked += len(part)
                for found in hits:
                    offered += len(found)
                    forbidden += sum(not _entitled(hit, part[0][1], world, moment.date()) for hit in found)
    yield Row(
        "offers: forbidden, expired or unapproved passages offered to a brief",
        forbidden,
        goal="≤ 0",
        n=asked,
        note=f"{offered} passages offered; {CUSTOMERS} customers, {ENTRIES} entries, {DAYS} days",
    )


def _same(moment: datetime) -> datetime:
    return moment


def _briefs(chance: random.Random, count: int, day: int) -> Iterator[list[tuple[str, Scope]]]:
    """Briefs in groups of one circle each, as a section's queries come."""
    for _ in range(count // 8 + 1):
        scope = Scope(
            audience=chance.choice(CIRCLES),
            market=chance.choice((None, *MARKETS)),
            channel=chance.choice((None, *CHANNELS)),
        )
        yield [(f"{chance.choice(_SOUNDS)} {chance.randint(10, 99)}%", scope) for _ in range(8)]


def _fill(library: Library, chance: random.Random) -> _World:
    customers = [_customer(number, chance) for number in range(CUSTOMERS)]
    library.customers.save(customers, by="bench", now=TODAY)
    for customer in customers[::5]:
        library.customers.withdraw(customer.id, chance.choice((None, *Use)), by="bench", now=TODAY)
    items = [_entry(number, customers, chance) for number in range(ENTRIES)]
    library.shelf.shelve([ToShelve(entry, read_body(entry.entry_id, entry.body)) for entry in items], "bench")
    for entry in items[::9]:
        if entry.state is State.APPROVED:
            library.entries.retire(entry.entry_id, "bench", TODAY)
    return _World(
        {customer.id: customer for customer in library.customers.all()},
        {entry.entry_id: entry for entry in library.entries.latest()},
    )


def _customer(number: int, chance: random.Random) -> Customer:
    name = "".join(chance.sample(_SOUNDS, 2)).title() + f"or{number}"
    permissions = tuple(
        Permission(
            use,
            chance.choice(tuple(Level)),
            markets=tuple(chance.sample(MARKETS, chance.choice((0, 0, 1, 2)))),
            channels=tuple(chance.sample(CHANNELS, chance.choice((0, 0, 1)))),
            until=chance.choice((None, TODAY.date() + timedelta(days=chance.randint(-60, 300)))),
        )
        for use in chance.choices(tuple(Use), k=chance.randint(0, 7))
    )
    alias = {} if number % 11 == 0 else {"en": f"a maker of part {chr(97 + number % 26)}"}
    return Customer(f"c{number}", {"en": f"{name} Works"}, (name,), alias, permissions=permissions)


def _entry(number: int, customers: Sequence[Customer], chance: random.Random) -> EntryVersion:
    own, other = chance.choice((None, *customers)), chance.choice(customers)
    who = next(iter(own.names.values())) if own else "The company"
    beside = f" {other.other_names[0]} was there, too." if chance.random() < 0.2 else ""
    percent = f" Downtime fell by {chance.randint(10, 99)}%." if chance.random() < 0.6 else ""
    body = f"# Story {number}\n\n{who} tried {chance.choice(_SOUNDS)}.{percent}{beside}\n"
    entry = EntryVersion(
        entry_id=f"e{number}",
        version=0,
        kind="case",
        locale="en",
        title=f"Story {number}",
        text=body,
        state=chance.choice((State.APPROVED, State.APPROVED, State.APPROVED, State.DRAFT, State.IN_REVIEW)),
        audience=chance.choice(CIRCLES),
        markets=tuple(chance.sample(MARKETS, chance.choice((0, 0, 1, 2)))),
        customer=own.id if own else None,
        body=body,
    )
    until = chance.choice((None, None, TODAY.date() + timedelta(days=chance.randint(-40, 320))))
    return replace(entry, valid_until=until)


# --- the judge -------------------------------------------------------------------------------------------------------


def _entitled(hit: Hit, scope: Scope, world: _World, today: date) -> bool:
    """True when the passage may be read by this scope on this day."""
    entry = world.entries[hit.passage.entry.entry_id]
    readable = {Audience.PUBLIC: 1, Audience.PARTNER: 2, Audience.INTERNAL: 3}
    if entry.state is not State.APPROVED or (entry.valid_until and entry.valid_until < today):
        return False
    if readable[entry.audience] > readable[scope.audience] or (
        entry.markets and scope.market not in (None, *entry.markets)
    ):
        return False
    if scope.audience is Audience.INTERNAL:
        return True
    shown = " ".join((hit.passage.text, hit.passage.entry.title, hit.passage.entry.text, hit.passage.locator)).lower()
    for customer in world.customers.values():
        named = any(spelling.lower() in shown for spelling in (*customer.names.values(), *customer.other_names))
        if named and not _allowed(customer, Use.NAME, scope, today, Level.PUBLIC):
            return False
    if entry.customer is None:
        return True
    own = world.customers[entry.customer]
    figures = "%" not in shown or _allowed(own, Use.FIGURES, scope, today)
    return figures and not _silent(own, scope, today)


def _in_force(customer: Customer, use: Use, scope: Scope, today: date) -> list[Level]:
    return [
        p.level
        for p in customer.permissions
        if p.use is use
        and p.withdrawn_on is None
        and (p.until is None or p.until >= today)
        and (not p.markets or scope.market in p.markets)
        and (not p.channels or scope.channel in p.channels)
    ]


def _allowed(customer: Customer, use: Use, scope: Scope, today: date, least: Level | None = None) -> bool:
    """For a name the narrowest permission in force counts; figures need one that is not internal."""
    levels = _in_force(customer, use, scope, today)
    if least is Level.PUBLIC:
        return bool(levels) and all(level is Level.PUBLIC for level in levels)
    return any(level is not Level.INTERNAL for level in levels)


def _silent(customer: Customer, scope: Scope, today: date) -> bool:
    """True when the customer may not be spoken of at all: told to stay inside, or never asked for more."""
    levels = _in_force(customer, Use.NAME, scope, today)
    if levels:
        return Level.INTERNAL in levels
    given = [p for p in customer.permissions if p.use is Use.NAME and p.withdrawn_on is None]
    return not any(p.level is not Level.INTERNAL for p in given)
