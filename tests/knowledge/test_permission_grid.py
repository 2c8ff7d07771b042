"""The grid of permissions: what goes how far, where, until when."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.permission_grid import markets_of, permission_grid, widest
from knowledge.records import Customer, Level, Permission, Use

DAY = date(2026, 6, 1)


def customer(*permissions: Permission) -> Customer:
    return Customer("panlan", {"zh-CN": "磐岚"}, permissions=permissions)


def name(level: Level, **more: object) -> Permission:
    return Permission(Use.NAME, level, **more)  # type: ignore[arg-type]


def places(given: Customer, use: Use = Use.NAME, day: date = DAY, **asked: str) -> list[tuple[tuple[str, ...], str]]:
    [row] = permission_grid([given], day, **asked)  # type: ignore[arg-type]
    return [(place.markets, str(place.level)) for place in row.uses[use]]


def test_silence_is_no_consent() -> None:
    assert places(customer()) == [((), "internal")]


def test_markets_that_fare_alike_stand_together() -> None:
    given = customer(name(Level.PUBLIC, markets=("CN", "EU")), name(Level.ALIAS))
    assert places(given) == [((), "alias")], "the narrowest of several holds everywhere"
    given = customer(name(Level.PUBLIC, markets=("CN",)), name(Level.PUBLIC, markets=("EU",)))
    assert places(given) == [((), "alias"), (("CN", "EU"), "public")]


def test_one_market_has_one_place() -> None:
    given = customer(name(Level.PUBLIC, markets=("CN",)))
    assert places(given, market="CN") == [(("CN",), "public")]
    assert places(given, market="US") == [(("US",), "alias")]


@pytest.mark.parametrize(("day", "level"), [(date(2026, 6, 30), "public"), (date(2026, 7, 1), "internal")])
def test_the_last_day_still_counts(day: date, level: str) -> None:
    given = customer(Permission(Use.QUOTE, Level.PUBLIC, until=date(2026, 6, 30)))
    assert places(given, Use.QUOTE, day) == [((), level)]


def test_the_end_is_told_only_of_what_is_permitted() -> None:
    [row] = permission_grid([customer(Permission(Use.LOGO, Level.PUBLIC, until=DAY))], DAY)
    assert row.uses[Use.LOGO][0].until == DAY
    assert row.uses[Use.QUOTE][0].until is None
    assert widest(row.uses[Use.LOGO]).level is Level.PUBLIC
    assert row.to_json()["uses"]["logo"][0]["until"] == "2026-06-01"


def test_markets_of_withdrawn_permissions_are_not_asked_for() -> None:
    given = customer(name(Level.PUBLIC, markets=("EU", "CN")), name(Level.PUBLIC, markets=("US",), withdrawn_on=DAY))
    assert markets_of([given]) == ("CN", "EU")
