"""`/localize`: files sent to be translated, the jobs, and how each of them stands while it is worked on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from api.access.actor import Actor
from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.circles import LOCALES
from api.console.flashes import moved
from api.console.library_view import Posted, files_of, texts_of
from api.console.localize_view import (
    Grid,
    grid_of,
    is_budget,
    job_title,
    joined_names,
    namer,
    state_badge,
    time_left,
)
from api.console.pages import language_of, page
from api.context import LocalizerOfService, Opened, Who, needs
from api.localization_files import review_back
from api.localization_orders import Order, resume, split, submit
from api.localizing import Localizer
from api.paging import decode, encode
from api.uploads import MOST_OF_ONE, received
from assistant.localization.formats.registry import known_suffixes
from assistant.localization.jobs.records import Job
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.told import is_spent, reason_words
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError, NotFound, SetupError

router = APIRouter(include_in_schema=False)

A_PAGE = 20
STEPS = ("pause", "resume", "cancel")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form says, apart from files."""

    to: tuple[str, ...] = ()
    source: str = ""
    columns: str = ""
    fields: str = ""
    keys_left: str = ""
    budget: str = ""
    memory: bool = True

    @classmethod
    def of(cls, form: FormData) -> Choice:
        """What of a form is a choice."""
        texts = {name: text.strip() for name, text in texts_of(form).items()}
        named = {name: texts.get(name, "") for name in ("source", "columns", "fields", "keys_left", "budget")}
        to = tuple(str(value) for value in form.getlist("to") if isinstance(value, str))
        return cls(to, **named, memory="memory" in texts)


@router.get("/localize", dependencies=[needs(Right.READ)])
def localizations(
    request: Request, workspace: Opened, cursor: Annotated[str, Query(max_length=2000)] = ""
) -> HTMLResponse:
    """The jobs, the newest first."""
    after = decode(cursor, str, str) if cursor else None
    begun = (_moment(after[0]), after[1]) if after else None
    found = _jobs(workspace).newest(A_PAGE + 1, begun)
    rows, more = found[:A_PAGE], len(found) > A_PAGE
    return page(
        request,
        "localize/index.html.j2",
        jobs=rows,
        following=f"/localize?cursor={encode(rows[-1].created_at.isoformat(), rows[-1].id)}" if more else "",
        first="/localize" if cursor else "",
        job_title=job_title,
        state_badge=state_badge,
        locale_name=namer(request),
        locale_names=joined_names(request),
        now=workspace.settings.now(),
    )


@router.get("/localize/new", dependencies=[needs(Right.DRAFT)])
def choose(request: Request, workspace: Opened) -> HTMLResponse:
    """Files and languages."""
    return _form(request, workspace, Choice())


@router.post("/localize/new", dependencies=[needs(Right.DRAFT)])
def send(request: Request, workspace: Opened, actor: Who, posted: Posted, localizer: LocalizerOfService) -> Response:
    """Begin, and go to the job; the same files and choices once more lead to the same job."""
    t, choice = Wording(language_of(request)), Choice.of(posted)
    try:
        job, new = _submitted(choice, posted, workspace, actor, localizer, t)
    except (InputError, SetupError) as error:
        return _form(request, workspace, choice, error.message, error.status)
    except HTTPException as error:
        return _form(request, workspace, choice, str(error.detail), error.status_code)
    if new:
        return moved(f"/localize/{job.id}")
    return moved(f"/localize/{job.id}", "warn", "localize.known_before")


@router.get("/localize/{localization_id}", dependencies=[needs(Right.READ)])
def show(request: Request, workspace: Opened, localization_id: str) -> HTMLResponse:
    """One job: files by languages, filling while it is worked on."""
    return _job_page(request, workspace, _jobs(workspace).get(localization_id))


@router.get("/localize/{localization_id}/progress", dependencies=[needs(Right.READ)])
def progress(
    request: Request, workspace: Opened, localization_id: str, seen: Annotated[str, Query(max_length=20)] = ""
) -> HTMLResponse:
    """The part of the page that changes while it is worked on; with what may be done, once the state is another."""
    job = _jobs(workspace).get(localization_id)
    return page(request, "localize/progress_answer.html.j2", changed=seen != job.state, **_shown(request, job))


@router.post("/localize/{localization_id}/review", dependencies=[needs(Right.DRAFT)])
def take_review(request: Request, workspace: Opened, actor: Who, localization_id: str, posted: Posted) -> Response:
    """Take a linguist's edits back."""
    t = Wording(language_of(request))
    job = _jobs(workspace).get(localization_id)
    files = files_of(posted, "file")[:1]
    if not files:
        return _job_page(request, workspace, job, t("localize.review_no_file"), status=422)
    try:
        with received(files) as [(name, path)]:
            merged = review_back(workspace, job.id, name, path.read_bytes(), actor.name)
    except (InputError, HTTPException) as error:
        told = error.message if isinstance(error, InputError) else str(error.detail)
        status = error.status if isinstance(error, InputError) else error.status_code
        return _job_page(request, workspace, job, told, status=status)
    if not merged.problems and not merged.waiting:
        return moved(f"/localize/{job.id}", "ok", "localize.review_taken", n=merged.taken)
    return _job_page(request, workspace, _jobs(workspace).get(job.id), merged=merged)


