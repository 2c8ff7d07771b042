"""`/v1/check`: a text or a file that somebody wrote, against the library or against given sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import File, Form, UploadFile

from api.access.roles import Right
from api.context import Opened, document, needs, problem_response, v1_router
from api.uploads import received
from api.v1 import shapes
from api.v1.bodies import CheckRequest, GivenSource
from api.v1.bodies.texts import Name
from api.v1.examples import CHECK
from assistant.draft import Evidence
from assistant.given import given_file
from assistant.given_pieces import pieces_of
from assistant.workspace import read_sources
from knowledge.domain.text import clean
from knowledge.reading import Block, Document
from knowledge.records import Audience

router = v1_router("check")


_REPORT: dict[int | str, dict[str, Any]] = {
    200: document("Claims, findings and evidence; spans count in `text`.", CHECK, shapes.CheckReport),
}
_FILE_REPORT: dict[int | str, dict[str, Any]] = {
    200: document(
        "As for a text, and what the reader of the file warns of.", {**CHECK, "warnings": []}, shapes.FileReport
    ),
    413: problem_response("A file is larger than 50 MB, or all are larger than 100 MB together."),
}


@router.post("/check", responses=_REPORT, dependencies=[needs(Right.READ)])
def check_text(body: CheckRequest, workspace: Opened) -> dict[str, Any]:
    """Check every figure and name of a text. Findings are an answer, not an error."""
    sources = None if body.sources is None else [piece for given in body.sources for piece in _evidence(given)]
    report = workspace.check(body.text, sources, locale=body.locale, market=body.market, audience=body.audience)
    return report.to_json()


@router.post("/check/file", responses=_FILE_REPORT, dependencies=[needs(Right.READ)])
def check_file(
    workspace: Opened,
    file: Annotated[UploadFile, File(description="The file: Word, PDF, PowerPoint, Excel, HTML, Markdown, text …")],
    sources: Annotated[list[UploadFile] | None, File(description="Check against these only, else the library.")] = None,
    locale: Annotated[Name | None, Form(description="Language of the text; found out when left out.")] = None,
    market: Annotated[Name | None, Form()] = None,
    audience: Annotated[Audience, Form()] = Audience.PUBLIC,
) -> dict[str, Any]:
    """Check every figure and name of a file, read as the library reads files. `place` says where in it."""
    with received([file]) as [(_, path)]:
        given, warnings = given_file(path)
    evidence = _read(sources) if sources else None
    report = workspace.check(given, evidence, locale=locale, market=market, audience=audience)
    return {**report.to_json(), "warnings": list(warnings)}


def _read(sources: Sequence[UploadFile]) -> list[Evidence]:
    with received(sources) as files:
        return read_sources([path for _, path in files])


def _evidence(given: GivenSource) -> list[Evidence]:
    """The text as evidence, with the line as locator."""
    lines = [(number, clean(line).strip()) for number, line in enumerate(given.text.splitlines(), start=1)]
    blocks = tuple(Block(line, place=f"line {number}") for number, line in lines if line)
    return pieces_of(Document(format="text", title=given.name, meta={}, blocks=blocks, content_hash=""), given.name)
