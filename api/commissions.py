"""What is asked of the writers: a new draft, answers to questions, a section anew. Kept as a job before it begins, so
that nothing is lost when the process dies: another one, or the next, writes it anew under the same id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool

from api.access.actor import Actor
from api.access.limits import Budget
from api.writing import Work, Writers, Writing
from assistant.brief import Brief, Listener, brief_from_json
from assistant.draft import Draft
from assistant.draft_jobs import DraftJobs, Job, KeptJob
from assistant.drafting import new_draft_id
from assistant.gateway.port import LanguageModel
from assistant.interview import known_inputs
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotFound


@dataclass(frozen=True, slots=True)
class Commission:
    """One thing asked. `kind` is draft, answer or regenerate.

    `after` is the version of the draft that it builds on (0: a new one), `model` the name that the caller chose,
    `given` what the kind needs: the brief, the inputs, or the section's id. `by` is the name in the record, `actor` the
    id of who asks; `asker` is only there while they ask, not when a job is taken up again.
    """

    kind: str
    draft_id: str
    after: int
    model: str | None
    given: Mapping[str, Any]
    by: str
    actor: str
    asker: Actor | None = None

    def to_json(self) -> dict[str, Any]:
        return {"actor": self.actor, "after": self.after, "model": self.model, "given": dict(self.given)}


def new_draft(brief: Brief, actor: Actor, model: str | None = None) -> Commission:
    """A draft for this brief; its id is known from now on."""
    return Commission("draft", new_draft_id(), 0, model, brief.to_json(), actor.name, actor.id, actor)


def answers(draft_id: str, inputs: Mapping[str, str], after: int, actor: Actor, model: str | None = None) -> Commission:
    """Answers to the questions that a draft has at version `after`."""
    return Commission("answer", draft_id, after, model, {"inputs": dict(inputs)}, actor.name, actor.id, actor)


def section_anew(
    draft_id: str, section: str, after: int, actor: Actor, model: str | None = None, *, force: bool = False
) -> Commission:
    """A section of a draft written anew, everything else as it stands at version `after`; `force`: also when a person
    edited it."""
    given = {"section": section, "force": force}
    return Commission("regenerate", draft_id, after, model, given, actor.name, actor.id, actor)


async def begin(commission: Commission, workspace: Workspace, writers: Writers) -> Writing:
    """Keep what is asked for as a job and hand it to the writers; what comes is told by `Writing.follow`.

    Raises `ProviderBusy` when too many wait, `TooMuch` when the asker's tokens of today are used up, `InputError` for
    a model that is not offered or an unknown input, `NotFound` for the template.
    """
    return await run_in_threadpool(_begin, commission, workspace, writers)


def take_up(job: Job, workspace: Workspace, writers: Writers) -> bool:
    """Write anew what a dead process left; False when another process took it first, or there is nothing to write:
    the draft was kept, only the job's end was not put down."""
    jobs = DraftJobs(workspace.database, workspace.name)
    commission = _from_json(job)
    if not jobs.take(job):
        return False
    if _newest(workspace, commission.draft_id) > commission.after:
        jobs.end(job.id, "done")
        return False
    work = _work(commission, workspace)
    writers.begin(workspace.name, work, draft_id=commission.draft_id, job=KeptJob(jobs, job.id))
    return True


def chosen_model(name: str | None, workspace: Workspace) -> LanguageModel | None:
    """The model a caller may choose: none that would send text anywhere the operator has not chosen."""
    if name is None:
        return None
    configured = workspace.model.name
    if name == configured:
        return workspace.model
    if name == "extractive":
        from assistant.gateway.extractive import ExtractiveModel

        return ExtractiveModel(workspace.settings.whole("context_tokens"))
    raise InputError(f"model '{name}' is not offered here; leave it out, or choose extractive or {configured}")


def _begin(commission: Commission, workspace: Workspace, writers: Writers) -> Writing:
    work = _work(commission, workspace)
    if commission.asker is not None:
        Budget(workspace.database).refuse(commission.asker, workspace.settings.now())
    writers.must_have_room()
    jobs = DraftJobs(workspace.database, workspace.name)
    job = jobs.add(commission.kind, commission.draft_id, commission.to_json(), commission.by)
    try:
        return writers.begin(workspace.name, work, draft_id=commission.draft_id, job=KeptJob(jobs, job.id))
    except Exception:
        jobs.end(job.id, "failed")
        raise


def _work(commission: Commission, workspace: Workspace) -> Work:
    """The call of the core. Raises for what can be known to be wrong already, so that nothing is begun."""
    model = chosen_model(commission.model, workspace)
    given, draft_id = commission.given, commission.draft_id
    if commission.kind == "draft":
        brief = brief_from_json(given)
        known_inputs(brief, workspace.templates.get(brief.template).template)
    who: dict[str, Any] = {"model": model, "by": commission.by, "actor": commission.actor}

    def draft(listener: Listener) -> Draft:
        return workspace.draft(brief_from_json(given), listener, draft_id=draft_id, **who)

    def answer(listener: Listener) -> Draft:
        return workspace.answer(draft_id, given["inputs"], listener, **who)

    def regenerate(listener: Listener) -> Draft:
        how = {"after": commission.after, "force": given.get("force", False)}
        return workspace.regenerate(draft_id, given["section"], listener, **how, **who)

    works: dict[str, Callable[[Listener], Draft]] = {"draft": draft, "answer": answer, "regenerate": regenerate}
    return works[commission.kind]


def _newest(workspace: Workspace, draft_id: str) -> int:
    """The newest version kept of a draft; 0 when there is none."""
    try:
        return workspace.drafts.get(draft_id).version
    except NotFound:
        return 0


def _from_json(job: Job) -> Commission:
    ask = job.ask
    return Commission(job.kind, job.draft_id, ask["after"], ask["model"], ask["given"], job.by, ask["actor"])