@router.post("/localize/{localization_id}/{step}", dependencies=[needs(Right.DRAFT)])
def act(
    request: Request,
    workspace: Opened,
    actor: Who,
    localizer: LocalizerOfService,
    localization_id: str,
    step: str,
    posted: Posted,
) -> Response:
    """Pause, resume or cancel it. One that has ended meanwhile is shown as it is."""
    jobs = _jobs(workspace)
    jobs.state(localization_id)
    if step not in STEPS:
        raise NotFound(f"'{step[:40]}' is nothing that can be done to a job")
    try:
        if step == "pause":
            jobs.pause(localization_id, f"paused by {actor.name}")
        elif step == "resume":
            given = str(posted.get("budget", "")).strip()
            if given and not is_budget(given):
                raise InputError(Wording(language_of(request))("localize.budget_wrong"))
            resume(localization_id, workspace, actor, localizer, int(given) if given else None)
        else:
            jobs.cancel(localization_id, f"cancelled by {actor.name}")
    except Conflict:
        return moved(f"/localize/{localization_id}", "warn", "localize.has_ended")
    except (InputError, SetupError) as error:
        return _job_page(request, workspace, jobs.get(localization_id), error.message, status=error.status)
    return moved(f"/localize/{localization_id}")


def _submitted(
    choice: Choice, posted: FormData, workspace: Workspace, actor: Actor, localizer: Localizer, t: Wording
) -> tuple[Job, bool]:
    files, terms = files_of(posted), files_of(posted, "glossary")[:1]
    if not files:
        raise InputError(t("localize.no_file"))
    if not choice.to:
        raise InputError(t("localize.no_target"))
    if choice.budget and not is_budget(choice.budget):
        raise InputError(t("localize.budget_wrong"))
    with received([*files, *terms]) as sent:
        order = Order(
            targets=choice.to,
            source=choice.source,
            columns=split([choice.columns]),
            fields=split([choice.fields]),
            keys_left=split([choice.keys_left]),
            glossary=sent[-1][1] if terms else None,
            budget=int(choice.budget) if choice.budget else None,
            memory=choice.memory,
        )
        return submit(order, sent[: len(sent) - len(terms)], workspace, actor, localizer)


def _form(request: Request, workspace: Workspace, choice: Choice, error: str = "", status: int = 200) -> HTMLResponse:
    suffixes = known_suffixes()
    return page(
        request,
        "localize/new.html.j2",
        status,
        choice=replace(choice, to=tuple(tag for tag in choice.to if tag in LOCALES)),
        locales=LOCALES,
        formats=" ".join(sorted(suffixes)),
        accept=",".join(sorted(suffixes)),
        most=MOST_OF_ONE >> 20,
        error=error,
        model=workspace.model,
    )


def _job_page(
    request: Request, workspace: Workspace, job: Job, error: str = "", status: int = 200, **more: Any
) -> HTMLResponse:
    return page(
        request,
        "localize/job.html.j2",
        status,
        error=error,
        now=workspace.settings.now(),
        choices=_choices(job, Wording(language_of(request))),
        **{"merged": None, **more},
        **_shown(request, job),
    )


def _shown(request: Request, job: Job) -> dict[str, Any]:
    language = language_of(request)
    t, counts = Wording(language), job.counts
    grid: Grid = grid_of(job, language)
    return {
        "job": job,
        "grid": grid,
        "counts": counts,
        "held": job.held,
        "released": counts["translated"] + counts["reused"],
        "live": str(job.state) in ("planning", "running"),
        "why": reason_words(job.why).of(language),
        "spent": is_spent(job.why),
        "time_left": time_left(job.eta, t),
        "job_title": job_title,
        "state_badge": state_badge,
        "locale_name": namer(request),
        "locale_names": joined_names(request),
    }


def _choices(job: Job, t: Wording) -> Sequence[str]:
    """What was chosen besides files and languages."""
    options = job.options
    lists = (("columns", options.columns), ("fields", options.fields), ("keys", options.keys_left))
    told = [t(f"localize.chose_{key}", names=", ".join(names)) for key, names in lists if names]
    if options.glossary:
        told.append(t("localize.chose_terms", n=len(options.glossary)))
    if options.budget is not None:
        told.append(t("localize.chose_budget", n=f"{options.budget:,}"))
    return told if options.memory else [*told, t("localize.chose_no_memory")]


def _jobs(workspace: Workspace) -> LocalizationJobs:
    return LocalizationJobs(workspace.database, workspace.name)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise InputError("cursor: is not one that this list gave; leave it out to begin at the start") from None
