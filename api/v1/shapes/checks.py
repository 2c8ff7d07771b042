"""Checks, their rulings, and the report on a text, as they are answered."""

from __future__ import annotations

from api.v1.shapes.drafts import Claim, Evidence, Finding
from api.v1.shapes.parts import Answer, Document, InBothLanguages, Moment, Severity, Shape


class Ruling(Shape):
    """What the workspace decided about a check."""

    check: str
    severity: str
    reason: str
    by: str
    at: Moment | None


class CountedRuling(Ruling):
    """A ruling, and how many findings it concerns."""

    findings: int


class TextFinding(Finding):
    """A remark on a text. `place` says where in a file."""

    line: int | None
    place: str


class CheckReport(Answer):
    """Claims, findings and evidence; spans count in `text`."""

    text: str
    locale: str
    claims: list[Claim]
    findings: list[TextFinding]
    evidence: list[Evidence]
    policy: list[CountedRuling]


class FileReport(CheckReport):
    """The same of a file, and what its reader warns of."""

    warnings: list[str]


class ListedCheck(Shape):
    """A check in the list."""

    id: str
    severity: Severity
    title: InBothLanguages
    ruling: Ruling | None


class CheckList(Answer):
    """Every check."""

    checks: list[ListedCheck]


class CheckExample(Shape):
    """A text in which the check finds something, or must not."""

    text: str
    evidence: str
    found: bool
    locale: str


class WholeCheck(ListedCheck):
    """A check with what it does and every ruling on it."""

    about: str
    repair: bool
    mends: bool
    drafts_only: bool
    parameters: list[Document]
    examples: list[CheckExample]
    history: list[Ruling]


class CheckDetail(Answer):
    """One check."""

    check: WholeCheck
