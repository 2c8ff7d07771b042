"""Findings that a person keeps with a reason, and the id by which a finding is known from one version to the next."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knowledge.domain.finding import Finding

if TYPE_CHECKING:
    from assistant.draft import Draft


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding that somebody looked at and let stand: the same check on the same words of the same paragraph.

    `at` is an ISO moment in UTC.
    """

    check: str
    paragraph: str | None
    words: str
    reason: str
    by: str
    at: str

    def to_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "paragraph": self.paragraph,
            "words": self.words,
            "reason": self.reason,
            "by": self.by,
            "at": self.at,
        }


Place = tuple[str, str | None, str]
"""Check, paragraph and words: what tells one finding from another."""


def places(draft: Draft) -> list[Place]:
    """The place of every finding of a draft, in the order of its findings."""
    texts = {paragraph.id: paragraph.text for _, paragraph in draft.paragraphs()}
    return [(finding.check, finding.paragraph, _words(finding, texts)) for finding in draft.findings]


def finding_ids(draft: Draft) -> list[str]:
    """An id for every finding, in the order of the findings. It stays while check, paragraph and words do."""
    seen: Counter[Place] = Counter()
    ids = []
    for place in places(draft):
        seen[place] += 1
        digest = hashlib.sha256(repr((*place, seen[place])).encode("utf-8", "backslashreplace")).hexdigest()
        ids.append(f"f{digest[:10]}")
    return ids


def kept_findings(draft: Draft) -> list[Kept | None]:
    """For every finding who keeps it and why; None where nobody does."""
    known = {(kept.check, kept.paragraph, kept.words): kept for kept in draft.kept}
    return [known.get(place) for place in places(draft)]


def findings_json(draft: Draft) -> Iterator[dict[str, Any]]:
    """The findings of a draft for its document: each with its id and, where somebody keeps it, by whom and why."""
    for finding, name, kept in zip(draft.findings, finding_ids(draft), kept_findings(draft), strict=True):
        held = {"by": kept.by, "reason": kept.reason, "at": kept.at} if kept else None
        yield {**finding.to_json(), "id": name, "kept": held}


def _words(finding: Finding, texts: Mapping[str, str]) -> str:
    """The words that a finding is about: those of its span, else the whole paragraph, else what it says."""
    text = texts.get(finding.paragraph or "")
    if text is None:
        return finding.message
    return finding.span.of(text) if finding.span else text
