"""What a check of a translation is, and what it may look at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from assistant.localization.checks.facts import Facts
from assistant.localization.content import Content
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.locale import Locale
from knowledge.domain.words import Words
from knowledge.records import Term


@dataclass(frozen=True)
class Pair:
    """A source and its target, with what is known of both.

    `terms` are the glossary terms that may concern it, `names` the known forms of names in the target locale by their
    form in the source (empty form: none is known, so the source script stays). `plural` is the CLDR category of the
    target.
    """

    source: Content
    target: Content
    source_locale: Locale
    target_locale: Locale
    terms: Sequence[Term] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    max_length: int | None = None
    plural: str = ""

    @cached_property
    def facts(self) -> Facts:
        """What the checks read of it, computed once."""
        return Facts(self.source, self.target, self.source_locale, self.target_locale)


@dataclass(frozen=True, slots=True)
class PairExample:
    """A source and a target, and whether the check finds something. Tests and docs are made from these.

    `{name}`, `%s`, `<b>` and addresses in the texts are read as codes, as a file format would give them.
    """

    source: str
    target: str
    found: bool
    locales: tuple[str, str] = ("zh-CN", "en")
    terms: tuple[Term, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    max_length: int | None = None


class SegmentCheck(ABC):
    """One rule. An error holds the segment back; a warning is told and released. `instruction` is what the model is
    told when the rule was broken."""

    id: ClassVar[str]
    severity: ClassVar[Severity]
    title: ClassVar[Words]
    instruction: ClassVar[str] = ""
    examples: ClassVar[tuple[PairExample, ...]] = ()

    @abstractmethod
    def check(self, pair: Pair) -> Iterator[Finding]: ...

    def finding(
        self, message: Words, pair: Pair, span: Span | None = None, *, severity: Severity | None = None, fix: str = ""
    ) -> Finding:
        """A finding whose span counts in the target as text (`str(pair.target)`). Its message is in Chinese for a
        Chinese source or target and in English for all others."""
        east = "zh" in (pair.source_locale.language, pair.target_locale.language)
        return Finding(self.id, severity or self.severity, message.of("zh" if east else "en"), span=span, fix=fix)
