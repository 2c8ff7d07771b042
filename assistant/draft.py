"""A draft as plain data: sections, paragraphs, evidence, claims, findings. `to_json` is the contract's document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.carried import CarriedClaim, carried_from_json
from assistant.gateway.port import Usage
from assistant.publishing.kept import Kept, findings_json
from knowledge.domain.finding import Finding, Severity, Span

SCHEMA = 1
"""Version of the JSON documents (CONTRACT.md)."""

OUTSIDE = frozenset({"competitor", "view", "policy"})
"""Kinds of entry that keep what others said."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage chosen for the draft, numbered S1, S2 …; names without permission are aliases already.

    `origin` says where it comes from: `library`, `input` (a document given with the brief), `brief`, `template` (its
    method) or `register` (what the register of customers says of one). `as_of` is the last day that the entry's own
    date may mean: when its facts were counted or looked up.
    """

    id: str
    text: str
    locale: str
    entry_id: str | None = None
    version: int | None = None
    title: str = ""
    source: str = ""
    locator: str = ""
    state: str | None = None
    review_due: date | None = None
    valid_until: date | None = None
    approved_by: str | None = None
    kind: str = ""
    origin: str = "library"
    as_of: date | None = None

    @property
    def trusted(self) -> bool:
        """False for what others wrote: a document given with the brief, an entry on a competitor or with a view from
        outside. It tells facts; links, calls to readers and words on the draft itself it does not carry."""
        return self.origin != "input" and self.kind not in OUTSIDE

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "entry_id": self.entry_id,
            "version": self.version,
            "title": self.title,
            "source": self.source,
            "locator": self.locator,
            "locale": self.locale,
            "kind": self.kind,
            "origin": self.origin,
            "state": self.state,
            "approved_by": self.approved_by,
            "review_due": self.review_due.isoformat() if self.review_due else None,
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a paragraph in its section's table."""

    row: str
    column: str

    def to_json(self) -> dict[str, str]:
        return {"row": self.row, "column": self.column}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of text and the evidence it cites. A gap says what is missing and cites nothing.

    `role` is the part of the template's section it fills (`text`, `title`, `proof`, `action`, `quote` …);
    `by` says who wrote it: `model`, `program` (approved text as it stands, or from the brief) or `person`.
    """

    id: str
    text: str
    citations: tuple[str, ...] = ()
    gap: bool = False
    role: str = "text"
    by: str = "model"
    cell: Cell | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "text": self.text,
            "gap": self.gap,
            "citations": list(self.citations),
            "role": self.role,
            "by": self.by,
            "cell": self.cell.to_json() if self.cell else None,
        }


@dataclass(frozen=True, slots=True)
class Section:
    """A section in the template's order. A heading may be empty (a title stands for itself)."""

    id: str
    heading: str
    paragraphs: tuple[Paragraph, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "heading": self.heading, "paragraphs": [p.to_json() for p in self.paragraphs]}


@dataclass(frozen=True, slots=True)
class EvidenceSpan:
    """The stretch of an evidence text that carries a claim."""

    id: str
    span: Span

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "start": self.span.start, "end": self.span.end}


@dataclass(frozen=True, slots=True)
class Claim:
    """A span that says something that can be wrong, with its verdict (CONTRACT.md: kinds and verdicts).

    `reason` is a word of the code (`other_value`, `swapped`, `elsewhere` …); `note` says it to a person; `fix` is the
    text that would be right where a program can know it.
    """

    id: str
    paragraph: str | None
    span: Span
    text: str
    kind: str
    verdict: str
    evidence: tuple[EvidenceSpan, ...] = ()
    by: str = "program"
    note: str = ""
    reason: str = ""
    fix: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "paragraph": self.paragraph,
            "span": self.span.to_json(),
            "text": self.text,
            "kind": self.kind,
            "verdict": self.verdict,
            "evidence": [e.to_json() for e in self.evidence],
            "by": self.by,
            "note": self.note,
            "reason": self.reason,
            "fix": self.fix,
        }


@dataclass(frozen=True, slots=True)
class Repair:
    """What a program changed before the draft was kept: `before` became `after` (empty: the sentence was cut), because
    of a finding of `check`. `at` is where in the paragraph of that moment."""

    check: str
    paragraph: str
    before: str
    after: str
    at: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "paragraph": self.paragraph,
            "before": self.before,
            "after": self.after,
            "at": self.at,
        }


