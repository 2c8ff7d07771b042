"""`/localize/{id}/files/{n}`: the segments of a file in one language beside their sources, edited in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access.actor import Actor
from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.flashes import moved
from api.console.library_view import storable
from api.console.localize_view import cell_of, job_title, namer
from api.console.pages import language_of, page
from api.context import Opened, Who, needs
from api.localization_files import is_complete
from api.paging import decode, encode
from assistant.export.labels import Labels
from assistant.localization.content import Content
from assistant.localization.editing import Editing, tag_of
from assistant.localization.jobs.records import HELD, Job, JobFile, JobSegment
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.segment import SegmentState
from assistant.localization.told import check_words, findings_in, reason_words, why_words
from assistant.workspace import Workspace
from knowledge.domain.errors import Changed, Conflict, InputError, NotFound

router = APIRouter(include_in_schema=False)

A_PAGE = 40
TABS: Mapping[str, tuple[SegmentState, ...]] = {
    "all": (),
    "held": HELD,
    "released": (SegmentState.TRANSLATED, SegmentState.REUSED),
    "pending": (SegmentState.PENDING,),
}
LOOKS = {
    "translated": "badge--ok",
    "reused": "badge--ok",
    "needs_review": "badge--warn",
    "failed": "badge--bad",
    "pending": "badge--quiet",
}
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]

_REST = tuple(state for state in SegmentState if state not in HELD)


@dataclass(frozen=True, slots=True)
class Shown:
    """A segment on the page. `typed` is what somebody typed that was not taken, `fault` why, `saved` that it was."""

    segment: JobSegment
    source: Sequence[tuple[str, bool]]
    findings: Sequence[tuple[str, str, str]]
    tag: str
    why: str = ""
    place: str = ""
    typed: str | None = None
    reason: str = ""
    fault: str = ""
    saved: bool = False

    @property
    def target(self) -> str:
        return self.typed if self.typed is not None else str(self.segment.target or "")

    @property
    def has_errors(self) -> bool:
        return any(severity == "error" for severity, *_ in self.findings)


@router.get("/localize/{localization_id}/files/{number}", dependencies=[needs(Right.READ)])
def segments(
    request: Request,
    workspace: Opened,
    actor: Who,
    localization_id: str,
    number: Number,
    show: Annotated[str, Query(max_length=20)] = "all",
    cursor: Annotated[str, Query(max_length=2000)] = "",
) -> HTMLResponse:
    """A page of them; those that wait for a person come first."""
    return _page(request, workspace, actor, localization_id, number, show, cursor)


@router.post("/localize/{localization_id}/segments/{number}", dependencies=[needs(Right.DRAFT)])
def edit(
    request: Request,
    workspace: Opened,
    actor: Who,
    localization_id: str,
    number: Number,
    target: Annotated[str, Form(max_length=50_000)] = "",
    seen: Annotated[str, Form(max_length=64)] = "",
    reason: Annotated[str, Form(max_length=2000)] = "",
    show: Annotated[str, Form(max_length=20)] = "all",
    cursor: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Check and keep what was typed: the segment anew for htmx, else the page. What is not taken stays in its field."""
    typed, why = storable(target).replace("\r\n", "\n"), storable(reason).strip()
    editing, t = Editing(workspace), Wording(language_of(request))
    before = editing.segment(localization_id, number)
    if why:
        actor.must(Right.APPROVE)
    try:
        kept = editing.edit(localization_id, number, typed, actor.name, seen=seen, reason=why)
        shown = _shown(kept, t, saved=True)
    except InputError as error:
        fault = _fault(error, before, typed, t)
        shown = _shown(editing.segment(localization_id, number), t, typed=typed, reason=why, fault=fault)
    if "hx-request" in request.headers:
        job = _jobs(workspace).get(localization_id, counts=False)
        return page(
            request, "localize/segment_answer.html.j2", one=shown, job=job, show=show, cursor=cursor, looks=LOOKS,
            may_edit=True, may_release=actor.may(Right.APPROVE),
        )  # fmt: skip
    if shown.fault:
        return _page(request, workspace, actor, localization_id, before.file, show, cursor, shown)
    query = urlencode({name: value for name, value in (("show", show), ("cursor", cursor)) if value not in ("", "all")})
    address = f"/localize/{localization_id}/files/{before.file}{'?' if query else ''}{query}#s-{number}"
    held = shown.segment.state in HELD
    return moved(address, "warn" if held else "ok", "localize.saved_held" if held else "localize.saved", n=number)


