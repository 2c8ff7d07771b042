"""Judges a text by a rubric: each criterion by itself, each asked twice with the menu turned round.

The text stands first in the prompt and the criterion last, so that a local model reads the text once for all of them.
What the two orders do not agree on is no verdict, and neither is a failure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.gateway.port import LanguageModel, Usage
from evals.judging.addressing import addressed
from evals.judging.asking import Asker
from evals.judging.criteria import STEPS, Criterion, purpose
from evals.judging.replies import Said
from evals.judging.texts import LONGEST, cut, plain
from evals.scorers.base import Unscored
from knowledge.domain.locale import parse_locale

_MENU = tuple(STEPS)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge found: `value` from 0 to 1, its word and reason in either order of the menu.

    `note` says what a reader must know: the text was cut, or it speaks to its judge.
    """

    criterion: str
    value: float
    words: tuple[str, str]
    reasons: tuple[str, str]
    note: str = ""

    @property
    def told(self) -> str:
        """Verdict and reason on one line."""
        words = self.words[0] if self.words[0] == self.words[1] else " / ".join(self.words)
        return f"{words}: {self.reasons[0]}" + (f" [{self.note}]" if self.note else "")


class RubricJudge:
    """A model as judge. `keep` is the file of its answers; None keeps them in memory."""

    obeys_text: bool | None = None
    """What its exam says: whether it follows orders in the texts it judges; None: not known, taken for yes."""

    def __init__(self, model: LanguageModel, keep: Path | None, *, identity: str = "", seed: int = 7) -> None:
        self._asker = Asker(model, keep, identity=identity, seed=seed)

    @property
    def name(self) -> str:
        """The model that judges, as in settings."""
        return self._asker.name

    @property
    def usage(self) -> Usage:
        """What its calls have used; a kept answer uses nothing."""
        return self._asker.usage

    @property
    def failure(self) -> str:
        """What the provider said when it failed last; empty while all went well."""
        return self._asker.failure

    def verdicts(
        self, text: str, criteria: Sequence[Criterion], template: str, locale: str
    ) -> dict[str, Verdict | Unscored]:
        """The verdict on each criterion by its id, or why there is none.

        A text that speaks to its judge is heard only by a judge whose exam showed that it does not listen, and marked.
        """
        order = addressed(text)
        if order and self.obeys_text is not False:
            refusal = f"the text speaks to its judge: “{order}”"
            return {criterion.id: Unscored(refusal) for criterion in criteria}
        note = f"the text speaks to its judge: “{order}”" if order else ""
        return {c.id: self.verdict(text, c, template, locale, note=note) for c in criteria}

    def verdict(
        self, text: str, criterion: Criterion, template: str, locale: str, *, note: str = ""
    ) -> Verdict | Unscored:
        """One criterion, with no look at whom the text speaks to: the exam needs to see what comes of it."""
        language = "zh" if parse_locale(locale).language == "zh" else "en"
        whole = plain(text)
        most = self._asker.size_for("rubric", language, lambda n: _values(whole, n, criterion, template, language))
        if most is None:
            return Unscored("the text does not fit the judge's context")
        values = _values(whole, most, criterion, template, language)
        said: list[Said] = []
        for menu in (_MENU, _MENU[::-1]):
            meanings = [(word, criterion.meaning(word, language)) for word in menu]
            answer = self._asker.ask("rubric", language, {**values, "menu": meanings}, menu)
            if isinstance(answer, Unscored):
                return answer
            said.append(answer)
        notes = [note, f"only the first {most} characters were read" if values["cut"] else ""]
        return _agreed(criterion.id, said[0], said[1], "; ".join(filter(None, notes)))


def _agreed(criterion: str, first: Said, second: Said, note: str) -> Verdict | Unscored:
    values = (STEPS[first.verdict], STEPS[second.verdict])
    if abs(values[0] - values[1]) == 1:
        return Unscored(f"orders disagree: {first.verdict}, and {second.verdict} with the menu turned round")
    return Verdict(
        criterion, sum(values) / 2, (first.verdict, second.verdict), (first.reason, second.reason), note=note
    )


def _values(whole: str, most: int, criterion: Criterion, template: str, language: str) -> Mapping[str, Any]:
    text, shortened = cut(whole, min(most, LONGEST))
    return {
        "text": text,
        "cut": shortened,
        "purpose": purpose(template, language),
        "question": criterion.question.of(language),
        "menu": [(word, criterion.meaning(word, language)) for word in _MENU],
    }
