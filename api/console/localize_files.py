"""Files of a localization job, saved from its pages: targets, report, review."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access.roles import Right
from api.console.flashes import moved
from api.console.pages import language_of
from api.context import Opened, needs
from api.localization_files import Named, report_file, review_file, target_file, targets_zip
from api.v1.draft_life import file_answer
from knowledge.domain.errors import Conflict

router = APIRouter(include_in_schema=False)


@router.get("/localize/{localization_id}/files/{number}/target", dependencies=[needs(Right.READ)])
def target(workspace: Opened, localization_id: str, number: int) -> Response:
    """One target file."""
    try:
        return _saved(target_file(workspace, localization_id, number))
    except Conflict:
        return moved(f"/localize/{localization_id}", "warn", "localize.not_complete")


@router.get("/localize/{localization_id}/targets", dependencies=[needs(Right.READ)])
def targets(request: Request, workspace: Opened, localization_id: str) -> Response:
    """All that are complete, in one zip file."""
    try:
        return _saved(targets_zip(workspace, localization_id, language_of(request)))
    except Conflict:
        return moved(f"/localize/{localization_id}", "warn", "localize.not_complete")


@router.get("/localize/{localization_id}/report", dependencies=[needs(Right.READ)])
def report(request: Request, workspace: Opened, localization_id: str) -> Response:
    """The report, in the reader's language."""
    return _saved(report_file(workspace, localization_id, language_of(request)))


@router.get("/localize/{localization_id}/review", dependencies=[needs(Right.READ)])
def review(
    request: Request,
    workspace: Opened,
    localization_id: str,
    form: Annotated[Literal["xlsx", "xliff"], Query()] = "xlsx",
    locale: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Source and target for a linguist."""
    return _saved(review_file(workspace, localization_id, form, locale, language_of(request)))


def _saved(file: Named) -> Response:
    answer = file_answer(*file)
    # A file of HTML is never a page of this service.
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return answer