@dataclass(frozen=True, slots=True)
class Question:
    """What the brief lacks, asked in the user's language. `choices` are what may be answered, `many` of them where it
    says so; empty for a free answer."""

    input: str
    text: str
    example: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "input": self.input,
            "text": self.text,
            "example": self.example,
            "choices": list(self.choices),
            "many": self.many,
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole draft. Immutable: every change is a new value, saved as a new version. `kept` are findings that a person
    lets stand, with the reason. `claim_table` is of a localized text only: what became of each claim of its source."""

    id: str
    template: str
    locale: str
    audience: str
    market: str | None = None
    channel: str | None = None
    state: str = "draft"
    version: int = 1
    title: str = ""
    sections: tuple[Section, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    claim_table: tuple[CarriedClaim, ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    repairs: tuple[Repair, ...] = ()
    kept: tuple[Kept, ...] = ()
    usage: Usage = field(default_factory=Usage)
    model: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)

    def paragraphs(self) -> Iterator[tuple[Section, Paragraph]]:
        """Every paragraph with its section, in reading order."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield section, paragraph

    def cited(self, paragraph: Paragraph) -> tuple[Evidence, ...]:
        """The evidence that a paragraph cites, in its order; unknown ids are left out."""
        by_id = {evidence.id: evidence for evidence in self.evidence}
        return tuple(by_id[c] for c in paragraph.citations if c in by_id)

    @property
    def has_errors(self) -> bool:
        """True when a finding blocks publication."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "draft": {"id": self.id, "state": self.state, "version": self.version},
            "template": self.template,
            "locale": self.locale,
            "market": self.market,
            "channel": self.channel,
            "audience": self.audience,
            "title": self.title,
            "sections": [section.to_json() for section in self.sections],
            "evidence": [evidence.to_json() for evidence in self.evidence],
            "claims": [claim.to_json() for claim in self.claims],
            "claim_table": [row.to_json() for row in self.claim_table],
            "findings": list(findings_json(self)),
            "kept": [kept.to_json() for kept in self.kept],
            "repairs": [repair.to_json() for repair in self.repairs],
            "questions": [question.to_json() for question in self.questions],
            "usage": self.usage.to_json(),
            "model": self.model,
        }


def draft_from_json(document: Mapping[str, Any]) -> Draft:
    """The inverse of `Draft.to_json` (inputs apart, which stand in the brief)."""
    return Draft(
        id=document["draft"]["id"],
        state=document["draft"]["state"],
        version=document["draft"]["version"],
        template=document["template"],
        locale=document["locale"],
        market=document["market"],
        channel=document.get("channel"),
        audience=document["audience"],
        title=document["title"],
        sections=tuple(
            Section(s["id"], s["heading"], tuple(_paragraph(p) for p in s["paragraphs"])) for s in document["sections"]
        ),
        evidence=tuple(_evidence(e) for e in document["evidence"]),
        claims=tuple(_claim(c) for c in document["claims"]),
        claim_table=tuple(carried_from_json(row) for row in document.get("claim_table", ())),
        findings=tuple(_finding(f) for f in document["findings"]),
        questions=tuple(_question(q) for q in document["questions"]),
        repairs=tuple(Repair(**r) for r in document.get("repairs", ())),
        kept=tuple(Kept(**k) for k in document.get("kept", ())),
        usage=Usage(**document["usage"]),
        model=document["model"],
    )


def _question(q: Mapping[str, Any]) -> Question:
    return Question(**{**q, "choices": tuple(q.get("choices", ()))})


def _span(value: Mapping[str, int] | None) -> Span | None:
    return None if value is None else Span(value["start"], value["end"])


def _paragraph(p: Mapping[str, Any]) -> Paragraph:
    cell = Cell(**p["cell"]) if p.get("cell") else None
    return Paragraph(p["id"], p["text"], tuple(p["citations"]), p["gap"], p["role"], p["by"], cell)


def _evidence(e: Mapping[str, Any]) -> Evidence:
    names = ("review_due", "valid_until", "as_of")
    dates = {name: date.fromisoformat(e[name]) if e.get(name) else None for name in names}
    return Evidence(**{**e, **dates})


def _claim(c: Mapping[str, Any]) -> Claim:
    return Claim(
        id=c["id"],
        paragraph=c["paragraph"],
        span=Span(c["span"]["start"], c["span"]["end"]),
        text=c["text"],
        kind=c["kind"],
        verdict=c["verdict"],
        evidence=tuple(EvidenceSpan(e["id"], Span(e["start"], e["end"])) for e in c["evidence"]),
        by=c["by"],
        note=c["note"],
        reason=c.get("reason", ""),
        fix=c.get("fix", ""),
    )


def _finding(f: Mapping[str, Any]) -> Finding:
    return Finding(
        check=f["check"],
        severity=Severity(f["severity"]),
        message=f["message"],
        paragraph=f["paragraph"],
        span=_span(f["span"]),
        evidence=tuple(f["evidence"]),
        fix=f["fix"],
    )
