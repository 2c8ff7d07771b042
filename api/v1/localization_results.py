"""`/v1/localizations/{id}/…`: segments and edits, target files, the report, the review of linguists."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import File, Form, Path, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse

from api.access.roles import Right
from api.conditions import if_match
from api.context import Opened, Who, document, needs, problem_response, v1_router
from api.localization_files import (
    BYTES,
    XLIFF,
    XLSX,
    ZIP,
    report_file,
    review_back,
    review_file,
    target_file,
    targets_zip,
)
from api.paging import Paged
from api.uploads import received
from api.v1 import shapes
from api.v1.bodies.localizations import SegmentRequest
from api.v1.bodies.texts import AnyLocale, PathName, Text
from api.v1.draft_life import file_answer
from api.v1.examples.localizations import REVIEWED, SEGMENT, SEGMENTS
from api.v1.localizations import UNKNOWN, jobs_of
from assistant.draft import SCHEMA
from assistant.localization.editing import Editing, tag_of
from assistant.localization.jobs.documents import item_document
from assistant.localization.jobs.records import JobSegment
from assistant.localization.segment import SegmentState

router = v1_router("localizations")


def _file(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """A file that is saved, of one of these types."""
    schema = {"schema": {"type": "string", "format": "binary"}}
    content = dict.fromkeys(media_types, schema)
    return {200: {"description": "The file; `Content-Disposition` names it.", "content": content}, **UNKNOWN}


_PENDING: dict[int | str, dict[str, Any]] = {
    409: problem_response("Segments of it are still to be translated, or it could not be written.")
}
_CHANGED: dict[int | str, dict[str, Any]] = {
    409: problem_response("The segment is still to be translated."),
    412: problem_response("Somebody else changed the segment meanwhile."),
}
_SEGMENT: dict[int | str, dict[str, Any]] = {
    200: document("The segment as it stands.", SEGMENT, shapes.LocalizedSegment),
    404: problem_response("There is no such job or segment."),
}

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
FileNumber = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Only of this file: its `number`.")]
Language = Annotated[Literal["zh", "en"], Query(description="Language of headings and notes.")]
Said = Annotated[Literal["zh", "en"], Query(description="Language of reasons and findings.")]
ReviewForm = Annotated[Literal["xlsx", "xliff"], Query(description="A workbook, or XLIFF 2.1.")]


@router.get(
    "/localizations/{localization_id}/segments",
    responses={200: document("Segments in the order of the files.", SEGMENTS, shapes.LocalizedSegments), **UNKNOWN},
    dependencies=[needs(Right.READ)],
)
def list_localized_segments(
    localization_id: PathName,
    workspace: Opened,
    page: Paged,
    file: FileNumber = None,
    locale: Annotated[AnyLocale | None, Query(description="Only into this locale.")] = None,
    state: Annotated[list[SegmentState] | None, Query(description="Only in this state; may repeat.")] = None,
    language: Said = "en",
) -> dict[str, Any]:
    """Source, target, state and why, findings of the checks. `needs_review` and `failed` wait for a person."""
    after = page.after(int)
    jobs = jobs_of(workspace)
    jobs.state(localization_id)
    found = jobs.segments(
        localization_id,
        file=file,
        locale=locale or None,
        states=state or (),
        after=after[0] if after else 0,
        limit=page.limit + 1,
    )
    rows, following = page.cut(found, lambda segment: (segment.number,))
    return {"schema": SCHEMA, "items": [item_document(segment, language) for segment in rows], "next": following}


@router.get("/localizations/{localization_id}/segments/{number}", responses=_SEGMENT, dependencies=[needs(Right.READ)])
def show_localized_segment(
    localization_id: PathName, number: Number, workspace: Opened, language: Said = "en"
) -> Response:
    """One segment; its `ETag` is for `If-Match`."""
    return _told(Editing(workspace).segment(localization_id, number), language)


@router.put(
    "/localizations/{localization_id}/segments/{number}",
    responses={**_SEGMENT, **_CHANGED},
    dependencies=[needs(Right.DRAFT)],
)
def edit_localized_segment(
    localization_id: PathName,
    number: Number,
    body: SegmentRequest,
    request: Request,
    actor: Who,
    workspace: Opened,
    language: Said = "en",
) -> Response:
    """Put other words in the place of a target. They are checked at once; without errors they go into the file and
    into the translation memory, with errors they are kept and wait. The same segment elsewhere follows.

    `reason` lets an error pass: whoever gives one needs the right to approve, and it is on record.
    """
    editing = Editing(workspace)
    seen = editing.segment(localization_id, number)
    if_match(request, f'"{tag_of(seen)}"')
    if body.reason:
        actor.must(Right.APPROVE)
    condition = tag_of(seen) if "if-match" in request.headers else ""
    kept = editing.edit(localization_id, number, body.target, actor.name, seen=condition, reason=body.reason)
    return _told(kept, language)


@router.get(
    "/localizations/{localization_id}/files/{number}/target",
    responses={**_file(BYTES), **_PENDING},
    response_class=Response,
    dependencies=[needs(Right.READ)],
)
def download_localized_file(localization_id: PathName, number: Number, workspace: Opened) -> Response:
    """A target file as its segments stand: those that wait for a person are in the source language."""
    return file_answer(*target_file(workspace, localization_id, number))


@router.get(
    "/localizations/{localization_id}/targets",
    responses={**_file(ZIP), **_PENDING},
    response_class=Response,
    dependencies=[needs(Right.READ)],
)
def download_localized_files(localization_id: PathName, workspace: Opened, language: Said = "en") -> Response:
    """Every target file that is complete, in one zip file, a folder for each locale unless the names have it. Where
    segments are held back the report is in it, too: the files have the source text there."""
    return file_answer(*targets_zip(workspace, localization_id, language))


@router.get(
    "/localizations/{localization_id}/report",
    responses=_file("text/html"),
    response_class=Response,
    dependencies=[needs(Right.READ)],
)
def download_localization_report(localization_id: PathName, workspace: Opened, language: Language = "en") -> Response:
    """One page of HTML: what was released, what was held back, and why."""
    return file_answer(*report_file(workspace, localization_id, language))


@router.get(
    "/localizations/{localization_id}/review",
    responses=_file(XLSX, XLIFF),
    response_class=Response,
    dependencies=[needs(Right.READ)],
)
def download_localization_review(
    localization_id: PathName,
    workspace: Opened,
    form: ReviewForm = "xlsx",
    locale: Annotated[AnyLocale | None, Query(description="Only this one; XLIFF needs it when there are more.")] = None,
    language: Language = "en",
) -> Response:
    """Source and target side by side for a linguist, those that wait first."""
    return file_answer(*review_file(workspace, localization_id, form, locale or "", language))


@router.post(
    "/localizations/{localization_id}/review",
    responses={
        200: document("What was taken of it.", REVIEWED, shapes.LocalizationReviewed),
        413: problem_response("The file is larger than 50 MB."),
        **UNKNOWN,
    },
    dependencies=[needs(Right.DRAFT)],
)
def take_localization_review(
    localization_id: PathName,
    actor: Who,
    workspace: Opened,
    file: Annotated[UploadFile, File(description="The workbook or XLIFF that came back.")],
    language: Said = "en",
    reason: Annotated[
        Text, Form(max_length=2000, description="Lets edits with errors pass; needs the right to approve.")
    ] = "",
) -> dict[str, Any]:
    """Take a linguist's edits: each is checked, kept and remembered. `waiting` are those that have errors, `problems`
    the rows that were not taken."""
    if reason:
        actor.must(Right.APPROVE)
    with received([file]) as [(name, path)]:
        merged = review_back(workspace, localization_id, name, path.read_bytes(), actor.name, reason)
    waiting = [{"number": number, "why": why.of(language)} for number, why in merged.waiting]
    return {"schema": SCHEMA, "taken": merged.taken, "waiting": waiting, "problems": list(merged.problems)}


def _told(segment: JobSegment, language: str) -> Response:
    answer = JSONResponse({"schema": SCHEMA, "item": item_document(segment, language)})
    answer.headers["ETag"] = f'"{tag_of(segment)}"'
    return answer
