"""`/v1/drafts`: write, answer open questions, watch, stop, read."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Header, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.access.roles import Right
from api.commissions import answers, new_draft
from api.conditions import tag
from api.context import Hands, Opened, Who, document, needs, problem_response, v1_router
from api.paging import Paged, encode
from api.v1 import shapes
from api.v1.bodies import AnswerRequest, DraftRequest
from api.v1.bodies.texts import AnyLocale
from api.v1.examples import DRAFT, DRAFT_EVENTS, DRAFT_VERSIONS, DRAFTS, JOB
from api.v1.looking import looked_at
from api.v1.written import AS_A_JOB, MODEL_FAILED, STREAM, stream, stream_from_elsewhere, whole_or_stream, written
from assistant.brief import Brief
from assistant.draft import SCHEMA
from assistant.draft_jobs import DraftJobs
from assistant.publishing.life import STATES
from knowledge.domain.errors import Conflict, InputError
from knowledge.domain.locale import parse_locale

UNKNOWN: dict[int | str, dict[str, Any]] = {404: problem_response("There is no such draft or version.")}

Number = Annotated[int, Query(ge=1, le=2**31 - 1)]

router = v1_router("drafts")


@router.post(
    "/drafts",
    status_code=201,
    responses={
        201: whole_or_stream("The draft, kept. Open questions: `draft.state` is `open`, nothing is written yet."),
        **AS_A_JOB,
        **MODEL_FAILED,
        404: problem_response("There is no such template, or nothing of the name that an input gives."),
    },
    dependencies=[needs(Right.DRAFT)],
)
async def write_draft(body: DraftRequest, request: Request, actor: Who, workspace: Opened, writers: Hands) -> Response:
    """Write a draft. `Accept: text/event-stream` streams it, `Prefer: respond-async` makes it a job; a caller who
    leaves finds it at `Location` later."""
    brief = Brief(
        template=body.template,
        inputs=body.inputs,
        locale=parse_locale(body.locale).tag,
        market=body.market,
        channel=body.channel,
        audience=body.audience,
    )
    return await written(request, new_draft(brief, actor, body.model), workspace, writers, 201)


@router.post(
    "/drafts/{draft_id}/answers",
    responses={
        200: whole_or_stream("The next version of the draft: written, or still with questions."),
        **AS_A_JOB,
        **MODEL_FAILED,
        **UNKNOWN,
    },
    dependencies=[needs(Right.DRAFT)],
)
async def answer_questions(
    draft_id: str, body: AnswerRequest, request: Request, actor: Who, workspace: Opened, writers: Hands
) -> Response:
    """Answer the questions of an open draft; it is written when none is left. 409 when it has none."""
    seen = await run_in_threadpool(looked_at, request, workspace, draft_id)
    commission = answers(draft_id, body.inputs, seen, actor, body.model)
    return await written(request, commission, workspace, writers, 200)


@router.get(
    "/drafts",
    responses={200: document("Drafts, those changed last first.", DRAFTS, shapes.Drafts)},
    dependencies=[needs(Right.READ)],
)
def list_drafts(
    workspace: Opened,
    page: Paged,
    state: Annotated[str | None, Query(description="Only these.", json_schema_extra={"enum": list(STATES)})] = None,
    template: Annotated[str | None, Query(description="Only of this template.")] = None,
    locale: Annotated[AnyLocale | None, Query(description="Only in this language.")] = None,
    q: Annotated[str | None, Query(max_length=200, description="Stands in the title or the id.")] = None,
) -> dict[str, Any]:
    """Id, template, state, version, locale and time (UTC) of drafts, and why one is stale."""
    if state is not None and state not in STATES:
        raise InputError(f"state: '{state}' is none; choose {', '.join(STATES)}")
    found = workspace.drafts.page(
        page.limit,
        page.after(str, str),
        state=state,
        template=template,
        locale=parse_locale(locale).tag if locale else None,
        text=q,
    )
    stale = workspace.staleness.of([row["id"] for row in found.rows])
    rows = [{**row, "stale": [reason.to_json() for reason in stale.get(row["id"], ())]} for row in found.rows]
    return {"schema": SCHEMA, "drafts": rows, "next": encode(*found.next) if found.next else None}


@router.get(
    "/drafts/{draft_id}",
    responses={200: document("The draft.", DRAFT, shapes.Draft), **UNKNOWN},
    dependencies=[needs(Right.READ)],
)
def show_draft(draft_id: str, workspace: Opened, version: Number | None = None) -> Response:
    """A draft at `version`, else its newest."""
    draft = workspace.drafts.get(draft_id, version)
    answer = JSONResponse(draft.to_json())
    tag(answer, draft.version, draft.state)
    return answer


@router.get(
    "/drafts/{draft_id}/versions",
    responses={200: document("Every version, the oldest first.", DRAFT_VERSIONS, shapes.DraftVersions), **UNKNOWN},
    dependencies=[needs(Right.READ)],
)
def list_draft_versions(draft_id: str, workspace: Opened) -> dict[str, Any]:
    """Who made which version, when, by which act, and how many claims and findings it has."""
    return {"schema": SCHEMA, "versions": workspace.drafts.versions(draft_id)}


@router.get(
    "/drafts/{draft_id}/events",
    responses={
        200: {"description": "Events from the first one on.", "content": {STREAM: {"example": DRAFT_EVENTS}}},
        **UNKNOWN,
    },
    response_class=Response,
    dependencies=[needs(Right.READ)],
)
async def watch_draft(
    draft_id: str,
    workspace: Opened,
    writers: Hands,
    last_event_id: Annotated[
        str | None, Header(description="Number of the last event that came; go on after it.")
    ] = None,
) -> Response:
    """The events of a draft that is being written, or was within the last minutes, from the start. Of one that was
    written earlier the last event: `done` with the draft."""
    writing = writers.watch(workspace.name, draft_id)
    if writing is not None:
        after = int(last_event_id) if last_event_id and last_event_id.isdecimal() and len(last_event_id) < 10 else 0
        return stream(writing, after)
    jobs = DraftJobs(workspace.database, workspace.name)
    if await run_in_threadpool(jobs.of_draft, draft_id) is None:
        await run_in_threadpool(workspace.drafts.get, draft_id)
    return stream_from_elsewhere(workspace, draft_id)


@router.post(
    "/drafts/{draft_id}/stop",
    status_code=202,
    responses={
        202: document("The job, stopped.", JOB, shapes.Job),
        409: problem_response("Nothing is being written."),
        **UNKNOWN,
    },
    dependencies=[needs(Right.DRAFT)],
)
def stop_draft(draft_id: str, workspace: Opened, writers: Hands) -> dict[str, Any]:
    """Stop writing. What is written so far is kept; the draft's stream ends with it."""
    job = DraftJobs(workspace.database, workspace.name).of_draft(draft_id)
    if job is None:
        workspace.drafts.get(draft_id)
        raise Conflict(f"draft '{draft_id}' is not being written; there is nothing to stop")
    return {"schema": SCHEMA, "job": writers.stop(workspace, job.id).to_json()}
