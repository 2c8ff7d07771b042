"""What a customer's permissions allow in one scope on one day, use by use, and on what ground."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from knowledge.records import Audience, Customer, Level, Permission, Scope, Use

_ORDER = {Level.PUBLIC: 2, Level.ALIAS: 1, Level.INTERNAL: 0}
_TELLING = frozenset({Use.NAME, Use.LOGO, Use.VISIT})


class Ground(StrEnum):
    """Why a use is allowed so far and no further."""

    PERMISSION = "permission"
    INSIDE = "inside"
    NONE = "none"
    OTHER_MARKET = "other_market"
    OTHER_CHANNEL = "other_channel"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


_WORDS: Mapping[Ground, tuple[str, str]] = {
    Ground.PERMISSION: ("有许可", "permitted"),
    Ground.INSIDE: ("公司内部不受限制", "inside the company nothing is held back"),
    Ground.NONE: ("没有许可", "no permission on record"),
    Ground.OTHER_MARKET: ("许可只限{places}市场", "permitted for the markets {places} only"),
    Ground.OTHER_CHANNEL: ("许可只限{places}渠道", "permitted for the channels {places} only"),
    Ground.EXPIRED: ("许可已于 {day} 到期", "the permission expired on {day}"),
    Ground.WITHDRAWN: ("许可已于 {day} 撤回", "the permission was withdrawn on {day}"),
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """How far one use goes. `permission` is the record it rests on, or the one that falls short; None without any.

    `level` internal: not outside the company.
    """

    use: Use
    level: Level
    ground: Ground
    permission: Permission | None = None

    @property
    def day(self) -> date | None:
        """The day on which the permission expired or was withdrawn."""
        if self.permission is None:
            return None
        days = {Ground.EXPIRED: self.permission.until, Ground.WITHDRAWN: self.permission.withdrawn_on}
        return days.get(self.ground)

    def reason(self, language: str) -> str:
        """The ground in words (`zh`, else English)."""
        p = self.permission
        places = () if p is None else p.markets if self.ground is Ground.OTHER_MARKET else p.channels
        words = _WORDS[self.ground][0 if language == "zh" else 1]
        return words.format(places=("、" if language == "zh" else ", ").join(places), day=self.day)

    def to_json(self) -> dict[str, Any]:
        p = self.permission
        return {
            "use": str(self.use),
            "level": str(self.level),
            "ground": str(self.ground),
            "reason": {"zh": self.reason("zh"), "en": self.reason("en")},
            "permission": p and {
                "level": str(p.level),
                "markets": list(p.markets),
                "channels": list(p.channels),
                "until": p.until.isoformat() if p.until else None,
                "consented_by": p.consented_by,
                "consented_on": p.consented_on.isoformat() if p.consented_on else None,
                "withdrawn_on": p.withdrawn_on.isoformat() if p.withdrawn_on else None,
            },
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clearance:
    """All uses of one customer."""

    customer: Customer
    uses: Mapping[Use, Allowed] = field(default_factory=dict)

    def level(self, use: Use) -> Level:
        return self.uses[use].level

    @property
    def name(self) -> Level:
        return self.level(Use.NAME)

    def allows(self, use: Use) -> bool:
        """True when the use is allowed outside the company, be it under the alias only."""
        return self.level(use) is not Level.INTERNAL

    def to_json(self) -> dict[str, Any]:
        return {"customer": self.customer.id, "uses": [allowed.to_json() for allowed in self.uses.values()]}


def effective(customer: Customer, scope: Scope, today: date) -> Clearance:
    """What `scope` may do with a customer today. Silence is not consent; of several permissions that cover the same
    use, the narrowest holds.

    A permission to be named that has run out, or that is for another market or channel, leaves the alias. One that was
    withdrawn leaves nothing.
    """
    if scope.audience is Audience.INTERNAL:
        return Clearance(customer, {use: Allowed(use, Level.PUBLIC, Ground.INSIDE) for use in Use})
    return Clearance(customer, {use: _allowed(use, customer.permissions, scope, today) for use in Use})


def listed(customer: Customer, uses: Collection[Use], scope: Scope, today: date) -> Level | None:
    """How a list for `scope` shows a customer whose permissions cover all `uses` today: by name (`PUBLIC`), under its
    alias, or not at all (None).

    Name, logo and visit tell who it is, so an alias-only permission does not cover them outside the company. Inside,
    too, a list made for a use has only customers with a permission on record for it, be it for inside only.
    """
    if scope.audience is Audience.INTERNAL:
        covered = (any(p.covers(use, today, scope.market, scope.channel) for p in customer.permissions) for use in uses)
        return Level.PUBLIC if all(covered) else None
    clearance = effective(customer, scope, today)
    level = strictest(clearance.name, *(clearance.level(use) for use in uses))
    if level is Level.INTERNAL or any(clearance.level(use) is not Level.PUBLIC for use in uses if use in _TELLING):
        return None
    return level


def strictest(*levels: Level) -> Level:
    """The narrowest of several levels."""
    return min(levels, key=_ORDER.__getitem__)


def _allowed(use: Use, permissions: Sequence[Permission], scope: Scope, today: date) -> Allowed:
    about = [p for p in permissions if p.use is use]
    covering = [p for p in about if p.covers(use, today, scope.market, scope.channel)]
    if covering:
        narrowest = min(covering, key=lambda p: _ORDER[p.level])
        return Allowed(use, narrowest.level, Ground.PERMISSION, narrowest)
    level = Level.INTERNAL
    if use is Use.NAME and any(p.level is not Level.INTERNAL and p.withdrawn_on is None for p in about):
        level = Level.ALIAS
    ground, nearest = _short_of(about, scope, today)
    return Allowed(use, level, ground, nearest)


def _short_of(about: Sequence[Permission], scope: Scope, today: date) -> tuple[Ground, Permission | None]:
    """Why none covers the case: by the one that comes nearest."""
    standing = [p for p in about if p.withdrawn_on is None]
    running = [p for p in standing if p.until is None or today <= p.until]
    for p in running:
        return (Ground.OTHER_MARKET if p.markets and scope.market not in p.markets else Ground.OTHER_CHANNEL), p
    if standing:
        return Ground.EXPIRED, max(standing, key=lambda p: p.until or today)
    if about:
        return Ground.WITHDRAWN, max(about, key=lambda p: p.withdrawn_on or today)
    return Ground.NONE, None
