"""Drafts as they are answered."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.v1.shapes.parts import Answer, Day, Document, Moment, Next, Piece, Severity, Shape, Stretch


class DraftHead(Shape):
    """Which draft, where it stands."""

    id: str
    state: str
    version: int


class Cell(Shape):
    """A place in the section's table."""

    row: str
    column: str


class Paragraph(Shape):
    """A paragraph with the ids of the evidence it cites. A gap says what is missing and cites nothing."""

    id: str
    text: str
    gap: bool
    citations: list[str]
    role: str
    by: Literal["model", "program", "person"]
    cell: Cell | None


class Section(Shape):
    """A part of the draft."""

    id: str
    heading: str
    paragraphs: list[Paragraph]


class Evidence(Shape):
    """A passage that a draft may cite, as it was when it was written."""

    id: str
    entry_id: str | None
    version: int | None
    title: str
    source: str
    locator: str
    locale: str | None
    kind: str | None
    origin: str
    state: str | None
    approved_by: str | None
    review_due: Day | None
    valid_until: Day | None
    as_of: Day | None
    text: str


class EvidenceStretch(Stretch):
    """Where in which evidence."""

    id: str


class Claim(Shape):
    """Words that can be wrong, with a verdict."""

    id: str
    paragraph: str | None
    span: Stretch
    text: str
    kind: str
    verdict: str
    evidence: list[EvidenceStretch]
    by: str
    note: str
    reason: str
    fix: str


class Held(Shape):
    """Who lets a finding stand, and why."""

    by: str
    reason: str
    at: str


class Finding(Shape):
    """One remark of one check."""

    check: str
    severity: Severity
    paragraph: str | None
    span: Stretch | None
    message: str
    evidence: list[str]
    fix: str


class DraftFinding(Finding):
    """A remark on a draft. `kept`: somebody lets it stand."""

    id: str
    kept: Held | None


class Kept(Shape):
    """What somebody decided to let stand."""

    check: str
    paragraph: str | None
    words: str
    reason: str
    by: str
    at: str


class ClaimOfSource(Stretch):
    """A claim of the text that was localized; `evidence` is the line in which it stands."""

    evidence: str
    text: str


class ClaimInText(Stretch):
    """Where the paragraph has it."""

    text: str


class CarriedClaim(Shape):
    """What became of a claim of the text that was localized. `unclear`: a program cannot tell."""

    kind: str
    survival: Literal["kept", "changed", "missing", "unclear"]
    source: ClaimOfSource
    target: ClaimInText | None
    paragraph: str | None
    note: str


class Repair(Shape):
    """What a program changed before the draft was kept."""

    check: str
    paragraph: str
    before: str
    after: str
    at: int


class Question(Shape):
    """What the brief lacks."""

    input: str
    text: str
    example: str
    choices: list[str]
    many: bool


class ModelUsage(Shape):
    """What the model was asked for. `cost` is null without a price."""

    prompt_tokens: int
    completion_tokens: int
    calls: int
    seconds: float
    cost: float | None


class Draft(Answer):
    """A draft whole."""

    draft: DraftHead
    template: str
    locale: str
    market: str | None
    channel: str | None
    audience: str
    title: str
    sections: list[Section]
    evidence: list[Evidence]
    claims: list[Claim]
    claim_table: list[CarriedClaim]
    findings: list[DraftFinding]
    kept: list[Kept]
    repairs: list[Repair]
    questions: list[Question]
    usage: ModelUsage
    model: str


class StaleReason(Shape):
    """Why something does not hold any more."""

    cause: str
    subject: str
    used: int | None
    now: int | None
    message: str


class ListedDraft(Shape):
    """A draft in a list."""

    id: str
    title: str
    template: str
    state: str
    version: int
    locale: str
    updated_at: Moment
    created_by: str
    approved_version: int | None
    counts: Document
    stale: list[StaleReason]


class Drafts(Answer):
    """A page of drafts."""

    drafts: list[ListedDraft]
    next: Next


class DraftVersion(Shape):
    """One version: who made it, when, by which act."""

    version: int
    state: str
    created_by: str
    created_at: Moment
    act: str
    counts: Document


class DraftVersions(Answer):
    """Every version of a draft."""

    versions: list[DraftVersion]


class ParagraphState(Shape):
    """A paragraph beside its words."""

    gap: bool
    citations: list[str]
    by: str


class ParagraphChange(Shape):
    """What became of a paragraph."""

    section: str
    paragraph: str
    old_paragraph: str | None
    role: str
    change: str
    pieces: list[Piece]
    old: ParagraphState | None
    new: ParagraphState | None


class SectionChange(Shape):
    """What became of a section."""

    id: str
    heading: list[Piece]
    paragraphs: list[ParagraphChange]


class DraftDiff(Answer):
    """Two versions, word by word."""

    draft: str
    old: int
    new: int
    changed: int = Field(description="How many paragraphs are not the same.")
    title: list[Piece]
    sections: list[SectionChange]


class Status(Shape):
    """Where a draft stands, who wrote it, who approved it, where it went."""

    id: str
    state: str
    version: int
    created_by: str
    authors: list[str]
    unapproved_authors: list[str]
    approved_version: int | None
    approved_by: str | None
    approved_at: Moment | None
    published_version: int | None
    published_at: Moment | None
    published_to: str


class DraftStatus(Answer):
    """Where a draft stands."""

    status: Status


class Missing(Shape):
    """What stands in the way of a step."""

    what: str
    message: str
    message_zh: str
    paragraph: str | None
    check: str | None


class MissingBySteps(Shape):
    """By step; empty lists: nothing is missing."""

    submit: list[Missing]
    approve: list[Missing]
    export: list[Missing]


class Readiness(Answer):
    """Where a draft stands, and what lacks for each step."""

    status: Status
    missing: MissingBySteps
