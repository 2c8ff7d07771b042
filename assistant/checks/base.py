"""What a check is: an id that is never renamed, a severity, words about itself, examples, and one method."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from assistant.checks.standards import Standards
from assistant.draft import Claim, Draft, Evidence, Paragraph
from assistant.localization.checks.base import Pair
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.locale import Locale
from knowledge.domain.words import Record, Words
from prompts.section import TemplateSection
from prompts.template import Template


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its evidence, and whether the check finds something in it. Tests and docs are made from these.

    Of a check that a template's rule asks for, `rule` are the rule's parameters, and each line is a paragraph.
    """

    text: str
    evidence: str
    found: bool
    locale: str = "zh-CN"
    rule: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph with all that a check may look at.

    `offered` is the evidence its writer had (the whole draft's when that is not known), `claims` its ledger; `pair` is
    a translated paragraph beside its source.
    """

    paragraph: Paragraph
    cited: Sequence[Evidence]
    offered: Sequence[Evidence]
    standards: Standards
    claims: Sequence[Claim]
    section: TemplateSection | None = None
    pair: Pair | None = None

    @property
    def text(self) -> str:
        return self.paragraph.text

    @property
    def locale(self) -> Locale:
        return self.standards.locale


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with its template; a text that a person gave to be checked has none."""

    draft: Draft
    standards: Standards
    template: Template | None = None

    @property
    def locale(self) -> Locale:
        return self.standards.locale


class Check(ABC):
    """`repair` says that a finding of this check goes back to the model; `drafts_only` that it needs citations, a
    template or sections, and does not look at a text that a person gave to be checked; `mends` that a `fix` is the
    exact text that belongs in the place of the span; `parameters` what a template's rule may set."""

    id: ClassVar[str]
    severity: ClassVar[Severity]
    title: ClassVar[Words]
    repair: ClassVar[bool] = False
    drafts_only: ClassVar[bool] = False
    mends: ClassVar[bool] = False
    parameters: ClassVar[type[Record] | None] = None
    examples: ClassVar[tuple[Example, ...]] = ()

    def finding(
        self,
        message: Words,
        locale: Locale,
        paragraph: str | None = None,
        span: Span | None = None,
        *,
        severity: Severity | None = None,
        evidence: Sequence[str] = (),
        fix: str = "",
    ) -> Finding:
        """A finding of this check in the language of the draft."""
        return Finding(
            check=self.id,
            severity=severity or self.severity,
            message=message.of(locale.language),
            paragraph=paragraph,
            span=span,
            evidence=tuple(evidence),
            fix=fix,
        )


class ParagraphCheck(Check):
    """Looks at one paragraph that is no gap."""

    @abstractmethod
    def check(self, view: ParagraphView) -> Iterator[Finding]: ...


class DraftCheck(Check):
    """Looks at the whole draft."""

    @abstractmethod
    def check(self, view: DraftView) -> Iterator[Finding]: ...


@dataclass(frozen=True, slots=True)
class Ledger:
    """Claims and findings of a text."""

    claims: tuple[Claim, ...] = field(default=())
    findings: tuple[Finding, ...] = field(default=())
