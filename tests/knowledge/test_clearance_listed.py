"""Who may stand on a list made for some uses: whoever's permissions cover all of them, and nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clearance import listed
from knowledge.records import Audience, Customer, Level, Permission, Scope, Use

TODAY = date(2026, 11, 21)
YESTERDAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 22)
PUBLIC, ALIAS, INTERNAL = Level.PUBLIC, Level.ALIAS, Level.INTERNAL
NAME, FIGURES, QUOTE, VISIT, LOGO = Use.NAME, Use.FIGURES, Use.QUOTE, Use.VISIT, Use.LOGO


def shown(
    *permissions: Permission, uses: list[Use], audience: Audience = Audience.PUBLIC, market: str | None = "CN"
) -> Level | None:
    customer = Customer("c", {"en": "C"}, permissions=permissions)
    return listed(customer, uses, Scope(audience=audience, market=market, channel="website"), TODAY)


@pytest.mark.parametrize(
    ("permissions", "uses", "level"),
    [
        ([], [NAME], None),
        ([Permission(NAME, PUBLIC)], [NAME], PUBLIC),
        ([Permission(NAME, PUBLIC, until=TODAY)], [NAME], PUBLIC),
        ([Permission(NAME, PUBLIC, until=YESTERDAY)], [NAME], None),
        ([Permission(NAME, ALIAS)], [NAME], None),
        ([Permission(NAME, INTERNAL)], [NAME], None),
        ([Permission(NAME, PUBLIC)], [NAME, FIGURES], None),
        ([Permission(NAME, PUBLIC), Permission(FIGURES, PUBLIC)], [NAME, FIGURES], PUBLIC),
        ([Permission(NAME, PUBLIC), Permission(FIGURES, ALIAS)], [FIGURES], ALIAS),
        ([Permission(NAME, ALIAS), Permission(FIGURES, PUBLIC)], [FIGURES], ALIAS),
        ([Permission(NAME, PUBLIC, until=YESTERDAY), Permission(FIGURES, PUBLIC)], [FIGURES], ALIAS),
        ([Permission(NAME, PUBLIC, withdrawn_on=YESTERDAY), Permission(FIGURES, PUBLIC)], [FIGURES], None),
        ([Permission(FIGURES, PUBLIC)], [FIGURES], None),
        ([Permission(NAME, PUBLIC), Permission(FIGURES, PUBLIC, withdrawn_on=YESTERDAY)], [FIGURES], None),
        ([Permission(NAME, PUBLIC), Permission(VISIT, PUBLIC, markets=("CN",))], [VISIT], PUBLIC),
        ([Permission(NAME, PUBLIC), Permission(VISIT, PUBLIC, markets=("EU",))], [VISIT], None),
        ([Permission(NAME, ALIAS), Permission(VISIT, PUBLIC)], [VISIT], ALIAS),
        ([Permission(NAME, PUBLIC), Permission(VISIT, ALIAS)], [VISIT], None),
        ([Permission(NAME, PUBLIC), Permission(LOGO, PUBLIC, channels=("event",))], [LOGO], None),
        ([Permission(NAME, PUBLIC), Permission(QUOTE, PUBLIC), Permission(QUOTE, INTERNAL)], [QUOTE], None),
    ],
)
def test_outside_the_company(permissions: list[Permission], uses: list[Use], level: Level | None) -> None:
    assert shown(*permissions, uses=uses) is level
    assert shown(*permissions, uses=uses, audience=Audience.PARTNER) is level


@pytest.mark.parametrize(
    ("permissions", "level"),
    [
        ([], None),
        ([Permission(NAME, PUBLIC)], None),
        ([Permission(VISIT, INTERNAL)], PUBLIC),
        ([Permission(VISIT, INTERNAL, until=YESTERDAY)], None),
        ([Permission(VISIT, PUBLIC, withdrawn_on=YESTERDAY)], None),
        ([Permission(VISIT, PUBLIC, markets=("EU",))], None),
    ],
)
def test_inside_only_those_with_a_permission_on_record(permissions: list[Permission], level: Level | None) -> None:
    assert shown(*permissions, uses=[VISIT], audience=Audience.INTERNAL) is level


def test_a_market_that_is_not_said_is_not_covered() -> None:
    permissions = [Permission(NAME, PUBLIC), Permission(VISIT, PUBLIC, markets=("CN",))]
    assert shown(*permissions, uses=[VISIT], market=None) is None


PERMISSIONS = st.lists(
    st.builds(
        Permission,
        use=st.sampled_from(Use),
        level=st.sampled_from(Level),
        markets=st.sampled_from([(), ("CN",), ("EU", "CN"), ("EU",)]),
        channels=st.sampled_from([(), ("website",), ("event",)]),
        until=st.sampled_from([None, YESTERDAY, TODAY, TOMORROW]),
        withdrawn_on=st.sampled_from([None, YESTERDAY]),
    ),
    max_size=8,
)
USES = st.lists(st.sampled_from(Use), min_size=1, max_size=3, unique=True)
SCOPES = st.builds(
    Scope,
    audience=st.sampled_from(Audience),
    market=st.sampled_from([None, "CN", "EU", "US"]),
    channel=st.sampled_from([None, "website", "event"]),
)


@given(permissions=PERMISSIONS, uses=USES, scope=SCOPES)
def test_whoever_is_listed_has_a_permission_for_each_use(
    permissions: list[Permission], uses: list[Use], scope: Scope
) -> None:
    level = listed(Customer("c", {"en": "C"}, permissions=tuple(permissions)), uses, scope, TODAY)
    if level is None:
        return
    for use in uses:
        held = [
            p for p in permissions
            if p.use is use and p.withdrawn_on is None
            and (p.until is None or p.until >= TODAY)
            and (not p.markets or scope.market in p.markets)
            and (not p.channels or scope.channel in p.channels)
        ]  # fmt: skip
        assert held
        if scope.audience is not Audience.INTERNAL:
            assert all(p.level is not INTERNAL for p in held)
            assert level is ALIAS or all(p.level is PUBLIC for p in held)


@given(permissions=PERMISSIONS, uses=USES, scope=SCOPES)
def test_more_uses_never_list_more(permissions: list[Permission], uses: list[Use], scope: Scope) -> None:
    customer = Customer("c", {"en": "C"}, permissions=tuple(permissions))
    if listed(customer, uses, scope, TODAY) is not None:
        assert all(listed(customer, [use], scope, TODAY) is not None for use in uses)
