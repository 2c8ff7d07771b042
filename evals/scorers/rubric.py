"""Scores a draft by a rubric, with a model as judge: no program can tell whether a text is clear or speaks to a reader.

The text judged is what a reader gets, without gaps and marks. Verdicts count 1, 0.5 and 0; where the judge could not
say, nothing is counted and the reason is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evals.cases import Case
from evals.judging.criteria import Criterion, criteria_for
from evals.judging.judge import RubricJudge, Verdict
from evals.judging.texts import blind
from evals.scorers.base import Measure, Scorer, Shown, Tally, Unscored
from evals.subjects.port import Answer
from knowledge.domain.text import snippet

PREFIX = "rubric_"


class Rubric(Scorer):
    """Clear, specific, about the reader, in the right voice, and the template's own criteria (their mean).

    A measure on which the judge had no verdict is unscored; all of them are when the draft has no text.
    """

    id = "rubric"
    version = 1
    measures = (
        Measure("rubric_clear", "a judge finds the text clear at one reading", "higher"),
        Measure("rubric_specific", "a judge finds the text specific, not a line that any firm could use", "higher"),
        Measure("rubric_reader", "a judge finds the text tied to what its reader cares about", "higher"),
        Measure("rubric_voice", "a judge finds the tone right: one professional to another", "higher"),
        Measure("rubric_own", "a judge finds the criteria of the template met, mean over them", "higher"),
    )

    def __init__(self, judge: RubricJudge) -> None:
        self._judge = judge

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally | Unscored]:
        text = blind(answer.document)
        if not text:
            raise Unscored("the draft has no text to judge, only gaps")
        template = str(answer.document.get("template") or case.ask.get("template") or "")
        locale = str(answer.document.get("locale") or case.locale)
        criteria = criteria_for(template)
        found = self._judge.verdicts(text, criteria, template, locale)
        reasons = [str(verdict) for verdict in found.values() if isinstance(verdict, Unscored)]
        if len(reasons) == len(found):
            raise Unscored("; ".join(dict.fromkeys(reasons)))
        language = "zh" if locale.startswith("zh") else "en"
        return {
            PREFIX + group: _tally(text, [(c, found[c.id]) for c in criteria if c.group == group], language)
            for group in dict.fromkeys(c.group for c in criteria)
        }


def _tally(text: str, verdicts: Sequence[tuple[Criterion, Verdict | Unscored]], language: str) -> Tally | Unscored:
    counted = [verdict.value for _, verdict in verdicts if isinstance(verdict, Verdict)]
    if not counted:
        return Unscored("; ".join(dict.fromkeys(str(reason) for _, reason in verdicts)))
    return Tally(sum(counted), len(counted), tuple(_shown(text, verdicts, language)))


def _shown(text: str, verdicts: Sequence[tuple[Criterion, Verdict | Unscored]], language: str) -> Iterator[Shown]:
    """`against` begins with the criterion's id: the page for labels finds the judge's word by it."""
    for criterion, verdict in verdicts:
        against = f"{criterion.id}: {criterion.question.of(language)}"
        if isinstance(verdict, Verdict):
            yield Shown(snippet(text, 160), against, verdict.told, wrong=verdict.value < 0.5)
        else:
            yield Shown(snippet(text, 160), against, f"not scored: {verdict}")
