"""Questions to the sample library: the right entry first, and never one that the asker may not see."""

from __future__ import annotations

from collections.abc import Sequence

from evals.cases import Case, golden
from evals.scorers.ranking import Ranking
from evals.subjects.port import Answer, Subject
from evals.suites.base import Suite, Wanted


class Retrieval(Suite):
    """Ask: `query` and what narrows it (`kinds`, `market`, `audience`, `locale`, `k`); expect: see `Ranking`.

    All questions are to the sample library. XQuAD needs a library of its own: `koujing bench retrieval` measures it.
    """

    id = "retrieval"
    about = "searching the library: within and across languages, and what may not be offered"
    writes = False
    of_sample = True
    scorers = (Ranking(),)

    def cases(self, wanted: Wanted) -> Sequence[Case]:
        """The golden questions."""
        return golden("retrieval")

    def ask(self, case: Case, subject: Subject) -> Answer:
        """Search with everything but the query as scope."""
        scope = {key: value for key, value in case.ask.items() if key != "query"}
        return subject.search(case.ask["query"], scope)
