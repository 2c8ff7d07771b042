"""What every suite is: cases, how one is asked, and the scorers that look at the answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evals.cases import Case
from evals.scorers.base import Measure, Scorer
from evals.subjects.port import Answer, Subject


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases: `every` also those outside the default run; `data` a folder of public sets; `library` what drafts
    are written from (`sample`, `workspace` or a path)."""

    every: bool = False
    data: Path | None = None
    library: str = "sample"


class Suite(ABC):
    """A kind of question.

    `writes`: a language model is at work, so that models and prompts can be compared; only such suites are judged by a
    rubric, where `judged`. `of_sample`: the golden cases are about the sample library and mean nothing to another.
    """

    id: ClassVar[str]
    about: ClassVar[str]
    writes: ClassVar[bool]
    judged: ClassVar[bool] = False
    of_sample: ClassVar[bool] = False
    scorers: ClassVar[tuple[Scorer, ...]]

    @abstractmethod
    def cases(self, wanted: Wanted) -> Sequence[Case]:
        """The cases of a run: golden ones first, then those of public sets. Raises `InputError`."""

    @abstractmethod
    def ask(self, case: Case, subject: Subject) -> Answer:
        """Put the case to the subject. Errors of the subject pass through and are the case's result."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure of its scorers, in order."""
        return tuple(measure for scorer in self.scorers for measure in scorer.measures)
