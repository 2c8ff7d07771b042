"""The answer to whoever has something written: whole, as a stream of events, or as a job to come back for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.concurrency import run_in_threadpool

from api.commissions import Commission, begin
from api.conditions import etag
from api.context import document, problem_response
from api.v1 import shapes
from api.v1.examples import DRAFT, DRAFT_EVENTS, JOB
from api.writing import PING_SECONDS, Event, Writers, Writing
from assistant.draft import SCHEMA
from assistant.draft_jobs import DraftJobs
from assistant.workspace import Workspace

STREAM = "text/event-stream"
LOOK_EVERY = 1.0
"""Seconds between two looks at a draft that another process writes."""

HEADERS: dict[str, Any] = {
    "Location": {"description": "The draft's address, there once it is written.", "schema": {"type": "string"}},
    "X-Draft-Id": {"description": "The draft's id. A stream begins with it.", "schema": {"type": "string"}},
    "ETag": {"description": "Version and state of a draft that came whole.", "schema": {"type": "string"}},
}

MODEL_FAILED: dict[int | str, dict[str, Any]] = {
    502: problem_response("The language model failed."),
    504: problem_response("The language model took too long."),
}

AS_A_JOB: dict[int | str, dict[str, Any]] = {
    202: {
        **document("`Prefer: respond-async`: a job, whose address is in `Location`.", JOB, shapes.Job),
        "headers": {"Location": HEADERS["Location"], "X-Draft-Id": HEADERS["X-Draft-Id"]},
    }
}


def whole_or_stream(description: str) -> dict[str, Any]:
    """The draft in the OpenAPI description, as JSON or as events."""
    shown = document(description, DRAFT, shapes.Draft)
    shown["content"][STREAM] = {"example": DRAFT_EVENTS}
    shown["headers"] = HEADERS
    return shown


async def written(
    request: Request, commission: Commission, workspace: Workspace, writers: Writers, status: int
) -> Response:
    """Begin what is asked for and answer as the caller prefers; an error before anything is written has its own
    status."""
    writing = await begin(commission, workspace, writers)
    headers = {"Location": f"/v1/drafts/{commission.draft_id}", "X-Draft-Id": commission.draft_id}
    if _prefers_a_job(request) and writing.job is not None:
        job = await run_in_threadpool(DraftJobs(workspace.database, workspace.name).get, writing.job.id)
        headers = {**headers, "Location": f"/v1/jobs/{job.id}", "Preference-Applied": "respond-async"}
        return JSONResponse({"schema": SCHEMA, "job": job.to_json()}, 202, headers)
    if wants_stream(request):
        first = await writing.first()
        return first.problem.response() if first.problem else stream(writing, headers=headers)
    end = await writing.end()
    if end.problem:
        return end.problem.response()
    if writing.draft is not None:
        headers["ETag"] = etag(writing.draft.version, writing.draft.state)
    return Response(end.body, status, headers, media_type="application/json")


def wants_stream(request: Request) -> bool:
    """Whether the caller asks for events."""
    return STREAM in request.headers.get("accept", "")


def stream(writing: Writing, after: int = 0, headers: dict[str, str] | None = None) -> Response:
    """The events of a draft as they come, those told before at once."""
    return _answer(_events(writing, after), headers)


def stream_from_elsewhere(workspace: Workspace, draft_id: str) -> Response:
    """A draft that this process knows no events of: its end, when it is there (another process may be writing it)."""
    return _answer(_end_of(workspace, draft_id), None)


def _answer(events: AsyncIterator[bytes], headers: dict[str, str] | None) -> Response:
    # A proxy that gathers a stream before it passes it on would make it one late answer.
    return EventSourceResponse(events, headers={**(headers or {}), "X-Accel-Buffering": "no"})


async def _events(writing: Writing, after: int) -> AsyncIterator[bytes]:
    async for number, event in writing.follow(after, PING_SECONDS):
        yield format_sse_event(comment="ping") if event is None else sse(event, number)


async def _end_of(workspace: Workspace, draft_id: str) -> AsyncIterator[bytes]:
    jobs, pinged = DraftJobs(workspace.database, workspace.name), 0.0
    while (job := await run_in_threadpool(jobs.of_draft, draft_id)) is not None and not job.ended:
        await asyncio.sleep(LOOK_EVERY)
        pinged += LOOK_EVERY
        if pinged >= PING_SECONDS:
            pinged = 0.0
            yield format_sse_event(comment="ping")
    if job is not None and job.problem is not None:
        yield sse(Event.of("error", job.problem), 1)
    else:
        draft = await run_in_threadpool(workspace.drafts.get, draft_id)
        yield sse(Event.of("done", draft.to_json()), 1)


def sse(event: Event, number: int) -> bytes:
    """An event on the wire; its number is its id."""
    # The body is one line of JSON: made by hand, since a draft is large and every reader gets it.
    return b"event: %b\ndata: %b\nid: %d\n\n" % (event.name.encode(), event.body, number)


def _prefers_a_job(request: Request) -> bool:
    return any(
        part.strip().lower() == "respond-async"
        for line in request.headers.getlist("prefer")
        for part in line.split(",")
    )
