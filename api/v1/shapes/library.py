"""Entries and what keeps them in order, as they are answered."""

from __future__ import annotations

from pydantic import Field

from api.v1.shapes.drafts import StaleReason
from api.v1.shapes.parts import Act, Answer, Day, Document, Moment, Next, Piece, Severity, Shape, Stretch
from knowledge.records import Audience, State


class Hit(Shape):
    """A passage that was found."""

    passage_id: str
    entry_id: str
    text: str
    score: float
    source: str
    locator: str
    locale: str
    kind: str


class Hits(Answer):
    """Passages, the best first."""

    hits: list[Hit]


class ListedEntry(Shape):
    """An entry in a list."""

    id: str
    kind: str
    title: str
    locale: str
    state: State
    audience: Audience
    version: int
    review_due: Day | None
    valid_until: Day | None
    owner: str
    customer: str | None
    markets: list[str]


class Entries(Answer):
    """A page of entries."""

    entries: list[ListedEntry]
    next: Next


class EntryState(ListedEntry):
    """An entry version whole. `newest` and `line` are the numbers of the newest and of the approved version."""

    text: str
    body: str
    fields: Document
    source: str
    translates: str | None
    created_by: str | None
    approved_by: str | None
    approved_at: Moment | None
    newest: int
    line: int | None


class Entry(Answer):
    """One entry."""

    entry: EntryState


class KeptEntry(Entry):
    """An entry as it is kept; `notes` say what a person should look at."""

    notes: list[str]
    changed: bool


class EntryVersion(Shape):
    """One version of an entry."""

    version: int
    state: State
    created_by: str | None
    created_at: Moment | None
    approved_by: str | None
    approved_at: Moment | None
    ended_at: Moment | None


class EntryVersions(Answer):
    """Every version of an entry."""

    versions: list[EntryVersion]


class PartChange(Shape):
    """What became of one part of an entry."""

    part: str
    pieces: list[Piece]


class EntryDiff(Answer):
    """Two versions of an entry, word by word."""

    id: str
    from_: int | None = Field(alias="from")
    to: int | None
    parts: list[PartChange]


class History(Answer):
    """Every step, the oldest first."""

    history: list[Act]


class Exported(Shape):
    """A file that left."""

    draft_version: int
    format: str
    name: str
    by: str
    at: Moment


class Affected(Shape):
    """A draft that rests on something. `turns_stale` and `reason` are there for what would be."""

    id: str
    title: str
    template: str
    locale: str
    state: str
    version: int
    updated_at: Moment
    uses_now: bool
    stale: list[StaleReason]
    turns_stale: bool = False
    reason: StaleReason | None = None
    exports: list[Exported]


class ImpactCounts(Shape):
    """How many of each."""

    drafts: int
    stale: int
    exports: int


class Impact(Answer):
    """The drafts and files that rest on something."""

    subject: str
    counts: ImpactCounts
    drafts: list[Affected]


class Blurbs(Answer):
    """What was kept with the case, and what was not."""

    draft: str
    id: str
    version: int | None
    kept: dict[str, str]
    refused: dict[str, str]


class Place(Shape):
    """Where in which entry."""

    entry: str
    version: int
    span: Stretch | None
    field: str
    words: str


class LintFinding(Shape):
    """One remark of one rule."""

    rule: str
    severity: Severity
    message: str
    remedy: str
    entries: list[str]
    places: list[Place]


class Counts(Shape):
    """By severity."""

    error: int
    warning: int
    info: int


class Lint(Answer):
    """What is wrong inside the library."""

    findings: list[LintFinding]
    counts: Counts


class DueItem(Shape):
    """Something that runs out or must be looked at."""

    what: str
    use: str | None
    id: str
    title: str
    owner: str
    day: Day


class Due(Answer):
    """The most urgent first."""

    due: list[DueItem]


class Reindexed(Answer):
    """How many passages are in the indexes."""

    passages: int