@router.get("/localize/{localization_id}/segments/{number}", dependencies=[needs(Right.READ)])
def where(workspace: Opened, localization_id: str, number: Number) -> Response:
    """The page that a segment is on: for links, and for a browser that comes back from the form."""
    segment = Editing(workspace).segment(localization_id, number)
    return RedirectResponse(f"/localize/{localization_id}/files/{segment.file}#s-{number}", 303)


def _page(
    request: Request,
    workspace: Workspace,
    actor: Actor,
    job_id: str,
    number: int,
    show: str,
    cursor: str,
    instead: Shown | None = None,
) -> HTMLResponse:
    job = _jobs(workspace).get(job_id)
    file = next((file for file in job.files if file.number == number), None)
    if file is None:
        raise NotFound(f"job '{job_id}' has no file {number}")
    show = show if show in TABS else "all"
    t = Wording(language_of(request))
    found, following = _some(workspace, job, file, show, cursor)
    shown = [_shown(one, t) for one in found]
    if instead is not None:
        shown = [instead if one.segment.number == instead.segment.number else one for one in shown]
    address = f"/localize/{job.id}/files/{number}"
    return page(
        request,
        "localize/segments.html.j2",
        422 if instead is not None else 200,
        job=job,
        file=file,
        cell=cell_of(file),
        title=job_title(job, t),
        locale_name=namer(request),
        others=[other for other in job.files if other.source == file.source],
        tabs=[(name, count, f"{address}?show={name}") for name, count in _counted(file) if count or name == "all"],
        show=show,
        cursor=cursor,
        segments=shown,
        following=f"{address}?{urlencode({'show': show, 'cursor': following})}" if following else "",
        first=f"{address}?show={show}" if cursor else "",
        complete=is_complete(file),
        why=reason_words(file.why).of(t.language),
        looks=LOOKS,
        may_edit=actor.may(Right.DRAFT),
        may_release=actor.may(Right.APPROVE),
    )


def _some(workspace: Workspace, job: Job, file: JobFile, show: str, cursor: str) -> tuple[list[JobSegment], str]:
    """The segments of a page and the cursor of the next: of all those that wait come before the others."""
    jobs = _jobs(workspace)
    phases = [TABS["held"], _REST] if show == "all" else [TABS[show]]
    phase, after = decode(cursor, int, int) if cursor else (0, 0)
    found: list[JobSegment] = []
    for at, states in enumerate(phases):
        if at < phase:
            continue
        left = A_PAGE - len(found)
        some = jobs.segments(job.id, file=file.number, states=states, after=after if at == phase else 0, limit=left + 1)
        found += some[:left]
        if len(some) > left:
            last = some[left - 1].number if left else (after if at == phase else 0)
            return found, encode(at, last)
    return found, ""


def _counted(file: JobFile) -> Iterator[tuple[str, int]]:
    for name, states in TABS.items():
        yield name, sum(count for state, count in file.counts.items() if not states or state in states)


def _shown(segment: JobSegment, t: Wording, **more: Any) -> Shown:
    order = {"error": 0, "warning": 1, "info": 2}
    findings = [
        (str(one.get("severity", "info")), check_words(str(one.get("check", ""))).of(t.language), one["message"])
        for one in findings_in(segment, t.language)
    ]
    place = Labels(t.language).place(segment.segment.place)
    findings.sort(key=lambda one: order.get(one[0], 3))
    why = why_words(segment).of(t.language)
    return Shown(segment, _pieces(segment.segment.source), findings, tag_of(segment), why, place, **more)


def _fault(error: InputError, segment: JobSegment, typed: str, t: Wording) -> str:
    """Why an edit was not taken, in the reader's language."""
    if isinstance(error, Changed):
        return t("localize.changed_meanwhile")
    if isinstance(error, Conflict):
        return error.message
    if not typed.strip():
        return t("localize.empty_target")
    source = segment.segment.source
    codes = [code.text for code in source.codes if typed.count(code.text) != str(source).count(code.text)]
    return t("localize.codes_differ", codes="   ".join(dict.fromkeys(codes))) if codes else error.message


def _pieces(content: Content) -> list[tuple[str, bool]]:
    """Words and codes; a code that is a break or a blank stays one."""
    return [(piece, False) if isinstance(piece, str) else (piece.text, True) for piece in content.pieces]


def _jobs(workspace: Workspace) -> LocalizationJobs:
    return LocalizationJobs(workspace.database, workspace.name)
