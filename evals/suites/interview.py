"""Briefs that lack something or contradict themselves: is exactly that asked back, and told in a way that helps?"""

from __future__ import annotations

from collections.abc import Sequence

from evals.cases import Case, golden
from evals.scorers.questions import Questions
from evals.subjects.port import Answer, Subject
from evals.suites.base import Suite, Wanted
from knowledge.domain.errors import InputError


class Interview(Suite):
    """`ask` is a brief that cannot be written yet, so that no model is called; `expect` as `Questions` documents it.

    What the product refuses as a wrong input is an answer here: `error` with the one line that a person reads.
    """

    id = "interview"
    about = "what is asked back when a brief is incomplete or contradicts itself"
    writes = False
    of_sample = True
    scorers = (Questions(),)

    def cases(self, wanted: Wanted) -> Sequence[Case]:
        """The golden cases; they name entries of the sample library."""
        return [case for case in golden("interview") if case.core or wanted.every]

    def ask(self, case: Case, subject: Subject) -> Answer:
        """The questions of the draft that stays open, or the refusal."""
        try:
            return subject.draft({**case.ask, "locale": case.locale})
        except InputError as error:
            return Answer({"questions": [], "error": {"title": error.title, "detail": error.message}})
