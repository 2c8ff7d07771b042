"""What a rule of the library is: an id that is never renamed, a severity, a title, one method over the library."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar

from assistant.lint.finding import LintFinding, Place
from assistant.lint.view import LintView
from knowledge.domain.finding import Severity
from knowledge.domain.words import Words


class LintRule(ABC):
    """Looks at the whole library. Pure: the same findings, in the same order, for the same entries and day."""

    id: ClassVar[str]
    severity: ClassVar[Severity]
    title: ClassVar[Words]
    remedy: ClassVar[Words]

    @abstractmethod
    def look(self, view: LintView) -> Iterator[LintFinding]: ...

    def finding(
        self,
        zh: str,
        en: str,
        places: Sequence[Place],
        *,
        severity: Severity | None = None,
        remedy: Words | None = None,
    ) -> LintFinding:
        """A finding of this rule."""
        return LintFinding(
            self.id, severity or self.severity, Words(zh=zh, en=en), tuple(places), remedy or self.remedy
        )
