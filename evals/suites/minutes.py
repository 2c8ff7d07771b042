"""Minutes of meetings: what was decided, who does what by when, and nothing that was taken back."""

from __future__ import annotations

from collections.abc import Sequence

from evals.cases import Case, golden
from evals.public.meetings import meetings
from evals.scorers.minutes import MinutesKept
from evals.scorers.overlap import RougeL
from evals.subjects.port import Answer, Subject
from evals.suites.base import Suite, Wanted


class Minutes(Suite):
    """`ask` is a brief for `meeting_minutes`: `inputs.transcript`, `audience`; the locale is the case's.

    `expect`: see `MinutesKept`, and `summary` for `RougeL`, which is all that public sets have.
    """

    id = "minutes"
    about = "minutes of meetings: decisions, actions with owner and date, figures, nothing revoked or invented"
    writes = True
    scorers = (MinutesKept(), RougeL())

    def cases(self, wanted: Wanted) -> Sequence[Case]:
        """The golden meetings; with all cases, also samples of the public sets where they are."""
        return [case for case in (*golden("minutes"), *meetings(wanted.data)) if case.core or wanted.every]

    def ask(self, case: Case, subject: Subject) -> Answer:
        """Minutes in the language of the meeting."""
        return subject.draft({**case.ask, "locale": case.locale})
