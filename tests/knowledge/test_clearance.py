"""What may be done with a customer, use by use, and why."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.clearance import Clearance, Ground, effective
from knowledge.records import Audience, Customer, Level, Permission, Scope, Use

TODAY = date(2026, 11, 21)
YESTERDAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 22)
PUBLIC, ALIAS, INTERNAL = Level.PUBLIC, Level.ALIAS, Level.INTERNAL


def cleared(*permissions: Permission, audience: Audience = Audience.PUBLIC) -> Clearance:
    scope = Scope(audience=audience, market="CN", channel="website")
    return effective(Customer("c", {"en": "C"}, permissions=permissions), scope, TODAY)


@pytest.mark.parametrize(
    ("permissions", "level", "ground", "zh", "en"),
    [
        ([], INTERNAL, Ground.NONE, "没有许可", "no permission on record"),
        ([Permission(Use.NAME, PUBLIC)], PUBLIC, Ground.PERMISSION, "有许可", "permitted"),
        ([Permission(Use.NAME, PUBLIC, until=TODAY)], PUBLIC, Ground.PERMISSION, "有许可", "permitted"),
        (
            [Permission(Use.NAME, PUBLIC, until=YESTERDAY)], ALIAS, Ground.EXPIRED,
            "许可已于 2026-11-20 到期", "the permission expired on 2026-11-20",
        ),
        (
            [Permission(Use.NAME, PUBLIC, markets=("EU", "US"))], ALIAS, Ground.OTHER_MARKET,
            "许可只限EU、US市场", "permitted for the markets EU, US only",
        ),
        (
            [Permission(Use.NAME, PUBLIC, channels=("event",))], ALIAS, Ground.OTHER_CHANNEL,
            "许可只限event渠道", "permitted for the channels event only",
        ),
        (
            [Permission(Use.NAME, PUBLIC, withdrawn_on=YESTERDAY)], INTERNAL, Ground.WITHDRAWN,
            "许可已于 2026-11-20 撤回", "the permission was withdrawn on 2026-11-20",
        ),
        (
            [Permission(Use.NAME, PUBLIC, withdrawn_on=YESTERDAY), Permission(Use.NAME, ALIAS)], ALIAS,
            Ground.PERMISSION, "有许可", "permitted",
        ),
        (
            [Permission(Use.NAME, PUBLIC), Permission(Use.NAME, ALIAS, markets=("CN",))], ALIAS, Ground.PERMISSION,
            "有许可", "permitted",
        ),
        ([Permission(Use.LOGO, PUBLIC)], INTERNAL, Ground.NONE, "没有许可", "no permission on record"),
    ],
)  # fmt: skip
def test_the_level_of_the_name_and_why(
    permissions: list[Permission], level: Level, ground: Ground, zh: str, en: str
) -> None:
    name = cleared(*permissions).uses[Use.NAME]
    assert (name.level, name.ground) == (level, ground)
    assert (name.reason("zh"), name.reason("en")) == (zh, en)


@pytest.mark.parametrize("use", [Use.LOGO, Use.QUOTE, Use.FIGURES, Use.VISIT])
def test_what_has_run_out_is_not_allowed_any_more(use: Use) -> None:
    assert not cleared(Permission(use, PUBLIC, until=YESTERDAY)).allows(use)
    assert not cleared(Permission(use, INTERNAL)).allows(use)
    assert cleared(Permission(use, ALIAS, until=TOMORROW)).allows(use)
    assert not cleared(Permission(use, PUBLIC), Permission(use, INTERNAL)).allows(use), "the narrowest holds"


def test_inside_the_company_everything_may_be_said() -> None:
    inside = cleared(audience=Audience.INTERNAL)
    assert {(a.level, a.ground) for a in inside.uses.values()} == {(PUBLIC, Ground.INSIDE)}


def test_it_is_shown_with_the_permission_it_rests_on() -> None:
    shown = cleared(Permission(Use.VISIT, PUBLIC, markets=("CN",), until=TOMORROW, consented_by="方惠")).to_json()
    visit = next(use for use in shown["uses"] if use["use"] == "visit")
    assert [use["use"] for use in shown["uses"]] == ["name", "logo", "quote", "figures", "visit"]
    assert visit["ground"] == "permission"
    assert (visit["permission"]["consented_by"], visit["permission"]["until"]) == ("方惠", "2026-11-22")
    assert next(use for use in shown["uses"] if use["use"] == "logo")["permission"] is None
