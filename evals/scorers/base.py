"""One small class per scorer: it counts hits among what it looked at, and keeps what a person should read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from evals.cases import Case
from evals.subjects.port import Answer


@dataclass(frozen=True, slots=True)
class Measure:
    """What a scorer counts. The value of a set of cases is the sum of hits over the sum of what was looked at.

    `better` says which way is good; None: told, not judged (a share of gaps may be honest). `unit` is empty for a
    share from 0 to 1, else what one hit is (`s`, `words`).
    """

    id: str
    about: str
    better: Literal["higher", "lower"] | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something for the eye: a piece of the output, what it was held against, and what the scorer thought."""

    text: str
    against: str = ""
    why: str = ""
    wrong: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "against": self.against, "why": self.why, "wrong": self.wrong}


@dataclass(frozen=True, slots=True)
class Tally:
    """`hits` of `of` in one case, and what to show for it: everything wrong, and of what was right enough to read."""

    hits: float
    of: float
    shown: tuple[Shown, ...] = ()


class Unscored(Exception):
    """A scorer cannot say. Unscored is never zero: the case does not count, and the table says how many did not."""


class Scorer(ABC):
    """Judges one answer.

    `version` goes up when scores stop being comparable with those before. A measure that is left out of the result had
    nothing to look at in this case.
    """

    id: ClassVar[str]
    version: ClassVar[int]
    measures: ClassVar[tuple[Measure, ...]]

    @abstractmethod
    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally | Unscored]:
        """A tally per measure id, or why that one cannot be scored. Raises `Unscored` when nothing can be said."""
