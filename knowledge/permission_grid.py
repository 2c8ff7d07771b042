"""Who may be named where, at a glance: customer × use × market on one day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.clearance import Allowed, effective
from knowledge.records import Audience, Customer, Level, Permission, Scope, Use


@dataclass(frozen=True, slots=True)
class Place:
    """How far a use goes in these markets; no markets: in all that are not named beside it.

    `until` is the last day on which it goes so far, None without an end or when nothing is permitted.
    """

    markets: tuple[str, ...]
    allowed: Allowed
    until: date | None = None

    @property
    def level(self) -> Level:
        return self.allowed.level

    def to_json(self) -> dict[str, Any]:
        return {
            "markets": list(self.markets),
            "level": str(self.level),
            "ground": str(self.allowed.ground),
            "until": self.until.isoformat() if self.until else None,
            "reason": {"zh": self.allowed.reason("zh"), "en": self.allowed.reason("en")},
        }


@dataclass(frozen=True, slots=True)
class GridRow:
    """One customer: for every use how far it goes, in all markets first, then where it is otherwise."""

    customer: Customer
    uses: dict[Use, tuple[Place, ...]]

    def to_json(self) -> dict[str, Any]:
        return {
            "customer": self.customer.id,
            "names": dict(self.customer.names),
            "uses": {str(use): [place.to_json() for place in places] for use, places in self.uses.items()},
        }


def permission_grid(
    customers: Iterable[Customer],
    day: date,
    *,
    market: str | None = None,
    channel: str | None = None,
    audience: Audience = Audience.PUBLIC,
) -> list[GridRow]:
    """A row for each customer, in their order, for texts that are read outside the company on `day`.

    With a market each use has one place; without one a place for all markets, and one for each group of markets that
    is told apart from it by permissions of its own.
    """
    scope = Scope(audience=audience, market=market, channel=channel)
    return [GridRow(customer, dict(_uses(customer, scope, day))) for customer in customers]


def markets_of(customers: Iterable[Customer]) -> tuple[str, ...]:
    """Every market that a permission in force names, in alphabetical order."""
    return tuple(sorted({m for c in customers for p in c.permissions if p.withdrawn_on is None for m in p.markets}))


def _uses(customer: Customer, scope: Scope, day: date) -> Iterable[tuple[Use, tuple[Place, ...]]]:
    apart = () if scope.market else markets_of([customer])
    by_market = {
        market: effective(customer, Scope(scope.audience, market, scope.channel), day).uses for market in apart
    }
    everywhere = effective(customer, scope, day).uses
    for use in Use:
        places = [_place((scope.market,) if scope.market else (), everywhere[use])]
        for market in apart:
            place = _place((market,), by_market[market][use])
            _put(places, place)
        yield use, tuple(places)


def _place(markets: tuple[str, ...], allowed: Allowed) -> Place:
    return Place(markets, allowed, _until(allowed.permission) if allowed.ground == "permission" else None)


def _until(permission: Permission | None) -> date | None:
    return permission.until if permission else None


def _put(places: list[Place], place: Place) -> None:
    """Markets that fare as those of another place are told with it."""
    for at, there in enumerate(places):
        if (there.level, there.until) == (place.level, place.until) and (there.markets or _same(there, place)):
            if there.markets:
                places[at] = Place((*there.markets, *place.markets), there.allowed, there.until)
            return
    places.append(place)


def _same(everywhere: Place, place: Place) -> bool:
    """True when a market fares as all others do; what falls short does so on one ground or another."""
    return everywhere.level is place.level


def widest(places: Sequence[Place]) -> Place:
    """The place with most freedom, for a glance."""
    order = {Level.PUBLIC: 2, Level.ALIAS: 1, Level.INTERNAL: 0}
    return max(places, key=lambda place: order[place.level])
