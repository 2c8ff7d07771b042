"""`/v1/localizations`: files sent to be translated, as durable jobs that are watched, paused, resumed and cancelled."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import File, Form, Query, Response, UploadFile
from fastapi.responses import JSONResponse

from api.access.roles import Right
from api.context import LocalizerOfService, Opened, Who, document, needs, problem_response, v1_router
from api.localization_orders import Order, resume, split, submit
from api.paging import Paged
from api.uploads import received
from api.v1 import shapes
from api.v1.bodies.texts import AnyLocale, PathName, Text
from api.v1.examples.localizations import LOCALIZATION, LOCALIZATIONS
from assistant.draft import SCHEMA
from assistant.localization.jobs.documents import job_document
from assistant.localization.jobs.records import Job
from assistant.localization.jobs.store import LocalizationJobs
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError

router = v1_router("localizations")

UNKNOWN: dict[int | str, dict[str, Any]] = {404: problem_response("There is no such job.")}
_ENDED: dict[int | str, dict[str, Any]] = {409: problem_response("It has ended already.")}
_JOB: dict[int | str, dict[str, Any]] = {200: document("The job as it stands.", LOCALIZATION, shapes.Localization)}

Given = Annotated[list[Text] | None, Form()]


@router.post(
    "/localizations",
    status_code=202,
    responses={
        202: document("A new job, at `Location`.", LOCALIZATION, shapes.Localization),
        200: document("The same request before: its job as it stands.", LOCALIZATION, shapes.Localization),
        413: problem_response("A file is larger than 50 MB, or all are larger than 100 MB together."),
    },
    dependencies=[needs(Right.DRAFT)],
)
def localize_files(
    actor: Who,
    workspace: Opened,
    localizer: LocalizerOfService,
    files: Annotated[list[UploadFile], File(description="One part `files` for each file.")],
    to: Annotated[list[Text], Form(description="Locales to translate into; may repeat, or one part with commas.")],
    source: Annotated[
        AnyLocale | None, Form(alias="from", description="Locale of the files; found from their texts when left out.")
    ] = None,
    columns: Annotated[Given, Form(description="Of tables: the columns to translate, by name or letter.")] = None,
    fields: Annotated[Given, Form(description="Of front matter: fields to translate besides the usual ones.")] = None,
    keys_left: Annotated[Given, Form(description="Of catalogues: keys that are not translated, as globs.")] = None,
    glossary: Annotated[UploadFile | None, File(description="Terms for this job (CSV, XLSX), before yours.")] = None,
    budget: Annotated[int | None, Form(ge=1, le=2**53, description="Pause when so many tokens are used.")] = None,
    memory: Annotated[bool, Form(description="Look into the translation memory and add to it.")] = True,
) -> Response:
    """Have files translated. The answer comes at once; look at the job until its state is `done`. The same request
    twice is one job."""
    terms = [glossary] if glossary is not None and (glossary.filename or glossary.size) else []
    with received([*files, *terms]) as sent:
        laid_down = sent[: len(sent) - len(terms)]
        order = Order(
            targets=to,
            source=source or "",
            columns=split(columns),
            fields=split(fields),
            keys_left=split(keys_left),
            glossary=sent[-1][1] if terms else None,
            budget=budget,
            memory=memory,
        )
        job, new = submit(order, laid_down, workspace, actor, localizer)
    answer = JSONResponse({"schema": SCHEMA, **job_document(job)}, 202 if new else 200)
    answer.headers["Location"] = f"/v1/localizations/{job.id}"
    return answer


@router.get(
    "/localizations",
    responses={200: document("Jobs, the newest first.", LOCALIZATIONS, shapes.Localizations)},
    dependencies=[needs(Right.READ)],
)
def list_localizations(workspace: Opened, page: Paged) -> dict[str, Any]:
    """Every job with its state and its segments by state; its files stand at its own address."""
    after = page.after(str, str)
    begun = (_moment(after[0]), after[1]) if after else None
    rows, following = page.cut(jobs_of(workspace).newest(page.limit + 1, begun), _place)
    found = [{name: part for name, part in job_document(job).items() if name != "files"} for job in rows]
    return {"schema": SCHEMA, "localizations": found, "next": following}


@router.get("/localizations/{localization_id}", responses={**_JOB, **UNKNOWN}, dependencies=[needs(Right.READ)])
def show_localization(localization_id: PathName, workspace: Opened) -> dict[str, Any]:
    """One job: its files in each locale with their segments by state, the seconds that are left, why it rests."""
    return _told(jobs_of(workspace).get(localization_id))


@router.post(
    "/localizations/{localization_id}/pause",
    responses={**_JOB, **UNKNOWN, **_ENDED},
    dependencies=[needs(Right.DRAFT)],
)
def pause_localization(localization_id: PathName, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Let it rest. Calls to the model that are under way end, and what comes back is kept."""
    return _told(jobs_of(workspace).pause(localization_id, f"paused by {actor.name}"))


@router.post(
    "/localizations/{localization_id}/resume",
    responses={**_JOB, **UNKNOWN, **_ENDED},
    dependencies=[needs(Right.DRAFT)],
)
def resume_localization(
    localization_id: PathName,
    actor: Who,
    workspace: Opened,
    localizer: LocalizerOfService,
    budget: Annotated[int | None, Query(ge=1, le=2**53, description="Another budget; the last may be used up.")] = None,
) -> dict[str, Any]:
    """Let it go on where it stopped."""
    return _told(resume(localization_id, workspace, actor, localizer, budget))


@router.post(
    "/localizations/{localization_id}/cancel",
    responses={**_JOB, **UNKNOWN, **_ENDED},
    dependencies=[needs(Right.DRAFT)],
)
def cancel_localization(localization_id: PathName, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Give it up. Segments that were not reached are `failed` and say so; what is there stays."""
    return _told(jobs_of(workspace).cancel(localization_id, f"cancelled by {actor.name}"))


def jobs_of(workspace: Workspace) -> LocalizationJobs:
    """The localization jobs of a workspace."""
    return LocalizationJobs(workspace.database, workspace.name)


def _told(job: Job) -> dict[str, Any]:
    return {"schema": SCHEMA, **job_document(job)}


def _place(job: Job) -> tuple[str, str]:
    return job.created_at.isoformat(), job.id


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise InputError("cursor: is not one that this list gave; leave it out to begin at the start") from None
