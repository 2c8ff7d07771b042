"""`/v1/drafts`: write, answer open questions, read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, format_sse_event

from api.context import Hands, Opened, document, problem_response, v1_router
from api.v1.bodies import AnswerRequest, DraftRequest
from api.v1.examples import DRAFT, DRAFT_EVENTS, DRAFTS
from api.writing import Event, Work, Writers, Writing
from assistant.brief import Brief, Listener
from assistant.draft import SCHEMA, Draft
from assistant.drafting import new_draft_id
from assistant.gateway.port import LanguageModel
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale

PING_SECONDS = 15.0
"""A silent stream says `: ping` so often, for the proxies in between."""

_WRITTEN = document("The draft, kept. Open questions: `draft.state` is `open`, nothing is written yet.", DRAFT)
_WRITTEN["content"]["text/event-stream"] = {"example": DRAFT_EVENTS}
_WRITTEN["headers"] = {
    "Location": {"description": "The draft's address, there once it is written.", "schema": {"type": "string"}},
    "X-Draft-Id": {"description": "The draft's id. A stream begins with it.", "schema": {"type": "string"}},
}
_ANSWERED = {**_WRITTEN, "description": "The next version of the draft: written, or still with questions."}

_MODEL_FAILED: dict[int | str, dict[str, Any]] = {
    502: problem_response("The language model failed."),
    504: problem_response("The language model took too long."),
}

router = v1_router("drafts")


@router.post("/drafts", status_code=201, responses={201: _WRITTEN, **_MODEL_FAILED})
async def write_draft(body: DraftRequest, request: Request, workspace: Opened, writers: Hands) -> Response:
    """Write a draft. `Accept: text/event-stream` streams it; a caller who leaves finds it at `Location` later."""
    brief = Brief(
        template=body.template,
        inputs=body.inputs,
        locale=parse_locale(body.locale).tag,
        market=body.market,
        channel=body.channel,
        audience=body.audience,
    )
    model, draft_id = _model(body.model, workspace), new_draft_id()

    def work(listener: Listener) -> Draft:
        return workspace.draft(brief, listener, model=model, draft_id=draft_id)

    return await _written(request, writers, work, draft_id, 201)


@router.post("/drafts/{draft_id}/answers", responses={200: _ANSWERED, **_MODEL_FAILED})
async def answer_questions(
    draft_id: str, body: AnswerRequest, request: Request, workspace: Opened, writers: Hands
) -> Response:
    """Answer the questions of an open draft; it is written when none is left. 409 when it has none."""
    model = _model(body.model, workspace)

    def work(listener: Listener) -> Draft:
        return workspace.answer(draft_id, body.inputs, listener, model=model)

    return await _written(request, writers, work, draft_id, 200)


@router.get("/drafts", responses={200: document("The newest drafts, the newest first.", DRAFTS)})
def list_drafts(
    workspace: Opened, limit: Annotated[int, Query(ge=1, le=200, description="How many at most.")] = 200
) -> dict[str, Any]:
    """Id, template, state, version, locale and time (UTC) of the newest drafts, and why one is stale."""
    return {"schema": SCHEMA, "drafts": workspace.listed(limit)}


@router.get(
    "/drafts/{draft_id}",
    responses={200: document("The draft.", DRAFT), 404: problem_response("There is no such draft or version.")},
)
def show_draft(
    draft_id: str, workspace: Opened, version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> dict[str, Any]:
    """A draft at `version`, else its newest."""
    return workspace.drafts.get(draft_id, version).to_json()


def _model(name: str | None, workspace: Workspace) -> LanguageModel | None:
    """The model a caller may choose: none that would send text anywhere the operator has not chosen."""
    configured = workspace.model.name
    if name is None:
        return None
    if name == configured:
        return workspace.model
    if name == "extractive":
        from assistant.gateway.extractive import ExtractiveModel

        return ExtractiveModel(workspace.settings.whole("context_tokens"))
    raise InputError(f"model '{name}' is not offered here; leave it out, or choose extractive or {configured}")


async def _written(request: Request, writers: Writers, work: Work, draft_id: str, status: int) -> Response:
    """The answer to whoever asked for `work`; errors before anything is written have their own status."""
    headers = {"Location": f"/v1/drafts/{draft_id}", "X-Draft-Id": draft_id}
    writing = writers.begin(work)
    if "text/event-stream" not in request.headers.get("accept", ""):
        end = await writing.end()
        if end.problem:
            return end.problem.response()
        return JSONResponse(end.data, status, headers)
    first = await writing.next()
    if first.problem:
        return first.problem.response()
    return EventSourceResponse(_stream(first, writing), headers={**headers, "X-Accel-Buffering": "no"})


async def _stream(event: Event, writing: Writing) -> AsyncIterator[bytes]:
    number = 1
    yield _sse(event, number)
    while not event.last:
        try:
            event = await asyncio.wait_for(writing.next(), PING_SECONDS)
        except TimeoutError:
            yield format_sse_event(comment="ping")
            continue
        number += 1
        yield _sse(event, number)


def _sse(event: Event, number: int) -> bytes:
    return format_sse_event(event=event.name, data_str=json.dumps(event.data, ensure_ascii=False), id=str(number))
