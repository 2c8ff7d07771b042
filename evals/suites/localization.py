"""Localized copy: figures, qualifiers, names, terms and placeholders must arrive, whatever the words."""

from __future__ import annotations

from collections.abc import Sequence

from evals.cases import Case, golden
from evals.public.parallel import parallel
from evals.scorers.exactness import Exactness
from evals.scorers.overlap import Overlap
from evals.scorers.terms import Terms
from evals.subjects.port import Answer, Subject
from evals.suites.base import Suite, Wanted


class Localization(Suite):
    """`ask` is a brief for `localized_copy`: `inputs.text`; the locale of the case is the target.

    `expect`: see `Exactness`, `terms` for `Terms`, and `reference`, a human translation, for `Overlap`.
    """

    id = "localization"
    about = "short marketing copy into another language: figures, qualifiers, names, terms, placeholders"
    writes = True
    scorers = (Exactness(), Terms(), Overlap())

    def cases(self, wanted: Wanted) -> Sequence[Case]:
        """The golden texts; with all cases, also samples of the public sets where they are."""
        return [case for case in (*golden("localization"), *parallel(wanted.data)) if case.core or wanted.every]

    def ask(self, case: Case, subject: Subject) -> Answer:
        """The text in the locale of the case."""
        return subject.draft({**case.ask, "locale": case.locale})
