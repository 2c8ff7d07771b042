"""What a check of a translation is, and what it may look at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from assistant.localization.checks.facts import Facts
from assistant.localization.content import Content
from assistant.localization.culture import Culture
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.locale import Locale
from knowledge.domain.words import NOTHING, Words
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
    culture: Culture = field(default_factory=Culture.built_in)

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


@dataclass(frozen=True, slots=True)
class SegmentFinding(Finding):
    """A finding of a translation. Who will read it is not known when it is made: `words` has it in both languages,
    `message` in the one that the model is told."""

    words: Words = NOTHING

    def to_json(self) -> dict[str, Any]:
        return {**Finding.to_json(self), "words": self.words.model_dump()}


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
        """A finding whose span counts in the target as text (`str(pair.target)`). The model is told of it in Chinese
        for a Chinese source or target and in English for all others."""
        told = message.of(language_of_pair(pair.source_locale, pair.target_locale))
        return SegmentFinding(self.id, severity or self.severity, told, span=span, fix=fix, words=message)


def language_of_pair(source: Locale, target: Locale) -> str:
    """The language of the surface for what has no reader yet: Chinese for a pair with Chinese, else English."""
    return "zh" if "zh" in (source.language, target.language) else "en"
