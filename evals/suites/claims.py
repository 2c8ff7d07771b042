"""Sentences and the sources they go back to: what is wrong in them has to be found, what is true left alone."""

from __future__ import annotations

from collections.abc import Sequence

from evals.cases import Case, golden
from evals.public.claim_sets import claim_sets
from evals.scorers.verdicts import TextVerdict, Verdicts
from evals.subjects.port import Answer, SourceText, Subject
from evals.suites.base import Suite, Wanted


class Claims(Suite):
    """Ask: `text`, `sources` (objects with `name` and `text`), perhaps `market`; expect: see `Verdicts`, and for public
    sets `TextVerdict`."""

    id = "claims"
    about = "checking sentences against their sources: planted errors, and true sentences in other words"
    writes = False
    scorers = (Verdicts(), TextVerdict())

    def cases(self, wanted: Wanted) -> Sequence[Case]:
        """The golden sentences, and samples of the public sets where they are."""
        return [*golden("claims"), *claim_sets(wanted.data)]

    def ask(self, case: Case, subject: Subject) -> Answer:
        """Check the text against its sources only."""
        sources = [SourceText(source["name"], source["text"]) for source in case.ask["sources"]]
        return subject.check(case.ask["text"], sources, locale=case.locale, market=case.ask.get("market"))
