"""What became of files, or would."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.v1.shapes.library import PartChange
from api.v1.shapes.parts import Answer, Document, Shape

FileStatus = Literal["new", "changed", "unchanged", "approved", "vanished", "failed"]


class ImportCounts(Shape):
    """How many of each."""

    new: int
    changed: int
    unchanged: int
    approved: int
    vanished: int
    failed: int


class ImportedFile(Shape):
    """What became of a file or row."""

    source: str
    status: FileStatus
    entry_id: str | None
    version: int | None
    passages: int
    message: str


class Imported(Answer):
    """What became of each."""

    preview: Literal[False]
    items: list[ImportedFile]
    counts: ImportCounts
    passages: int


class PlannedFile(Shape):
    """What would become of a file or row."""

    source: str
    status: FileStatus
    entry_id: str | None
    title: str | None
    kind: str | None
    locale: str | None
    audience: str | None
    state: str | None
    after: int | None
    changes: list[PartChange]
    message: str


class ImportPreview(Answer):
    """What would become of each; nothing is written. `token` says that this was seen."""

    preview: Literal[True]
    items: list[PlannedFile]
    counts: ImportCounts
    sheets: list[Document] = Field(description="The plans of sheets: columns, fields, rows with problems.")
    token: str


class Packed(Answer):
    """What became of each file of a packed library."""

    items: list[ImportedFile]
    counts: ImportCounts
    passages: int
    notes: list[str]


class Register(Answer):
    """What of a file of customers, permissions or terms is taken."""

    preview: bool
    taken: list[str]
    refused: int
    problems: list[Document]
    notes: list[Document]
    mapping: list[Document]
