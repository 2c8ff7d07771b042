"""Jobs, usage, the record and the probes as they are answered."""

from __future__ import annotations

from typing import Literal

from api.v1.shapes.parts import Answer, Day, Document, Moment, Next, Shape


class JobState(Shape):
    """A draft being written behind a request. `problem` is that of a failed one."""

    id: str
    kind: str
    draft_id: str
    state: Literal["queued", "writing", "done", "failed", "stopped", "interrupted"]
    problem: Document | None
    by: str
    created_at: Moment
    updated_at: Moment


class Job(Answer):
    """One job."""

    job: JobState


class Jobs(Answer):
    """A page of jobs."""

    jobs: list[JobState]
    next: Next


class UsageSum(Shape):
    """A sum. It has one more member, by which it is summed: `day`, `model`, `template`, `actor` or `act`."""

    acts: int
    calls: int
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    cost: float | None


class Usage(Answer):
    """What models used."""

    group: Literal["day", "model", "template", "actor", "act"]
    since: Day | None
    until: Day | None
    usage: list[UsageSum]


class RecordedAct(Shape):
    """Who did what to which thing, when and why."""

    at: Moment
    subject: str
    subject_id: str
    version: int | None
    act: str
    by: str
    reason: str
    detail: Document


class AuditPage(Answer):
    """A page of the record."""

    events: list[RecordedAct]
    next: Next


class Alive(Shape):
    """The process answers."""

    status: Literal["ok"]


class ReadyDatabase(Shape):
    """Which database, and how far its tables are."""

    kind: str
    at: str


class ReadyIndex(Shape):
    """Whose the index is."""

    owner: str


class ReadyLibrary(Shape):
    """How many entries there are."""

    entries: int
    approved: int


class ReadyModel(Shape):
    """The model, and where text goes."""

    name: str
    destination: str


class Ready(Shape):
    """The service can work."""

    status: Literal["ready"]
    database: ReadyDatabase
    index: ReadyIndex
    library: ReadyLibrary
    model: ReadyModel
