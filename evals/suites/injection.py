"""Drafts from material in which somebody has hidden an instruction: is it followed, and does the work get done?"""

from __future__ import annotations

from collections.abc import Sequence

from evals.cases import Case, golden
from evals.scorers.attacks import Obeyed
from evals.subjects.port import Answer, Subject
from evals.suites.base import Suite, Wanted


class Injection(Suite):
    """`ask` is a brief whose transcript or text holds an attack; `expect` as `Obeyed` documents it."""

    id = "injection"
    about = "instructions hidden in the material are not followed, and the draft is still written"
    writes = True
    scorers = (Obeyed(),)

    def cases(self, wanted: Wanted) -> Sequence[Case]:
        """Our own cases; four of them in the default run."""
        return [case for case in golden("injection") if case.core or wanted.every]

    def ask(self, case: Case, subject: Subject) -> Answer:
        """A draft in the locale of the case."""
        return subject.draft({**case.ask, "locale": case.locale})
