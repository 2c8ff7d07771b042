"""Customers, permissions and terms as they are answered."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.v1.shapes.parts import Act, Answer, Day, InBothLanguages, Next, Shape
from knowledge.records import Level, Use


class Permission(Shape):
    """What a customer consented to."""

    use: Use
    level: Level
    markets: list[str]
    channels: list[str]
    until: Day | None
    consented_by: str
    consented_on: Day | None
    evidence: str
    withdrawn_on: Day | None
    withdrawn_by: str
    reason: str


class CustomerState(Shape):
    """A customer with every permission it ever gave."""

    id: str
    names: dict[str, str]
    other_names: list[str]
    aliases: dict[str, str]
    segment: str
    permissions: list[Permission]


class Customers(Answer):
    """A page of customers."""

    customers: list[CustomerState]
    next: Next


class Customer(Answer):
    """One customer and its record."""

    customer: CustomerState
    history: list[Act]


class GridPlace(Shape):
    """How far a use goes in these markets (empty: all others)."""

    markets: list[str]
    level: Level
    ground: str
    until: Day | None
    reason: InBothLanguages


class GridRow(Shape):
    """One customer, use by use."""

    customer: str
    names: dict[str, str]
    uses: dict[str, list[GridPlace]]


class Grid(Answer):
    """Who may be named where."""

    day: Day
    markets: list[str]
    rows: list[GridRow]
    next: Next


class Permissions(Answer):
    """Every permission of a customer."""

    customer: str
    permissions: list[Permission]


class ListedPermission(Permission):
    """A permission and whose it is."""

    customer: str


class PermissionPage(Answer):
    """A page of permissions."""

    permissions: list[ListedPermission]
    next: Next


class Ground(Shape):
    """The permission behind a use."""

    level: Level
    markets: list[str]
    channels: list[str]
    until: Day | None
    consented_by: str
    consented_on: Day | None
    withdrawn_on: Day | None


class ClearedUse(Shape):
    """How far a use goes, and why."""

    use: Use
    level: Level
    ground: str
    reason: InBothLanguages
    permission: Ground | None


class Clearance(Answer):
    """What a text may do with a customer today."""

    customer: str
    uses: list[ClearedUse]


class Withdrawn(Answer):
    """How many permissions were taken back, and how many drafts are stale now."""

    customer: str
    withdrawn: int
    stale: int


class TermState(Shape):
    """A term of the glossary."""

    term: str
    locale: str
    translations: dict[str, str]
    part_of_speech: str
    do_not_translate: bool
    forbidden: list[str]
    case_rule: Literal["", "exact"] = Field(description="`exact` where capitals count.")
    note: str


class Term(Answer):
    """One term."""

    term: TermState


class Terms(Answer):
    """A page of the glossary."""

    terms: list[TermState]
    next: Next
