"""What a text on a page rests on: its evidence, numbered, with who approved it; and how a finding is told beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.console.pages import environment
from assistant.carried import Survival
from assistant.checks.catalogue import check_named
from assistant.draft import Claim, Evidence
from assistant.export.labels import Labels
from assistant.export.marks import LONG, tone_of
from assistant.export.page import Card, Inline, Legend
from assistant.export.plain import clean, name_of, one_line
from assistant.publishing.editing import is_mendable
from assistant.publishing.kept import Kept
from knowledge.domain.errors import NotFound
from knowledge.domain.finding import Finding, Severity
from knowledge.library import Library

SURVIVAL_BADGES = {
    Survival.KEPT: "badge--ok",
    Survival.CHANGED: "badge--bad",
    Survival.MISSING: "badge--bad",
    Survival.UNCLEAR: "badge--warn",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph on the page. `text` is what is edited; a gap has no pieces, its `text` is the question."""

    id: str
    text: str
    gap: bool
    pieces: Inline
    cards: tuple[Card, ...]
    by: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in the list: the id by which it is known, its title in the reader's language, where it leads, where it
    stands (a section, a line of a file), and who keeps it, when somebody does."""

    key: str
    finding: Finding
    title: str
    words: str
    message: str
    target: str
    section: str
    kept: Kept | None = None

    @property
    def loud(self) -> bool:
        return self.finding.severity is Severity.ERROR

    @property
    def mends(self) -> bool:
        """True when a program can put the exact text in its place."""
        return is_mendable(self.finding)


@dataclass(frozen=True, slots=True)
class Approval:
    """Who answers for a version of an entry: read from the library, the text is not."""

    by: str
    at: datetime | None
    owner: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """The evidence of a text, ready for its cards, in the language of the reader."""

    evidence: Sequence[Evidence]
    labels: Labels
    legend: Legend
    rests: Mapping[str, int]
    approvals: Mapping[tuple[str, int], Approval]

    def number(self, evidence: Evidence) -> int:
        """Its place among the evidence, from 1: marks say by it what they rest on."""
        return next((n for n, piece in enumerate(self.evidence, 1) if piece.id == evidence.id), 0)

    def approval(self, evidence: Evidence) -> Approval | None:
        """Who approved the entry version behind a piece of evidence."""
        if evidence.entry_id is None or evidence.version is None:
            return None
        return self.approvals.get((evidence.entry_id, evidence.version))

    def place(self, evidence: Evidence) -> str:
        """Source and place, as `cases/elevator.md › 项目效果 · 第 49 行`."""
        return " › ".join(p for p in (one_line(evidence.source), self.labels.place(one_line(evidence.locator))) if p)


def title_of(check: str, language: str) -> str:
    """What a check is called; one that is gone is called by its id."""
    try:
        return check_named(check).title.of(language)
    except NotFound:
        return check


def rests_of(evidence: Iterable[Evidence], claims: Iterable[Claim]) -> dict[str, int]:
    """How many claims rest on each piece of evidence."""
    counted = {piece.id: 0 for piece in evidence}
    for claim in claims:
        for id_ in {span.id for span in claim.evidence}:
            if id_ in counted:
                counted[id_] += 1
    return counted


def approvals_of(evidence: Iterable[Evidence], library: Library) -> dict[tuple[str, int], Approval]:
    """By whom and when the entry versions behind the evidence were approved; what is gone is left out."""
    found: dict[tuple[str, int], Approval] = {}
    for piece in evidence:
        if piece.entry_id is None or piece.version is None or (piece.entry_id, piece.version) in found:
            continue
        try:
            entry = library.entries.get(piece.entry_id, piece.version)
        except NotFound:
            continue
        found[piece.entry_id, piece.version] = Approval(entry.approved_by or "", entry.approved_at, entry.owner)
    return found


def prepare() -> None:
    """The filters and functions of `templates/evidence/`, those of the HTML export."""
    made = environment()
    if "one_line" not in made.filters:
        made.filters.update(one_line=one_line, clean=clean, name_of=name_of)
        made.globals.update(tone_of=tone_of, title_of=title_of, survival_badge=SURVIVAL_BADGES.__getitem__, long=LONG)
