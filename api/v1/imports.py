"""`/v1/imports`: files into the library, with a preview that writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from fastapi import File, Form, Query, UploadFile

from api.access.actor import Actor
from api.access.roles import Right
from api.context import Opened, Who, document, needs, problem_response, v1_router
from api.uploads import received
from api.v1 import shapes
from api.v1.bodies.texts import AnyLocale, Text
from api.v1.examples.imports import IMPORTED, PACKED, PREVIEW, REGISTER
from assistant.draft import SCHEMA
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError
from knowledge.domain.locale import parse_locale
from knowledge.folder.packing import import_packed
from knowledge.import_preview import import_uploads, preview_import, uploaded
from knowledge.importing import ImportOptions, ImportReport, Status
from knowledge.library import Library
from knowledge.records import KINDS, Audience, State
from knowledge.register_imports import RegisterImport, import_customers, import_permissions, import_terms
from knowledge.sheets.importing import SheetOptions
from knowledge.sheets.planning import Defaults

router = v1_router("imports")

_TOO_LARGE: dict[int | str, dict[str, Any]] = {
    413: problem_response("A file is larger than 50 MB, or all are larger than 100 MB together."),
}
_REGISTER = document(
    "What of the file is taken, or (preview) would be, and what is wrong with it.", REGISTER, shapes.Register
)

Files = Annotated[list[UploadFile], File(description="One part `files` for each file.")]
OneFile = Annotated[UploadFile, File(description="The file.")]
Preview = Annotated[bool, Query(description="Only say what would become of it; nothing is written.")]
Given = Annotated[Text | None, Form(max_length=200)]


@router.post(
    "/imports",
    dependencies=[needs(Right.LIBRARY)],
    responses={
        200: {
            "description": "What became of each file and row, or (preview) what would.",
            "model": shapes.Imported | shapes.ImportPreview,
            "content": {
                "application/json": {
                    "examples": {"imported": {"value": IMPORTED}, "preview": {"value": PREVIEW}},
                }
            },
        },
        404: problem_response("There is no customer of that id or name."),
        409: problem_response("The library has changed since the preview that `token` names."),
        **_TOO_LARGE,
    },
)
def import_files(
    actor: Who,
    workspace: Opened,
    files: Files,
    preview: Preview = False,
    kind: Annotated[Given, Form(description="Of files that do not say it, and of the rows of sheets.")] = None,
    customer: Annotated[Given, Form(description="Id or name of the customer whom the files are about.")] = None,
    audience: Annotated[Audience | None, Form(description="`internal` for new entries unless said otherwise.")] = None,
    market: Annotated[list[Text] | None, Form(description="Only for these markets; may repeat.")] = None,
    locale: Annotated[AnyLocale | None, Form(description="Language of the files; found out when left out.")] = None,
    state: Annotated[State, Form(description="`draft`; `approved` needs the right to approve.")] = State.DRAFT,
    trust: Annotated[bool, Form(description="Front matter sets state and audience; needs it, too.")] = False,
    sheet: Annotated[Given, Form(description="Of a workbook: the sheet to read.")] = None,
    new_customers: Annotated[bool, Form(description="Of a sheet: make unknown customers, without permission.")] = False,
    strict: Annotated[bool, Form(description="Of a sheet: import nothing when a row cannot be imported.")] = False,
    token: Annotated[Given, Form(description="`token` of a preview: 409 when something else would happen now.")] = None,
) -> dict[str, Any]:
    """Import documents and sheets. What is wrong with one is in its item; the others are imported.

    A file is known again by its entry's id: the same file once more changes nothing, another text is a new version.
    """
    if state not in (State.DRAFT, State.APPROVED):
        raise InputError(f"state: '{state}' is not for imports; choose draft or approved")
    if state is State.APPROVED or trust:
        actor.must(Right.APPROVE)
    if kind and kind not in KINDS:
        raise InputError(f"kind: '{kind[:40]}' is no kind of entry; choose {', '.join(KINDS)}")
    options = ImportOptions(
        kind=kind or None,
        customer=workspace.library.customer_called(customer).id if customer else None,
        audience=audience,
        markets=tuple(filter(None, market or ())),
        locale=parse_locale(locale).tag if locale else None,
        state=state if state is State.APPROVED else None,
        by=actor.name,
        trust_front_matter=trust,
    )
    if options.kind:
        options = _with_sheets(options, options.kind, sheet or None, new_customers, strict)
    with received(files) as sent:
        given, importer = uploaded(sent), workspace.library.importer()
        if preview or token:
            planned = preview_import(importer, given, options)
            if preview:
                return {"schema": SCHEMA, "preview": True, **planned.to_json(), "token": planned.token}
            if planned.token != token:
                raise Conflict("the files or the library have changed since that preview; look at a new one")
        return {"schema": SCHEMA, "preview": False, **_report(import_uploads(importer, given, options))}


@router.post(
    "/imports/library",
    dependencies=[needs(Right.LIBRARY)],
    responses={200: document("What became of each file in it.", PACKED, shapes.Packed), **_TOO_LARGE},
)
def import_library(
    actor: Who,
    workspace: Opened,
    file: Annotated[UploadFile, File(description="A zip file from `GET /v1/exports/library`.")],
    trust: Annotated[
        bool, Form(description="States, approvals, permissions come back as the files say; needs the right to approve.")
    ] = False,
) -> dict[str, Any]:
    """Bring a library back that was exported; without `trust` every change is a draft."""
    if trust:
        actor.must(Right.APPROVE)
    with received([file]) as [(_, path)]:
        report = import_packed(workspace.library, path, trust=trust, by=actor.name)
    return {"schema": SCHEMA, **_report(report), "notes": list(report.notes)}


@router.post("/imports/customers", dependencies=[needs(Right.LIBRARY)], responses={200: _REGISTER, **_TOO_LARGE})
def import_customer_file(actor: Who, workspace: Opened, file: OneFile, preview: Preview = False) -> dict[str, Any]:
    """Customers from YAML (with permissions: what is not in it is withdrawn) or a sheet (names and aliases)."""
    return _register(import_customers, file, actor, workspace, preview)


@router.post("/imports/permissions", dependencies=[needs(Right.LIBRARY)], responses={200: _REGISTER, **_TOO_LARGE})
def import_permission_file(actor: Who, workspace: Opened, file: OneFile, preview: Preview = False) -> dict[str, Any]:
    """Permissions from a sheet: good rows are taken, each wrong one is told."""
    return _register(import_permissions, file, actor, workspace, preview)


@router.post("/imports/glossary", dependencies=[needs(Right.LIBRARY)], responses={200: _REGISTER, **_TOO_LARGE})
def import_glossary_file(actor: Who, workspace: Opened, file: OneFile, preview: Preview = False) -> dict[str, Any]:
    """Terms from CSV or XLSX, all of them or none."""
    return _register(import_terms, file, actor, workspace, preview)


_Import = Callable[..., RegisterImport]


def _register(take: _Import, file: UploadFile, actor: Actor, workspace: Workspace, preview: bool) -> dict[str, Any]:
    library: Library = workspace.library
    with received([file]) as [(_, path)]:
        found = take(library, Path(path), by=actor.name, preview=preview)
    return {"schema": SCHEMA, "preview": preview, **found.to_json()}


def _with_sheets(
    options: ImportOptions, kind: str, sheet: str | None, new_customers: bool, strict: bool
) -> ImportOptions:
    defaults = Defaults(
        locale=options.locale, audience=options.audience, markets=options.markets, customer=options.customer
    )
    return replace(
        options,
        sheet=SheetOptions(
            kind=kind,
            defaults=defaults,
            sheet=sheet,
            new_customers=new_customers,
            strict=strict,
            state=options.state or State.DRAFT,
        ),
    )


def _report(report: ImportReport) -> dict[str, Any]:
    return {
        "items": [item.to_json() for item in report.items],
        "counts": {str(status): report.count(status) for status in Status},
        "passages": report.passages,
    }
