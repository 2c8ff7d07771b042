"""What keeps a library in order: what is wrong in it, what is due, its indexes, and the whole of it as files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Query, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from api.access.roles import Right
from api.context import Opened, document, needs, v1_router
from api.v1 import shapes
from api.v1.bodies.texts import Asked, Kind
from api.v1.examples.upkeep import DUE, LINT, REINDEXED
from assistant.draft import SCHEMA
from assistant.lint.library import lint_library
from knowledge.domain.finding import Severity
from knowledge.due import due_list
from knowledge.folder.packing import pack_library
from knowledge.folder.registers_text import customers_text
from knowledge.index.sync import rebuild
from knowledge.sheets import write_customers, write_entries, write_permissions, write_terms

router = v1_router("upkeep")

_SHEETS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_SHEET: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The sheet.",
        "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in _SHEETS.values()},
    }
}

Format = Annotated[Literal["xlsx", "csv"], Query(description="XLSX opens safely whatever stands in a cell.")]
Headings = Annotated[Literal["zh", "en"], Query(description="The language of the headings.")]


@router.get(
    "/lint", dependencies=[needs(Right.READ)], responses={200: document("Findings, errors first.", LINT, shapes.Lint)}
)
def lint_entries(
    workspace: Opened,
    entry: Annotated[list[Asked] | None, Query(description="Only what touches this entry; may repeat.")] = None,
    rule: Annotated[list[Asked] | None, Query(description="Only this rule; may repeat.")] = None,
    kind: Annotated[list[Kind] | None, Query(description="Only what touches entries of this kind; may repeat.")] = None,
    locale: Annotated[Literal["zh", "en"], Query(description="Language of the messages.")] = "en",
) -> dict[str, Any]:
    """What is wrong inside the library: contradictions, mixed-up figures, expired facts, missing proofs and locales."""
    library = workspace.library
    found = lint_library(
        library.entries.every(),
        library.customers.all(),
        library.glossary.all(),
        workspace.settings.now().date(),
        rules=rule or (),
        kinds=kind or (),
        entry_ids=entry or (),
    )
    return {
        "schema": SCHEMA,
        "findings": [finding.to_json(locale) for finding in found],
        "counts": {str(severity): sum(f.severity is severity for f in found) for severity in Severity},
    }


@router.get(
    "/due", dependencies=[needs(Right.READ)], responses={200: document("The most urgent first.", DUE, shapes.Due)}
)
def list_due(
    workspace: Opened, within: Annotated[int, Query(ge=0, le=3650, description="Days ahead.")] = 30
) -> dict[str, Any]:
    """What is due: reviews, entries and permissions that run out."""
    library, today = workspace.library, workspace.settings.now().date()
    found = due_list(library.entries.line(), library.customers.all(), today, today + timedelta(days=within))
    return {"schema": SCHEMA, "due": [item.to_json() for item in found]}


@router.post(
    "/reindex",
    dependencies=[needs(Right.ADMIN)],
    responses={200: document("How many passages are in the indexes.", REINDEXED, shapes.Reindexed)},
)
def rebuild_indexes(workspace: Opened) -> dict[str, Any]:
    """Make the indexes again from the database."""
    return {"schema": SCHEMA, "passages": rebuild(workspace.library.indexes, lambda done, of: None)}


@router.get(
    "/exports/library",
    dependencies=[needs(Right.LIBRARY)],
    response_class=FileResponse,
    responses={
        200: {
            "description": "A zip file of Markdown, YAML and CSV; `POST /v1/imports/library` takes it back.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def export_library(
    workspace: Opened, history: Annotated[bool, Query(description="With every older version.")] = False
) -> Response:
    """The whole library: entries, customers with permissions, glossary. The same library gives the same bytes."""
    return _file("library.zip", "application/zip", lambda path: pack_library(workspace.library, path, history=history))


@router.get("/exports/entries", dependencies=[needs(Right.LIBRARY)], response_class=FileResponse, responses=_SHEET)
def export_entries(
    workspace: Opened,
    kind: Kind,
    format: Format = "xlsx",
    locale: Headings = "zh",
) -> Response:
    """The newest version of every entry of one kind, as a sheet."""
    library = workspace.library

    def write(path: Path) -> None:
        entries = [entry for entry in library.entries.latest() if entry.kind == kind]
        write_entries(entries, kind, path, language=locale, customers=library.customers.all())

    return _file(f"{kind}.{format}", _SHEETS[format], write)


@router.get(
    "/exports/customers",
    dependencies=[needs(Right.LIBRARY)],
    response_class=FileResponse,
    responses={
        200: {
            "description": "The file.",
            "content": {**_SHEET[200]["content"], "application/yaml": {"schema": {"type": "object"}}},
        }
    },
)
def export_customers(
    workspace: Opened,
    format: Annotated[Literal["xlsx", "csv", "yaml"], Query(description="YAML has the permissions, too.")] = "xlsx",
    locale: Headings = "zh",
) -> Response:
    """Every customer: names and aliases as a sheet, or with permissions as YAML."""
    customers = workspace.library.customers.all()
    if format == "yaml":
        text = customers_text(customers)
        return _file(
            "customers.yaml", "application/yaml", lambda path: path.write_text(text, encoding="utf-8", newline="\n")
        )
    return _file(f"customers.{format}", _SHEETS[format], lambda path: write_customers(customers, path, language=locale))


@router.get("/exports/permissions", dependencies=[needs(Right.LIBRARY)], response_class=FileResponse, responses=_SHEET)
def export_permissions(workspace: Opened, format: Format = "xlsx", locale: Headings = "zh") -> Response:
    """Every permission, withdrawn ones, too, as a sheet."""
    customers = workspace.library.customers.all()
    return _file(
        f"permissions.{format}", _SHEETS[format], lambda path: write_permissions(customers, path, language=locale)
    )


@router.get("/exports/glossary", dependencies=[needs(Right.READ)], response_class=FileResponse, responses=_SHEET)
def export_glossary(workspace: Opened, format: Format = "xlsx", locale: Headings = "en") -> Response:
    """Every term as a sheet."""
    terms = workspace.library.glossary.all()
    return _file(f"glossary.{format}", _SHEETS[format], lambda path: write_terms(terms, path, language=locale))


def _file(name: str, media_type: str, write: Callable[[Path], object]) -> Response:
    """What `write` puts into a file, to be kept under `name`; the file is gone once it is sent."""
    kept = tempfile.TemporaryDirectory(prefix="koujing-")
    path = Path(kept.name) / name
    try:
        write(path)
    except BaseException:
        kept.cleanup()
        raise
    return FileResponse(path, media_type=media_type, filename=name, background=BackgroundTask(kept.cleanup))
