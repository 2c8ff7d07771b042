"""What the tools answer: short enough for a model to read, with a source for whatever may be repeated."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from assistant.checking import CheckReport
from assistant.draft import Draft, Evidence
from assistant.export import render
from knowledge.domain.finding import Finding
from knowledge.records import Hit
from prompts.template import Template


class Source(BaseModel):
    """An approved passage."""

    id: str = Field(description="Its number in the text, S1, S2 …; of a search the id of the passage.")
    text: str
    entry_id: str | None
    version: int | None
    source: str
    locator: str
    locale: str
    approved_by: str | None
    valid_until: str | None = Field(description="The last day on which it may be said; none: until somebody says so.")


class Found(BaseModel):
    """What a search found. An empty list means that nothing approved says it: do not say it either."""

    passages: list[Source]


class Offered(BaseModel):
    """A template and what it asks for."""

    id: str
    name: str
    purpose: str
    inputs: list[dict[str, Any]] = Field(description="name, question, example, required")


class Catalogue(BaseModel):
    """Everything that can be written."""

    templates: list[Offered]


class Remark(BaseModel):
    """A finding: an error must be mended before the text may leave."""

    check: str
    severity: str
    message: str
    words: str = Field(description="The words it is about; empty when it is about the whole.")
    fix: str = Field(description="The text that would be right, or what to do; empty when nobody but a person knows.")


class Written(BaseModel):
    """A draft: not approved, to be read and approved by a person of the company."""

    id: str
    state: str = Field(description="`open`: answer the questions first; `draft`: written, to be approved by a person.")
    version: int
    title: str
    text: str = Field(description="Markdown, marked as a draft, with its sources.")
    questions: list[dict[str, Any]]
    findings: list[Remark]
    sources: list[Source]


class Checked(BaseModel):
    """What a check of a text found: claims by verdict, and what is wrong with it."""

    claims: list[dict[str, Any]] = Field(description="text, kind, verdict, note, sources")
    findings: list[Remark]
    sources: list[Source]


def found(hits: list[Hit]) -> Found:
    """The answer to a search."""
    passages = [(hit.passage, hit.passage.entry) for hit in hits]
    return Found(
        passages=[
            Source(
                id=passage.id,
                text=passage.text,
                entry_id=entry.entry_id,
                version=entry.version,
                source=entry.source,
                locator=passage.locator,
                locale=passage.locale,
                approved_by=entry.approved_by,
                valid_until=entry.valid_until.isoformat() if entry.valid_until else None,
            )
            for passage, entry in passages
        ]
    )


def offered(template: Template, language: str) -> Offered:
    """A template in one language, `zh` or `en`."""
    return Offered(
        id=template.id,
        name=template.name.of(language),
        purpose=template.purpose.of(language),
        inputs=[
            {
                "name": declared.name,
                "question": declared.question.of(language),
                "example": declared.example.of(language),
                "required": declared.required,
            }
            for declared in template.inputs
        ],
    )


def written(draft: Draft) -> Written:
    """A draft with its text."""
    texts = {paragraph.id: paragraph.text for _, paragraph in draft.paragraphs()}
    cited = {c for _, paragraph in draft.paragraphs() for c in paragraph.citations}
    return Written(
        id=draft.id,
        state=draft.state,
        version=draft.version,
        title=draft.title,
        text="" if draft.questions else render(draft, "markdown"),
        questions=[question.to_json() for question in draft.questions],
        findings=[_remark(finding, texts.get(finding.paragraph or "", "")) for finding in draft.findings],
        sources=[_source(evidence) for evidence in draft.evidence if evidence.id in cited],
    )


def checked(report: CheckReport) -> Checked:
    """The report on a text."""
    return Checked(
        claims=[
            {
                "text": claim.text,
                "kind": claim.kind,
                "verdict": claim.verdict,
                "note": claim.note,
                "sources": sorted({span.id for span in claim.evidence}),
            }
            for claim in report.claims
        ],
        findings=[_remark(finding, report.text) for finding in report.findings],
        sources=[_source(evidence) for evidence in report.evidence],
    )


def _remark(finding: Finding, text: str) -> Remark:
    words = finding.span.of(text) if finding.span else ""
    return Remark(
        check=finding.check, severity=str(finding.severity), message=finding.message, words=words, fix=finding.fix
    )


def _source(evidence: Evidence) -> Source:
    return Source(
        id=evidence.id,
        text=evidence.text,
        entry_id=evidence.entry_id,
        version=evidence.version,
        source=evidence.source,
        locator=evidence.locator,
        locale=evidence.locale,
        approved_by=evidence.approved_by,
        valid_until=evidence.valid_until.isoformat() if evidence.valid_until else None,
    )
