"""The library's plain data: what the store keeps and what retrieval returns. No I/O here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """The life of an entry's version (DOMAIN.md, governance).

    `EXPIRED` is never stored: it is what an approved version is after its last day, by date alone.
    """

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    EXPIRED = "expired"
    RETIRED = "retired"


class Audience(StrEnum):
    """Who may read a text, from the widest circle to the narrowest."""

    PUBLIC = "public"
    PARTNER = "partner"
    INTERNAL = "internal"

    @property
    def may_read(self) -> tuple[Audience, ...]:
        """The audiences of entries that a text for this audience may draw on."""
        circles = (Audience.PUBLIC, Audience.PARTNER, Audience.INTERNAL)
        return circles[: circles.index(self) + 1]


class Use(StrEnum):
    """What a customer's permission is about."""

    NAME = "name"
    LOGO = "logo"
    QUOTE = "quote"
    FIGURES = "figures"
    VISIT = "visit"


class Level(StrEnum):
    """How far a permission goes: in public, under the alias only, inside the company only."""

    PUBLIC = "public"
    ALIAS = "alias"
    INTERNAL = "internal"


KINDS = (
    "company",
    "people",
    "technology",
    "product",
    "case",
    "milestone",
    "position",
    "contact",
    "policy",
    "person",
    "view",
    "medium",
    "competitor",
    "style_rule",
    "press_kit",
    "brand_house",
    "certificate",
    "document",
)


@dataclass(frozen=True, slots=True)
class EntryVersion:
    """One version of one entry. Dates are days; `valid_until` is the last day on which it may be used.

    `body` is the text as it was written (Markdown), `text` what a reader sees of it, block by block. `facts` is a hash
    over figures, dates and quotes: two versions with the same one say the same facts. `ended_at` is when it stopped
    being the approved line: a newer version was approved, or it was retired.
    """

    entry_id: str
    version: int
    kind: str
    locale: str
    title: str
    text: str
    state: State
    audience: Audience
    fields: Mapping[str, Any] = field(default_factory=dict)
    markets: tuple[str, ...] = ()
    customer: str | None = None
    owner: str = ""
    translates: str | None = None
    source: str = ""
    origin: str = ""
    content_hash: str = ""
    review_due: date | None = None
    valid_until: date | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    created_at: datetime | None = None
    body: str = ""
    facts: str = ""
    ended_at: datetime | None = None
    created_by: str = ""

    def state_on(self, today: date) -> State:
        """The state as people see it: an approved version is expired from the day after `valid_until`."""
        return State.EXPIRED if self.state is State.APPROVED and self.expired(today) else self.state

    def expired(self, today: date) -> bool:
        """True from the day after `valid_until`."""
        return self.valid_until is not None and today > self.valid_until

    def overdue(self, today: date) -> bool:
        """True from the day after `review_due`; warns, does not block."""
        return self.review_due is not None and today > self.review_due


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one entry version, with the place where it stands.

    `text` may carry an alias where the stored text has a customer's name; `pk` is the store's row number.
    """

    pk: int
    id: str
    entry: EntryVersion
    text: str
    headings: tuple[str, ...]
    locator: str
    locale: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query. `score` lies in 0 … 1 and compares only within one search."""

    passage: Passage
    score: float

    def to_json(self) -> dict[str, Any]:
        p = self.passage
        return {
            "passage_id": p.id,
            "entry_id": p.entry.entry_id,
            "text": p.text,
            "score": round(self.score, 4),
            "source": p.entry.source,
            "locator": p.locator,
            "locale": p.locale,
            "kind": p.entry.kind,
        }


@dataclass(frozen=True, slots=True)
class Permission:
    """What a customer consented to. Empty `markets` or `channels` means all of them.

    One that was withdrawn stays on record and covers nothing. `evidence` is the file or link that proves the consent.
    """

    use: Use
    level: Level
    markets: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    until: date | None = None
    consented_by: str = ""
    consented_on: date | None = None
    evidence: str = ""
    withdrawn_on: date | None = None
    withdrawn_by: str = ""
    reason: str = ""
    withdrawn_at: datetime | None = None

    def covers(self, use: Use, today: date, market: str | None, channel: str | None) -> bool:
        """True when it speaks of `use` on this day, in this market and channel."""
        return (
            self.use is use
            and self.withdrawn_on is None
            and (self.until is None or today <= self.until)
            and (not self.markets or market in self.markets)
            and (not self.channels or channel in self.channels)
        )


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer, all known spellings of its name, and what may be said about it."""

    id: str
    names: Mapping[str, str]
    other_names: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    segment: str = ""
    permissions: tuple[Permission, ...] = ()

    def spellings(self) -> tuple[str, ...]:
        """Every known spelling, the longest first, so that a short one never cuts a long one."""
        return tuple(sorted({*self.names.values(), *self.other_names} - {""}, key=lambda s: (-len(s), s)))

    def alias(self, locale: str) -> str | None:
        """The alias in `locale`, or in another region of its language."""
        language = locale.split("-", 1)[0]
        if locale in self.aliases:
            return self.aliases[locale]
        return next((text for tag, text in self.aliases.items() if tag.split("-", 1)[0] == language), None)


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term: its form per locale, whether it stays as it is, and what must not be written instead.

    `case_rule`: `exact` when capitals count, empty when they do not.
    """

    term: str
    locale: str
    translations: Mapping[str, str] = field(default_factory=dict)
    part_of_speech: str = ""
    do_not_translate: bool = False
    forbidden: tuple[str, ...] = ()
    note: str = ""
    case_rule: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the record: who did what to which thing, when, why. `subject` is entry, customer, term or draft."""

    subject: str
    subject_id: str
    act: str
    by: str
    at: datetime
    version: int | None = None
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "id": self.subject_id,
            "version": self.version,
            "act": self.act,
            "by": self.by,
            "at": f"{self.at.isoformat(timespec='seconds')}Z",
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search or a brief may see. `None` means no restriction by that property.

    `states` other than approved are offered only when somebody asks for them by name.
    """

    audience: Audience = Audience.PUBLIC
    market: str | None = None
    channel: str | None = None
    locale: str | None = None
    kinds: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    states: tuple[State, ...] = (State.APPROVED,)
